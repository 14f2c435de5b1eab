"""The words of records, for the ranked search.

Takes records with the names of their products and gives the index that `ranking` asks. What stands
in an error text or a title counts more than what stands in an explanation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from caveat.knowledge import KnowledgeBase
from caveat.matching.ranking import SCALE, Posting, Ranking
from caveat.matching.terms import terms
from caveat.model import Advisory
from caveat.model.base import LANGUAGES

#: What a word counts where it stands; a word of several fields counts the sum.
WEIGHTS = {
    "name": 30.0,
    "signature": 4.0,
    "title": 5.0,
    "product": 2.0,
    "symptom": 3.0,
    "sample": 1.5,
    "summary": 1.5,
    "version": 2.0,
    "cause": 1.0,
    "command": 1.0,
}
#: What two neighbours in an error text or a title count.
PAIR = 6.0
#: How soon more of the same word says nothing new, and how much longer records are held back.
HALF, LENGTH = 6.0, 0.3


def ranking(kb: KnowledgeBase, records: Iterable[Advisory]) -> Ranking:
    """The index of `records`, which are known by their place among them."""
    documents = [_weighed(kb, record) for record in records]
    average = sum(map(len, documents)) / max(len(documents), 1)
    found: dict[str, tuple[list[int], list[int]]] = {}
    for number, document in enumerate(documents):
        half = HALF * (1 - LENGTH + LENGTH * len(document) / average)
        for term, weight in document.items():
            if term not in found:
                found[term] = [], []
            numbers, impacts = found[term]
            numbers.append(number)
            impacts.append(int(SCALE * weight / (weight + half) + 0.5) or 1)
    postings = {
        term: Posting(tuple(numbers), tuple(impacts))
        for term, (numbers, impacts) in sorted(found.items())
    }
    return Ranking(len(documents), postings)


def _weighed(kb: KnowledgeBase, record: Advisory) -> dict[str, float]:
    found: dict[str, float] = {}
    for field, text in _texts(kb, record):
        listed = terms(text)
        for term in listed:
            found[term] = found.get(term, 0.0) + WEIGHTS[field]
        if field in ("signature", "title"):
            for pair in pairwise(listed):
                found.setdefault("_".join(pair), PAIR)
    return found


def _texts(kb: KnowledgeBase, record: Advisory) -> Iterator[tuple[str, str]]:
    """Every text of the record that people may type or paste, with its field."""
    for name in (record.id, *record.aliases):
        yield "name", name
        if "#" in name:
            yield "name", name[name.index("#") :]
    yield "title", record.slug.replace("-", " ")
    for signature in record.signatures:
        yield "signature", signature.pattern
        yield from (("sample", sample) for sample in signature.samples)
        yield "command", signature.command or ""
    yield from _prose(record)
    for product in (kb.products[p] for p in record.products if p in kb.products):
        yield "product", " ".join((product.name, *product.aliases))
    for entry in record.affected:
        for one in (one for on in entry.on for one in on.ranges):
            yield "version", " ".join(filter(None, (one.introduced, one.fixed, one.last_affected)))
    for workaround in record.workarounds:
        for step in workaround.apply:
            yield from (("command", command) for command in step.commands.values())


def _prose(record: Advisory) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for field, text in (
            ("title", record.title),
            ("summary", record.summary),
            ("cause", record.cause),
            *(("symptom", symptom) for symptom in record.symptoms),
        ):
            if text.has(language):
                yield field, text.get(language)
