"""A heartbeat beats only while the event loop is free."""

import asyncio
import time


async def heartbeat(beats: list[str]) -> None:
    while True:
        await asyncio.sleep(0.4)
        beats.append("beat")


async def main() -> None:
    beats: list[str] = []
    heart = asyncio.create_task(heartbeat(beats))
    await asyncio.sleep(1)
    print("asyncio.sleep(1):", len(beats), "beats")
    beats.clear()
    time.sleep(1)
    print("time.sleep(1):", len(beats), "beats")
    heart.cancel()


if __name__ == "__main__":
    asyncio.run(main())
