"""A step between two versions, and what is known of the host at each end of it.

Takes what a reader told; gives `Facts` at a version. Defaults move between releases: whoever has
the value that is the default where they are may get another one with the release, without touching
anything. At an end whose default is another, such a trait has both values, and the host is as badly
off as the worse of them; the answer then says that it rests on a default. Only for traits that the
reader says were set by hand (`kept`) does the value stay what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from caveat.applicability.facts import Facts, default_facts
from caveat.knowledge import KnowledgeBase
from caveat.versions import Version


@dataclass(frozen=True)
class Step:
    """From one version of a product to another; the second may be the older one.

    `start` is None for whoever begins at `target`: then everything that strikes there is entered.
    `facts` name the host's traits and the other products beside it, which stay as they are; they
    were found at `found_at`, by itself the start. With `defaults`, traits that are not known have
    their default at each end; `kept` are traits whose value was set by hand.
    """

    product: str
    start: Version | None
    target: Version
    facts: Facts
    defaults: bool = False
    kept: frozenset[str] = frozenset()
    found_at: Version | None = None


def facts_at(kb: KnowledgeBase, step: Step, version: Version, tried: Facts) -> Facts:
    """What is known at one end of the step, when what is not known there is as `tried` has it."""
    known = step.facts.at(step.product, version)
    known = default_facts(kb, known) if step.defaults else known
    known = Facts(
        {**tried.versions, **known.versions},
        {**tried.traits, **known.traits},
        known.assumed,
    )
    return _moved(kb, step, version, known)


def _moved(kb: KnowledgeBase, step: Step, version: Version, known: Facts) -> Facts:
    """With the values that the release brings where the reader's are those of another's default."""
    found_at = step.found_at or step.start
    if found_at is None or found_at == version:
        return known
    traits, assumed = dict(known.traits), set(known.assumed)
    here = defaults_at(kb, step.product, version)
    for key, value in defaults_at(kb, step.product, found_at).items():
        brought = here.get(key, value)
        bound = key in step.kept or key in known.assumed
        if not bound and traits.get(key) == value and brought != value:
            traits[key] = value | brought
            assumed.add(key)
    return Facts(known.versions, traits, frozenset(assumed), known.leaves)


@lru_cache(maxsize=512)
def defaults_at(kb: KnowledgeBase, product: str, version: Version) -> Mapping[str, frozenset[str]]:
    """The defaults of a host of which nothing but this version is known."""
    return default_facts(kb, Facts().at(product, version)).traits
