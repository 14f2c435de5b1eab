"""One record against one host: affected, fixed, not affected or unknown, and why.

Takes a record, the asked product and version, and facts; gives an `Answer`. The rules are section 4
of the design: versions decide before traits, what is known not to hold decides before what is
missing, and nothing is answered beyond what was verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product as product_of
from typing import TypedDict

from caveat.applicability.answer import Answer, Reason, State
from caveat.applicability.facts import Facts
from caveat.applicability.ranges import Placement, in_any, place
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Affected, On, Unaffected
from caveat.versions import Version

#: Reasons of an entry whose ranges hold the version: they explain more than a border elsewhere, and
#: a fix of another entry says nothing about this one.
_IN_RANGE = frozenset({"trait-differs", "only-on-upgrade", "not-this-step"})


@dataclass(frozen=True)
class _Host:
    """What is asked about one record, so that the steps below need not pass it along; each trait
    has one value."""

    kb: KnowledgeBase
    advisory: Advisory
    facts: Facts


def judge(
    kb: KnowledgeBase,
    advisory: Advisory,
    product: str,
    version: Version,
    facts: Facts | None = None,
    *,
    step_from: Version | None = None,
) -> Answer:
    """The answer for `version` of `product` with `facts`.

    `step_from` is the version that an upgrade step leaves; without it a record that only strikes
    on a step does not strike. Raises KeyError for a product that the record does not name.
    """
    if product not in advisory.products:
        raise KeyError(product)
    known = (facts or Facts()).at(product, version)
    if step_from is not None:
        known = known.leaving(product, step_from)
    answer = weigh(kb, advisory, known)
    # Of a version that nobody catalogued nothing good is said, whatever the traits: that a record's
    # conditions are those of this version too is more than anyone looked at.
    if kb.catalogues[product].has(version) or not answer.state.is_fine:
        return answer
    if answer.reason.code == "only-on-upgrade":
        return answer
    return Answer(State.UNKNOWN, _uncatalogued(kb, product, version), answer.evidence)


def weigh(kb: KnowledgeBase, advisory: Advisory, facts: Facts) -> Answer:
    """The answer for a host of which `facts` are known, no product being asked about above others.

    A host that has several values of a trait is as badly off as the worst of them.
    """
    hosts = (_Host(kb, advisory, one) for one in _single_valued(facts))
    answers = [answer for host in hosts for answer in _answers(host)]
    answer = min(answers, key=rank)
    missing = tuple(dict.fromkeys(m for a in answers for m in a.missing))
    if answer.state is not State.UNKNOWN or not missing:
        return answer
    reason = answer.reason
    if reason.code == "missing":
        reason = Reason("missing", {"facts": ",".join(missing)})
    return replace(answer, reason=reason, missing=missing)


def rank(answer: Answer) -> int:
    """Which of several answers speaks for a record: the worst, then the one most to the point."""
    if answer.state is State.NOT_AFFECTED:
        if answer.reason.code in _IN_RANGE:
            return 2
        return 3 if answer.reason.code == "version-partly-fixed" else 5
    return {State.AFFECTED: 0, State.UNKNOWN: 1, State.FIXED: 4}[answer.state]


def _single_valued(facts: Facts) -> Iterator[Facts]:
    """The same facts once for each combination of the values of traits that have several."""
    several = {key: sorted(values) for key, values in facts.traits.items() if len(values) > 1}
    if not several:
        yield facts
        return
    for values in product_of(*several.values()):
        one = {key: frozenset({value}) for key, value in zip(several, values, strict=True)}
        yield replace(facts, traits={**facts.traits, **one})


def _answers(host: _Host) -> list[Answer]:
    """What each entry says; where exactly this host was tried, what still speaks against that."""
    tested = next((a for e in host.advisory.unaffected if (a := _tested_fine(host, e))), None)
    answers = [_entry(host, entry) for entry in host.advisory.affected]
    if tested is None:
        return answers
    # A test outweighs what follows from ranges, but never a report of the very same case, nor one
    # that a fact not yet given may turn out to be.
    return [a for a in answers if a.state is State.AFFECTED or a.missing] or [tested]


def _entry(host: _Host, entry: Affected) -> Answer:
    """One way to be affected: all its parts must hold together."""
    outside = [a for on in entry.on if (a := _outside(host, on, entry))]
    certain = [a for a in outside if a.state is not State.UNKNOWN]
    if certain:
        # Fixed is what would strike but for the fix: not a host on which another product's version
        # never was in range.
        return min(certain, key=lambda a: -rank(a))
    step = [a] if (a := _not_this_step(host, entry)) else []
    failed = [a for on in entry.on if (a := _trait_fails(host, on, entry))]
    # What is known not to hold decides, however little is known of the rest.
    if decided := sorted([*step, *failed, *outside], key=lambda a: a.state is State.UNKNOWN):
        return decided[0]
    missing = tuple(dict.fromkeys(m for on in entry.on for m in _missing(host, on)))
    if missing:
        reason = Reason("missing", {"facts": ",".join(missing)})
        return Answer(State.UNKNOWN, reason, entry.evidence, missing)
    unverified = next((a for on in entry.on if (a := _unverified(host, on, entry))), None)
    return unverified or Answer(
        State.AFFECTED, _holds_reason(entry), entry.evidence, **_resting(host, entry.on)
    )


def _outside(host: _Host, on: On, entry: Affected) -> Answer | None:
    """The answer when the product's version is outside its ranges, else None."""
    version = host.facts.versions.get(on.product)
    if version is None:
        return None
    placement = _placement(host, on, version)
    if placement.inside:
        return None
    catalogue = host.kb.catalogues[on.product]
    if not catalogue.has(version):
        reason = _uncatalogued(host.kb, on.product, version)
        return Answer(State.UNKNOWN, reason, entry.evidence)
    code, border = f"version-{placement.side}", placement.border
    if placement.side == "fixed":
        code, border = _mended(host, on.product, version, border)
    state = State.FIXED if code == "version-fixed" else State.NOT_AFFECTED
    return Answer(state, Reason(code, {"product": on.product, "border": border}), entry.evidence)


def _mended(host: _Host, product: str, version: Version, border: str) -> tuple[str, str]:
    """Reason and border of a version behind a fix: one that the record calls partial leaves
    something open until a full one follows."""
    parse = host.kb.catalogues[product].parse
    fixes = [(parse(f.version), f.scope) for f in host.advisory.fixes if f.product == product]
    end = parse(border)
    if {scope for fixed, scope in fixes if fixed == end} != {"partial"}:
        return "version-fixed", border
    full = [fixed for fixed, scope in fixes if scope == "full" and end < fixed <= version]
    return ("version-fixed", min(full).text) if full else ("version-partly-fixed", border)


def _placement(host: _Host, on: On, version: Version) -> Placement:
    return place(on.ranges, version, host.kb.products[on.product].versioning)


def _uncatalogued(kb: KnowledgeBase, product: str, version: Version) -> Reason:
    below, above = kb.catalogues[product].neighbours(version)
    params = {"product": product, "version": version.text}
    if below is not None and above is not None:
        return Reason("uncatalogued", {**params, "below": below.text, "above": above.text})
    if below is not None:
        return Reason("uncatalogued-newer", {**params, "below": below.text})
    return Reason("uncatalogued-older", {**params, "above": above.text if above else ""})


def _not_this_step(host: _Host, entry: Affected) -> Answer | None:
    """`not_affected` for what strikes only on a step that is not taken, else None; `unknown` where
    only the order of an uncatalogued version says that it is not."""
    if entry.upgrade is None:
        return None
    product = entry.on[0].product
    left = host.facts.leaves.get(product)
    if left is None:
        reason = Reason("only-on-upgrade", {"product": product})
        return Answer(State.NOT_AFFECTED, reason, entry.evidence)
    scheme, catalogue = host.kb.products[product].versioning, host.kb.catalogues[product]
    ends = ((entry.upgrade.from_, left), (entry.upgrade.to, host.facts.versions.get(product)))
    missed = [v for ranges, v in ends if v is not None and not in_any(ranges, v, scheme)]
    if any(catalogue.has(version) for version in missed):
        reason = Reason("not-this-step", {"product": product})
        return Answer(State.NOT_AFFECTED, reason, entry.evidence)
    if missed:
        reason = _uncatalogued(host.kb, product, missed[0])
        return Answer(State.UNKNOWN, reason, entry.evidence)
    return None


def _trait_fails(host: _Host, on: On, entry: Affected) -> Answer | None:
    """`not_affected` when a named trait is known not to hold, else None."""
    for path, values in on.when.items():
        key = host.kb.trait_key(on.product, path) or path
        known = host.facts.traits.get(key)
        if known is not None and known.isdisjoint(values):
            reason = Reason("trait-differs", {"trait": key, "wanted": ",".join(values)})
            assumed = (key,) if key in host.facts.assumed else ()
            return Answer(
                State.NOT_AFFECTED, reason, entry.evidence, rests=(key,), assumed=assumed
            )
    return None


def _missing(host: _Host, on: On) -> list[str]:
    """Facts that this part needs and nobody gave: `product:…` for a version, else the trait."""
    missing = [] if on.product in host.facts.versions else [f"product:{on.product}"]
    keys = (host.kb.trait_key(on.product, path) or path for path in on.when)
    return missing + [key for key in keys if key not in host.facts.traits]


def _unverified(host: _Host, on: On, entry: Affected) -> Answer | None:
    """`unknown` for a release in an open range that is newer than the last one looked at."""
    version = host.facts.versions[on.product]
    if not _beyond_verified(host, on, version):
        return None
    params = {"product": on.product, "verified": host.advisory.verification.releases[on.product]}
    return Answer(State.UNKNOWN, Reason("not-verified-yet", params), entry.evidence)


def _beyond_verified(host: _Host, on: On, version: Version) -> bool:
    """Whether the version lies in an open range and is newer than the last one looked at."""
    verified = host.advisory.verification.releases.get(on.product)
    if verified is None or not _placement(host, on, version).open:
        return False
    return version > host.kb.catalogues[on.product].parse(verified)


def _holds_reason(entry: Affected) -> Reason:
    conditional = len(entry.on) > 1 or any(on.when for on in entry.on)
    return Reason("all-hold" if conditional else "in-range")


class _Resting(TypedDict):
    rests: tuple[str, ...]
    assumed: tuple[str, ...]


def _resting(host: _Host, parts: list[On]) -> _Resting:
    """The traits that an answer rests on, with those whose value is only a default."""
    keys = (host.kb.trait_key(on.product, path) or path for on in parts for path in on.when)
    rests = tuple(dict.fromkeys(keys))
    return {"rests": rests, "assumed": tuple(key for key in rests if key in host.facts.assumed)}


def _tested_fine(host: _Host, entry: Unaffected) -> Answer | None:
    """`not_affected` where exactly this was tested and is fine, else None."""
    for on in entry.on:
        version = host.facts.versions.get(on.product)
        if version is None or not host.kb.catalogues[on.product].has(version):
            return None
        if not _placement(host, on, version).inside or _beyond_verified(host, on, version):
            return None
        for path, values in on.when.items():
            known = host.facts.traits.get(host.kb.trait_key(on.product, path) or path)
            if known is None or known.isdisjoint(values):
                return None
    reason = Reason("tested-fine")
    return Answer(State.NOT_AFFECTED, reason, entry.evidence, **_resting(host, entry.on))
