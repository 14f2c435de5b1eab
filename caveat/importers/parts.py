"""A foreign JSON document, read so that whatever nobody asked for is reported.

Takes bytes and gives a `Part`, which remembers what was asked of it; a document that is too large,
too deep or no JSON raises `SourceError`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from caveat.importers.lead import Lost, SourceError
from caveat.problems import printable, shown

#: Bytes of a document. Advisories have kilobytes, the largest of vendors' a few megabytes.
MOST = 5 * 1024 * 1024
#: Levels of lists and mappings, far above what any of the formats nests.
DEEPEST = 60
_OTHERS = "no field of a record holds it"


def decoded(data: bytes, file: str) -> str:
    """The document as text: UTF-8, at most `MOST` bytes."""
    if len(data) > MOST:
        raise SourceError(
            f"{file}: more than {MOST:,} bytes; save the one advisory or thread alone"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"the byte 0x{data[error.start]:02x} at {error.start:,}"
        raise SourceError(f"{file}: {found} is not UTF-8; save the file as UTF-8") from None


def parsed(text: str, file: str) -> Any:
    """The JSON in `text`; keys that stand twice, NaN and nesting beyond `DEEPEST` are refused."""
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise SourceError(f"{file}: nested deeper than {DEEPEST} levels") from None
    except ValueError as error:
        raise SourceError(f"{file}: not JSON (RFC 8259): {printable(str(error))}") from None
    if _too_deep(data):
        raise SourceError(f"{file}: nested deeper than {DEEPEST} levels")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(f"the key {shown(twice)} stands twice")
    return made


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _too_deep(data: Any) -> bool:
    level = [data]
    for _ in range(DEEPEST):
        level = [child for one in level for child in _children(one)]
        if not level:
            return False
    return True


def _children(one: Any) -> Iterable[Any]:
    if isinstance(one, dict):
        return one.values()
    return one if isinstance(one, list) else ()


class Part:
    """A mapping of the document at `place`. What is of another type than was asked for, and what
    was never asked for, ends up in `lost`."""

    def __init__(
        self, data: dict[str, Any], place: str = "", lost: list[Lost] | None = None
    ) -> None:
        self._data, self._place = data, place
        self._asked: set[str] = set()
        self._parts: list[Part] = []
        self._single: dict[str, Part] = {}
        self._lost: list[Lost] = [] if lost is None else lost

    def __contains__(self, key: str) -> bool:
        return self._data.get(key) is not None

    def text(self, key: str) -> str:
        """The text under `key`, "" where there is none."""
        value = self._take(key)
        if value is None or isinstance(value, str):
            return value or ""
        self._wrong(key, "a text")
        return ""

    def number(self, key: str) -> int | None:
        """The whole number under `key`."""
        value = self._take(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self._wrong(key, "a whole number")
        return None

    def texts(self, key: str) -> list[str]:
        """The list of texts under `key`."""
        found = [one for one in self._list(key) if isinstance(one, str)]
        if len(found) < len(self._list(key)):
            self._wrong(f"{key}[]", "a text")
        return found

    def part(self, key: str) -> Part:
        """The mapping under `key`; an empty one where there is none."""
        if key in self._single:
            return self._single[key]
        value = self._take(key)
        if value is not None and not isinstance(value, dict):
            self._wrong(key, "a mapping")
        self._single[key] = self._part(value if isinstance(value, dict) else {}, key)
        return self._single[key]

    def parts(self, key: str) -> list[Part]:
        """The list of mappings under `key`."""
        values = self._list(key)
        found = [self._part(one, f"{key}[]") for one in values if isinstance(one, dict)]
        if len(found) < len(values):
            self._wrong(f"{key}[]", "a mapping")
        return found

    def lose(self, key: str, why: str) -> None:
        """Say of what stands under `key`, if anything does, why it is not kept."""
        value = self._take(key)
        if value not in (None, "", [], {}):
            self._lost.append(Lost(self._name(key), why))

    def skip(self, *keys: str) -> None:
        """Pass over what only says what the file is, not what the problem is."""
        self._asked.update(keys)

    def lost(self) -> list[Lost]:
        """Everything that is not kept, in the document's order, alike things once."""
        return counted([*self._lost, *self._rest()])

    def _rest(self) -> Iterable[Lost]:
        for key, value in self._data.items():
            if key not in self._asked and value not in (None, "", [], {}):
                yield Lost(self._name(key), _OTHERS)
        for part in self._parts:
            yield from part._rest()

    def _take(self, key: str) -> Any:
        self._asked.add(key)
        return self._data.get(key)

    def _list(self, key: str) -> list[Any]:
        value = self._take(key)
        if value is not None and not isinstance(value, list):
            self._wrong(key, "a list")
        return value if isinstance(value, list) else []

    def _part(self, data: dict[str, Any], name: str) -> Part:
        made = Part(data, self._name(name), self._lost)
        self._parts.append(made)
        return made

    def _wrong(self, key: str, want: str) -> None:
        self._lost.append(Lost(self._name(key), f"not {want}, as the format wants"))

    def _name(self, key: str) -> str:
        # Keys are the document's, and a key may hold anything.
        shown_key = printable(key) if len(key) <= 80 else f"{printable(key[:79])}…"
        return f"{self._place}.{shown_key}" if self._place else shown_key


def told(lost: Iterable[Lost]) -> list[str]:
    """The list as lines for people: one for each reason, with all that it holds for."""
    found: dict[str, list[str]] = {}
    for one in lost:
        times = f" ({one.times} times)" if one.times > 1 else ""
        found.setdefault(one.why, []).append(one.place + times)
    return [f"{', '.join(places)}: {why}" for why, places in found.items()]


def counted(lost: Iterable[Lost]) -> list[Lost]:
    """Alike things once, with their number."""
    found: dict[tuple[str, str], int] = {}
    for one in lost:
        found[one.place, one.why] = found.get((one.place, one.why), 0) + one.times
    return [Lost(*key, count) for key, count in found.items()]
