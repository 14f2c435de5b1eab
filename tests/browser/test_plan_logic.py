"""Takes the planner's own modules in a real browser; shows that they say what the library says."""

import random
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

import pytest
from playwright.sync_api import Page

from caveat.applicability import Facts, clean_landing, plan
from caveat.cli.plan_markdown import markdown
from caveat.cli.planned import Planned, values
from caveat.knowledge import KnowledgeBase
from caveat.words import words
from tests.support.browser import Tab

pytestmark = pytest.mark.browser

TODAY = date(2026, 1, 15)
#: Steps that are asked about in each product.
STEPS = {"docker-engine": 160, "traefik": 60, "portainer": 40, "kind": 30, "rhel": 30, "runc": 20}
RUN = """
async ([product, cases, today]) => {
    const lib = new URL("lib/plan/", document.querySelector("script[src$='plan.js']").src);
    const [outcome, jobsOf, valuesOf, md] = await Promise.all(
        ["outcome", "jobs", "values", "markdown"].map((name) => import(`${lib}${name}.js`)),
    );
    const get = (name) => fetch(new URL(name, location.href)).then((found) => found.json());
    const [form, { words, spoken }] = await Promise.all([
        get(`product/${product}.json`), get("words.json"),
    ]);
    const home = new URL(document.getElementById("plan").dataset.root, location.href).href;
    const todo = new Map();
    for (const { id } of form.records) todo.set(id, await get(`record/${id}.json`));
    return cases.map((one) => {
        const step = {
            product, start: one.start, target: one.target, defaults: one.defaults,
            facts: new Map(Object.entries(one.facts)), kept: new Set(one.kept),
        };
        const items = outcome.plan(form, step);
        const landed = outcome.landing(form, step, today);
        const phases = jobsOf.jobs(form, step, items, todo);
        const made = valuesOf.values({ form, step, items, landed, phases, spoken, home });
        return [made, md.markdown(made, form.names[product], words, words.language)];
    });
}
"""


class Place:
    """Where the served site has its records."""

    def __init__(self, home: str) -> None:
        self._home = home

    def place(self, id_: str) -> Mapping[str, str]:
        """The English page."""
        return {"url": f"{self._home}advisories/{id_}/"}


def cases(chance: random.Random, kb: KnowledgeBase, product: str) -> Iterator[dict[str, Any]]:
    """Steps up and down on hosts of which something is known, sometimes several values."""
    records = [one for one in kb.by_product[product] if one.status != "withdrawn"]
    on = [part for record in records for entry in record.affected for part in entry.on]
    traits = sorted({kb.trait_key(part.product, path) or path for part in on for path in part.when})
    others = sorted({part.product for part in on} - {product})
    versions = [version.text for version in kb.catalogues[product].versions]
    while True:
        start, target = chance.sample(versions, 2)
        share = chance.choice((0.0, 0.3, 0.7, 1.0))
        facts = {}
        for trait in traits:
            if chance.random() < share:
                known = [value.id for value in kb.traits[trait].values]
                facts[trait] = chance.sample(known, chance.choice((1, 1, 1, 2)))
        for other in others:
            if chance.random() < share:
                facts[other] = [chance.choice(kb.catalogues[other].versions).text]
        kept = [trait for trait in traits if trait in facts and chance.random() < 0.2]
        defaults = chance.random() < 0.3
        yield {
            "start": start,
            "target": target,
            "facts": facts,
            "kept": kept,
            "defaults": defaults,
        }


def library(kb: KnowledgeBase, product: str, case: dict[str, Any]) -> Planned:
    """The same step, planned by the library."""
    facts = Facts()
    for name, known in case["facts"].items():
        if name in kb.traits:
            facts = facts.having(name, *known)
        else:
            facts = facts.at(name, kb.catalogues[name].parse(known[0]))
    parse = kb.catalogues[product].parse
    start, target = parse(case["start"]), parse(case["target"])
    how: dict[str, Any] = {"defaults": case["defaults"], "kept": frozenset(case["kept"])}
    landed = clean_landing(kb, product, target, facts, today=TODAY, start=start, **how)
    return Planned.of(kb, plan(kb, product, start, target, facts, **how), landed)


def browsers(page: Page, product: str, asked: list[dict[str, Any]]) -> list[tuple[Any, str]]:
    """What the page's modules make of the steps."""
    return [(made, text) for made, text in page.evaluate(RUN, [product, asked, TODAY.isoformat()])]


@pytest.mark.parametrize("product", STEPS)
def test_the_browser_plans_what_the_library_plans(
    clean_tab: Tab, kb: KnowledgeBase, product: str
) -> None:
    """Values and Markdown of hundreds of steps: the same, to the letter."""
    asked = list(islice(cases(random.Random(product), kb, product), STEPS[product]))
    language = "zh" if product in ("docker-engine", "kind") else "en"
    page = clean_tab.goto("zh/plan/" if language == "zh" else "plan/")
    t, place = words("zh" if language == "zh" else "en"), Place(clean_tab.base)
    seen = set()
    for case, (made, text) in zip(asked, browsers(page, product, asked), strict=True):
        wanted = values(library(kb, product, case), place)  # type: ignore[arg-type]
        assert made == wanted, case
        assert text == markdown(wanted, kb.products[product].name, t), case
        seen |= {(kind, bool(wanted[kind])) for kind in ("entered", "unknown", "carried", "left")}
        seen.add(("landing", wanted["clean_landing"]["version"] is not None))
    if product == "docker-engine":
        kinds = ("entered", "unknown", "carried", "left", "landing")
        assert seen == {(kind, held) for kind in kinds for held in (True, False)}
