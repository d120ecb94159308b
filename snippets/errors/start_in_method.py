"""The object gets a start() to call once the loop runs."""

import asyncio


class Poller:
    async def poll(self) -> str:
        await asyncio.sleep(1)
        return "polled"

    def start(self) -> asyncio.Task[str]:
        return asyncio.create_task(self.poll())


async def main(poller: Poller) -> None:
    task = poller.start()
    print(await task)


if __name__ == "__main__":
    asyncio.run(main(Poller()))
