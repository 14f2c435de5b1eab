"""Takes tests/vectors/ and the real index; shows that the browser's matcher answers as Python's."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from caveat.knowledge import KnowledgeBase
from caveat.matching import Index, match
from caveat.matching.parts import cut, part, place
from tests.support.browser import open_tab
from tests.support.server import serve
from tests.support.vectors import FOLDER, dressed, pieces, plain

pytestmark = pytest.mark.browser

WORDS = """
async (vectors) => {
  const text = await import("./lib/match/text.js");
  const { terms } = await import("./lib/match/terms.js");
  return vectors.map(({ text: given }) => {
    const squeezed = text.squeeze(given);
    return {
      text: given, words: text.words(given), joined: text.joinedWords(given),
      whole: text.wholeWords(given), terms: terms(given), squeezed: squeezed.text,
      starts: squeezed.starts, places: squeezed.places,
      inner: [...squeezed.inner].sort((a, b) => a - b),
    };
  });
}
"""
ANSWERS = """
async ({ values, texts, files = {} }) => {
  const { read } = await import("./lib/match/index.js");
  const { Matcher } = await import("./lib/match/matcher.js");
  const { Parts } = await import("./lib/match/parts.js");
  const index = read(values);
  const parts = index.parts && new Parts(index, async (path) => files[path]);
  const answers = [];
  for (const given of texts) {
    if (parts) {
      const survey = parts.survey();
      const asking = new Matcher(survey.index);
      for (const piece of given) asking.feed(piece);
      await parts.need(asking.words(), survey.places);
    }
    const matcher = new Matcher(index);
    for (const piece of given) matcher.feed(piece);
    const { hits, versions } = matcher.result();
    answers.push({
      hits: hits.map((h) => [h.id, h.slug, h.grade, h.score, h.lines, h.spans, h.fits]),
      versions: versions.map((v) => [v.product, v.version, v.line]),
    });
  }
  return answers;
}
"""
PART = """
async (asked) => {
  const { part } = await import("./lib/match/parts.js");
  return asked.map(([term, count]) => part(term, count));
}
"""
PLACES = """
async (asked) => {
  const { Anchors } = await import("./lib/match/anchors.js");
  return asked.map((anchor) => {
    const { pairs, singles } = new Anchors([[anchor]]);
    return (anchor.includes(" ") ? pairs : singles).table.indexOf(1);
  });
}
"""
ANCHORS = """
async ({ texts }) => {
  const { Anchors } = await import("./lib/match/anchors.js");
  const text = await import("./lib/match/text.js");
  const pairs = (list) => list.slice(1).map((word, n) => `${list[n]} ${word}`);
  return texts.flatMap((given) => {
    const readings = [text.words(given), text.joinedWords(given)];
    const holds = new Set(readings.flatMap((list) => [...list, ...pairs(list)]));
    const asked = [...holds, "no such", "neither"];
    const found = new Anchors(asked.map((anchor) => [anchor])).candidates(given);
    const right = found.length === holds.size && found.every((number, n) => number === n);
    return right ? [] : [given];
  });
}
"""


def vectors(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def modules(chromium: Browser, root: Path) -> Iterator[Page]:
    """A page from which the matcher's modules can be imported; needs no site."""
    with serve(root / "docs" / "theme" / "scripts") as address, open_tab(chromium, address) as tab:
        yield tab.goto("")


def test_words_are_read_as_the_vectors_say(modules: Page) -> None:
    """Words, terms and squeezed text, in every script, sign by sign."""
    wanted = vectors("words")
    for got, want in zip(modules.evaluate(WORDS, wanted), wanted, strict=True):
        assert got == want


def test_the_fast_reading_finds_the_words_of_the_plain_one(modules: Page) -> None:
    """Anchors are looked up by a scanner of its own; it sees each word, each pair, and no other."""
    texts = [vector["text"] for vector in vectors("words")]
    assert modules.evaluate(ANCHORS, {"texts": texts}) == []


def test_answers_are_those_of_the_vectors(modules: Page) -> None:
    """Hits with grade, score, lines and places, and versions; in pieces or in one."""
    wanted = vectors("answers")
    for texts in (
        [vector["pieces"] for vector in wanted],
        [["".join(vector["pieces"])] for vector in wanted],
    ):
        given = {"values": vectors("index"), "texts": texts}
        for got, want in zip(modules.evaluate(ANSWERS, given), wanted, strict=True):
            assert got == want["answer"], want["pieces"]


def test_a_term_lies_in_the_same_part_for_both(modules: Page) -> None:
    """Each of the index's terms, and some of other scripts; a pair lies with its first word."""
    listed = [*vectors("index")["terms"], "", "_", "网络", "网络_端口", "é_x", "\ue000"]
    asked = [[term, count] for term in listed for count in (1, 7, 1000)]
    found = modules.evaluate(PART, asked)
    assert found == [part(term, count) for term, count in asked]
    assert part("a_b", 997) == part("a", 997) != part("b", 997)


def test_an_anchor_has_the_same_place_for_both(modules: Page, kb: KnowledgeBase) -> None:
    """Each anchor of the index, and some of other scripts, is met where the parts say it lies."""
    listed = [anchor for one in Index.of(kb).signatures.entries for anchor in one.anchors]
    asked = sorted({*listed, "模块 缺失", "é", "ж ∂", "\U0001f600 x", "1.44 ::"})
    assert any(" " not in anchor for anchor in asked)
    assert modules.evaluate(PLACES, asked) == [place(anchor) for anchor in asked]


def test_the_real_index_gives_the_same_answers(
    modules: Page, kb: KnowledgeBase, root: Path
) -> None:
    """Every sample and near miss, plain, dressed and cut off, and what people pasted, with only the
    parts of the index that hold the words of the texts so far."""
    index, texts = Index.of(kb), list(_real(kb, root))
    assert len(texts) > 500
    rest, parts = cut(json.loads(json.dumps(index.values())))
    rest["parts"] = {"count": len(parts), "folder": "terms/", "whole": "whole.json"}
    files = {f"terms/{number}.json": held for number, held in enumerate(parts)}
    files["whole.json"] = index.values()
    given = {"values": rest, "texts": texts, "files": files}
    for text, got in zip(texts, modules.evaluate(ANSWERS, given), strict=True):
        assert got == plain(match(index, text)), text


def _real(kb: KnowledgeBase, root: Path) -> Iterator[list[str]]:
    chance = random.Random(7)
    for record in kb.published:
        for one in record.signatures:
            for text in (*one.samples, *one.near_misses):
                yield [text]
                yield [text[: len(text) * 7 // 10]]
                yield pieces(chance, dressed(chance, text))
                yield [dressed(chance, text)]
        for prose in (record.title, record.summary):
            yield from ([prose.get(lang)] for lang in ("en", "zh") if prose.has(lang))
    for name in ("pastes", "strangers"):
        listed = yaml.safe_load((root / f"tests/data/queries/{name}.yml").read_text("utf-8"))
        yield from ([one["text"]] for one in listed)
