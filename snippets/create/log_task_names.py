"""Let the logging module write the name of the running task."""

# /// script
# requires-python = ">=3.12"
# ///

import asyncio
import logging


async def fetch(seconds: float) -> None:
    logging.info("start")
    await asyncio.sleep(seconds)
    logging.info("end")


async def main() -> None:
    rome = asyncio.create_task(fetch(0.6), name="rome")
    oslo = asyncio.create_task(fetch(0.3), name="oslo")
    await rome
    await oslo


if __name__ == "__main__":
    logging.basicConfig(
        format="[%(taskName)s] %(message)s", level=logging.INFO
    )
    asyncio.run(main())
    logging.info("outside of the loop")
