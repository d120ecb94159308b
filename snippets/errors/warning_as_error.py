"""An error filter cannot stop the program: it is raised nowhere."""

import asyncio
import warnings


async def save() -> None:
    print("save: never printed")


async def main() -> None:
    save()
    print("main: end")


if __name__ == "__main__":
    warnings.simplefilter("error", RuntimeWarning)
    asyncio.run(main())

# /// script
# [tool.taskbook]
# typed = false
# ///
