"""What versions alone say about each entry of a record; traits are asked afterwards.

Takes a record and the versions of a host; gives `Case`s. Versions decide before traits, what is
known not to hold decides before what is missing, and nothing is answered beyond what was verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caveat.applicability.answer import Answer, Reason, State
from caveat.applicability.facts import Facts
from caveat.applicability.ranges import Placement, in_any, place
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Affected, Evidence, On, Unaffected
from caveat.versions import Version


@dataclass(frozen=True)
class Condition:
    """Something to know: a trait with the values that hold, or `product:…` with none where the
    product's version is not known."""

    name: str
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One entry at certain versions.

    `decided` is the answer whatever the traits. Otherwise a trait that is known not to hold
    decides, then `doubt`, then what is not known of `conditions`, then `unverified`.
    """

    evidence: Evidence
    conditions: tuple[Condition, ...]
    holds: Reason
    decided: Answer | None = None
    doubt: Answer | None = None
    unverified: Answer | None = None


@dataclass(frozen=True)
class Tried:
    """What was tested at these very versions, and is fine where all conditions hold."""

    evidence: Evidence
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class _Host:
    """What is asked, so that the steps below need not pass it along."""

    kb: KnowledgeBase
    advisory: Advisory
    facts: Facts


def cases(kb: KnowledgeBase, advisory: Advisory, facts: Facts) -> list[Case]:
    """Each way to be affected, at the versions in `facts`."""
    host = _Host(kb, advisory, facts)
    return [_case(host, entry) for entry in advisory.affected]


def tried(kb: KnowledgeBase, advisory: Advisory, facts: Facts) -> list[Tried]:
    """What was tested at the versions in `facts`."""
    host = _Host(kb, advisory, facts)
    return [
        Tried(entry.evidence, tuple(_conditions(host, entry.on)))
        for entry in advisory.unaffected
        if _was_tried(host, entry)
    ]


def uncatalogued(kb: KnowledgeBase, product: str, version: Version) -> Reason:
    """Why nothing good is said of a version that nobody catalogued: between which it lies."""
    below, above = kb.catalogues[product].neighbours(version)
    params = {"product": product, "version": version.text}
    if below is not None and above is not None:
        return Reason("uncatalogued", {**params, "below": below.text, "above": above.text})
    if below is not None:
        return Reason("uncatalogued-newer", {**params, "below": below.text})
    return Reason("uncatalogued-older", {**params, "above": above.text if above else ""})


def _case(host: _Host, entry: Affected) -> Case:
    outside = [a for on in entry.on if (a := _outside(host, on, entry))]
    certain = [a for a in outside if a.state is not State.UNKNOWN]
    doubts = [a for a in outside if a.state is State.UNKNOWN]
    step = _not_this_step(host, entry)
    if step is not None and step.state is State.UNKNOWN:
        doubts.insert(0, step)
        step = None
    conditional = len(entry.on) > 1 or any(on.when for on in entry.on)
    return Case(
        entry.evidence,
        tuple(_conditions(host, entry.on)),
        Reason("all-hold" if conditional else "in-range"),
        decided=min(certain, key=_telling, default=step),
        doubt=doubts[0] if doubts else None,
        unverified=next((a for on in entry.on if (a := _unverified(host, on, entry))), None),
    )


def _telling(answer: Answer) -> int:
    """Which of several versions out of range explains an entry: fixed is what would strike but for
    the fix, not a host on which another product never was in range; and one full fix is enough."""
    return {"version-fixed": 1, "version-partly-fixed": 2}.get(answer.reason.code, 0)


def _conditions(host: _Host, parts: list[On]) -> Iterator[Condition]:
    for on in parts:
        if on.product not in host.facts.versions:
            yield Condition(f"product:{on.product}")
        for path, values in on.when.items():
            yield Condition(host.kb.trait_key(on.product, path) or path, tuple(values))


def _outside(host: _Host, on: On, entry: Affected) -> Answer | None:
    """The answer when the product's version is outside its ranges, else None."""
    version = host.facts.versions.get(on.product)
    if version is None:
        return None
    placement = _placement(host, on, version)
    if placement.inside:
        return None
    if not host.kb.catalogues[on.product].has(version):
        reason = uncatalogued(host.kb, on.product, version)
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
        reason = uncatalogued(host.kb, product, missed[0])
        return Answer(State.UNKNOWN, reason, entry.evidence)
    return None


def _unverified(host: _Host, on: On, entry: Affected) -> Answer | None:
    """`unknown` for a release in an open range that is newer than the last one looked at."""
    version = host.facts.versions.get(on.product)
    if version is None or not _beyond_verified(host, on, version):
        return None
    params = {"product": on.product, "verified": host.advisory.verification.releases[on.product]}
    return Answer(State.UNKNOWN, Reason("not-verified-yet", params), entry.evidence)


def _beyond_verified(host: _Host, on: On, version: Version) -> bool:
    """Whether the version lies in an open range and is newer than the last one looked at."""
    verified = host.advisory.verification.releases.get(on.product)
    if verified is None or not _placement(host, on, version).open:
        return False
    return version > host.kb.catalogues[on.product].parse(verified)


def _was_tried(host: _Host, entry: Unaffected) -> bool:
    """Whether the host's versions are ones that were tested."""
    for on in entry.on:
        version = host.facts.versions.get(on.product)
        if version is None or not host.kb.catalogues[on.product].has(version):
            return False
        if not _placement(host, on, version).inside or _beyond_verified(host, on, version):
            return False
    return True
