"""Values that several pages show: cards of records, checklists, code that can be copied.

Takes a scene and model parts and gives plain values.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeVar, cast
from weakref import WeakKeyDictionary

from caveat import urls
from caveat.model import Advisory, Practice
from caveat.reading import Document
from caveat.rules.freshness import Behind
from caveat.rules.grade import grade
from caveat.rules.translation import key
from caveat.site.scene import Prose, Scene
from caveat.words import Words

T = TypeVar("T")

#: The order in which a checklist is worked through.
PHASES = ("before", "during", "after", "always")
SEVERITIES = ("critical", "high", "medium", "low")


class Line(NamedTuple):
    """A record in a list of one line each."""

    id: str
    url: str
    title: Prose
    severity: str
    status: str


class Card(NamedTuple):
    """A record in a list."""

    id: str
    slug: str
    url: str
    title: Prose
    summary: Prose
    severity: str
    kind: str
    status: str
    products: list[tuple[str, str]]
    aliases: list[str]
    affected: list[tuple[str, list[str]]]
    published: str
    modified: str


def line(scene: Scene, record: Advisory) -> Line:
    """A record where its title and how bad it is are enough."""
    return Line(
        id=record.id,
        url=scene.link(urls.advisory(record.id)),
        title=scene.inline(record.title),
        severity=record.severity.level,
        status=scene.kb.standing(record),
    )


def card(scene: Scene, record: Advisory) -> Card:
    """A record as lists show it."""
    if scene.path.startswith(urls.PRODUCTS):  # there, links may lead to the page itself
        return _card(scene, record)
    return kept(scene, record, "card", partial(_card, scene, record))


def felt(record: Advisory) -> str | None:
    """The anchor of the first case of a record that tells who feels it."""
    numbers = (number for number, case in enumerate(record.affected, 1) if case.effect)
    return next((f"effect-{number}" for number in numbers), None)


def kept(scene: Scene, record: Advisory, name: str, make: Callable[[], T]) -> T:
    """What `make` gives of a record for a list, kept with the files that it is made from: several
    pages list all records, and most are those of the build before. It may look at the record,
    products, traits and how the record stands, and at no other record."""
    memory: _Memory = scene.kept("kept", partial(_of_ground, scene))
    known = memory.setdefault(scene.kb.document(record), {})
    # Two things stand in other files: what replaces the record, what its texts say.
    whole = name, scene.kb.standing(record), scene.kb.translations.of(key(record))
    if whole not in known:
        known[whole] = make()
    return cast("T", known[whole])


#: By the record's file: what was made of it, by its name and what else it is made from.
_Memory = WeakKeyDictionary[Document, dict[object, Any]]


def _of_ground(scene: Scene) -> _Memory:
    return _memory(scene.words, scene.path.count("/"), scene.kb.ground)


@lru_cache(maxsize=16)
def _memory(_words: Words, _depth: int, _ground: tuple[Document, ...]) -> _Memory:
    return WeakKeyDictionary()


def _card(scene: Scene, record: Advisory) -> Card:
    return Card(
        id=record.id,
        slug=record.slug,
        url=scene.link(urls.advisory(record.id)),
        title=scene.inline(record.title),
        summary=scene.inline(record.summary),
        severity=record.severity.level,
        kind=record.kind,
        status=scene.kb.standing(record),
        products=[(scene.product(p), scene.link(urls.product(p))) for p in record.products],
        aliases=record.aliases,
        affected=scene.affected_versions(record),
        published=record.published,
        modified=record.modified,
    )


def grading(scene: Scene, record: Advisory) -> dict[str, Any]:
    """How well a record can be acted on, and what would help it most."""
    found = grade(scene.kb, record)
    what = scene.words(f"grade.{found.missing[0]}") if found.missing else ""
    return {
        "letter": found.letter,
        "label": scene.words("grade.label", letter=found.letter),
        "means": scene.words(f"grade.means-{found.letter.lower()}"),
        "next": scene.words("grade.next", what=what) if what else None,
        "missing": found.missing,
    }


def lateness(scene: Scene, late: Behind) -> dict[str, str | None]:
    """A product that moved on since a record was verified."""
    return {
        "product": scene.product(late.product),
        "verified": late.verified,
        "newest": late.newest.text,
    }


def count(scene: Scene, number: int) -> str:
    """A number of advisories in words."""
    return scene.words("home.one") if number == 1 else scene.words("home.count", count=number)


def checklist(scene: Scene, practices: list[Practice]) -> list[dict[str, Any]]:
    """Practices by phase, each with its steps; a step's key stays when the wording changes."""
    groups = []
    for phase in PHASES:
        members = [_practice(scene, p) for p in practices if p.phase == phase]
        if members:
            groups.append({"phase": phase, "practices": members})
    return groups


def _practice(scene: Scene, practice: Practice) -> dict[str, Any]:
    steps = [
        {"key": f"{practice.id}/{number}", "text": scene.inline(step)}
        for number, step in enumerate(practice.steps, 1)
    ]
    return {
        "id": practice.id,
        "url": scene.link(urls.practice(practice.id)),
        "title": scene.inline(practice.title),
        "why": scene.block(practice.why),
        "steps": steps,
    }


def pieces(pattern: str) -> list[tuple[str, bool]]:
    """A pattern as pieces of text; the second of each pair says whether the piece varies."""
    found: list[tuple[str, bool]] = []
    text, at = "", 0
    while at < len(pattern):
        if pattern[at : at + 2] in ("{{", "}}"):
            text, at = text + pattern[at], at + 2
        elif pattern[at] == "{" and (end := pattern.find("}", at)) > 0:
            found += [(text, False), (pattern[at + 1 : end], True)]
            text, at = "", end + 1
        else:
            text, at = text + pattern[at], at + 1
    return [piece for piece in [*found, (text, False)] if piece[0]]
