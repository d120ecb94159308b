"""One client for all tasks uses its connections again."""

# /// script
# dependencies = ["httpx"]
# ///

import asyncio

import httpx

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Site(asyncio.Protocol):
    connections = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        Site.connections += 1

    def data_received(self, data: bytes) -> None:
        self.transport.write(ANSWER)


async def fetch_alone(url: str) -> None:
    async with httpx.AsyncClient() as client:
        await client.get(url)


async def main() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Site, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        for _ in range(3):
            await asyncio.gather(fetch_alone(url), fetch_alone(url))
        print("a client each:", Site.connections, "connections")
        Site.connections = 0
        async with httpx.AsyncClient() as client:
            for _ in range(3):
                await asyncio.gather(client.get(url), client.get(url))
        print("one client:", Site.connections, "connections")


if __name__ == "__main__":
    asyncio.run(main())
