"""Takes every product; shows that its map, history and releases are the engine's."""

import gzip
import json
import re
from itertools import pairwise

import pytest

from caveat.applicability import Facts, default_facts, judge
from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase
from caveat.model.base import LANGUAGES, Language
from caveat.site import Site, data
from caveat.site.pages import SitePage
from caveat.site.views import history
from tests.support.knowledge import base_knowledge
from tests.support.lookup import at, look_up

LIMIT = 40 * 1024


@pytest.fixture(scope="module")
def answers(kb: KnowledgeBase) -> Answers:
    """What the pages ask."""
    return Answers(kb)


def pages(site: Site, kind: str) -> list[SitePage]:
    """The pages of a kind."""
    return [page for page in site.pages() if page.kind == kind]


def test_the_default_configuration_is_the_engines(kb: KnowledgeBase, answers: Answers) -> None:
    """For every release and record: the state, the reason, and which of it is only assumed."""
    assumed = 0
    for product, catalogue in kb.catalogues.items():
        for version in catalogue.versions:
            facts = default_facts(kb, Facts().at(product, version))
            for record in kb.by_product[product]:
                told = judge(kb, record, product, version, facts)
                assert answers.default(record, product, version) == told, (record.id, version)
                assumed += bool(told.assumed)
    assert assumed > 100


def test_the_map_without_scripts_shows_it(kb: KnowledgeBase) -> None:
    """The table of the page, in the order of its columns, for each newest release."""
    site = Site(kb, "en")
    for page in pages(site, "product"):
        (id_,) = page.subject
        records = [r for r in reversed(kb.by_product[id_]) if r.status != "withdrawn"]
        version = kb.catalogues[id_].versions[-1]
        states = [str(site.scene(page).answers.default(r, id_, version).state) for r in records]
        html = site.render(page).html
        if records:
            row = html[html.index("<tbody>") :].partition("</tr>")[0]
            assert [part.split('"')[0] for part in row.split('<td data-state="')[1:]] == states


def test_the_head_says_what_is_open_and_how_long_support_lasts(
    kb: KnowledgeBase, answers: Answers
) -> None:
    """Of the newest release; branches by the day their support ends, the last first."""
    site = Site(kb, "en")
    for page in pages(site, "product"):
        (id_,) = page.subject
        head = site.render(page).html.partition("<h2")[0]
        count = len(answers.may_bite(id_, kb.catalogues[id_].newest))
        assert (f"{count} open here" if count else "nothing known") in head
        days = [one.end_of_life for one in kb.products[id_].branches if one.end_of_life]
        assert ("End of life" in head) == bool(days)
        if days:
            told = re.findall(r"<time>([^<]+)</time>", head.partition("End of life")[2])
            assert told == sorted(told, reverse=True)
            assert max(days) in told


def test_home_has_a_card_where_something_is_open_and_a_line_where_nothing_is(
    kb: KnowledgeBase, answers: Answers
) -> None:
    """Every product is in one of the two lists, with its newest release."""
    site = Site(kb, "en")
    (page,) = pages(site, "home")
    cards, _, rest = site.render(page).html.partition('<ul class="cv-calm">')
    lines = rest.partition('id="newest"')[0]
    for id_, catalogue in kb.catalogues.items():
        here = cards if answers.may_bite(id_, catalogue.newest) else lines
        assert f'href="products/{id_}/"' in here
        assert f'href="products/{id_}/{catalogue.newest.text}/"' in here


def test_what_the_switches_read_is_the_engines(kb: KnowledgeBase) -> None:
    """Each single trait switched to each of its values, everything else by default."""
    site, asked = Site(kb, "zh"), 0
    for file in data.files(site):
        if file.page.kind != "product" or not file.path.endswith("/answers.json"):
            continue
        made = json.loads(data.text(site, file))
        product = made["product"]
        versions = kb.catalogues[product].versions
        for version in {versions[0], versions[len(versions) // 2], versions[-1]}:
            default = default_facts(kb, Facts().at(product, version))
            index = versions.index(version)
            usual = {key: _default(made, product, key, index) for key in made["traits"]}
            for key in made["traits"]:
                for value in made["switches"][key]["values"]:
                    traits = {k: [v] for k, v in {**usual, key: value}.items() if v}
                    for one in made["records"]:
                        found = look_up(made, one, {product: version.text}, traits)
                        record = kb.advisories[one["id"]]
                        told = judge(kb, record, product, version, default.having(key, value))
                        assert found == {"state": told.state}, (record.id, version, key, value)
                        asked += 1
    assert asked > 1000


def _default(made: dict, product: str, key: str, index: int) -> str | None:
    """The default of a trait at a release of the product, as the form tells it."""
    default = made["traits"][key].get("default")
    if isinstance(default, list):
        return at(default, index) if key.startswith(f"{product}.") else None
    return default


def test_what_the_switches_read_is_light(kb: KnowledgeBase) -> None:
    """At most 40 KB on the wire for each product."""
    for language in LANGUAGES:
        site = Site(kb, language)
        for file in data.files(site):
            if file.page.kind == "product" and file.path.endswith("/answers.json"):
                assert len(gzip.compress(data.text(site, file).encode())) <= LIMIT, file.path


def test_where_to_go_is_the_first_later_release_that_is_free(
    kb: KnowledgeBase, answers: Answers
) -> None:
    """No release between here and there is free of the record, and none there is a pre-release."""
    found = 0
    for product, catalogue in kb.catalogues.items():
        for record in kb.by_product[product]:
            stable = [v for v in catalogue.versions if not v.is_prerelease]
            fine = [v for v in stable if judge(kb, record, product, v).state.is_fine]
            for version in catalogue.versions:
                free = next((v for v in fine if v > version), None)
                assert answers.next_free(record, product, version) == free
                found += free is not None
    assert found > 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_release_says_where_to_go(kb: KnowledgeBase, language: Language) -> None:
    """From 28.0.0 the way out of the port driver's record leads to 28.0.1, or to the planner."""
    site = Site(kb, language)
    page = next(p for p in site.pages() if p.subject == ("docker-engine", "28.0.0"))
    html = site.render(page).html
    entry = html[html.index("CAV-2025-0001/") :].partition("</li>")[0]
    assert 'class="cv-go"><a href="../../../products/docker-engine/28.0.1/"' in entry
    assert "plan/?product=docker-engine&amp;from=28.0.0" in html


def test_the_picture_is_drawn_from_the_answers(kb: KnowledgeBase) -> None:
    """A line begins and ends with releases that a record may affect, up to the one that ends it."""
    site, seen = Site(kb, "en"), 0
    for page in pages(site, "product"):
        (id_,) = page.subject
        scene, catalogue = site.scene(page), kb.catalogues[id_]
        records = [r for r in kb.by_product[id_] if r.status != "withdrawn"]
        picture = history.view(scene, id_, records)
        dated = [v for v in catalogue.versions if (r := catalogue.release(v)) and r.date]
        for row in picture["rows"] if picture else ():
            record = kb.advisories[row["id"]]
            inside = [v for v in dated if not scene.answers.bare(record, id_, v).state.is_fine]
            opened = [catalogue.parse(first.split()[0]) for first, _, _ in row["opened"]]
            closed = [catalogue.parse(end.split()[0]) for _, end, _ in row["opened"] if end]
            assert inside[0] == opened[0]
            assert set(opened) <= set(inside)
            assert not set(closed) & set(inside)
            assert all(118 <= one["from"] < one["to"] <= picture["width"] for one in row["lines"])
            seen += 1
    assert seen > 20


def test_labels_do_not_touch(kb: KnowledgeBase) -> None:
    """Only some releases are named, however many there are."""
    site = Site(kb, "en")
    for page in pages(site, "product"):
        (id_,) = page.subject
        picture = history.view(site.scene(page), id_, list(kb.by_product[id_]))
        if picture:
            places = [x for x, _ in picture["labels"]]
            assert all(b - a >= 52 for a, b in pairwise(places))
            assert len(places) <= 20


def test_a_product_without_days_has_no_picture() -> None:
    """Nothing is drawn where no day is known."""
    kb = base_knowledge()
    site = Site(kb, "en")
    page = next(p for p in site.pages() if p.subject == ("proxy",))
    assert history.view(site.scene(page), "proxy", list(kb.by_product["proxy"])) is None
    assert "<svg" not in site.render(page).html


def test_the_picture_has_its_text(kb: KnowledgeBase) -> None:
    """Title, description, and the same as a table with a link to each record."""
    site = Site(kb, "zh")
    page = next(p for p in site.pages() if p.subject == ("docker-engine",))
    html = site.render(page).html
    picture = html[html.index('id="timeline"') : html.index('id="advisories"')]
    assert 'role="img" aria-labelledby="history-title history-desc"' in picture
    assert "Docker Engine 的历史</title>" in picture
    assert picture.count("advisories/CAV-2025-0001/") == 1
    assert "28.0.0 (2025-02-19)</td><td>28.0.1 (2025-02-26)" in picture
