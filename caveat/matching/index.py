"""What is known of all records, ready to be asked about a text.

Takes a knowledge base, or the plain values that another index wrote, and gives an `Index`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caveat.applicability import judge
from caveat.knowledge import KnowledgeBase
from caveat.matching.pattern import parsed
from caveat.matching.ranking import Posting, Ranking
from caveat.matching.releases import Releases
from caveat.matching.signatures import Entry, Signatures, signatures
from caveat.matching.vocabulary import ranking
from caveat.model import Advisory

#: The form of `Index.values`; a reader refuses another one.
FORM = 1
#: Records with one text that can be told apart by their versions; more of them tell nothing.
MOST_TOLD = 8


@dataclass(frozen=True)
class Index:
    """Records by number, as id and slug, and what finds them.

    `strikes` tells records apart that print the same text: by record and product, the releases
    that it strikes.
    """

    records: tuple[tuple[str, str], ...]
    signatures: Signatures
    ranking: Ranking
    releases: Releases
    strikes: Mapping[int, Mapping[str, frozenset[str]]]

    @classmethod
    def of(cls, kb: KnowledgeBase) -> Index:
        """The index of the published records; what was withdrawn no longer explains an error."""
        records = sorted((a for a in kb.published if a.status != "withdrawn"), key=lambda a: a.id)
        found = signatures(records)
        told = (entry.owners for entry in found.entries if 1 < len(entry.owners) <= MOST_TOLD)
        shared = {owner for owners in told for owner in owners}
        return cls(
            tuple((record.id, record.slug) for record in records),
            found,
            ranking(kb, records),
            Releases.of(kb.products.values()),
            {number: _struck(kb, records[number]) for number in sorted(shared)},
        )

    def values(self) -> dict[str, Any]:
        """The index as plain values, for JSON; `read` gives it back."""
        return {
            "form": FORM,
            "records": [list(record) for record in self.records],
            "signatures": [
                [entry.pattern.short(), entry.need, list(entry.owners), list(entry.anchors)]
                for entry in self.signatures.entries
            ],
            "terms": {
                term: [list(posting.records), list(posting.impacts)]
                for term, posting in self.ranking.postings.items()
            },
            "products": {
                product: {
                    "names": list(names),
                    "releases": list(self.releases.releases[product]),
                    "series": product in self.releases.series,
                }
                for product, names in self.releases.names.items()
            },
            "strikes": {
                str(number): {product: sorted(found) for product, found in products.items()}
                for number, products in self.strikes.items()
            },
        }

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Index:
        """The index that `values` wrote. Raises ValueError for values of another form."""
        if values.get("form") != FORM:
            raise ValueError(f"an index of form {values.get('form')!r}, want {FORM}")
        products = values["products"]
        return cls(
            tuple((id_, slug) for id_, slug in values["records"]),
            Signatures(tuple(_entry(*one) for one in values["signatures"])),
            Ranking(
                len(values["records"]),
                {
                    term: Posting(tuple(records), tuple(impacts))
                    for term, (records, impacts) in values["terms"].items()
                },
            ),
            Releases(
                {id_: tuple(one["names"]) for id_, one in products.items()},
                {id_: tuple(one["releases"]) for id_, one in products.items()},
                frozenset(id_ for id_, one in products.items() if one["series"]),
            ),
            {
                int(number): {product: frozenset(found) for product, found in products.items()}
                for number, products in values["strikes"].items()
            },
        )


def _entry(short: str, need: int, owners: Sequence[int], anchors: Sequence[str]) -> Entry:
    return Entry(parsed(short), tuple(owners), need, tuple(anchors))


def _struck(kb: KnowledgeBase, record: Advisory) -> dict[str, frozenset[str]]:
    """Releases for which the record may hold, whatever else is true of the host."""
    return {
        product: frozenset(
            version.text
            for version in kb.catalogues[product].versions
            if not judge(kb, record, product, version).state.is_fine
        )
        for product in record.products
        if product in kb.products
    }
