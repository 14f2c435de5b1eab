"""Takes the table of losses; shows that every field of a record has a fate in it and that a record
with one change bears it out."""

import copy
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from caveat import published
from caveat.exports.losses import FATES, OTHER_LANGUAGE, Row, Told, page
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.words import LANGUAGES, words
from tests.support.documents import csaf_documents, osv_documents
from tests.support.knowledge import base_knowledge

ROOT = Path(__file__).resolve().parents[2]
Values = dict[str, Any]
FIELDS = {row.field: row for row in FATES}


def _set(*path: str | int, to: Any) -> Callable[[Values], None]:
    """A change: what stands at the path becomes another value."""

    def change(values: Values) -> None:
        here: Any = values
        for part in path[:-1]:
            here = here[part]
        here[path[-1]] = to

    return change


def _withdraw(values: Values, **more: str) -> None:
    values["status"] = "withdrawn"
    values["withdrawn"] = {"reason": {"en": "A cable.", "zh": "网线。"}, **more}


_TEXT = {"en": "Another text.", "zh": "网线。"}
_STEPS = [{"text": _TEXT}]
_RANGES = [{"introduced": "1.0.0", "fixed": "1.1.0"}]
#: By field, how a record that differs only there comes about.
CHANGES: dict[str, Callable[[Values], None]] = {
    "id": _set("id", to="CAV-2025-0003"),
    "slug": _set("slug", to="another"),
    "status": _withdraw,
    "kind": _set("kind", to="removal"),
    "severity.level": _set("severity", "level", to="low"),
    "severity.reason": _set("severity", "reason", "en", to="X."),
    "title": _set("title", "en", to="X."),
    "summary": _set("summary", "en", to="X."),
    "published": _set("published", to="2024-03-01"),
    "modified": _set("modified", to="2025-03-11"),
    "aliases": _set("aliases", 0, to="engine/engine#99"),
    "related": _set("related", to=[{"relation": "caused-by", "id": "CAV-2025-0002"}]),
    "withdrawn.reason": lambda values: _withdraw(values, reason={"en": "X."}),  # type: ignore[arg-type]
    "withdrawn.successor": lambda values: _withdraw(values, successor="CAV-2025-0002"),
    "affected.on": _set("affected", 1, "on", 1, "ranges", to=[{"introduced": "1.8"}]),
    "affected.on.product": _set("affected", 2, "on", 0, "product", to="proxy"),
    "affected.on.ranges": _set("affected", 0, "on", 0, "ranges", to=_RANGES),
    "affected.on.when": _set("affected", 0, "on", 0, "when", to={"mode": ["rootful"]}),
    "affected.upgrade": _set("affected", 2, "upgrade", "to", to=[{"introduced": "2.0.1"}]),
    "affected.effect": _set("affected", 0, "effect", to=_TEXT),
    "affected.evidence": _set("affected", 0, "evidence", to={"level": "inferred"}),
    "unaffected": _set("unaffected", 0, "effect", to=_TEXT),
    "symptoms": _set("symptoms", to=[_TEXT]),
    "signatures.pattern": _set("signatures", 0, "pattern", to="another pattern of an error"),
    "signatures.log": _set("signatures", 0, "log", to="daemon"),
    "signatures.command": _set("signatures", 0, "command", to="engine"),
    "signatures.samples": _set("signatures", 0, "samples", to=["another"]),
    "signatures.near_misses": _set("signatures", 0, "near_misses", to=[]),
    "cause": _set("cause", to=_TEXT),
    "workarounds.id": _set("workarounds", 0, "id", to="another"),
    "workarounds.kind": _set("workarounds", 0, "kind", to="avoid"),
    "workarounds.title": _set("workarounds", 0, "title", to=_TEXT),
    "workarounds.versions": _set("workarounds", 0, "versions", to=[]),
    "workarounds.when": _set("workarounds", 0, "when", to={}),
    "workarounds.leads_to": _set(
        "workarounds", 0, "leads_to", to=[{"product": "engine", "version": "1.1.2"}]
    ),
    "workarounds.effort": _set("workarounds", 0, "effort", to="day"),
    "workarounds.disruption": _set("workarounds", 0, "disruption", to="downtime"),
    "workarounds.risk": _set("workarounds", 0, "risk", to=_TEXT),
    "workarounds.apply": _set("workarounds", 0, "apply", to=_STEPS),
    "workarounds.verify": _set("workarounds", 0, "verify", to=_STEPS),
    "workarounds.rollback": _set("workarounds", 0, "rollback", to=_STEPS),
    "workarounds.remove_when": _set("workarounds", 0, "remove_when", to=_TEXT),
    "workarounds.evidence": _set("workarounds", 0, "evidence", to={"level": "inferred"}),
    "fixes": _set("fixes", 0, "version", to="2.1.0"),
    "omitted": _set("omitted", to={"probe": _TEXT}),
    "practices": _set("practices", to=[]),
    "timeline": _set("timeline", to=[]),
    "references.id": _set("references", 0, "id", to="another"),
    "references.type": _set("references", 0, "type", to="discussion"),
    "references.url": _set("references", 0, "url", to="https://git.example/2"),
    "references.title": _set("references", 0, "title", to="Another"),
    "verification.last_verified": _set("verification", "last_verified", to="2025-03-09"),
    "verification.releases": _set("verification", "releases", to={"engine": "2.0.1"}),
    "verification.review_by": _set("verification", "review_by", to="2026-01-01"),
    "unverified": _set("unverified", to=[_TEXT]),
    "history": _set("history", 0, "change", to=_TEXT),
    OTHER_LANGUAGE: _set("title", "zh", to="另一个标题"),
}
#: Addresses of the record itself, which change with its id.
LINKS = ("database_specific.url", "database_specific.record")


def knowledge(change: Callable[[Values], None] | None = None) -> KnowledgeBase:
    """The base with a second record, its first one changed."""
    base = base_knowledge()
    values = published.values(base.advisories["CAV-2025-0001"])
    other = copy.deepcopy(values) | {"id": "CAV-2025-0002", "slug": "other"}
    if change is not None:
        change(values)
    records = [published.record(Advisory, one) for one in (values, other)]
    documents = {
        ("advisory", one.id): base.documents["advisory", "CAV-2025-0001"] for one in records
    }
    return KnowledgeBase(
        {one.id: one for one in records},
        base.products,
        base.host_traits,
        base.practices,
        {**base.documents, **documents},
    )


def documents(kb: KnowledgeBase) -> tuple[Any, Any]:
    """The first record in both formats."""
    first = next(iter(kb.advisories)).lower()
    made = osv_documents(kb, ""), csaf_documents(kb, "")
    osv, csaf = (next(one[path] for path in one if first in path.lower()) for one in made)
    return osv, csaf


@cache
def unchanged() -> tuple[Any, Any]:
    """The first record as it is."""
    return documents(knowledge())


def differing(one: Any, other: Any, place: str = "") -> Iterator[str]:
    """The places, without numbers, at which two documents differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | other.keys():
            yield from differing(one.get(key), other.get(key), f"{place}.{key}".lstrip("."))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for first, second in zip(one, other, strict=True):
            yield from differing(first, second, place)
    elif one != other:
        yield place


@pytest.mark.parametrize("row", FATES, ids=lambda row: row.field)
def test_a_changed_record_shows_the_fate(row: Row) -> None:
    """What is kept or folded is seen to change at the place that the table names; what is lost
    changes nothing at all."""
    changed = documents(knowledge(CHANGES[row.field]))
    for told, before, after in zip((row.osv, row.csaf), unchanged(), changed, strict=True):
        places = set(differing(before, after)) - set(LINKS)
        if told.fate == "lost":
            assert places == set(), row.field
        else:
            assert any(f"{one}.".startswith(f"{told.place}.") for one in places), (row, places)
        if told.fate == "folded":
            assert told.place.startswith(
                ("database_specific", "affected.database_specific", "document.")
            )


def test_every_field_of_a_record_has_a_fate() -> None:
    """Each field of the model stands in the table, whole or with all its parts, and the table names
    no field that is not there."""
    missing = [name for name in _fields(Advisory) if not _covered(name)]
    assert missing == []
    for name in FIELDS:
        assert name == OTHER_LANGUAGE or name in set(_fields(Advisory, deep=True)), name
    assert len(FIELDS) == len(FATES)
    assert set(CHANGES) == set(FIELDS)


def _covered(name: str) -> bool:
    """Whether the field has a row, or rows for all its parts."""
    if name in FIELDS:
        return True
    parts = [one for one in _fields(Advisory, deep=True) if one.rpartition(".")[0] == name]
    return bool(parts) and all(_covered(part) for part in parts)


def _fields(model: type[BaseModel], place: str = "", *, deep: bool = False) -> Iterator[str]:
    for key, info in model.model_fields.items():
        name = f"{place}.{info.alias or key}".lstrip(".")
        yield name
        if deep:
            for inner in _models(info.annotation):
                yield from _fields(inner, name, deep=True)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def test_a_wrong_fate_would_be_noticed() -> None:
    """The test of the fates fails for a table that says something else."""
    wrong = Row("slug", Told("lost"), Told("kept", "document.tracking.aliases"))
    with pytest.raises(AssertionError):
        test_a_changed_record_shows_the_fate(wrong)
    wrong = Row("history", Told("kept", "details"), Told("kept", "document.tracking"))
    with pytest.raises(AssertionError):
        test_a_changed_record_shows_the_fate(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_made_from_the_table(language: str) -> None:
    """The page in the repository lists every field, and is what the table gives."""
    found = (ROOT / f"docs/{language}/formats/exports.md").read_text(encoding="utf-8")
    assert found == page(words(language))
    assert sum(row.startswith("| ") for row in found.split("\n")) == len(FATES) + 2
    assert json.dumps(found)
