"""Takes every record; shows that page, API, command and engine give one answer.

Nothing is sampled in process; fifty questions, drawn by a seed, are asked of real processes.
"""

import json
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product as every
from pathlib import Path
from typing import Any

import pytest

from caveat import urls
from caveat.applicability import Answer, Facts, judge
from caveat.applicability.answers import Answers
from caveat.applicability.judge import Question as Engine
from caveat.applicability.segments import named_traits, scopes
from caveat.applicability.wording import Wording
from caveat.cli.check import answered
from caveat.cli.checked import Question
from caveat.cli.published import Folder, Published
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version
from caveat.words import words
from tests.support.command import process
from tests.support.lookup import look_up

Values = dict[str, frozenset[str]]


@pytest.fixture(scope="module")
def fetched(kb: KnowledgeBase, published: Path) -> KnowledgeBase:
    """The same knowledge, read back from the API."""
    return Published(Folder(published / urls.API)).knowledge(kb.products)


def combinations(kb: KnowledgeBase, record: Advisory) -> list[Values]:
    """Every combination of the traits that the record names, "not known" included."""
    named = named_traits(kb, scopes(record))
    choices = [(None, *(value.id for value in kb.traits[key].values)) for key in named]
    return [
        {key: frozenset({v}) for key, v in zip(named, values, strict=True) if v is not None}
        for values in every(*choices)
    ]


def beside(kb: KnowledgeBase, record: Advisory, asked: str) -> Iterator[dict[str, Version]]:
    """Versions of the record's other products: not known, and one that is struck."""
    yield {}
    others = [on for on in record.affected[0].on if on.product != asked]
    if others:
        introduced = {on.product: on.ranges[0].introduced for on in others}
        yield {
            id_: kb.catalogues[id_].versions[0] if text == "0" else kb.catalogues[id_].parse(text)
            for id_, text in introduced.items()
        }


def brief(answer: Answer) -> tuple[str, str, dict[str, str], tuple[str, ...]]:
    """What must be the same everywhere."""
    params = {key: value for key, value in answer.reason.params.items() if key != "facts"}
    return str(answer.state), answer.reason.code, params, answer.missing


def of_record(form: dict[str, Any], record: Advisory) -> object:
    """All that a form says of a record: equal ones give equal answers."""
    one, known = one_of(form, record.id), {**form["products"], **form["traits"]}
    return one, {fact["of"]: known[fact["of"]] for fact in one["facts"]}


def one_of(form: dict[str, Any], id_: str) -> dict[str, Any]:
    """The part of a form that is about a record."""
    return next(one for one in form["records"] if one["id"] == id_)


def from_form(form: dict[str, Any], id_: str, host: dict[str, str], traits: Values) -> object:
    """The same from precomputed answers."""
    record = one_of(form, id_)
    found = look_up(form, record, host, traits)
    facts = record["facts"]
    prefix = {"version": "product:", "trait": ""}
    missing = tuple(prefix[facts[n]["kind"]] + facts[n]["of"] for n in found.get("missing", ()))
    return found["state"], found["code"], found.get("params", {}), missing


def test_every_record_release_and_combination(
    kb: KnowledgeBase, published: Path, fetched: KnowledgeBase
) -> None:
    """For every record, every catalogued release of each of its products and every combination of
    the traits that it names, the page's data, both files of the API, the command over what was
    published and the engine over the checkout say the same."""
    answers, asked = Answers(kb), 0
    products = {id_: read(published, urls.api_product(id_))["answers"] for id_ in kb.products}
    for record in kb.published:
        if record.status == "withdrawn":
            continue
        page = answers.of_record(record)
        assert read(published, urls.api_advisory(record.id))["answers"] == page
        there, choices = fetched.advisories[record.id], combinations(kb, record)
        for product in record.products:
            assert of_record(products[product], record) == of_record(page, record)
            for others in beside(kb, record, product):
                for version in kb.catalogues[product].versions:
                    versions = {**others, product: version}
                    host = {id_: one.text for id_, one in versions.items()}
                    # What `judge` does with a release that is catalogued, in its two steps.
                    engine = Engine.of(kb, record, Facts(versions))
                    for traits in choices:
                        facts = Facts(versions, traits)
                        said = brief(engine.answer(facts))
                        question = Question(fetched, product, version, None, facts, facts)
                        assert brief(answered(question, there)) == said
                        assert from_form(page, record.id, host, traits) == said
                        asked += 1
    assert asked > 100_000


def read(site: Path, path: str) -> Any:
    """A file of the API."""
    return json.loads((site / path).read_bytes())


def test_fifty_questions_of_real_processes(kb: KnowledgeBase, published: Path) -> None:
    """Drawn at random, half of them asked of the checkout and half of what was published: the
    process says what the engine says, in both languages."""
    chance = random.Random(20)
    records = [one for one in kb.published if one.status == "published"]
    questions = []
    for number in range(50):
        record = chance.choice(records)
        product = chance.choice(record.products)
        version = chance.choice(kb.catalogues[product].versions)
        traits = chance.choice(combinations(kb, record))
        questions.append((number, record, product, version, traits))

    def ask(question: tuple[int, Advisory, str, Version, Values]) -> None:
        number, record, product, version, traits = question
        words_ = [f"--trait={key}={next(iter(value))}" for key, value in traits.items()]
        source = [] if number % 2 else ["--kb", published]
        done = process("check", product, version.text, *words_, "--all", "--json", *source)
        assert done.error == ""
        answer = judge(kb, record, product, version, Facts(traits=traits))
        told = next(one for one in done.json["answers"] if one["id"] == record.id)
        reasons = {lang: Wording(kb, words(lang)).reason(answer) for lang in ("en", "zh")}
        assert told["state"] == str(answer.state)
        assert told["reason"] == {"code": answer.reason.code, **reasons}
        states = {one["state"] for one in done.json["answers"]}
        assert done.status == (1 if "affected" in states else 3 if "unknown" in states else 0)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ask, questions))
