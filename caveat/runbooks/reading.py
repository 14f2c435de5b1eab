"""A runbook: the links to advisories in the text of a file, and the day it was reviewed.

Takes the text, its kind and the sites that count and gives a `Runbook`; a text that cannot be
parsed is searched all the same, since an address looks alike everywhere.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from caveat.runbooks.addresses import Sites, Target
from caveat.runbooks.marks import Mark, governing, marks

#: Suffix of a file -> its kind.
KINDS = {
    **dict.fromkeys((".md", ".markdown", ".mdx"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".rst", ".rest"), "rst"),
    **dict.fromkeys((".yml", ".yaml"), "yaml"),
    **dict.fromkeys((".json",), "json"),
}
#: A run of what addresses are made of; JSON may write a slash and an ampersand with escapes.
_RUN = re.compile(r"(?:[A-Za-z0-9\-._~:?#@!$&*+,;=%]|\\?/|\\u0026)+")
_WORTH = re.compile(r"advisories|alias|badge|csaf|osv")
_SCHEME = re.compile(r"https?:\\?/\\?/")
#: What may follow an address without being part of it: stops, and marks of Markdown and rST.
_AFTER = ".,;:!?*_~="
_CUT = re.compile("[\"'<>\\s]")


class Link(NamedTuple):
    """An address in a file: where it is (from 1, in characters), as written, and what it names."""

    line: int
    column: int
    text: str
    target: Target
    reviewed: str | None


class Runbook(NamedTuple):
    """A file's links, and its marks with their line and column."""

    links: tuple[Link, ...]
    marks: tuple[tuple[int, int, Mark], ...]


def read(text: str, kind: str, sites: Sites) -> Runbook:
    """The links and marks of a text of that kind, one of the values of `KINDS`."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found = marks(text, kind)

    def place(at: int) -> tuple[int, int]:
        line = bisect_right(starts, at)
        return line, at - starts[line - 1] + 1

    links = []
    for at, address in _addresses(text):
        for target in sites.targets(address):
            mark = governing(found, at)
            links.append(Link(*place(at), address, target, mark.day if mark else None))
    return Runbook(tuple(links), tuple((*place(mark.at), mark) for mark in found))


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    """Every run of the text that may be an address, with its place."""
    for run in _RUN.finditer(text):
        if not _WORTH.search(run[0]):
            continue
        starts = [match.start() for match in _SCHEME.finditer(run[0])] or [0]
        for start, end in zip(starts, [*starts[1:], len(run[0])], strict=True):
            yield run.start() + start, _plain(run[0][start:end])


def _plain(written: str) -> str:
    """The address that is meant: without the escapes of JSON and HTML, and what follows it."""
    text = html.unescape(written.replace("\\/", "/").replace("\\u0026", "&"))
    return _CUT.split(text, maxsplit=1)[0].rstrip(_AFTER)
