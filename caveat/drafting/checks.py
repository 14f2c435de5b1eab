"""Whether an answer can be used, and the form in which a record holds it.

Takes what a person typed or gave as a flag and gives the value; what cannot be used raises
`WrongAnswer` with what would do. An empty text is an answer that is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import TypeAdapter, ValidationError

from caveat.drafting import proposals
from caveat.importers import texts
from caveat.knowledge import KnowledgeBase
from caveat.mending import canonical
from caveat.model.base import DateText, HttpsUrl, Name
from caveat.problems import did_you_mean, shown

_URL, _DAY, _NAME = TypeAdapter(HttpsUrl), TypeAdapter(DateText), TypeAdapter(Name)


class WrongAnswer(ValueError):  # noqa: N818 - it is an answer, and the person may give another
    """Why an answer does not do, and what would."""


def anything(text: str) -> str:
    """Any text, without what cannot be seen."""
    return texts.visible(text).text.strip()


def line(text: str) -> str:
    """One line, which is needed."""
    if not (found := texts.line(text)):
        raise WrongAnswer("a line is needed here")
    return found


def source(text: str) -> str:
    """The https address of who says so, which is needed."""
    url = canonical.link(text.strip())
    try:
        return _URL.validate_python(url)
    except ValidationError:
        want = "want an address that begins with `https://`, such as that of the upstream issue"
        raise WrongAnswer(f"{shown(text)}: {want}") from None


def day(text: str, today: str) -> str:
    """A day that is not in the future, or none."""
    if not text:
        return ""
    found = canonical.day(text)
    try:
        _DAY.validate_python(found)
    except ValidationError:
        raise WrongAnswer(f"{shown(text)}: want a day such as `2025-02-26`") from None
    if found > today:
        raise WrongAnswer(f"{found} is in the future")
    return found


def product(kb: KnowledgeBase, text: str) -> str:
    """The id of the product that is meant, which is needed."""
    if text in kb.products:
        return text
    found = proposals.products(kb, text)
    if len(found) == 1 and text:
        return found[0]
    names = found or list(kb.products)
    hint = "a new one is added as advisories/products/<id>.yml first"
    told = f"{shown(text)} is no product here" if text else "a product is needed"
    raise WrongAnswer(f"{told}, want one of {', '.join(names)}; {hint}")


def version(kb: KnowledgeBase, product_id: str, text: str) -> str:
    """A catalogued release, in its own spelling, or none."""
    if not text:
        return ""
    if found := proposals.version(kb, product_id, text):
        return found
    near = ", ".join(kb.catalogues[product_id].near(text)) or "none"
    where = f"advisories/products/{product_id}.yml"
    raise WrongAnswer(f"{shown(text)} is no release of {product_id} in {where}; near: {near}")


def when(kb: KnowledgeBase, product_id: str, text: str) -> Mapping[str, tuple[str, ...]]:
    """`trait=value` or `trait=value,value`, separated by spaces."""
    known = proposals.traits(kb, product_id)
    found: dict[str, tuple[str, ...]] = {}
    for part in text.replace(";", " ").split():
        name, mark, given = part.partition("=")
        if name not in known or not mark:
            hint = did_you_mean(name, known) or "known: " + (", ".join(known) or "none")
            raise WrongAnswer(f"{shown(part)}: want trait=value. {hint}")
        ids = [value.id for value in known[name].values]
        values = tuple(dict.fromkeys(value for value in given.split(",") if value))
        for value in values or ("",):
            if value not in ids:
                hint = did_you_mean(value, ids) or ", ".join(ids)
                raise WrongAnswer(f"{shown(value)} is no value of {name}. {hint}")
        found[name] = values
    return found


def slug(kb: KnowledgeBase, text: str) -> str:
    """A short name that no record has, or none."""
    if not text:
        return ""
    try:
        _NAME.validate_python(text)
    except ValidationError:
        raise WrongAnswer(f"{shown(text)}: want lower-case words joined by hyphens") from None
    if owners := kb.find(text):
        raise WrongAnswer(f"{shown(text)} is the slug of {owners[0].id}")
    return text


def choice(choices: Sequence[str], text: str) -> str:
    """One of the choices, or the beginning of just one, or none."""
    begun = [one for one in choices if one.startswith(text.casefold())]
    if not text or text in choices:
        return text
    if len(begun) == 1:
        return begun[0]
    hint = did_you_mean(text, choices)
    raise WrongAnswer(f"{shown(text)}: want one of {', '.join(choices)}. {hint}".rstrip(". "))


def practices(kb: KnowledgeBase, text: str) -> tuple[str, ...]:
    """Ids of best practices, separated by spaces."""
    names = tuple(dict.fromkeys(text.replace(",", " ").split()))
    for name in names:
        if name not in kb.practices:
            hint = did_you_mean(name, kb.practices) or "known: " + ", ".join(kb.practices)
            raise WrongAnswer(f"{shown(name)} is no practice here. {hint}")
    return names
