"""Run cells that contain await, one by one, on the same event loop."""

import ast
import asyncio
import types

CELLS = [
    "task = asyncio.create_task(asyncio.sleep(0.5, 'ready'))",
    "print('done:', task.done())",
    "print(await task)",
]


async def main() -> None:
    names = {"asyncio": asyncio}
    for cell in CELLS:
        print(">>>", cell)
        flag = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        code = compile(cell, "<cell>", "exec", flags=flag)
        result = types.FunctionType(code, names)()
        if asyncio.iscoroutine(result):
            await result
        await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(main())
