"""What is wrong with a record's file, above its page in a preview.

Takes a scene, the record's id and its faults and gives plain values.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from caveat.problems import Problem, printable
from caveat.reading.excerpt import Excerpt
from caveat.site.scene import Scene


class _Fault(Protocol):
    @property
    def problem(self) -> Problem: ...

    @property
    def excerpt(self) -> Excerpt | None: ...


def view(scene: Scene, id_: str, faults: Iterable[_Fault], *, shown: bool) -> dict[str, Any]:
    """The values; `shown` says whether the record's page follows."""
    listed = [_problem(fault.problem, fault.excerpt) for fault in faults]
    errors = sum(one["level"] == "error" for one in listed)
    return {
        "id": id_,
        "description": id_,
        "problems": listed,
        "shown": shown,
        "summary": scene.words(
            "preview.found" if listed else "preview.none",
            errors=errors,
            warnings=len(listed) - errors,
        ),
        "open": errors > 0,
    }


def _words(text: str) -> list[tuple[str, bool]]:
    """The parts of a message, each with whether it is code: what stands between backticks."""
    parts = printable(text).split("`")
    # A backtick without another one is itself.
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    return [(part, number % 2 == 1) for number, part in enumerate(parts) if part]


def _problem(problem: Problem, excerpt: Excerpt | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "place": printable(f"{problem.file}:{problem.line}:{problem.column}"),
        "code": problem.code,
        "level": problem.level,
        "field": printable(problem.field),
        "found": _words(problem.found),
        "want": _words(problem.want),
        "hint": _words(problem.hint),
        "line": None,
    }
    if excerpt is not None:
        text, start, end = excerpt.text, excerpt.start, excerpt.end
        # Behind the end of a line there is nothing to mark: a blank is.
        found["line"] = (excerpt.line, text[:start], text[start:end] or " ", text[end:])
    return found
