"""The product tree of a CSAF 2.0 document: what each product id means.

Takes the tree and gives names, version and affected versions by product id (section 3.2.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from caveat.importers.lead import ALWAYS, Span
from caveat.importers.parts import Part

#: `name-[epoch:]version-release[.arch]`, as RPM prints packages.
_PACKAGE = re.compile(
    r"(.+?)-((?:\d+:)?\d[^-\s]*-[^-\s]+?)(?:\.(?:src|noarch|x86_64|aarch64|\w+))?"
)
_VERS = re.compile(r"vers:[a-z0-9.+-]+/")
_CONSTRAINT = re.compile(r"(>=|<=|>|<|=|)\s*(?=\D*\d)([0-9A-Za-z][0-9A-Za-z.+:~_-]*)")


class Item(NamedTuple):
    """What a product id means: its names, best first, its version if it has one, and the versions
    that are affected where it is."""

    names: tuple[str, ...]
    version: str = ""
    spans: tuple[Span, ...] = ()


class _Branch(NamedTuple):
    """Where a walk through the branches stands."""

    product: str = ""
    version: str = ""
    range: str = ""


def items(tree: Part) -> dict[str, Item]:
    """Every product id of the tree. A relationship's product is its component first, then what it
    is a part of."""
    found = dict(_branches(tree, _Branch()))
    for one in tree.parts("full_product_names"):
        found |= _product(one, _Branch())
    for one in tree.parts("relationships"):
        one.skip("category")
        made = dict(_product(one.part("full_product_name"), _Branch()))
        component = found.get(one.text("product_reference"))
        host = found.get(one.text("relates_to_product_reference"))
        parts = [part for part in (component, host) if part is not None]
        names = dict.fromkeys(name for part in parts for name in part.names)
        first = parts[0] if parts else Item(())
        for id_, item in made.items():
            found[id_] = Item(tuple(names) or item.names, first.version, first.spans)
    tree.lose("product_groups", "records list products one by one")
    return found


def _branches(part: Part, above: _Branch) -> Iterator[tuple[str, Item]]:
    for one in part.parts("branches"):
        category, name = one.text("category"), one.text("name")
        here = above
        if category == "product_name":
            here = above._replace(product=name)
        elif category == "product_version":
            here = above._replace(version=name)
        elif category == "product_version_range":
            here = above._replace(range=name)
        if "product" in one:
            yield from _product(one.part("product"), here).items()
        yield from _branches(one, here)


def _product(part: Part, at: _Branch) -> dict[str, Item]:
    """One product; a package is called what stands before its version."""
    helper = part.part("product_identification_helper")
    purl, name = helper.text("purl"), part.text("name")
    for key in ("cpe", "hashes", "model_numbers", "sbom_urls", "serial_numbers", "skus"):
        helper.lose(key, "records tell products by their names")
    helper.lose("x_generic_uris", "records tell products by their names")
    version, packaged = at.version, _PACKAGE.fullmatch(at.version or name)
    names = [at.product, purl, packaged[1] if packaged else "", name]
    spans = spans_of(at.range) if at.range else spans_of(version) if version else ()
    if packaged:
        version = packaged[2]
        spans = (Span(version, last=version),)
    known = dict.fromkeys(one for one in names if one)
    return {part.text("product_id"): Item(tuple(known), version, spans or ())}


def spans_of(text: str) -> tuple[Span, ...]:
    """The versions that a range in vers (`vers:deb/>=1.0|<2.0`) or in plain comparators means;
    a version alone means itself, and what is neither means nothing."""
    spans: list[Span] = []
    begin = ""
    for one in re.split(r"[|,\s]+", _VERS.sub("", text.strip())):
        found = _CONSTRAINT.fullmatch(one)
        if found is None:
            return (Span(ALWAYS),) if one == "*" else ()
        sign, version = found[1], found[2]
        if sign in (">=", ">"):
            begin = version
        elif sign == "<":
            spans.append(Span(begin or ALWAYS, fixed=version))
            begin = ""
        elif sign == "<=":
            spans.append(Span(begin or ALWAYS, last=version))
            begin = ""
        else:
            spans.append(Span(version, last=version))
    return (*spans, Span(begin)) if begin else tuple(spans)
