"""Takes tests/vectors/; shows that the Python matcher gives its answers, as the browser's does."""

import json
from typing import Any

import pytest

from caveat.matching import Index, match
from tests.support.vectors import FOLDER, plain, word_vector


def vectors(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def test_words_are_read_as_the_vectors_say() -> None:
    """Words, terms and squeezed text, in every script."""
    for vector in vectors("words"):
        assert word_vector(vector["text"]) == vector


@pytest.fixture(scope="module")
def index() -> Index:
    """The index of the vectors, as a tool reads it."""
    return Index.read(vectors("index"))


def test_answers_are_those_of_the_vectors(index: Index) -> None:
    """Hits with grade, score, lines and places, and versions; in pieces or in one."""
    for vector in vectors("answers"):
        assert plain(match(index, vector["pieces"])) == vector["answer"], vector["pieces"]
        assert plain(match(index, ["".join(vector["pieces"])])) == vector["answer"]


def test_the_vectors_hold_every_kind_of_answer() -> None:
    """Known errors, whole and cut off, likeness, nothing, versions, and texts told apart."""
    answers = [vector["answer"] for vector in vectors("answers")]
    hits = [hit for answer in answers for hit in answer["hits"]]
    assert {hit[2] for hit in hits} == {"known", "similar"}
    assert any(hit[2] == "known" and hit[3] < 0.9 for hit in hits)
    assert {hit[6] for hit in hits} == {True, False, None}
    assert any(not answer["hits"] for answer in answers)
    assert any(answer["versions"] for answer in answers)


def test_the_vectors_are_small_enough_to_read() -> None:
    """Half a megabyte in all."""
    assert sum(path.stat().st_size for path in FOLDER.glob("*.json")) <= 500_000
