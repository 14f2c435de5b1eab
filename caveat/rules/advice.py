"""Rules about what a record recommends: whether other records say that it hurts.

Takes a knowledge base and gives findings; what is of low severity, or only inferred, is left to the
note on the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from caveat.applicability.advice import Caution, cautions
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.problems import shown
from caveat.rules.rule import Finding


def safe(kb: KnowledgeBase) -> Iterator[Finding]:
    """A release that a record recommends strikes none of its readers by way of another record."""
    for record in kb.advisories.values():
        if record.status == "withdrawn":
            continue
        grave = [caution for caution in cautions(kb, record) if not _small(caution)]
        spoken_of = _spoken_of(kb, record) if grave else ""
        for caution in grave:
            other = caution.other
            if other.id in spoken_of:
                continue
            found = (
                f"{shown(caution.advised.version.text)}, which {other.id} ({other.slug}) strikes"
            )
            where = "; ".join(
                f"{key}: {', '.join(values)}" for key, values in caution.witness.where
            )
            want = "a release that brings nobody into another record"
            hint = f"name {other.id} in `related` or in a text, so that readers are warned"
            if where:
                hint = f"it strikes with {where}; {hint}"
            yield Finding(kb.document(record), caution.advised.path, found, want, hint)


def _small(caution: Caution) -> bool:
    return caution.other.severity.level == "low" or caution.witness.evidence == "inferred"


def _spoken_of(kb: KnowledgeBase, record: Advisory) -> str:
    """A text that holds the ids of all records that this one speaks about: its author has seen
    them."""
    return " ".join((record.model_dump_json(), *(one.id for _, one in kb.related(record))))
