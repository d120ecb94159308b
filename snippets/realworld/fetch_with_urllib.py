"""Fetch two pages at the same time with the standard library."""

import asyncio
import time
import urllib.request


async def serve(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    request = await reader.readuntil(b"\r\n\r\n")
    path = request.split()[1].decode()
    await asyncio.sleep(1)
    page = f"<title>The page {path}</title>"
    writer.write(f"HTTP/1.0 200 OK\r\n\r\n{page}".encode())
    writer.close()


def fetch_title(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as response:
        page = str(response.read(), "utf-8")
    return page.partition("<title>")[2].partition("</title>")[0]


async def main() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    async with server:
        start = time.perf_counter()
        news = asyncio.to_thread(fetch_title, f"{url}/news")
        prices = asyncio.to_thread(fetch_title, f"{url}/prices")
        tasks = [asyncio.create_task(each) for each in (news, prices)]
        for task in tasks:
            print(await task)
        print(f"{time.perf_counter() - start:.0f} second")


if __name__ == "__main__":
    asyncio.run(main())
