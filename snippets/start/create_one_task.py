"""Create one task, wait for it and use what it returns."""

import asyncio


async def fetch(name: str) -> str:
    print(f"fetch {name}: start")
    await asyncio.sleep(0.5)
    print(f"fetch {name}: end")
    return f"the contents of {name}"


async def main() -> None:
    task = asyncio.create_task(fetch("users"))
    print("main: the task is created")
    contents = await task
    print("main: got", contents)


if __name__ == "__main__":
    asyncio.run(main())
