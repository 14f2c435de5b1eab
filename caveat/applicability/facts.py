"""What is known about a host: versions of products and values of traits.

Takes what a reader gave and gives a frozen `Facts`; what is not named is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from caveat.applicability.ranges import in_any
from caveat.knowledge import KnowledgeBase
from caveat.versions import Version


@dataclass(frozen=True)
class Facts:
    """Versions by product and values by trait (a host may have several); `assumed` names the
    traits whose value is only a default, `leaves` the versions that an upgrade step leaves."""

    versions: Mapping[str, Version] = field(default_factory=dict)
    traits: Mapping[str, frozenset[str]] = field(default_factory=dict)
    assumed: frozenset[str] = frozenset()
    leaves: Mapping[str, Version] = field(default_factory=dict)

    def at(self, product: str, version: Version) -> Facts:
        """The same host with another version of one product."""
        return replace(self, versions={**self.versions, product: version})

    def leaving(self, product: str, version: Version) -> Facts:
        """The same host on a step of one product that leaves a version."""
        return replace(self, leaves={**self.leaves, product: version})

    def having(self, trait: str, *values: str) -> Facts:
        """The same host with the values of one trait known."""
        return replace(
            self,
            traits={**self.traits, trait: frozenset(values)},
            assumed=self.assumed - {trait},
        )


def default_facts(kb: KnowledgeBase, facts: Facts, keys: Iterable[str] | None = None) -> Facts:
    """`facts` with the defaults of every trait that is not known, where there is a default; with
    `keys` only of those traits.

    Only for readers who asked for the default configuration: the answer then says so.
    """
    found: dict[str, frozenset[str]] = {}
    for key in kb.traits if keys is None else keys:
        if key in facts.traits:
            continue
        product = key.partition(".")[0] if "." in key else None
        version = facts.versions.get(product) if product else None
        for default in kb.traits[key].default:
            scheme = kb.products[product].versioning if product else None
            if not default.ranges or (
                version is not None and scheme and in_any(default.ranges, version, scheme)
            ):
                found[key] = frozenset({default.value})
                break
    return replace(
        facts, traits={**found, **facts.traits}, assumed=facts.assumed | frozenset(found)
    )
