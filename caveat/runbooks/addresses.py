"""What an address names: an advisory by its id, or a page of the site by an upstream name or slug.

Takes an address as a runbook writes it, on any host and below any path, and gives a `Target`, or
None for an address of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from caveat import urls

By = Literal["page", "file", "csaf", "badge", "alias"]

#: The shape of an id, in any case: another one than the record's own leads nowhere.
ID = re.compile(r"CAV-[0-9]{4}-[0-9]{4}", re.IGNORECASE)
_LANGUAGE = "(?:zh/)?"
_SHAPES: tuple[tuple[By, str], ...] = (
    ("file", rf"{urls.API}(?:advisories|osv)/(?P<name>[^/]+)\.json"),
    ("csaf", rf"{urls.API}csaf/[0-9]{{4}}/(?P<name>[^/]+)\.json"),
    ("file", rf"{_LANGUAGE}{urls.ADVISORIES}(?P<name>[^/]+)/index\.md"),
    ("page", rf"{_LANGUAGE}{urls.ADVISORIES}(?P<name>[^/.]+)(?:/(?:index\.html)?)?"),
    ("badge", rf"{_LANGUAGE}badge/(?P<name>[^/]+)\.(?:svg|json)"),
    ("alias", rf"{_LANGUAGE}alias/(?P<name>.+?)(?:/(?:index\.html)?)?"),
)
_WHOLE = [(by, re.compile(shape)) for by, shape in _SHAPES]
_ENDING = [(by, re.compile(rf"(?:.*/)?{shape}")) for by, shape in _SHAPES]


class Target(NamedTuple):
    """What an address leads to: `name` as written there, `anchor` without its mark. `sure` says
    that it lies on a site that was named, so that an unknown name there is a dead link."""

    by: By
    name: str
    anchor: str
    sure: bool


class Sites:
    """Where advisories live: `known` are addresses of sites; with `only`, no other counts."""

    def __init__(self, known: Iterable[str] = (), *, only: bool = False) -> None:
        self._roots = [_root(address) for address in known]
        self._only = only

    def targets(self, address: str) -> Iterator[Target]:
        """What the address names, by itself or in a parameter (as addresses of badge services
        do)."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return
        anchor = unquote(parts.fragment).partition(":~:")[0]
        if found := self._target(parts.netloc, unquote(parts.path), anchor):
            yield found
        for _, value in parse_qsl(parts.query):
            if "://" in value:
                inner = urlsplit(value)
                if found := self._target(inner.netloc, unquote(inner.path), ""):
                    yield found

    def _target(self, host: str, path: str, anchor: str) -> Target | None:
        for root_host, root_path in self._roots:
            if (not host or host.lower() == root_host) and path.startswith(root_path):
                inside = path.removeprefix(root_path)
                if found := _shaped(_WHOLE, inside, anchor, sure=bool(host)):
                    return found
        return None if self._only else _shaped(_ENDING, path, anchor, sure=False)


def _root(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.netloc.lower(), parts.path.rstrip("/") + "/"


def _shaped(
    shapes: list[tuple[By, re.Pattern[str]]], path: str, anchor: str, *, sure: bool
) -> Target | None:
    for by, shape in shapes:
        if match := shape.fullmatch(path):
            return Target(by, match["name"], anchor, sure)
    return None
