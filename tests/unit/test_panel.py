"""Takes every record; shows that its panel says what the engine says, in words."""

import json
from itertools import product as every

import pytest

from caveat.applicability import Facts, judge
from caveat.knowledge import KnowledgeBase
from caveat.model.base import LANGUAGES, Language
from caveat.site import Site, data
from tests.support.lookup import number
from tests.unit.test_sheets import beside, traits_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_combination_gets_the_engines_words(kb: KnowledgeBase, language: Language) -> None:
    """For every record, catalogued release and combination of the traits that it names, the panel
    shows the state and the reason that the engine gives, as the matrix would word them."""
    site = Site(kb, language)
    asked = 0
    for file in data.files(site):
        if not file.path.endswith("/answers.json") or file.page.kind != "advisory":
            continue
        record, scene = kb.advisories[file.page.subject[0]], site.scene(file.page)
        made = json.loads(data.text(site, file))
        choices = traits_of(kb, record)
        for product in record.products:
            for others in beside(kb, record, product):
                for version in kb.catalogues[product].versions:
                    for values in every(*choices.values()):
                        traits = {k: {v} for k, v in zip(choices, values, strict=True) if v}
                        versions = {p: v.text for p, v in {**others, product: version}.items()}
                        found = number(made, made["records"][0], versions, traits)
                        facts = Facts(others, {k: frozenset(v) for k, v in traits.items()})
                        answer = judge(kb, record, product, version, facts)
                        assert made["records"][0]["answers"][found]["state"] == answer.state
                        assert made["texts"][found]["reason"] == scene.reason(answer)
                        asked += 1
    assert asked > 10_000


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
