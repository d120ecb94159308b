"""What mkdocstrings reads of asyncio for the reference: an extension of Griffe.

``asyncio.Task`` and ``asyncio.Future`` are written in Python, and their modules
then replace them by twins written in C. Whoever reads the source finds a variable
in their place; whoever asks the twins is not told all of their parameters. So the
classes written in Python are kept here: they do the same, and can be read.

What a newer Python has and the building one lacks stands in the reference as well.
"""

from __future__ import annotations

import platform
from typing import Any

import griffe

REPLACED = {"asyncio.futures.Future", "asyncio.tasks.Task"}
"""Classes that their module replaces by a twin written in C."""

SINCE = {"asyncio.tasks.Task": {"get_context": "3.12"}, "asyncio.taskgroups.TaskGroup": {"cancel": "3.15"}}
"""Methods without parameters that not every supported Python has, by class."""


class Asyncio(griffe.Extension):
    """Keep the classes written in Python, and add methods of newer Pythons."""

    def __init__(self) -> None:
        self._kept: list[griffe.Class] = []

    def on_class_members(self, *, cls: griffe.Class, **_: Any) -> None:
        """Remember a class before its module replaces it; add what it lacks."""
        if cls.path in REPLACED:
            self._kept.append(cls)
        for name, version in SINCE.get(cls.path, {}).items():
            if name not in cls.members:
                cls.set_member(name, _absent(name, version))

    def on_module_members(self, *, mod: griffe.Module, **_: Any) -> None:
        """Put the class back, under both of its names."""
        for cls in self._kept:
            if cls.module is mod:
                mod.set_member(cls.name, cls)
                mod.set_member(f"_Py{cls.name}", griffe.Alias(f"_Py{cls.name}", cls))


def _absent(name: str, version: str) -> griffe.Function:
    text = f"New in Python {version}. This page was built by Python {platform.python_version()}, which lacks it."
    itself = griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword)
    function = griffe.Function(name, parameters=griffe.Parameters(itself), docstring=griffe.Docstring(text))
    function.labels.add("absent")
    return function
