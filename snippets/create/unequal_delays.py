"""Tasks end when their waits end; results come in order of the list."""

import asyncio


async def job(number: int, seconds: float) -> str:
    print(f"job {number}: start")
    await asyncio.sleep(seconds)
    print(f"job {number}: end after {seconds} s")
    return f"result {number}"


async def main() -> None:
    tasks = [
        asyncio.create_task(job(number, seconds))
        for number, seconds in enumerate([0.9, 0.3, 0.6])
    ]
    for task in tasks:
        print("main: got", await task)


if __name__ == "__main__":
    asyncio.run(main())
