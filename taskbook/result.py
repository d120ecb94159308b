"""What came of running a program once."""

from __future__ import annotations

import json
from dataclasses import asdict, astuple, dataclass


@dataclass(frozen=True)
class Result:
    """One run: which Python, how it ended, what it printed.

    ``exit`` is the exit status, negative for the signal that ended it.
    ``output`` is standard output and error as they came. ``seconds`` is how
    long it ran. ``problem`` is "" or says why the run may not stand on a page.
    """

    python: str
    exit: int
    output: str
    seconds: float = 0.0
    problem: str = ""

    def dumps(self) -> str:
        """This result as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def loads(cls, text: str) -> Result:
        """A result from JSON.

        Raises:
            ValueError: the text is not what :meth:`dumps` makes.
        """
        try:
            found = cls(**json.loads(text))
        except TypeError as error:
            raise ValueError(f"not a result: {error}") from error
        if [type(each) for each in astuple(found)] != [str, int, str, float, str]:
            raise ValueError(f"not a result: {text}")
        return found


def exit_in_words(status: int) -> str:
    """How a program ended, in words: "exit status 1", "killed by signal 9"."""
    return f"killed by signal {-status}" if status < 0 else f"exit status {status}"
