"""How fresh a record is: the releases that came after it was verified, and when it is due.

Takes a knowledge base, a record and, where a day matters, that day; gives what somebody should look
at.
"""

from __future__ import annotations

from typing import NamedTuple

from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version


class Behind(NamedTuple):
    """A product of which the record claims something for ever, and what came since."""

    product: str
    verified: str | None
    newest: Version


def behind(kb: KnowledgeBase, record: Advisory) -> list[Behind]:
    """Products with an open range whose newest release nobody has held the record against."""
    found: dict[str, Behind] = {}
    for entry in record.affected:
        for on in entry.on:
            catalogue = kb.catalogues.get(on.product)
            if catalogue is None or all(one.fixed or one.last_affected for one in on.ranges):
                continue
            verified = record.verification.releases.get(on.product)
            if verified is None or catalogue.parse(verified) < catalogue.newest:
                found[on.product] = Behind(on.product, verified, catalogue.newest)
    return list(found.values())


class Due(NamedTuple):
    """A record that somebody should look at again; `overdue` when its day has come."""

    record: Advisory
    overdue: bool
    behind: list[Behind]


def due(kb: KnowledgeBase, today: str) -> list[Due]:
    """Published records whose review day (ISO) has come or whose products moved on, first due
    first."""
    found = [
        Due(record, record.verification.review_by <= today, behind(kb, record))
        for record in kb.published
        if record.status == "published"
    ]
    wanted = [one for one in found if one.overdue or one.behind]
    return sorted(wanted, key=lambda one: (one.record.verification.review_by, one.record.id))
