"""asyncio.gather() is called before any loop runs."""

import asyncio


async def work(number: int) -> int:
    return number


if __name__ == "__main__":
    print(asyncio.run(asyncio.gather(work(1), work(2))))

# /// script
# [tool.taskbook]
# typed = false
# ///
