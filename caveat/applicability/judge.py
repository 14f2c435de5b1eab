"""One record against one host: affected, fixed, not affected or unknown, and why.

Takes a record, the asked product and version, and facts; gives an `Answer`. The rules are section 4
of the design: versions decide before traits, what is known not to hold decides before what is
missing, and nothing is answered beyond what was verified.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    """What is asked about one record, so that the steps below need not pass it along."""

    kb: KnowledgeBase
    advisory: Advisory
    product: str
    facts: Facts
    step_from: Version | None


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
    host = _Host(kb, advisory, product, (facts or Facts()).at(product, version), step_from)
    tested = next((a for e in advisory.unaffected if (a := _tested_fine(host, e))), None)
    answers = [_entry(host, entry) for entry in advisory.affected]
    if tested is not None:
        # A test outweighs what follows from ranges, but never a report of the very same case, nor
        # one that a fact not yet given may turn out to be.
        answers = [a for a in answers if a.state is State.AFFECTED or a.missing] or [tested]
    answer = _no_better_than_known(host, version, min(answers, key=_rank))
    missing = tuple(dict.fromkeys(m for a in answers for m in a.missing))
    if answer.state is State.UNKNOWN and missing:
        answer = replace(answer, missing=missing)
    return answer


def _no_better_than_known(host: _Host, version: Version, answer: Answer) -> Answer:
    """Of a version that nobody catalogued nothing good is said: at best nothing is known."""
    catalogued = host.kb.catalogues[host.product].has(version)
    if catalogued or not answer.state.is_fine or answer.reason.code == "only-on-upgrade":
        return answer
    return Answer(State.UNKNOWN, _uncatalogued(host, host.product, version), answer.evidence)


def _rank(answer: Answer) -> int:
    """Which of several entries speaks for the record: the worst, then the one most to the point."""
    if answer.state is State.NOT_AFFECTED:
        return 2 if answer.reason.code in _IN_RANGE else 4
    return {State.AFFECTED: 0, State.UNKNOWN: 1, State.FIXED: 3}[answer.state]


def _entry(host: _Host, entry: Affected) -> Answer:
    """One way to be affected: all its parts must hold together."""
    outside = [a for on in entry.on if (a := _outside(host, on, entry))]
    certain = [a for a in outside if a.state is not State.UNKNOWN]
    if certain:
        return min(certain, key=_rank)
    step = [a] if (a := _not_this_step(host, entry)) else []
    failed = [a for on in entry.on if (a := _trait_fails(host, on, entry))]
    # What is known not to hold decides, however little is known of the rest.
    if decided := sorted([*step, *failed, *outside], key=lambda a: a.state is State.UNKNOWN):
        return decided[0]
    missing = tuple(dict.fromkeys(m for on in entry.on for m in _missing(host, on)))
    if missing:
        return Answer(
            State.UNKNOWN, Reason("missing", {"facts": ",".join(missing)}), entry.evidence, missing
        )
    return next((a for on in entry.on if (a := _unverified(host, on, entry))), None) or Answer(
        State.AFFECTED, _holds_reason(entry), entry.evidence, assumed=_assumed(host, entry.on)
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
        return Answer(State.UNKNOWN, _uncatalogued(host, on.product, version), entry.evidence)
    state = State.FIXED if placement.side == "fixed" else State.NOT_AFFECTED
    params = {"product": on.product, "border": placement.border}
    return Answer(state, Reason(f"version-{placement.side}", params), entry.evidence)


def _placement(host: _Host, on: On, version: Version) -> Placement:
    return place(on.ranges, version, host.kb.products[on.product].versioning)


def _uncatalogued(host: _Host, product: str, version: Version) -> Reason:
    below, above = host.kb.catalogues[product].neighbours(version)
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
    if host.step_from is None or host.product != product:
        code = "only-on-upgrade" if host.step_from is None else "not-this-step"
        return Answer(State.NOT_AFFECTED, Reason(code, {"product": product}), entry.evidence)
    scheme, catalogue = host.kb.products[product].versioning, host.kb.catalogues[product]
    ends = (
        (entry.upgrade.from_, host.step_from),
        (entry.upgrade.to, host.facts.versions[product]),
    )
    missed = [version for ranges, version in ends if not in_any(ranges, version, scheme)]
    if any(catalogue.has(version) for version in missed):
        reason = Reason("not-this-step", {"product": product})
        return Answer(State.NOT_AFFECTED, reason, entry.evidence)
    if missed:
        return Answer(State.UNKNOWN, _uncatalogued(host, product, missed[0]), entry.evidence)
    return None


def _trait_fails(host: _Host, on: On, entry: Affected) -> Answer | None:
    """`not_affected` when a named trait is known not to hold, else None."""
    for path, values in on.when.items():
        key = host.kb.trait_key(on.product, path) or path
        known = host.facts.traits.get(key)
        if known is not None and known.isdisjoint(values):
            params = {"trait": key, "value": ",".join(sorted(known)), "wanted": ",".join(values)}
            assumed = (key,) if key in host.facts.assumed else ()
            reason = Reason("trait-differs", params)
            return Answer(State.NOT_AFFECTED, reason, entry.evidence, assumed=assumed)
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


def _assumed(host: _Host, parts: list[On]) -> tuple[str, ...]:
    keys = (host.kb.trait_key(on.product, path) or path for on in parts for path in on.when)
    return tuple(dict.fromkeys(key for key in keys if key in host.facts.assumed))


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
            # Several values on one host: all of them must have been tested.
            if known is None or not known <= set(values):
                return None
    reason = Reason("tested-fine")
    return Answer(State.NOT_AFFECTED, reason, entry.evidence, assumed=_assumed(host, entry.on))
