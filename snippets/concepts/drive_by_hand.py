"""Drive a coroutine by hand: send() runs it up to its next wait."""

import asyncio


async def ask(answer: asyncio.Future[int]) -> str:
    print("ask: start")
    number = await answer
    print("ask: end")
    return f"the answer is {number}"


async def main() -> None:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[int] = loop.create_future()
    coroutine = ask(answer)
    print("main: first send()")
    waits_for = coroutine.send(None)
    print("main: it waits for my future:", waits_for is answer)
    answer.set_result(42)
    try:
        print("main: second send()")
        coroutine.send(None)
    except StopIteration as stop:
        print("main: it returned:", stop.value)


if __name__ == "__main__":
    asyncio.run(main())
