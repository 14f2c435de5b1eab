"""Takes records of the house and random ones; shows that precomputed answers are the engine's.

The tables are read as their description tells a browser to, by code that knows no engine.
"""

import json
import random
from collections.abc import Iterator, Mapping
from itertools import pairwise
from itertools import product as every
from typing import Any

import pytest

from caveat.applicability import Answer, Facts, default_facts, judge
from caveat.applicability.answers import Answers
from caveat.applicability.forms import form, product_form
from caveat.applicability.judge import Question
from caveat.applicability.sheets import sheet
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version
from tests.support.knowledge import base_knowledge
from tests.support.lookup import at, look_up
from tests.unit.oracle import says
from tests.unit.worlds import facts, hosts, text, world


def traits_of(kb: KnowledgeBase, record: Advisory) -> dict[str, list[str | None]]:
    """Every trait that the record names, with each of its values and "not known"."""
    keys = [
        kb.trait_key(on.product, path) or path
        for entry in (*record.affected, *record.unaffected)
        for on in entry.on
        for path in on.when
    ]
    return {key: [None, *(value.id for value in kb.traits[key].values)] for key in keys}


def beside(kb: KnowledgeBase, record: Advisory, asked: str) -> Iterator[dict[str, Version]]:
    """Versions of the record's other products: not known, and each end of each run."""
    made = form(kb, [sheet(kb, record)])
    choices = []
    for fact in made["records"][0]["facts"]:
        if fact["kind"] != "version" or fact["of"] == asked:
            continue
        versions = kb.catalogues[fact["of"]].versions
        ends = [i for i in range(len(versions)) if i in (0, len(versions) - 1)]
        ends += [
            i
            for i, j in pairwise(range(len(versions)))
            if at(fact["runs"], i) != at(fact["runs"], j)
        ]
        choices.append([(fact["of"], None), *((fact["of"], versions[i]) for i in sorted({*ends}))])
    for chosen in every(*choices):
        yield {product: version for product, version in chosen if version is not None}


def every_answer(
    kb: KnowledgeBase, record: Advisory
) -> Iterator[tuple[str, dict[str, Version], Facts, Answer]]:
    """Each product, catalogued release and combination of the traits that a record names, with what
    the engine says: in the two steps of `judge`, so that versions are placed once."""
    choices = traits_of(kb, record)
    hosts_ = [
        {key: frozenset({value}) for key, value in zip(choices, values, strict=True) if value}
        for values in every(*choices.values())
    ]
    for product in record.products:
        for others in beside(kb, record, product):
            for version in kb.catalogues[product].versions:
                versions = {**others, product: version}
                question = Question.of(kb, record, Facts(versions))
                for traits in hosts_:
                    facts_ = Facts(versions, traits)
                    yield product, versions, facts_, question.answer(facts_)


def plain(answer: Answer, names: list[str]) -> dict[str, Any]:
    """The engine's answer as the form writes it."""
    params = {k: v for k, v in answer.reason.params.items() if k != "facts"}
    evidence = answer.evidence.model_dump(exclude_none=True) if answer.evidence else None
    made = {
        "state": str(answer.state),
        "code": answer.reason.code,
        "params": params,
        "missing": [names.index(name) for name in answer.missing],
        "rests": [names.index(name) for name in answer.rests],
        "evidence": evidence,
    }
    return {key: value for key, value in made.items() if value}


def names_of(record: Mapping[str, Any]) -> list[str]:
    """What the engine calls each fact."""
    prefix = {"version": "product:", "leaves": "leaves:", "trait": ""}
    return [prefix[fact["kind"]] + fact["of"] for fact in record["facts"]]


def test_every_record_and_release_and_combination(kb: KnowledgeBase) -> None:
    """For every record, catalogued release and combination of the traits that it names, not known
    included, the table says what the engine says: state, reason, what is missing, evidence."""
    asked = 0
    for record in kb.advisories.values():
        made = json.loads(json.dumps(form(kb, [sheet(kb, record)])))
        read = made["records"][0]
        names = names_of(read)
        for product, versions, facts_, told in every_answer(kb, record):
            host = {p: v.text for p, v in versions.items()}
            assert look_up(made, read, host, facts_.traits) == plain(told, names), (product, host)
            asked += 1
    assert asked > 10_000


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_tables_say_what_the_oracle_says(seed: int) -> None:
    """Steps, several products, several values on one host: the lookup gives the state that a slow,
    obvious reading of the rules gives."""
    chance = random.Random(seed)
    seen: dict[str, int] = {}
    for _ in range(250):
        made = world(chance)
        answers = form(made.kb, [sheet(made.kb, made.record)])
        for host in hosts(chance, made, 12):
            asked = {
                *host.versions.items(),
                *([(host.product, host.leaves)] if host.leaves else []),
            }
            if any(number not in host.catalogues[product] for product, number in asked):
                continue
            leaves = {host.product: text(host.leaves)} if host.leaves else {}
            versions = {product: text(number) for product, number in host.versions.items()}
            read = answers["records"][0]
            found = look_up(answers, read, versions, host.traits, leaves)
            assert found["state"] == says(host), (made.record, host)
            left = (
                made.kb.catalogues[host.product].parse(text(host.leaves)) if host.leaves else None
            )
            version = made.kb.catalogues[host.product].parse(versions[host.product])
            answer = judge(
                made.kb, made.record, host.product, version, facts(made, host), step_from=left
            )
            if all(len(values) == 1 for values in host.traits.values()):
                assert found == plain(answer, names_of(read))
            seen[found["state"]] = seen.get(found["state"], 0) + 1
    assert len(seen) == 4
    assert min(seen.values()) > 20


def test_every_step_is_in_the_table() -> None:
    """Each pair of releases, for a record that strikes only on a step."""
    kb = base_knowledge()
    record = kb.advisories["CAV-2025-0001"]
    made = form(kb, [sheet(kb, record)])
    read = made["records"][0]
    versions = kb.catalogues["engine"].versions
    beside_it = Facts({"proxy": kb.catalogues["proxy"].parse("1.8")})
    struck = set()
    for left, reached in every(versions, versions):
        answer = judge(kb, record, "engine", reached, beside_it, step_from=left)
        host = {"engine": reached.text, "proxy": "1.8"}
        found = look_up(made, read, host, {}, {"engine": left.text})
        assert found == plain(answer, names_of(read))
        if found["state"] == "affected":
            struck.add((left.text, reached.text))
    assert struck == {
        (v.text, "2.1.0") for v in versions if v < kb.catalogues["engine"].parse("2.0.0-rc.1")
    }


def test_with_no_version_known_a_trait_may_decide(kb: KnowledgeBase) -> None:
    """The panel answers before a version is picked: find it out, or it does not matter."""
    record = kb.advisories["CAV-2025-0001"]
    made = form(kb, [sheet(kb, record)])
    read = made["records"][0]
    nothing = look_up(made, read, {}, {})
    assert (nothing["state"], nothing["missing"]) == ("unknown", [0, 1, 2])
    rootful = look_up(made, read, {}, {"docker-engine.mode": ["rootful"]})
    assert (rootful["state"], rootful["code"]) == ("not_affected", "trait-differs")


def test_defaults_in_the_form_are_the_engines(kb: KnowledgeBase) -> None:
    """Filled in release by release, they are what `default_facts` fills in."""
    for product, catalogue in kb.catalogues.items():
        made = product_form(kb, product, [sheet(kb, r) for r in kb.by_product[product]])
        for index, version in enumerate(catalogue.versions):
            filled = default_facts(kb, Facts().at(product, version)).traits
            for key, trait in made["traits"].items():
                default = trait.get("default")
                if isinstance(default, list):
                    if not key.startswith(f"{product}."):
                        continue
                    default = at(default, index)
                assert filled.get(key) == (frozenset({default}) if default else None), key


def test_a_product_no_record_names_has_its_releases(kb: KnowledgeBase) -> None:
    """The planner may ask about it all the same, and a product's form begins with itself."""
    made = product_form(kb, "docker-compose", [])
    assert list(made["products"]) == ["docker-compose"]
    assert made["records"] == []
    releases = made["products"]["docker-compose"]["releases"]
    assert [r["version"] for r in releases] == [
        v.text for v in kb.catalogues["docker-compose"].versions
    ]


def test_answers_stand_worst_first(kb: KnowledgeBase) -> None:
    """So that the answer of a host with several values is the lowest number among its cells."""
    order = ["affected", "unknown"]
    for record in kb.advisories.values():
        made = form(kb, [sheet(kb, record)])
        states = [answer["state"] for answer in made["records"][0]["answers"]]
        ranks = [order.index(s) if s in order else 2 for s in states]
        assert ranks == sorted(ranks)


def test_answers_of_another_process_are_those_of_this_one(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sheets and matrices that were packed are taken without being worked out again; rows of one
    segment still share one tuple, which pages draw once."""
    records = kb.published
    own, taking = Answers(kb), Answers(kb)
    own.prepare(records)
    taking.take(Answers(kb).packed(records))
    monkeypatch.setattr(Answers, "_remembered", None)
    for record in records:
        assert taking.sheet(record) == own.sheet(record)
        assert taking.sheet(record).advisory is record
        for product in record.products:
            table = taking.matrix(record, product)
            assert table == own.matrix(record, product)
            shared = {id(row.answers) for row in table.rows}
            assert len(shared) == len({id(r.answers) for r in own.matrix(record, product).rows})
    with pytest.raises(EOFError):
        taking.take(b"")
