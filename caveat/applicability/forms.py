"""Answer sheets as plain values that JSON can hold: one record with its products, one product with
its records.

Takes sheets and gives dicts, lists, texts and numbers. Both forms have one shape, so that one
reader is enough, and whoever reads them compares no versions:

`format`    1; it changes only when a reader of this description would read something wrong.
`product`   in the form of a product: its id.
`products`  by id: `releases`, oldest first, each with `version` and, where they are known, `date`,
            `end_of_life`, and `prerelease: true` where it is one.
`traits`    by key (`docker-engine.mode`, `ipset-modules`): `values`, and `default`: a value that
            holds everywhere, or runs `[count, value or null]` over the releases of the trait's
            product; absent where nothing is the default.
`records`   each with `id`, `severity`, `facts`, `cases`, `tables` and `answers`:

* A fact has a `kind`, `of` and `size`. Its class is a number below `size`; 0 is "not known".
  `version`: the version of product `of`. `leaves`: the version of it that an upgrade leaves; 0
  where no step is taken. Both have `runs` `[count, class]` over the product's releases. `trait`:
  the trait with the key `of`; `values` gives the class of each value. Traits come last.
* Versions choose a table: `tables[cases[i]]`, where `i` starts at 0 and for each fact that is no
  trait, in order, becomes `i * size + class`.
* Traits choose an answer: `answers[cells[j]]`, where `j` starts at 0 and for each number in the
  table's `asks`, in order, becomes `j * size + class` of the fact with that number.
* `answers` are sorted, worst first: where a host has several values of a trait, the lowest number
  among their cells is its answer. An answer has `state` and `code` (worded with `params` as
  `reason.<code>`), and where there are any: `missing`, the numbers of the facts that would decide;
  `rests`, the facts that it rests on (it is an assumption where one of them is only a default);
  `evidence` with `level` and `reference`, the id of one of the record's references.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any
from weakref import WeakKeyDictionary

from caveat.applicability.answer import Answer
from caveat.applicability.facts import Facts, default_facts
from caveat.applicability.sheets import AnswerSheet, Fact
from caveat.knowledge import KnowledgeBase
from caveat.model import Trait

FORMAT = 1

#: Products and traits as they stand in every form, by knowledge base; whoever gets a form changes
#: none of its parts.
_PARTS: WeakKeyDictionary[KnowledgeBase, dict[str, dict[str, Any]]] = WeakKeyDictionary()


def form(kb: KnowledgeBase, sheets: Sequence[AnswerSheet]) -> dict[str, Any]:
    """The form of some records: all products that they name, with all that is asked about them."""
    facts = [fact for one in sheets for fact in one.facts]
    products = dict.fromkeys(fact.of for fact in facts if fact.kind == "version")
    traits = dict.fromkeys(fact.of for fact in facts if fact.kind == "trait")
    return {
        "format": FORMAT,
        "products": {id_: _part(kb, id_, _product) for id_ in products},
        "traits": {key: _part(kb, key, _trait) for key in traits},
        "records": [_record(one) for one in sheets],
    }


def product_form(kb: KnowledgeBase, product: str, sheets: Sequence[AnswerSheet]) -> dict[str, Any]:
    """The same with `product` named first, whether or not a record speaks about it."""
    made = form(kb, sheets)
    products = {product: _part(kb, product, _product), **made["products"]}
    return {**made, "product": product, "products": products}


def _part(
    kb: KnowledgeBase, name: str, make: Callable[[KnowledgeBase, str], dict[str, Any]]
) -> dict[str, Any]:
    """What `make` gives for a name, made once."""
    known = _PARTS.setdefault(kb, {})
    key = f"{make.__name__} {name}"
    if key not in known:
        known[key] = make(kb, name)
    return known[key]


def _product(kb: KnowledgeBase, id_: str) -> dict[str, Any]:
    catalogue = kb.catalogues[id_]
    releases = []
    for version in catalogue.versions:
        release = catalogue.release(version)
        known: dict[str, Any] = {
            "version": version.text,
            "date": release.date if release else None,
            "end_of_life": catalogue.end_of_life(version),
            "prerelease": version.is_prerelease or None,
        }
        releases.append(_without_gaps(known))
    return {"releases": releases}


def _trait(kb: KnowledgeBase, key: str) -> dict[str, Any]:
    trait = kb.traits[key]
    made: dict[str, Any] = {"values": [value.id for value in trait.values]}
    if trait.default:
        made["default"] = _default(kb, key, trait)
    return made


def _default(kb: KnowledgeBase, key: str, trait: Trait) -> object:
    everywhere = [default.value for default in trait.default[:1] if not default.ranges]
    if everywhere or "." not in key:
        return everywhere[0] if everywhere else None
    product = key.partition(".")[0]
    values: list[str | None] = []
    for version in kb.catalogues[product].versions:
        known = default_facts(kb, Facts().at(product, version), [key]).traits.get(key)
        values.append(next(iter(known)) if known else None)
    return runs(values)


def _record(one: AnswerSheet) -> dict[str, Any]:
    numbers = {fact.name: n for n, fact in enumerate(one.facts) if fact.kind != "leaves"}
    return {
        "id": one.advisory.id,
        "severity": one.advisory.severity.level,
        "facts": [_fact(fact) for fact in one.facts],
        "cases": list(one.cases),
        "tables": [{"asks": list(t.asks), "cells": list(t.cells)} for t in one.tables],
        "answers": [_answer(answer, numbers) for answer in one.answers],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": fact.kind, "of": fact.of, "size": fact.size}
    if fact.kind == "trait":
        return {**made, "values": dict(fact.classes)}
    return {**made, "runs": runs(fact.classes.values())}


def _answer(answer: Answer, numbers: dict[str, int]) -> dict[str, Any]:
    params = {key: value for key, value in answer.reason.params.items() if key != "facts"}
    evidence = answer.evidence
    made: dict[str, Any] = {
        "state": str(answer.state),
        "code": answer.reason.code,
        "params": params or None,
        "missing": [numbers[name] for name in answer.missing] or None,
        "rests": [numbers[name] for name in answer.rests] or None,
        "evidence": evidence.model_dump(exclude_none=True) if evidence else None,
    }
    return _without_gaps(made)


def _without_gaps(made: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in made.items() if value is not None}


def runs(values: Iterable[object]) -> list[list[object]]:
    """Equal neighbours as `[count, value]`."""
    return [[len(list(run)), value] for value, run in groupby(values)]
