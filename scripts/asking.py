"""How `new.py` gets answers: questions at a terminal, and flags.

Takes a terminal, or parsed flags with the knowledge base, and gives answers in the form of records;
a flag that cannot be used raises `Unusable`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from caveat.drafting import Answers, checks
from caveat.drafting.checks import WrongAnswer
from caveat.knowledge import KnowledgeBase
from caveat.model.advisory import Kind, Level
from caveat.model.signature import LogPlace
from caveat.model.workaround import WorkaroundKind
from caveat.problems import printable
from caveat.words import words

#: A line that ends what is pasted.
_END = "."
#: Bytes of an error text that are read from a file.
_MOST = 1 << 16
_TEXTS = {
    "url": "the address of who says so: an upstream issue, pull request or release notes",
    "day": "when it became public, such as 2025-02-26",
    "title": "what breaks, where, in one line",
    "product": "which product, by any of its names",
    "slug": "a short name for the record",
    "introduced": "first release with the problem",
    "fixed": "first release without it",
    "last-affected": "last release known to have it",
    "error": "the exact error text",
    "near-miss": "a similar line that means something else",
    "reason": "why this severity",
    "summary": "what happens, for whom, and the way out",
    "cause": "why it happens",
    "helped": "what helped, in one sentence",
    "command": "the command that does it",
}
_CHOICES = {
    "kind": (get_args(Kind), "what sort of problem it is"),
    "level": (get_args(Level), "how bad it is for those it strikes"),
    "log": (get_args(LogPlace), "who prints the error text"),
    "helped-kind": (get_args(WorkaroundKind), "what sort of way round it is"),
}


class Unusable(ValueError):  # noqa: N818 - it is wrong use, told and ended with
    """Why the flags do not do."""


class Terminal:
    """Somebody at the terminal; questions go to standard error, so that output can be piped."""

    def say(self, text: str) -> None:
        """Tell something."""
        print(printable(text), file=sys.stderr)

    def ask(self, question: str, proposal: str = "") -> str:
        """One line; the proposal where nothing was typed."""
        shown = f"{question} [{proposal}]" if proposal else question
        print(printable(shown), end=" ", file=sys.stderr, flush=True)
        try:
            return input() or proposal
        except EOFError:
            # The keyboard was taken away: there is nobody to ask the rest.
            raise KeyboardInterrupt from None

    def ask_lines(self, question: str) -> str:
        """All lines up to one that holds only a dot, or to the end of the input."""
        print(printable(question), file=sys.stderr, flush=True)
        lines = []
        for line in sys.stdin:
            if line.strip() == _END:
                break
            lines.append(line.rstrip("\r\n"))
        return "\n".join(lines)


def flags(parser: argparse.ArgumentParser) -> None:
    """A flag for every answer."""
    group = parser.add_argument_group("answers")
    for name, text in _TEXTS.items():
        group.add_argument(f"--{name}", default="", metavar="TEXT", help=text)
    for name, (choices, text) in _CHOICES.items():
        group.add_argument(f"--{name}", default="", choices=choices, help=text)
    group.add_argument(
        "--error-file", type=Path, metavar="FILE", help="the error text from a file, `-` for a pipe"
    )
    group.add_argument(
        "--when",
        action="append",
        default=[],
        metavar="TRAIT=VALUE[,VALUE]",
        help="a condition; all that are given must hold",
    )
    group.add_argument(
        "--practice", action="append", default=[], metavar="ID", help="what would have softened it"
    )


def from_flags(options: argparse.Namespace, kb: KnowledgeBase, today: str) -> Answers:
    """The answers that the flags give, each checked; all that is wrong is told at once."""
    taken = _Taken(options)
    if options.error_file:
        taken.check("error", lambda _: checks.anything(_error_text(options.error_file)))
    taken.check("url", lambda text: checks.source(text) if text else "")
    taken.check("day", lambda text: checks.day(text, today))
    taken.check("slug", lambda text: checks.slug(kb, text))
    taken.check("product", lambda text: checks.product(kb, text) if text else "")
    if product := taken.given["product"]:
        for name in ("introduced", "fixed", "last_affected"):
            taken.check(name, lambda text: checks.version(kb, product, text))
        taken.check("when", lambda text: checks.when(kb, product, text))
    elif taken.given["when"]:
        taken.wrong.append("--when needs --product")
    taken.check("practices", lambda text: checks.practices(kb, text))
    if taken.given["fixed"] and taken.given["last_affected"]:
        taken.wrong.append("--fixed and --last-affected: give one of them")
    if taken.wrong:
        raise Unusable("; ".join(taken.wrong))
    return Answers(lang=options.lang, **taken.given)


class _Taken:
    """What the flags say, by the names of `Answers`, and what of it cannot be used."""

    def __init__(self, options: argparse.Namespace) -> None:
        names = [name.replace("-", "_") for name in (*_TEXTS, *_CHOICES)]
        self.given: dict[str, Any] = {
            name: checks.anything(getattr(options, name)) for name in names
        }
        self.given |= {"when": " ".join(options.when), "practices": " ".join(options.practice)}
        self.wrong: list[str] = []
        self.t = words(options.lang)

    def check(self, name: str, check: Callable[[str], Any]) -> None:
        """Put the checked value in place of the text."""
        try:
            self.given[name] = check(self.given[name])
        except WrongAnswer as error:
            self.wrong.append(f"--{name.replace('_', '-')}: {error.told(self.t)}")
            self.given[name] = ""


def _error_text(path: Path) -> str:
    try:
        if str(path) == "-":
            return sys.stdin.read(_MOST)
        with path.open("rb") as stream:
            return stream.read(_MOST).decode("utf-8", errors="replace")
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from None
