"""Type three lines into the asyncio REPL and show what it answers."""

import subprocess
import sys
import time
from typing import IO

LINES = """\
task = asyncio.create_task(asyncio.sleep(0.5, "ready")); task.done()
task.done()
await task
"""


def read_answer(output: IO[str]) -> str:
    answer = ""
    while letter := output.read(1):
        answer += letter
        if answer.endswith(">>> "):
            break
    return answer.removesuffix(">>> ")


def main() -> None:
    repl = subprocess.Popen(
        [sys.executable, "-m", "asyncio"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with repl:
        assert repl.stdin and repl.stdout
        read_answer(repl.stdout)
        for line in LINES.splitlines():
            print(">>>", line)
            print(line, file=repl.stdin, flush=True)
            print(read_answer(repl.stdout), end="")
            time.sleep(1)
        repl.stdin.close()


if __name__ == "__main__":
    main()
