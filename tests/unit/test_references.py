"""Takes what is declared in the code; shows that the pages below /formats/ tell all of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from caveat import urls
from caveat.cli.commands import COMMANDS
from caveat.exports.api.schemas import schemas as api_schemas
from caveat.model.base import LANGUAGES, Language
from caveat.model.schema import schemas
from caveat.rules import READING_RULES, RULES, TIDY_RULES
from caveat.rules.beyond import REASONS
from caveat.site import reference
from caveat.site.pages import Rendered, Site
from caveat.words import words
from tests.support.html import read_html
from tests.support.knowledge import base_knowledge
from tests.support.rule_cases import expected

ROOT = Path(__file__).resolve().parents[2]
CUT = [None, "…", ""]
CODES = [rule.code for rule in (*READING_RULES, *RULES, *TIDY_RULES)]


@pytest.fixture(scope="module", params=LANGUAGES)
def pages(request: pytest.FixtureRequest) -> dict[str, Rendered]:
    """Every page below /formats/ in one language."""
    language: Language = request.param
    site = Site(base_knowledge(), language)
    return {p.path: site.render(p) for p in site.pages() if p.path.startswith(urls.FORMATS)}


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_a_page_with_a_bad_and_a_good_example(
    pages: dict[str, Rendered], code: str
) -> None:
    """The page says what is wanted, why and how to mend it; each bad case of the tests stands on it
    with what the check prints, and a good one below."""
    page = read_html(pages[urls.rule(code)].html)
    assert {"why", "mend", "bad", "good"} <= set(page.ids)
    told = " ".join(page.text.split())
    for case in sorted((ROOT / "tests" / "rules" / code).glob("bad*.yml")):
        for line in expected(case).read_text(encoding="utf-8").splitlines():
            assert " ".join(line.split()) in told, case.name
    shown = reference.read("rules")[code]
    assert all(one["says"] for one in shown["bad"])
    assert shown["good"]
    assert all(one["says"] == [] for one in shown["good"])


def test_an_example_shows_the_line_that_is_complained_about() -> None:
    """The first place that a message names is among the lines shown, or the message is about the
    whole file, about its end or about one of many lines that are alike."""
    for code, sorts in reference.read("rules").items():
        for one in sorts["bad"]:
            file, line = one["says"][0].split(":")[:2]
            shown = [part for f in one["files"] if f["name"] == file for part in f["lines"]]
            lines = [number or 0 for number, _, _ in shown]
            outside = int(line) in (1, max(lines, default=0) + 1) or shown[-1:] == [CUT]
            assert not lines or int(line) in lines or outside, (code, one["says"])


def test_a_bad_example_that_is_a_file_of_its_own_has_its_line_marked(
    pages: dict[str, Rendered],
) -> None:
    """There is nothing it differs from; the line is the one that the check names."""
    assert "<mark>id: nul</mark>" in pages[urls.rule("CAV312")].html
    assert "<mark>id: null-route</mark>" not in pages[urls.rule("CAV312")].html


def test_the_schema_that_exists_once_is_reached_from_both_languages() -> None:
    """A page in a language's folder climbs out of it."""
    found = {}
    for language in LANGUAGES:
        site = Site(base_knowledge(), language)
        page = next(p for p in site.pages() if p.path == urls.API_FORMAT)
        links = [target for _, target in read_html(site.render(page).html).links]
        found[language] = next(target for target in links if target.endswith("index.json"))
    assert found == {
        "en": "../../api/v1/schema/index.json",
        "zh": "../../../api/v1/schema/index.json",
    }


@pytest.mark.parametrize("kind", schemas())
def test_every_field_is_described(pages: dict[str, Rendered], kind: str) -> None:
    """Each field of each declaration has its anchor on the page of its kind."""
    found = set(read_html(pages[urls.record_format(kind)].html).ids)
    wanted = {
        f"{one['title'].lower()}-{name}"
        for one in (schemas()[kind], *schemas()[kind].get("$defs", {}).values())
        for name in one["properties"]
    }
    assert wanted <= found


def test_every_key_of_the_api_is_listed(pages: dict[str, Rendered]) -> None:
    """What a schema of the API adds to the fields of records stands on its page."""
    told = pages[urls.API_FORMAT].html
    for name, schema in api_schemas().items():
        assert f'id="file-{name}"' in told
        own = schemas().get(name, {}).get("properties", {})
        for key in schema["properties"].keys() - own.keys():
            assert f"<code>{key}</code>" in told, (name, key)


def test_every_command_is_listed(pages: dict[str, Rendered]) -> None:
    """Subcommands, scripts and targets of make, with all their options."""
    told = read_html(pages[urls.COMMANDS].html)
    text = " ".join(told.text.split())
    for command in COMMANDS:
        assert f"caveat-{command.name}" in told.ids
    for path in (ROOT / "scripts").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        if '__name__ == "__main__"' in source:
            assert path.name in text
            for option in re.findall(r'add_argument\(\s*"(--[\w-]+)"', source):
                assert option in text, (path.name, option)
    for target in re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M):
        assert f"make {target}" in text


def test_the_list_leads_to_every_reference(pages: dict[str, Rendered]) -> None:
    """Nothing below /formats/ is an orphan: the list, or a page that it names, links to it."""
    reached = {urls.FORMATS}
    for start in (urls.FORMATS, urls.RULES):
        for _, target in read_html(pages[start].html).links:
            path = target.partition("#")[0].removeprefix("../" * start.count("/"))
            reached.add(path)
    assert pages.keys() <= reached


def declared() -> Iterator[str]:
    """English of which the pages must have the Chinese."""
    for one in schemas().values():
        for model in (one, *one.get("$defs", {}).values()):
            yield model.get("description", "")
            yield from (field.get("description", "") for field in model["properties"].values())
    yield from (rule.says for rule in (*READING_RULES, *RULES, *TIDY_RULES))
    yield from REASONS.values()
    yield from _descriptions(reference.read("api"))
    yield from (f"{c.help[0].upper()}{c.help[1:]}." for c in COMMANDS)


def _descriptions(value: Any) -> Iterator[str]:
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict | list):
            yield from _descriptions(one)
    if isinstance(value, dict) and isinstance(value.get("description"), str):
        yield value["description"]


def test_fields_rules_and_api_are_told_in_chinese() -> None:
    """A declaration that was added or reworded needs its Chinese in caveat/words/declared.toml."""
    t = words("zh")
    wanted = {" ".join(text.split()) for text in declared()}
    assert sorted(text for text in wanted if t.declared(text) is None) == []


def test_a_reworded_declaration_is_shown_in_english_until_it_is_translated() -> None:
    """No translation outlives its source, and the page says which language it is in."""
    assert words("zh").declared("One of its kind.") is None
    assert words("en").declared("One of its kind.") == "One of its kind."


def test_what_is_generated_can_be_read_by_people() -> None:
    """One example a line, so that a change of a case is a change of a line."""
    text = (ROOT / "caveat" / "site" / "reference" / "rules.json").read_text(encoding="utf-8")
    shown = json.loads(text)
    count = sum(len(found) for sorts in shown.values() for found in sorts.values())
    assert len(text.splitlines()) > count
