"""A waiting task tells what it runs and where it stands."""

import asyncio


async def fetch(name: str) -> str:
    await asyncio.sleep(0.2)
    return name.upper()


async def main() -> None:
    task = asyncio.create_task(fetch("users"))
    await asyncio.sleep(0)
    print(task.get_coro())
    print(task.get_loop() is asyncio.get_running_loop())
    for frame in task.get_stack():
        print("line", frame.f_lineno, frame.f_locals)
    task.print_stack()
    print(await task, task.get_stack())


if __name__ == "__main__":
    asyncio.run(main())
