"""What a lead makes likely, for a person to correct: sort, name, year, days and an error pattern.

Takes a lead and gives values of a record's fields.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from caveat.importers import texts
from caveat.importers.lead import Lead
from caveat.knowledge import KnowledgeBase
from caveat.model.advisory import Kind

#: Words of titles and labels that say what sort of problem it is; the first that stands there wins.
_KINDS: tuple[tuple[str, Kind], ...] = (
    ("regression", "regression"),
    ("breaking", "breaking-change"),
    ("deprecat", "deprecation"),
    ("removed", "removal"),
    ("removal", "removal"),
    ("harden", "hardening"),
)
_FIRST_YEAR = 1990
_WORDS = re.compile(r"[a-z0-9]+")
#: Words that no reader would remember a record by.
_FILLERS = frozenset(
    ("a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "not", "of", "on", "the")
)
_SLUG_WORDS, _SLUG_MOST = 7, 60
#: What differs between two prints of one error: ids, addresses, times, ports.
_VARIES = (
    (re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*"), "{time}"),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "{id}"),
    (re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{12,64}\b"), "{id}"),
    (re.compile(r"\[[0-9a-f:]*:[0-9a-f:]*\]:\d{1,5}\b"), "[{address}]:{port}"),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}\b"), "{address}:{port}"),
)


def kind_of(lead: Lead) -> Kind:
    """What sort of problem its title and labels speak of."""
    told = " ".join((lead.title, *lead.hints)).casefold()
    return next((kind for word, kind in _KINDS if word in told), "known-issue")


def year_of(lead: Lead, today: str) -> str:
    """The year in which it became public, this one where the source does not say."""
    return (day_of(lead, today) or today)[:4]


def day_of(lead: Lead, today: str) -> str:
    """The source's day, where it is one between the first catalogues and today; else ""."""
    try:
        day = date.fromisoformat(lead.day).isoformat()
    except ValueError:
        return ""
    return day if str(_FIRST_YEAR) <= day <= today else ""


def slug_of(lead: Lead, product: str, kb: KnowledgeBase, taken: Collection[str]) -> str:
    """A free slug of the product and the title's telling words."""
    words = [word for word in _WORDS.findall(lead.title.casefold()) if word not in _FILLERS]
    own = product.split("-")
    words = [word for word in words if word not in own][:_SLUG_WORDS]
    slug = "-".join([product, *(words or ["imported"])])
    if len(slug) > _SLUG_MOST:
        slug = slug[: _SLUG_MOST + 1].rpartition("-")[0] or product[:_SLUG_MOST]
    slug = slug.strip("-")
    used = {*(record.slug for record in kb.advisories.values()), *kb.unread.values(), *taken}
    names = {id_.partition("-new-")[2] for id_ in (*kb.advisories, *kb.unread, *taken)}
    number, free = 1, slug
    while free in used or free in names:
        number += 1
        free = f"{slug}-{number}"
    return free


def timeline(lead: Lead, today: str, reference: str) -> list[dict[str, Any]]:
    """When the source became public, where it says so."""
    day = day_of(lead, today)
    if not day:
        return []
    told = "Reported." if lead.form == "thread" else "Published upstream."
    return [{"date": day, "event": {"en": told}, "reference": reference}]


def verification(lead: Lead, today: str) -> dict[str, Any]:
    """Nobody looked since the source was written, so that the review is due at once."""
    return {"last_verified": day_of(lead, today) or today, "review_by": today}


def pattern(text: str) -> str:
    """The error text as a pattern: what differs between two prints of it is a name in braces."""
    made = text.replace("{", "{{").replace("}", "}}")
    for varies, name in _VARIES:
        made = varies.sub(name, made)
    return made


def signature(text: str) -> list[str]:
    """The rows of a signature to go on with, for a comment."""
    rows = [f"- pattern: {_single(pattern(text))}", "  log: daemon", "  samples:"]
    rows += [f"    - {_single(text)}", "  near_misses:", "    - TODO a like line of another error"]
    return [
        "To have it recognised by its error text, give a near miss and uncomment:",
        *("signatures:", *(f"  {row}" for row in rows)),
    ]


def _single(text: str) -> str:
    """In single quotes, where YAML knows no escape but the quote itself twice."""
    return "'" + texts.line(text).replace("'", "''") + "'"
