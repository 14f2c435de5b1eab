"""/api/v1/advisories.json and advisories/<ID>.json: summaries of all, and each whole.

Takes the shelf and gives a list and a file for each published or withdrawn record: its own fields
by their own names, with its address, grade, freshness, ties and precomputed answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caveat import published, urls
from caveat.exports.export import File, Shelf, json_file
from caveat.model import Advisory
from caveat.rules.freshness import behind
from caveat.rules.grade import grade


def files(shelf: Shelf) -> Iterator[File]:
    """The list, then every record."""
    records = sorted(shelf.kb.published, key=lambda one: one.id)
    here = urls.api_list("advisories")
    yield json_file(here, {"advisories": [_summary(shelf, here, one) for one in records]})
    for record in records:
        path = urls.api_advisory(record.id)
        yield json_file(path, _whole(shelf, path, record))


def _summary(shelf: Shelf, here: str, record: Advisory) -> dict[str, Any]:
    whole = published.values(record)
    names = ("id", "slug", "status", "kind", "severity", "title", "summary", "published")
    made = {name: whole[name] for name in (*names, "modified", "aliases")}
    if "withdrawn" in whole:
        made["withdrawn"] = whole["withdrawn"]
    return {
        **made,
        "successors": shelf.kb.successors(record),
        "products": list(record.products),
        "grade": grade(shelf.kb, record).letter,
        "file": shelf.link(here, urls.api_advisory(record.id)),
        "url": shelf.link(here, urls.advisory(record.id)),
    }


def _whole(shelf: Shelf, here: str, record: Advisory) -> dict[str, Any]:
    """The answers of what was withdrawn are gone with it: it no longer says who is hit."""
    made = {
        **published.values(record),
        "url": shelf.link(here, urls.advisory(record.id)),
        "grade": _grade(shelf, record),
        "freshness": _freshness(shelf, record),
        "successors": shelf.kb.successors(record),
        "relations": [
            {"relation": relation, "id": other.id} for relation, other in shelf.kb.related(record)
        ],
        "exports": {
            "osv": shelf.link(here, urls.osv(record.id)),
            "csaf": shelf.link(here, urls.csaf(record.id, record.published)),
        },
    }
    if record.status != "withdrawn":
        made["answers"] = shelf.answers.of_record(record)
    return made


def _freshness(shelf: Shelf, record: Advisory) -> dict[str, Any]:
    """When it was last looked at, and the products that moved on since: the record says nothing
    about releases after `verified` (about none for sure where that is absent)."""
    late = []
    for one in behind(shelf.kb, record):
        made = {"product": one.product, "verified": one.verified, "newest": one.newest.text}
        late.append({key: value for key, value in made.items() if value is not None})
    return {
        "last_verified": record.verification.last_verified,
        "review_by": record.verification.review_by,
        "behind": late,
    }


def _grade(shelf: Shelf, record: Advisory) -> dict[str, Any]:
    found = grade(shelf.kb, record)
    return {"letter": found.letter, "missing": list(found.missing)}
