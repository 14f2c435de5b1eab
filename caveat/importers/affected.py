"""Whom a lead says is hit: products, ranges and fixes, as far as this knowledge knows them.

Takes a lead and the knowledge base and gives the `affected` and `fixes` of a record; a lead that
names no product of the knowledge raises `SourceError`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from caveat.importers import products
from caveat.importers.lead import ALWAYS, Lead, Lost, Named, SourceError, Span
from caveat.knowledge import KnowledgeBase
from caveat.matching.releases import Releases
from caveat.problems import did_you_mean, printable, shown

#: Products of one document that are taken over.
_MOST = 10
#: Versions of one product that are told one by one where they do not fit.
_MOVED = 5


class Hits(NamedTuple):
    """Parts of a record, the products they name, what a person must see to, what is not kept, and
    the id of the reference that says all this."""

    entries: list[dict[str, Any]]
    fixes: list[dict[str, str]]
    products: tuple[str, ...]
    ask: list[str]
    lost: list[Lost]
    source: str


def affected(lead: Lead, kb: KnowledgeBase, reference: str, product: str) -> Hits:
    """One entry for each product: any of them is a way to be affected. `product` is what names
    mean that no product is called after."""
    if product and product not in kb.products:
        hint = did_you_mean(product, kb.products)
        raise SourceError(f"{lead.file}: unknown product {shown(product)}. {hint}".rstrip(" ."))
    hits = Hits([], [], (), [], [], reference)
    spans = _by_product(lead, kb, product, hits)
    for number, (id_, given) in enumerate(spans.items()):
        if number >= _MOST:
            hits.lost.append(Lost(f"affected: {id_}", f"only the first {_MOST} products are kept"))
        else:
            _enter(lead, kb, id_, given, hits)
    return hits._replace(products=tuple(spans))


def _by_product(lead: Lead, kb: KnowledgeBase, product: str, hits: Hits) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    threads = lead.form == "thread"
    guessed = [(one, *products.named(kb, one.names, threads=threads)) for one in lead.named]
    certain = {ids[0] for _, ids, sure in guessed if sure}
    for one, ids, sure in guessed:
        if not ids and not product:
            hits.lost.append(Lost(f"affected: {_called(one)}", "no product here is called so"))
            continue
        # Of several that a name may mean, the one that the source names otherwise as well.
        best = next((id_ for id_ in ids if id_ in certain), ids[0] if ids else product)
        found.setdefault(best, []).extend(one.spans)
        if ids and not sure:
            others = ", ".join(id_ for id_ in ids if id_ != best) or "something else"
            hits.ask.append(f"{_called(one)} is taken to mean {best}; it may be {others}")
    if not found and product:
        found[product] = []
    if not found:
        raise SourceError(_nothing(lead, kb))
    return found


def _called(one: Named) -> str:
    return shown(printable(one.names[0])) if one.names else "software without a name"


def _nothing(lead: Lead, kb: KnowledgeBase) -> str:
    named = list(dict.fromkeys(_called(one) for one in lead.named))
    told = ", ".join(named[:5]) + (f" and {len(named) - 5} more" if len(named) > 5 else "")
    found = (
        f"it names {told}, which no product here is called after"
        if named
        else ("it names no product")
    )
    return (
        f"{lead.file}: {found}. Say which one is meant with --product ID, or add it as "
        f"advisories/products/<id>.yml first. Known: {', '.join(kb.products)}"
    )


def _enter(lead: Lead, kb: KnowledgeBase, id_: str, spans: list[Span], hits: Hits) -> None:
    reference = hits.source
    catalogue = kb.catalogues[id_]
    fitted = products.fitted(catalogue, spans, reference)
    moved = list(dict.fromkeys(fitted.moved))
    hits.ask.extend(f"{id_}: {text}" for text in moved[:_MOVED])
    if len(moved) > _MOVED:
        hits.ask.append(f"{id_}: {len(moved) - _MOVED} more versions do not fit this catalogue")
    ranges = fitted.ranges
    if not ranges and (seen := _seen(lead, kb, id_)):
        ranges = [{"introduced": seen, "last_affected": seen, "reference": reference}]
        hits.ask.append(f"{id_}: the source shows {seen}; where does it begin, where does it end?")
    elif not ranges:
        ranges = [{"introduced": ALWAYS, "reference": reference}]
        hits.ask.append(
            f"{id_}: the source names no release that is known here; where does it begin and end?"
        )
    else:
        hits.ask.append(f"{id_}: hold the ranges against upstream")
    evidence = {"level": "reported", "reference": reference}
    hits.entries.append({"on": [{"product": id_, "ranges": ranges}], "evidence": evidence})
    for fixed in dict.fromkeys(one["fixed"] for one in ranges if "fixed" in one):
        hits.fixes.append({"product": id_, "version": fixed, "scope": "full"})


def _seen(lead: Lead, kb: KnowledgeBase, id_: str) -> str:
    """The last release of the product that the text shows, as a pasted log would."""
    text = "\n".join((lead.title, *lead.hints, lead.text))
    found = [seen.version for seen in Releases.of([kb.products[id_]]).seen(text)]
    return found[-1] if found else ""
