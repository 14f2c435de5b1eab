"""What a person most likely means: product, version, traits and practices from their own words.

Takes the knowledge base and words and gives ids and catalogued versions, likeliest first; what is
no version of a product gives None.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from caveat.drafting.answers import Answers
from caveat.importers.guesses import slug_of
from caveat.importers.products import named
from caveat.knowledge import KnowledgeBase
from caveat.model import Trait
from caveat.problems import nearest
from caveat.versions import VersionError

#: Proposals of one sort; more are no help.
MOST = 3
#: Words from which on a title can be told from others.
_TELLING = 3
_WORDS = re.compile(r"[a-z0-9][a-z0-9.+-]*")


def products(kb: KnowledgeBase, words: str) -> list[str]:
    """Products that the words mean: called so, called nearly so, or named somewhere in them."""
    text = words.strip().casefold()
    if not text:
        return []
    if sure := named(kb, [text], threads=False).products:
        return list(sure[:MOST])
    called = {
        name.casefold(): one.id
        for one in kb.products.values()
        for name in (one.id, one.name, *one.aliases)
    }
    # The longest name that stands in the words says most; of names that a word only begins, the
    # product with the most records.
    inside = [n for n in called if re.search(rf"(?<![\w-]){re.escape(n)}(?![\w-])", text)]
    inside.sort(key=len, reverse=True)
    said = set(_words(text))
    begun = [n for n in called if n.startswith(text) or (said & set(_words(n)[:1]))]
    begun.sort(key=lambda name: -len(kb.by_product.get(called[name], ())))
    near = [*inside, *begun, *nearest(text, called)]
    return list(dict.fromkeys(called[name] for name in near))[:MOST]


def version(kb: KnowledgeBase, product: str, text: str) -> str | None:
    """The release that the text means, be it a package's version, in the catalogue's spelling; None
    where the catalogue has no such release."""
    catalogue = kb.catalogues[product]
    try:
        found = catalogue.parse(text)
    except VersionError:
        return None
    return found.text if catalogue.has(found) else None


def traits(kb: KnowledgeBase, product: str) -> dict[str, Trait]:
    """The traits that a condition on the product may name, by the name that it uses: those that
    records of the product use most come first."""
    one = kb.products[product]
    own = {trait.id: trait for trait in one.traits}
    host = {name: kb.host_traits[name] for name in one.host_traits if name in kb.host_traits}
    known = {**own, **host}
    used = Counter(
        name.rpartition(".")[2]
        for record in kb.by_product.get(product, ())
        for entry in record.affected
        for on in entry.on
        for name in on.when
    )
    return {name: known[name] for name in sorted(known, key=lambda name: -used[name])}


def conditions(kb: KnowledgeBase, product: str, words: str) -> dict[str, tuple[str, ...]]:
    """Values of traits that the words name, where no other trait has a value called so."""
    one = kb.products[product]
    called = {word for name in (one.id, one.name, *one.aliases) for word in _words(name)}
    said = set(_words(words)) - called
    known = traits(kb, product)
    owners = Counter(value.id for trait in known.values() for value in trait.values)
    found: dict[str, tuple[str, ...]] = {}
    for name, trait in known.items():
        values = tuple(
            value.id for value in trait.values if value.id in said and owners[value.id] == 1
        )
        # All values of a trait are no condition.
        if values and len(values) < len(trait.values):
            found[name] = values
    return found


def slug(kb: KnowledgeBase, answers: Answers) -> str:
    """A free short name: of the title's words, or of the error text's where the title has none in
    letters that an address can hold."""
    lead = answers.lead()
    if len(_words(answers.title)) < _TELLING:
        lead = replace(lead, title=f"{answers.title} {answers.error}")
    return slug_of(lead, answers.product, kb, ())


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())


def practices(kb: KnowledgeBase, product: str) -> list[str]:
    """The practices that records of the product name most often."""
    used = Counter(
        practice for record in kb.by_product.get(product, ()) for practice in record.practices
    )
    return [name for name, _ in sorted(used.items(), key=lambda one: (-one[1], one[0]))][:MOST]
