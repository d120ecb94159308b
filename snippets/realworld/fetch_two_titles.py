"""Fetch two pages at the same time, with httpx and two tasks."""

# /// script
# dependencies = ["httpx"]
# ///

import asyncio
import time

import httpx


async def serve(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    request = await reader.readuntil(b"\r\n\r\n")
    path = request.split()[1].decode()
    await asyncio.sleep(1)
    page = f"<title>The page {path}</title>"
    writer.write(f"HTTP/1.0 200 OK\r\n\r\n{page}".encode())
    writer.close()


async def fetch_title(client: httpx.AsyncClient, path: str) -> str:
    response = await client.get(path)
    page = response.text
    return page.partition("<title>")[2].partition("</title>")[0]


async def main() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    async with server, httpx.AsyncClient(base_url=url) as client:
        start = time.perf_counter()
        news = asyncio.create_task(fetch_title(client, "/news"))
        prices = asyncio.create_task(fetch_title(client, "/prices"))
        print(await news)
        print(await prices)
        print(f"{time.perf_counter() - start:.0f} second")


if __name__ == "__main__":
    asyncio.run(main())
