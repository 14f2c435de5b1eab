"""The command's frame: arguments in, one subcommand called, its answer shown, a status out.

Takes the words of the command line and gives the exit status; whatever goes wrong is told in a
line, never as a traceback.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from caveat import __version__
from caveat.cli.commands import COMMANDS, Command
from caveat.cli.console import Console
from caveat.cli.failure import Failure
from caveat.problems import printable

WRONG_USE, INTERRUPTED = 2, 130


def entry() -> NoReturn:
    """The console command."""
    # Nothing that is read is let go before the end: looking for cycles would only cost time.
    gc.disable()
    sys.exit(main())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    console = Console(sys.stdout, sys.stderr, os.environ)
    try:
        options = _parser().parse_args(arguments)
        status: int = options.command.load().run(options, console)
    except Failure as failure:
        for message in failure.messages:
            console.error(f"caveat: {message}")
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        console.error(f"caveat: this should not happen: {type(error).__name__}: {error}")
        return WRONG_USE
    console.close()
    return status


class _Parser(argparse.ArgumentParser):
    """Tells wrong use without letting an argument drive the terminal."""

    def error(self, message: str) -> NoReturn:
        """One line and where to read more."""
        print(f"caveat: {printable(message)} (see `{self.prog} --help`)", file=sys.stderr)
        sys.exit(WRONG_USE)


class _CommandParser(_Parser):
    """A subcommand's parser, which asks for its arguments only when it is used."""

    command: Command

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, with the arguments of the command's own module."""
        self.set_defaults(command=self.command)
        add_common(self)
        self.command.load().add_arguments(self)
        return super().parse_known_args(args, namespace)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="caveat",
        description="Ask a knowledge base of operational advisories.",
        epilog="1 always is an answer; a failure to answer is 2, an interrupt 130.",
    )
    parser.add_argument("--version", action="version", version=f"caveat {__version__}")
    commands = parser.add_subparsers(
        metavar="COMMAND", required=True, dest="name", parser_class=_CommandParser
    )
    for command in COMMANDS:
        made = commands.add_parser(
            command.name,
            help=command.help,
            description=f"{command.help.capitalize()}.",
            epilog=f"Exit status: {command.status}.",
        )
        made.command = command
    return parser


def add_common(parser: argparse.ArgumentParser) -> None:
    """What every subcommand understands."""
    parser.add_argument(
        "--kb",
        metavar="DIR|URL",
        help="a checkout, a published site's folder or its address "
        "(default: the checkout around the working directory)",
    )
    parser.add_argument("--json", action="store_true", help="print values for tools")
    parser.add_argument(
        "--lang", choices=("en", "zh"), default="en", help="language of what is printed"
    )
