#!/usr/bin/env python3
"""Measure how well readers find what they look for: by the finder, and by the word search.

Asks every query of tests/data/queries/ and prints how often a wanted record came first and among
the first three. Needs a built site (`make site`) and a browser for the word search; `--finder` does
without both. `--learn` fits the constants of `caveat.matching.ranking` to the same queries.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import browser as finder
import yaml
from playwright.sync_api import sync_playwright
from search_learning import Example, learned
from serving import served

from caveat.knowledge import KnowledgeBase, load
from caveat.matching import Index, match

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "tests" / "data" / "queries"
LANGUAGES = ("en", "zh")
TOP = 3
#: Asks Pagefind in the page, with the ranking of the search dialogue; gives paths of results.
_ASK = """async ([bundle, texts, most]) => {
  // Scripts lie in a folder that is named by its content.
  const { src } = document.querySelector("script[type=module]");
  const { options } = await import(new URL("lib/search/options.js", src));
  const { bundlePath, ...others } = options(new URL(bundle));
  const { createInstance } = await import(bundlePath + "pagefind.js");
  const pagefind = createInstance(others);
  const answers = [];
  for (const text of texts) {
    const found = await pagefind.search(text);
    const data = await Promise.all(found.results.slice(0, most).map((one) => one.data()));
    answers.push(data.map((one) => one.url));
  }
  return answers;
}"""


class Query(NamedTuple):
    """A text that a reader has, and the slugs of records any of which answers it."""

    language: str
    kind: str
    text: str
    want: frozenset[str]


class Figures(NamedTuple):
    """How many queries found a wanted record first, and among the first three."""

    total: int
    first: int
    three: int

    @property
    def shares(self) -> tuple[float, float]:
        """Both as parts of the whole."""
        return self.first / self.total, self.three / self.total


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _parser().parse_args(arguments)
    kb, _ = load(ROOT)
    index = Index.of(kb)
    queries = list(read())
    if unknown := {slug for query in queries for slug in query.want} - set(ids_by_slug(kb)):
        print(f"no record has the slug {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    if options.learn:
        print(learned(_examples(kb, index, queries)))
        return 0
    asked = {"finder": by_finder(index, queries)}
    if not options.finder:
        if not (options.site / "index.html").is_file():
            print(f"no site in {options.site}: run `make site`, or give --finder", file=sys.stderr)
            return 2
        asked["words"] = by_words(kb, options.site, queries)
    table = {name: figures(queries, answers) for name, answers in asked.items()}
    wrong = mistaken(kb, index)
    if options.json:
        made = {
            name: {f"{lang} {kind}": one._asdict() for (lang, kind), one in rows.items()}
            for name, rows in table.items()
        }
        print(json.dumps({**made, "mistaken": wrong}, indent=2))
    else:
        _print(table, wrong)
        _print_missed(queries, asked if options.missed else {})
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="search_quality.py",
        description="Measure how often the wanted record comes first, and among the first three.",
        epilog="Exit status: 0 measured, 2 wrong use.",
    )
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    parser.add_argument("--finder", action="store_true", help="leave out the word search")
    parser.add_argument("--missed", action="store_true", help="list the queries that missed")
    parser.add_argument("--learn", action="store_true", help="fit the constants of the ranking")
    parser.add_argument("--json", action="store_true", help="print figures for tools")
    return parser


def ids_by_slug(kb: KnowledgeBase) -> dict[str, str]:
    """Ids of records by their names."""
    return {record.slug: record.id for record in kb.advisories.values()}


def read() -> Iterator[Query]:
    """All queries; pasted errors are asked in both languages."""
    for paste in _yaml("pastes"):
        for language in LANGUAGES:
            yield Query(language, "error", paste["text"], frozenset(paste["want"]))
    for language, kinds in _yaml("questions").items():
        for kind, questions in kinds.items():
            for text, want in questions:
                yield Query(language, kind, text, frozenset(want))


def strangers() -> list[str]:
    """Texts about other things."""
    return [one["text"] for one in _yaml("strangers")]


def _yaml(name: str) -> Any:
    return yaml.safe_load((QUERIES / f"{name}.yml").read_text(encoding="utf-8"))


def by_finder(index: Index, queries: list[Query]) -> list[list[str]]:
    """For each query the slugs that the finder gives, best first."""
    return [[hit.slug for hit in match(index, [query.text]).hits] for query in queries]


def by_words(kb: KnowledgeBase, site: Path, queries: list[Query]) -> list[list[str]]:
    """The same by the word search of the site, which knows pages: only advisories count."""
    executable = finder.find()
    if executable is None:
        raise SystemExit("no browser: run scripts/browser.py --install, or give --finder")
    answers: dict[Query, list[str]] = {}
    with served(site) as root, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(finder.FLAGS))
        for language in LANGUAGES:
            mine = [query for query in queries if query.language == language]
            folder = root if language == "en" else f"{root}{language}/"
            page = chromium.new_page()
            page.goto(folder)
            texts = [query.text for query in mine]
            found = page.evaluate(_ASK, [f"{folder}pagefind/", texts, TOP])
            for query, urls in zip(mine, found, strict=True):
                ids = (url.rstrip("/").rpartition("/")[2] for url in urls)
                answers[query] = [kb.advisories[i].slug if i in kb.advisories else "" for i in ids]
        chromium.close()
    return [answers[query] for query in queries]


def figures(queries: list[Query], answers: list[list[str]]) -> dict[tuple[str, str], Figures]:
    """By language and kind, and by language in all."""
    found: dict[tuple[str, str], Figures] = {}
    for query, slugs in zip(queries, answers, strict=True):
        first, three = query.want & set(slugs[:1]), query.want & set(slugs[:TOP])
        for kind in (query.kind, "all"):
            total, ones, threes = found.get((query.language, kind), Figures(0, 0, 0))
            found[query.language, kind] = Figures(
                total + 1, ones + bool(first), threes + bool(three)
            )
    return found


def mistaken(kb: KnowledgeBase, index: Index) -> list[str]:
    """Texts that are nobody's known error and are called one: near misses by their own record,
    strangers by any."""
    wrong = []
    for record in kb.published:
        for text in (miss for one in record.signatures for miss in one.near_misses):
            hits = match(index, [text]).hits
            wrong += [text for hit in hits if hit.grade == "known" and hit.id == record.id]
    for text in strangers():
        wrong += [text for hit in match(index, [text]).hits[:1] if hit.grade == "known"]
    return wrong


def _examples(kb: KnowledgeBase, index: Index, queries: list[Query]) -> Iterator[Example]:
    """What the ranking saw of each text: of the wanted record, and of the best other one, which is
    left out where the two are tied."""
    ids = ids_by_slug(kb)
    pairs = [(q.text, {ids[slug] for slug in q.want}) for q in queries]
    pairs += [(text, set()) for text in strangers()]
    for text, want in pairs:
        tied = {other.id for id_ in want for _, other in kb.related(kb.advisories[id_])}
        best: dict[bool, Example] = {}
        for _, number, weight in index.ranking.weighed(text):
            id_ = index.records[number][0]
            wanted = id_ in want
            one = Example(weight, wanted)
            if id_ not in tied - want and (
                wanted not in best or weight.score > best[wanted].weight.score
            ):
                best[wanted] = one
        yield from best.values()


def _print(table: dict[str, dict[tuple[str, str], Figures]], wrong: list[str]) -> None:
    names = list(table)
    print(f"{'':14}{'queries':>8}" + "".join(f"{name + ' 1st':>12}{'in 3':>8}" for name in names))
    for language, kind in next(iter(table.values())):
        cells = ""
        for name in names:
            first, three = table[name][language, kind].shares
            cells += f"{first:>12.1%}{three:>8.1%}"
        total = table[names[0]][language, kind].total
        print(f"{language + ' ' + kind:14}{total:>8}{cells}")
    print(f"called a known error, but none: {len(wrong)}")


def _print_missed(queries: list[Query], asked: dict[str, list[list[str]]]) -> None:
    for name, answers in asked.items():
        for query, slugs in zip(queries, answers, strict=True):
            if not query.want & set(slugs[:1]):
                shown = " ".join(query.text.split())[:90]
                got = ", ".join(slugs[:TOP]) or "nothing"
                print(f"{name}: {query.language} {query.kind}: {shown}\n    got {got}")


if __name__ == "__main__":
    sys.exit(main())
