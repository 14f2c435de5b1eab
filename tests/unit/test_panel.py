"""Takes every record; shows that its panel says what the engine says, in words."""

import json

from caveat.applicability.answer import Reason
from caveat.knowledge import KnowledgeBase
from caveat.model.base import LANGUAGES
from caveat.site import Site, data
from tests.support.lookup import number
from tests.unit.test_sheets import every_answer


def test_every_combination_gets_the_engines_words(kb: KnowledgeBase) -> None:
    """For every record, catalogued release and combination of the traits that it names, the panel
    shows in both languages the state and the reason that the engine gives, as the matrix would word
    them."""
    sites, asked = {language: Site(kb, language) for language in LANGUAGES}, 0
    for files in zip(*(panels(site) for site in sites.values()), strict=True):
        (id_,) = files[0].page.subject
        of_both = list(zip(sites, sites.values(), files, strict=True))
        panel = {lang: json.loads(data.text(site, file)) for lang, site, file in of_both}
        scenes = {lang: site.scene(file.page) for lang, site, file in of_both}
        form = panel["en"]["records"][0]
        assert form == panel["zh"]["records"][0]
        worded: dict[int, Reason] = {}
        for _, versions, facts, told in every_answer(kb, kb.advisories[id_]):
            host = {product: version.text for product, version in versions.items()}
            found = number(panel["en"], form, host, facts.traits)
            assert form["answers"][found]["state"] == told.state
            asked += 1
            if worded.get(found) == told.reason:
                continue
            worded[found] = told.reason
            for language, made in panel.items():
                assert made["texts"][found]["reason"] == scenes[language].reason(told)
    assert asked > 10_000


def panels(site: Site) -> list[data.DataFile]:
    """What the panels of a site's advisories read."""
    files = [file for file in data.files(site) if file.page.kind == "advisory"]
    return [file for file in files if file.path.endswith("/answers.json")]


def test_each_fact_has_its_row_and_its_names(kb: KnowledgeBase) -> None:
    """Each fact that decides is a row of the page, with the values that the panel offers named."""
    site = Site(kb, "zh")
    for file in data.files(site):
        if not file.path.endswith("/answers.json") or file.page.kind != "advisory":
            continue
        made = json.loads(data.text(site, file))
        html = site.render(file.page).html
        for fact, called in zip(made["records"][0]["facts"], made["names"], strict=True):
            assert html.count(f'data-fact="{fact["of"]}"') == 1
            assert called["name"]
            if fact["kind"] == "trait":
                assert list(called["values"]) == made["traits"][fact["of"]]["values"]


def test_to_run_is_only_said_where_there_is_a_command(kb: KnowledgeBase) -> None:
    """What no command tells is to be found out by eye, and the panel does not promise one."""
    site = Site(kb, "en")
    said = set()
    for file in data.files(site):
        if not file.path.endswith("/answers.json") or file.page.kind != "advisory":
            continue
        made = json.loads(data.text(site, file))
        record = made["records"][0]
        for answer, text in zip(record["answers"], made["texts"], strict=True):
            facts = [record["facts"][one] for one in answer.get("missing", [])]
            probes = [
                kb.products[f["of"]].version_command
                if f["kind"] == "version"
                else kb.traits[f["of"]].probe
                for f in facts
            ]
            assert text["state"].endswith("run this") == any(probes)
            said.add(text["state"])
    assert said >= {
        "Affected",
        "Fixed",
        "Not affected",
        "Cannot tell",
        "Cannot tell yet: run this",
        "Cannot tell yet: find this out",
    }
