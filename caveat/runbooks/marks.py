"""The days on which a runbook was looked through: `caveat-reviewed: 2026-11-28`.

Takes the text of a file and its kind and gives `Mark`s, each with the part of the text that it
speaks of: in YAML and JSON a key speaks of its mapping, in front matter of the whole file; any
other mark speaks of what follows up to the next one, the first one of what stands before it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import yaml

_NAME = r"caveat[-_]reviewed"
_DAY = r"[\"']?(?P<day>[^\"'\s>]*)"
_COMMENT = rf"<!--\s*{_NAME}\s*:\s*(?P<day>[^\s>]*?)\s*-->"
_META = rf"<meta\s+name=[\"']{_NAME}[\"']\s+content=[\"'](?P<day>[^\"']*)[\"']"
#: Kind of file -> what marks look like in it. Underscores are for places where only they may stand,
#: as in the annotations of Prometheus.
_FORMS = {
    "markdown": (_COMMENT,),
    "html": (_COMMENT, _META),
    "rst": (rf"^\.\.\s+{_NAME}\s*:\s*{_DAY}", rf"^:{_NAME}:\s*{_DAY}"),
    "yaml": (rf"#\s*{_NAME}\s*:\s*{_DAY}",),
    "json": (),
}
_PATTERNS = {kind: [re.compile(form, re.MULTILINE) for form in f] for kind, f in _FORMS.items()}
_HEAD = re.compile(r"\A---\n(?P<head>(?:.*\n)*?)---\n")
_IN_HEAD = re.compile(rf"^{_NAME}\s*:\s*{_DAY}", re.MULTILINE)
_IN_JSON = re.compile(rf"\"{_NAME}\"\s*:\s*\"(?P<day>[^\"]*)\"")
_IN_LINE = re.compile(rf"^\s*{_NAME}\s*:\s*{_DAY}", re.MULTILINE)
_KEY = re.compile(_NAME)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mark(NamedTuple):
    """A day, as written, and where it is; it speaks of the text from `start` to `end`."""

    at: int
    day: str
    start: int
    end: int

    @property
    def valid(self) -> bool:
        """Whether it is a day (`2026-11-28`)."""
        try:
            return date.fromisoformat(self.day).isoformat() == self.day
        except ValueError:
            return False


def marks(text: str, kind: str) -> list[Mark]:
    """Every mark of the text, in the order of their places."""
    return sorted({*_running(text, kind), *_head(text, kind), *_keys(text, kind)})


def governing(found: list[Mark], at: int) -> Mark | None:
    """The mark that speaks of the place: of several the one that speaks of least."""
    about = [mark for mark in found if mark.valid and mark.start <= at < mark.end]
    return min(about, key=lambda mark: mark.end - mark.start, default=None)


def _running(text: str, kind: str) -> Iterator[Mark]:
    """Comments: each speaks of what follows."""
    places = sorted((m.start(), m["day"]) for p in _PATTERNS[kind] for m in p.finditer(text))
    for number, (at, day) in enumerate(places):
        end = places[number + 1][0] if number + 1 < len(places) else len(text)
        yield Mark(at, day, at if number else 0, end)


def _head(text: str, kind: str) -> Iterator[Mark]:
    """Front matter."""
    head = _HEAD.match(text) if kind in ("markdown", "html") else None
    if head:
        for mark in _IN_HEAD.finditer(head["head"]):
            yield Mark(head.start("head") + mark.start(), mark["day"], 0, len(text) + 1)


def _keys(text: str, kind: str) -> Iterator[Mark]:
    """Keys of YAML and JSON. What is no YAML, such as a template of one, is read line by line."""
    if kind not in ("yaml", "json") or not _KEY.search(text):
        return
    try:
        yield from list(_mapped(text))
    except yaml.YAMLError:
        form = _IN_JSON if kind == "json" else _IN_LINE
        for mark in form.finditer(text):
            yield Mark(mark.start(), mark["day"], 0, len(text))


class _Open:
    """A mapping or list that has not ended: what came last in it, and the marks found."""

    def __init__(self, start: int, *, mapping: bool) -> None:
        self.start, self.mapping = start, mapping
        self.key: yaml.ScalarEvent | None = None
        self.at_value = False
        self.found: list[tuple[int, str]] = []

    def add(self, node: yaml.NodeEvent) -> None:
        """Note the next key, value or item."""
        if self.mapping and self.at_value:
            if self.key is not None and _KEY.fullmatch(self.key.value):
                day = node.value if isinstance(node, yaml.ScalarEvent) else ""
                self.found.append((_index(self.key.start_mark), day))
        elif self.mapping:
            self.key = node if isinstance(node, yaml.ScalarEvent) else None
        self.at_value = self.mapping and not self.at_value


def _index(mark: object) -> int:
    """Where an event is, in characters."""
    return int(getattr(mark, "index", 0))


def _mapped(text: str) -> Iterator[Mark]:
    """Every mapping that has the key. Events come one by one, however deep a text is nested."""
    open_: list[_Open] = []
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.NodeEvent) and open_:
            open_[-1].add(event)
        if isinstance(event, yaml.CollectionStartEvent):
            mapping = isinstance(event, yaml.MappingStartEvent)
            open_.append(_Open(_index(event.start_mark), mapping=mapping))
        elif isinstance(event, yaml.CollectionEndEvent):
            ended = open_.pop()
            for at, day in ended.found:
                yield Mark(at, day, ended.start, _index(event.end_mark))
