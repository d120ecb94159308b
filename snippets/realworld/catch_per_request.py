"""Each task handles the errors of its own request."""

# /// script
# dependencies = ["httpx"]
# ///

import asyncio

import httpx

LIMITS = {"/missing": 5, "/slow": 0.5, "/news": 5}


async def serve(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    request = await reader.readuntil(b"\r\n\r\n")
    path = request.split()[1].decode()
    if path == "/slow":
        await reader.read()
    else:
        await asyncio.sleep(1)
        status = "200 OK" if path == "/news" else "404 Not Found"
        writer.write(f"HTTP/1.0 {status}\r\n\r\nnothing new".encode())
    writer.close()


async def fetch(
    client: httpx.AsyncClient, path: str, limit: float
) -> str:
    try:
        response = await client.get(path, timeout=limit)
        response.raise_for_status()
    except httpx.TimeoutException as error:
        return type(error).__name__
    except httpx.HTTPStatusError as error:
        return f"status {error.response.status_code}"
    return response.text


async def main() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    async with server, httpx.AsyncClient(base_url=url) as client:
        tasks = {
            path: asyncio.create_task(fetch(client, path, limit))
            for path, limit in LIMITS.items()
        }
        for path, task in tasks.items():
            print(f"{path}: {await task}")


if __name__ == "__main__":
    asyncio.run(main())
