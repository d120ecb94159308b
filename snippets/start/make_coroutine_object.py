"""Calling an async function makes an object and runs nothing."""

import asyncio


async def fetch(name: str) -> str:
    print(f"fetch {name}: start")
    return f"the contents of {name}"


async def main() -> None:
    coroutine = fetch("users")
    print("main: made a", type(coroutine).__name__)
    contents = await coroutine
    print("main: got", contents)


if __name__ == "__main__":
    asyncio.run(main())
