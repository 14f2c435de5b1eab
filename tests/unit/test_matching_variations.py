"""Takes every signature of every record; shows that no dress hides it, and that none fakes it.

The variations are made by chance from a seed, so they are no lines that anybody tuned for.
"""

import random
from collections.abc import Iterator

import pytest

from caveat.knowledge import KnowledgeBase
from caveat.matching import Hit, Index, match
from caveat.matching.signatures import noise
from tests.support import variations as v

ROUNDS = 4
NOISE = noise()


@pytest.fixture(scope="module")
def index(kb: KnowledgeBase) -> Index:
    """All published records."""
    return Index.of(kb)


def dressed(chance: random.Random, text: str) -> Iterator[tuple[str, str]]:
    """The text in every dress, each worn in some way, with what was done."""
    for dress in v.DRESSES:
        wear = chance.choice(v.WEARS)
        done = wear(chance, dress(chance, text))
        yield f"{dress.__name__}, {wear.__name__}", v.surrounded(chance, done, NOISE)


def found_first(kb: KnowledgeBase, hits: tuple[Hit, ...], wanted: str) -> bool:
    """Whether the record comes first as a known error, but for records that are tied to it and
    whose error the same text is."""
    tied = {other.id for _, other in kb.related(kb.advisories[wanted])}
    for hit in hits:
        if hit.id == wanted:
            return hit.grade == "known"
        if hit.id not in tied or hit.grade != "known":
            return False
    return False


def signatures(kb: KnowledgeBase) -> Iterator[tuple[str, str, list[str], list[str]]]:
    for record in kb.published:
        for one in record.signatures if record.status == "published" else ():
            yield record.id, one.pattern, one.samples, one.near_misses


def test_every_signature_is_found_in_every_dress(kb: KnowledgeBase, index: Index) -> None:
    """Other names, ids and addresses, log prefixes, wraps, colours, quotes, escapes, noise."""
    chance = random.Random(1)
    missed = []
    for id_, pattern, samples, _ in signatures(kb):
        texts = [*(v.filled(chance, pattern) for _ in range(ROUNDS)), *samples]
        for text in texts:
            for how, shown in dressed(chance, text):
                if not found_first(kb, match(index, [shown]).hits, id_):
                    missed.append((id_, how, shown))
    assert missed == []


def test_no_near_miss_is_known_in_any_dress(kb: KnowledgeBase, index: Index) -> None:
    """What means something else means it with any prefix, wrapped or not, cut off or not."""
    chance = random.Random(2)
    wrong = []
    for id_, _, _, near_misses in signatures(kb):
        for text in near_misses:
            shown = [
                *dressed(chance, text),
                *(("cut off", text[: len(text) * n // 10]) for n in (5, 7, 9)),
            ]
            for how, one in shown:
                if any(h.id == id_ and h.grade == "known" for h in match(index, [one]).hits):
                    wrong.append((id_, how, one))
    assert wrong == []


def test_noise_is_known_of_no_record(index: Index) -> None:
    """Ordinary lines, alone and together, are nobody's error."""
    for text in (*NOISE, "\n".join(NOISE), " ".join(NOISE)):
        assert [hit for hit in match(index, [text]).hits if hit.grade == "known"] == [], text


def test_a_text_that_was_cut_off_still_leads_to_its_record(kb: KnowledgeBase, index: Index) -> None:
    """Most of an error is enough to come first, known or similar."""
    chance = random.Random(3)
    missed = []
    for id_, pattern, _, _ in signatures(kb):
        text = v.filled(chance, pattern)
        cut = text[: max(60, len(text) * 9 // 10)]
        hits = match(index, [v.journald(chance, cut)]).hits
        tied = {id_, *(other.id for _, other in kb.related(kb.advisories[id_]))}
        if not hits or hits[0].id not in tied:
            missed.append((id_, cut, [(h.id, h.grade, h.score) for h in hits]))
    assert missed == []
