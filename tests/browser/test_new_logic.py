"""Takes the form's own modules in a real browser; shows that the files they write are records."""

import json
import random
import shutil
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from playwright.sync_api import Browser, Page
from ruamel.yaml import YAML

from caveat.knowledge import KnowledgeBase
from caveat.matching.pattern import brace_faults, compiled
from caveat.model.schema import schemas
from caveat.rules import load_and_check
from caveat.site import Site
from caveat.site.views import new
from tests.support.answers import NASTY, answers, text, word
from tests.support.browser import open_tab
from tests.support.server import serve

pytestmark = pytest.mark.browser

TODAY = "2026-06-15"
MANY = 1000
BUILD = """
async ({ given, choices, schema, today }) => {
  const [{ build }, { problems }, { fileText }] = await Promise.all(
    ["record", "checks", "file"].map((name) => import(`./lib/new/${name}.js`)),
  );
  return given.map((answers) => {
    const built = build(answers, choices, today);
    const text = fileText(built);
    return { ...built, text, problems: problems(answers, built, text, { choices, schema }) };
  });
}
"""
FAULTS = """
async ({ schema, values }) => {
  const { faults } = await import("./lib/new/schema.js");
  return values.map((value) => faults(schema, value).length === 0);
}
"""
SHORT = """
async (patterns) => {
  const { short, braceFaults } = await import("./lib/match/compile.js");
  return patterns.map((one) => [short(one), braceFaults(one)]);
}
"""


@pytest.fixture(scope="module")
def modules(chromium: Browser, root: Path) -> Iterator[Page]:
    """A page from which the form's modules can be imported; needs no site."""
    with serve(root / "docs" / "theme" / "scripts") as address, open_tab(chromium, address) as tab:
        yield tab.goto("")


class Form:
    """What the page of the form has fetched."""

    def __init__(self, kb: KnowledgeBase) -> None:
        site = Site(kb, "en")
        scene = site.scene(next(page for page in site.pages() if page.kind == "new"))
        self.choices = json.loads(json.dumps(new.choices(scene)))
        self.schema = new.schema(scene)

    def build(self, page: Page, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What the browser makes of the answers."""
        values = {"given": given, "choices": self.choices, "schema": self.schema, "today": TODAY}
        made: list[dict[str, Any]] = page.evaluate(BUILD, values)
        return made


@pytest.fixture(scope="module")
def form(kb: KnowledgeBase) -> Form:
    return Form(kb)


@pytest.fixture(scope="module")
def made(modules: Page, form: Form) -> list[dict[str, Any]]:
    """The files of a thousand answers."""
    chance = random.Random(20260615)
    given = [answers(chance, form.choices, number) for number in range(MANY)]
    # A half of a character cannot be sent to the browser as JSON: it is put in over there.
    return form.build(modules, given)


def test_a_thousand_answers_give_valid_records(
    made: list[dict[str, Any]], root: Path, tmp_path: Path
) -> None:
    """Whatever people type, the form finds no fault in whole answers, and neither does the
    validator in the files."""
    assert [one["problems"] for one in made if one["problems"]] == []
    for kind in ("products", "traits", "practices"):
        shutil.copytree(root / "advisories" / kind, tmp_path / "advisories" / kind)
    for one in made:
        path = tmp_path / one["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.exists()
        path.write_text(one["text"], encoding="utf-8", newline="")
    kb, problems = load_and_check(tmp_path)
    assert [str(one) for one in problems if one.is_error] == []
    assert len(kb.advisories) == MANY


def test_every_reader_reads_the_same_text(made: list[dict[str, Any]]) -> None:
    """YAML 1.1 and YAML 1.2 give back what the form put in, every scalar a text."""
    for one in made:
        read = yaml.load(one["text"], Loader=yaml.CSafeLoader)
        assert _words(read) == one["record"], one["text"]
    reader = YAML(typ="safe", pure=True)
    for one in made[:30]:
        assert reader.load(one["text"]) == one["record"], one["text"]


def _words(value: Any) -> Any:
    """The one key of the format that YAML 1.1 takes for a truth value, as the word that it is."""
    if isinstance(value, list):
        return [_words(one) for one in value]
    if isinstance(value, dict):
        return {"on" if key is True else key: _words(one) for key, one in value.items()}
    return value


def test_texts_are_whole(modules: Page, form: Form) -> None:
    """What was typed is on the page: words of every nasty text reach the record."""
    chance = random.Random(1)
    given = [answers(chance, form.choices, n) for n in range(len(NASTY))]
    marks = [word(chance) for _ in NASTY]
    for one, nasty, mark in zip(given, NASTY, marks, strict=True):
        one.update(write="en", summary={"en": f"{mark}a {nasty} {mark}b"})
    for built, mark in zip(form.build(modules, given), marks, strict=True):
        summary = built["record"]["summary"]["en"]
        assert f"{mark}a" in summary
        assert f"{mark}b" in summary


LINKS = {
    "http://www.github.com/moby/moby/issues/49499/?utm_source=x#issue-1": (
        ("issue-49499", "report", "https://github.com/moby/moby/issues/49499"),
        "moby/moby#49499",
    ),
    "github.com/moby/moby/pulls/7#issuecomment-2": (
        ("pr-7", "fix", "https://github.com/moby/moby/pull/7#issuecomment-2"),
        "moby/moby#7",
    ),
    "https://github.com/moby/moby/releases/tag/v28.0.1": (
        (
            "release-notes-v28-0-1",
            "release-notes",
            "https://github.com/moby/moby/releases/tag/v28.0.1",
        ),
        None,
    ),
    "https://bugs.launchpad.net/ubuntu/+source/x/+bug/2098106": (
        ("launchpad-2098106", "report", "https://bugs.launchpad.net/ubuntu/+source/x/+bug/2098106"),
        "launchpad:2098106",
    ),
    "https://nvd.nist.gov/vuln/detail/cve-2025-1234": (
        ("cve-2025-1234", "advisory", "https://nvd.nist.gov/vuln/detail/cve-2025-1234"),
        "CVE-2025-1234",
    ),
    "https://docs.docker.com/engine/release-notes/28/": (
        ("release-notes", "release-notes", "https://docs.docker.com/engine/release-notes/28/"),
        None,
    ),
    "https://docs.example.org:8443/x": (
        ("source", "documentation", "https://docs.example.org:8443/x"),
        None,
    ),
    "https://user:pw@example.org/": (None, None),
    "ftp://example.org/x": (None, None),
    "see the tracker": (None, None),
}


def test_links_become_references_and_upstream_names(modules: Page) -> None:
    """One page has one address, and tells its name and kind; what is none is said."""
    run = """
    async (links) => {
      const { sources } = await import("./lib/new/sources.js");
      return links.map(sources);
    }
    """
    for link, got in zip(LINKS, modules.evaluate(run, list(LINKS)), strict=True):
        reference, alias = LINKS[link]
        told = [(one["id"], one["type"], one["url"]) for one in got["references"]]
        assert told == ([reference] if reference else []), link
        assert got["aliases"] == ([alias] if alias else []), link
        assert got["wrong"] == ([] if reference else [link])


ADDRESSES = {
    "https://github.com/o/r/edit/main": (
        "https://github.com/o/r/new/main?filename=a%2Fb.yml",
        True,
    ),
    "https://gitlab.example/g/p/-/edit/main/": (
        "https://gitlab.example/g/p/-/new/main?file_name=a%2Fb.yml",
        False,
    ),
    "https://git.example/o/r/_edit/dev": (
        "https://git.example/o/r/_new/dev?filename=a%2Fb.yml",
        True,
    ),
    "https://forge.example/edit/main": (None, False),
    "": (None, False),
}


def test_forges_get_what_they_take(modules: Page) -> None:
    """GitHub and Gitea take name and text up to a length, GitLab the name, others nothing."""
    run = """
    async ([bases, texts]) => {
      const { newFile } = await import("./lib/new/file.js");
      return bases.map((base) => texts.map((text) => newFile(base, "a/b.yml", text)));
    }
    """
    found = modules.evaluate(run, [list(ADDRESSES), ["x: y", "é" * 3000]])
    for (short, long), (address, takes) in zip(found, ADDRESSES.values(), strict=True):
        if address is None:
            assert (short, long) == (None, None)
            continue
        content = "&value=x%3A%20y" if takes else ""
        assert short == {"address": address + content, "filled": takes}
        assert long == {"address": address, "filled": False}


ERRORS = {
    "Feb 26 10:00:00 web dockerd[71]: failed to start 57b84dd9bada5b76efdeb: {x} 10.0.0.7:8080": (
        "failed to start {id}: {{x}} {address}:{port}"
    ),
    "[    5.123456] veth: pid 77 died": "veth: pid {pid} died",
    "cannot open /home/ann/.docker/config.json": "cannot open /home/{user}/.docker/config.json",
    "note: x\nError: bind [::1]:53 failed": "Error: bind [{address}]:{port} failed",
}


def test_a_pasted_error_becomes_a_pattern(modules: Page) -> None:
    """The telling line without prefix, names for what differs; a stand-in does not match."""
    run = """
    async (errors) => {
      const { proposed, matches, standIn } = await import("./lib/new/signature.js");
      return errors.map((error) => {
        const pattern = proposed(error);
        return [pattern, matches(pattern, error), matches(pattern, standIn(pattern))];
      });
    }
    """
    found = modules.evaluate(run, list(ERRORS))
    assert found == [[pattern, True, False] for pattern in ERRORS.values()]


def test_the_schema_is_read_as_by_others(
    modules: Page, form: Form, made: list[dict[str, Any]], kb: KnowledgeBase
) -> None:
    """Records, real ones and broken ones, are valid in the browser exactly where a standard
    validator says so."""
    chance = random.Random(5)
    values = [one["record"] for one in made[:50]]
    real = [kb.document(record).data for record in kb.advisories.values()]
    values += [broken(chance, chance.choice((*values, *real))) for _ in range(400)] + real
    assert 100 < sum(map(_validator().is_valid, values)) < len(values) - 100
    said = modules.evaluate(FAULTS, {"schema": form.schema, "values": values})
    for value, ok in zip(values, said, strict=True):
        assert ok == _validator().is_valid(value), value


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schemas()["advisory"], format_checker=FormatChecker())


def broken(chance: random.Random, record: Any) -> Any:
    """The record with one thing changed, which may do no harm."""
    made = deepcopy(record)
    places = [(owner, key) for owner, key in _places(made)]
    owner, key = chance.choice(places)
    what = chance.choice(("remove", "text", "list", "map", "more", "date"))
    if what == "remove":
        del owner[key]
    elif what == "more" and isinstance(owner, dict):
        owner[chance.choice(("en", "zh", "extra", "fixed", "withdrawn", "y"))] = word(chance)
    else:
        values = {"list": [], "map": {}, "date": "2025-02-30"}
        owner[key] = values.get(what, text(chance).encode("utf-8", "replace").decode())
    return made


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


def test_patterns_are_compiled_as_by_the_library(modules: Page, kb: KnowledgeBase) -> None:
    """The short form of every pattern there is, whole and damaged."""
    chance = random.Random(3)
    real = [one.pattern for record in kb.advisories.values() for one in record.signatures]
    cut = [one[: len(one) * 2 // 3] for one in real]
    odd = [f"{one}{chance.choice(NASTY)}{{name}}" for one in chance.sample(real, 60)]
    patterns = [one.encode("utf-8", "replace").decode() for one in (*real, *cut, *odd)]
    patterns = [one for one in patterns if max(map(ord, one)) < 0x10000]
    for pattern, got in zip(patterns, modules.evaluate(SHORT, patterns), strict=True):
        assert got == [compiled(pattern).short(), brace_faults(pattern)], pattern
