"""All mends of one file, each held to the promise that the file still says the same.

Takes a file's name, its bytes, and the model and limits of its kind, and gives the mended bytes
with the names of what was done; a file that is no text, or no YAML, is mended as far as its lines.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from caveat.mending import lines, order, values
from caveat.mending.source import Edit, edited, same
from caveat.model import Record
from caveat.model.schema import file_name
from caveat.reading.parse import Limits, parse

#: What can be done, in the order in which it is done.
Act = Literal["line-ends", "tabs", "quotes", "spaces", "schema-line", "forms", "order"]
ACTS: tuple[Act, ...] = get_args(Act)

# A file with one of these is not read as data, or not as the data that its author means.
_UNSURE = frozenset({"CAV104", "CAV105", "CAV106", "CAV107", "CAV108"})


@dataclass(frozen=True)
class Mended:
    """The bytes after mending, and how much each act changed, where it changed something."""

    raw: bytes = field(repr=False)
    done: dict[Act, int]


@dataclass
class _Work:
    """A text on its way, and the data that it must keep saying."""

    file: str
    model: type[Record]
    limits: Limits
    text: str
    done: dict[Act, int] = field(default_factory=dict)

    def read(self, text: str) -> Any:
        """What the text says with every text in its one form, or None where that is not sure."""
        data, problems = parse(self.file, text, self.limits)
        if not isinstance(data, dict) or any(p.code in _UNSURE for p in problems):
            return None
        return same(data, self.model)

    def put(self, act: Act, text: str, count: int = 1) -> None:
        """Take the new text and note what made it."""
        if text != self.text:
            self.text = text
            self.done[act] = count


def mend(file: str, raw: bytes, model: type[Record], limits: Limits) -> Mended:
    """The file's bytes with all that is mechanical mended; `file` is its name from the root."""
    try:
        text = raw.decode("utf-8") if len(raw) <= limits.size else None
    except UnicodeDecodeError:
        text = None
    if text is None:
        return Mended(raw, {})
    work = _Work(file, model, limits, text)
    work.put("line-ends", lines.unmarked(text))
    if work.read(work.text) is None and work.read(spaced := lines.spaced(work.text)) is not None:
        work.put("tabs", spaced, work.text.count("\t") - spaced.count("\t"))
    if (said := work.read(work.text)) is not None:
        _values(work, said)
    return Mended(work.text.encode("utf-8"), work.done)


def _values(work: _Work, said: Any) -> None:
    """Mends that move or rewrite: each is kept only if the file still says the same."""

    def attempt(act: Act, make: Callable[[], str], count: int = 1) -> None:
        text = make()
        if text != work.text and work.read(text) == said:
            work.put(act, text, count)

    def write(act: Act, edits: list[Edit]) -> None:
        attempt(act, lambda: edited(work.text, edits), len(edits))

    write("quotes", list(values.quotes(work.text, work.model)))
    attempt("spaces", lambda: lines.stripped(work.text))
    head = lines.schema_line(work.file, file_name(work.model.__name__.lower()))
    attempt("schema-line", lambda: lines.headed(work.text, head))
    write("forms", list(values.forms(work.text, work.model)))
    attempt("order", lambda: order.in_order(work.text, work.model))
