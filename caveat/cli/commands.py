"""The subcommands of `caveat`.

To add one: a module beside this one with `add_arguments(parser)` and `run(options, console)`, which
gives the exit status, and an entry in `COMMANDS`. A module is imported only when its command runs,
so that no command waits for what another one needs.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import NamedTuple

from caveat.cli.console import Console


class Parts(NamedTuple):
    """What a command's module gives."""

    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, Console], int]


@dataclass(frozen=True)
class Command:
    """A subcommand: its name, what it does and what its exit status means."""

    name: str
    help: str
    status: str
    module: str

    def load(self) -> Parts:
        """The command's code."""
        module = import_module(self.module)
        return Parts(module.add_arguments, module.run)


COMMANDS = (
    Command(
        "check",
        "tell whether a version is affected, and by what",
        "0 nothing applies, 1 something applies, 3 only unknowns, 2 wrong use",
        "caveat.cli.check",
    ),
    Command(
        "hold",
        "print package holds against the releases that an advisory strikes",
        "0 printed, 2 unknown record or wrong use",
        "caveat.cli.hold",
    ),
    Command(
        "match",
        "find the advisories that a log means",
        "0 found, 1 none, 2 wrong use",
        "caveat.cli.match",
    ),
    Command(
        "plan",
        "tell what a step from one version to another gets you into, and where to land",
        "0 clean, 1 something is entered or strikes on the step, 3 only unknowns, 2 wrong use",
        "caveat.cli.plan",
    ),
    Command(
        "runbooks",
        "tell which links from runbooks to advisories need attention",
        "0 all are good, 1 some need attention, 2 wrong use",
        "caveat.cli.runbooks",
    ),
    Command(
        "show",
        "show an advisory",
        "0 shown, 2 unknown record or wrong use",
        "caveat.cli.show",
    ),
)
