"""An object that creates its task too early, in __init__()."""

import asyncio


class Poller:
    def __init__(self) -> None:
        self.task = asyncio.create_task(self.poll())

    async def poll(self) -> None:
        await asyncio.sleep(1)


async def main(poller: Poller) -> None:
    await poller.task


if __name__ == "__main__":
    asyncio.run(main(Poller()))
