"""Whether an answer can be used, and the form in which a record holds it.

Takes what a person typed or gave as a flag and gives the value; what cannot be used raises
`WrongAnswer` with what would do. An empty text is an answer that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pydantic import TypeAdapter, ValidationError

from caveat.drafting import proposals
from caveat.importers import texts
from caveat.knowledge import KnowledgeBase
from caveat.mending import canonical
from caveat.model.base import DateText, HttpsUrl, Name
from caveat.problems import nearest, shown
from caveat.words import Words

_URL, _DAY, _NAME = TypeAdapter(HttpsUrl), TypeAdapter(DateText), TypeAdapter(Name)
#: Names that are offered at once.
_OFFERED = 8


class WrongAnswer(ValueError):  # noqa: N818 - it is an answer, and the person may give another
    """Why an answer does not do, and what would, in the words under `new.wrong`."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(key)
        self.key, self.params = key, params

    def told(self, t: Words) -> str:
        """The reason, for a person."""
        return t(f"new.wrong.{self.key}", **self.params)


def anything(text: str) -> str:
    """Any text, without what cannot be seen."""
    return texts.visible(text).text.strip()


def line(text: str) -> str:
    """One line, which is needed."""
    if not (found := texts.line(text)):
        raise WrongAnswer("empty")
    return found


def source(text: str) -> str:
    """The https address of who says so, which is needed."""
    url = canonical.link(text.strip())
    try:
        return _URL.validate_python(url)
    except ValidationError:
        raise WrongAnswer("source", text=shown(text)) from None


def day(text: str, today: str) -> str:
    """A day that is not in the future, or none."""
    if not text:
        return ""
    found = canonical.day(text)
    try:
        _DAY.validate_python(found)
    except ValidationError:
        raise WrongAnswer("day", text=shown(text)) from None
    if found > today:
        raise WrongAnswer("future", text=found)
    return found


def product(kb: KnowledgeBase, text: str) -> str:
    """The id of the product that is meant, which is needed."""
    if text in kb.products:
        return text
    if not text:
        raise WrongAnswer("empty")
    found = proposals.products(kb, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongAnswer("products", text=shown(text), names=", ".join(found))
    raise WrongAnswer("product", text=shown(text), names=", ".join(kb.products))


def version(kb: KnowledgeBase, product_id: str, text: str) -> str:
    """A catalogued release, in its own spelling, or none."""
    if not text:
        return ""
    if found := proposals.version(kb, product_id, text):
        return found
    catalogue = kb.catalogues[product_id]
    newest = [one.text for one in reversed(catalogue.versions)][:_OFFERED]
    near = ", ".join(catalogue.near(text) or newest)
    raise WrongAnswer("version", text=shown(text), product=product_id, near=near)


def when(kb: KnowledgeBase, product_id: str, text: str) -> Mapping[str, tuple[str, ...]]:
    """`trait=value` or `trait=value,value`, separated by spaces."""
    known = proposals.traits(kb, product_id)
    found: dict[str, tuple[str, ...]] = {}
    for part in text.replace(";", " ").split():
        name, mark, given = part.partition("=")
        if name not in known or not mark:
            raise WrongAnswer("when", text=shown(part), near=_near(name, known))
        ids = [value.id for value in known[name].values]
        values = tuple(dict.fromkeys(value for value in given.split(",") if value))
        for value in values or ("",):
            if value not in ids:
                near = _near(value, ids)
                raise WrongAnswer("value", text=shown(value), trait=name, near=near)
        found[name] = values
    return found


def slug(kb: KnowledgeBase, text: str) -> str:
    """A short name that no record has, or none."""
    if not text:
        return ""
    try:
        _NAME.validate_python(text)
    except ValidationError:
        raise WrongAnswer("slug", text=shown(text)) from None
    if owners := kb.find(text):
        raise WrongAnswer("taken", text=shown(text), id=owners[0].id)
    return text


def choice(choices: Sequence[str], text: str) -> str:
    """One of the choices, or the beginning of just one, or none."""
    if not text or text in choices:
        return text
    begun = [one for one in choices if one.startswith(text.casefold())]
    if len(begun) == 1:
        return begun[0]
    raise WrongAnswer("choice", text=shown(text), names=", ".join(begun or choices))


def practices(kb: KnowledgeBase, text: str) -> tuple[str, ...]:
    """Ids of best practices, separated by spaces."""
    names = tuple(dict.fromkeys(text.replace(",", " ").split()))
    for name in names:
        if name not in kb.practices:
            raise WrongAnswer("practice", text=shown(name), near=_near(name, kb.practices))
    return names


def _near(text: str, known: Iterable[str]) -> str:
    """Names like the text, or the first of all."""
    names = list(known)
    return ", ".join(nearest(text, names) or names[:_OFFERED])
