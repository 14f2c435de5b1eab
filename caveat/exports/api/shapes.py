"""The shapes of what the API adds to the records, declared by hand.

Takes nothing and gives parts of JSON Schemas; the form of answers is described at the head of
`caveat.applicability.forms`, that of signatures is `caveat.matching.Index.values`.
"""

from __future__ import annotations

from typing import Any, get_args

from caveat.applicability import State
from caveat.model.advisory import Level
from caveat.rules.grade import CRITERIA, Letter

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
NUMBER: Shape = {"type": "integer", "minimum": 0}
LINK: Shape = {
    "type": "string",
    "format": "uri-reference",
    "description": "Resolve it against the address of this file.",
}


def said(shape: Shape, text: str) -> Shape:
    """The shape with what it means. `caveat/words/declared.toml` holds the Chinese of `text`."""
    return {**shape, "description": text}


def obj(required: dict[str, Any], optional: dict[str, Any] | None = None) -> Shape:
    """A mapping with keys that are always there and keys that may be."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
    }


def array(items: Shape) -> Shape:
    """A list of equals."""
    return {"type": "array", "items": items}


def pair(first: Shape, second: Shape) -> Shape:
    """A list of two."""
    return {"type": "array", "prefixItems": [first, second], "minItems": 2, "maxItems": 2}


def by_name(values: Shape) -> Shape:
    """A mapping from names to equals."""
    return {"type": "object", "additionalProperties": values}


def choice(*texts: str) -> Shape:
    """One of some texts."""
    return {"enum": list(texts)}


def ref(name: str) -> Shape:
    """What stands under `$defs`."""
    return {"$ref": f"#/$defs/{name}"}


_RUNS = array(pair(NUMBER, NUMBER))
_FACT = obj(
    {"kind": choice("version", "leaves", "trait"), "of": TEXT, "size": NUMBER},
    {
        "runs": said(_RUNS, "Over the product's releases: `[count, class]`."),
        "values": said(by_name(NUMBER), "The class of each value of the trait."),
    },
)
_ANSWER = obj(
    {
        "state": choice(*(str(state) for state in State)),
        "code": said(TEXT, "Worded with `params` as the reason `code` on the site."),
    },
    {
        "params": by_name(TEXT),
        "missing": said(array(NUMBER), "Numbers of the facts that would decide."),
        "rests": said(
            array(NUMBER),
            "Numbers of the facts that it rests on; it is an assumption where one of them is only "
            "a default.",
        ),
        "evidence": ref("Evidence"),
    },
)
_TABLE = obj({"asks": array(NUMBER), "cells": array(NUMBER)})
_DEFAULT: Shape = {
    "anyOf": [TEXT, array(pair(NUMBER, {"type": ["string", "null"]})), {"type": "null"}]
}
_RELEASES = array(
    obj({"version": TEXT}, {"date": TEXT, "end_of_life": TEXT, "prerelease": {"const": True}})
)
_ANSWERED = obj(
    {
        "id": TEXT,
        "severity": choice(*get_args(Level)),
        "facts": said(
            array(_FACT),
            "What decides: each fact has a class below `size`, 0 being “not known”. Traits come "
            "last.",
        ),
        "cases": said(
            array(NUMBER),
            "Versions choose a table: `tables[cases[i]]`, where `i` starts at 0 and for each fact "
            "that is no trait, in order, becomes `i * size + class`.",
        ),
        "tables": said(
            array(_TABLE),
            "Traits choose an answer: `answers[cells[j]]`, where `j` starts at 0 and for each "
            "number in `asks`, in order, becomes `j * size + class` of the fact with that number.",
        ),
        "answers": said(
            array(_ANSWER),
            "Sorted, worst first: where a host has several values of a trait, the lowest number "
            "among their cells is its answer.",
        ),
    }
)
ANSWERS = obj(
    {
        "format": said(
            {"const": 1},
            "1; it changes only when a reader of this description would read something wrong.",
        ),
        "products": said(by_name(obj({"releases": _RELEASES})), "By id: releases, oldest first."),
        "traits": said(
            by_name(obj({"values": array(TEXT)}, {"default": _DEFAULT})),
            "By key, such as `docker-engine.mode`: all values, and the default where there is one, "
            "or runs `[count, value]` of it over the product's releases.",
        ),
        "records": array(_ANSWERED),
    },
    {"product": said(TEXT, "In the form of a product: its id.")},
)

_GRADE = choice(*get_args(Letter))
_URL = said(LINK, "Its page.")
_MISSING = array(choice(*(one.name for one in CRITERIA)))
_BEHIND = array(obj({"product": TEXT, "newest": TEXT}, {"verified": TEXT}))
_NAMING = said(array(TEXT), "Ids of the advisories that name it.")
_SUCCESSORS = said(
    array(TEXT), "Ids of advisories to read instead of one that was withdrawn or replaced."
)
RECORD_EXTRAS = {
    "url": _URL,
    "grade": said(
        obj(
            {
                "letter": _GRADE,
                "missing": said(_MISSING, "What would improve the grade, most useful first."),
            }
        ),
        "How well the record can be acted on: A to D.",
    ),
    "freshness": said(
        obj(
            {
                "last_verified": TEXT,
                "review_by": TEXT,
                "behind": said(
                    _BEHIND,
                    "Products that have newer releases than the record was verified with.",
                ),
            }
        ),
        "How far the record was held against upstream.",
    ),
    "successors": _SUCCESSORS,
    "relations": said(
        array(obj({"relation": TEXT, "id": TEXT})), "Ties to other records, in both directions."
    ),
    "exports": said(
        obj({"osv": LINK, "csaf": LINK}), "The same record in formats of other databases."
    ),
}
#: A withdrawn record has none.
RECORD_ANSWERS = {
    "answers": said(
        ref("Answers"),
        "What the engine answers for every release and every combination of facts; a withdrawn "
        "record has none.",
    )
}
PRODUCT_EXTRAS = {"url": _URL, "advisories": _NAMING, "answers": ref("Answers")}
PRACTICE_EXTRAS = {"url": _URL, "advisories": _NAMING}

_NAMED = {
    "id": TEXT,
    "slug": TEXT,
    "status": choice("published", "withdrawn"),
    "successors": _SUCCESSORS,
}
_DATED = {"published": TEXT, "modified": TEXT, "aliases": array(TEXT), "products": array(TEXT)}
_LINKED = {"file": said(LINK, "The file of the API about it."), "url": _URL}
SUMMARY = obj(
    {
        **_NAMED,
        "kind": TEXT,
        "severity": ref("Severity"),
        "title": ref("Bilingual"),
        "summary": ref("Bilingual"),
        **_DATED,
        "grade": _GRADE,
        **_LINKED,
    },
    {"withdrawn": ref("Withdrawal")},
)
INDEX = obj(
    {
        "version": said({"const": "1"}, "1 today; a later version has a folder of its own."),
        "home": said(LINK, "The site's home page."),
        "lists": said(
            obj({"advisories": LINK, "practices": LINK, "signatures": LINK}),
            "The lists that the API holds once.",
        ),
        "products": array(
            obj(
                {
                    "id": TEXT,
                    "name": TEXT,
                    "aliases": array(TEXT),
                    "modified": said(
                        TEXT, "Day of the last change, of the record or of what it is shown with."
                    ),
                    "newest": said(TEXT, "Newest release in the catalogue."),
                    "advisories": _NAMING,
                    **_LINKED,
                }
            )
        ),
        "advisories": array(obj({**_NAMED, **_DATED, **_LINKED})),
    }
)
SIGNATURES = obj(
    {
        "form": said({"const": 1}, "1; see the matcher's source for the form."),
        "records": said(array(pair(TEXT, TEXT)), "Ids and slugs."),
        "signatures": said(
            array(
                {
                    "type": "array",
                    "prefixItems": [TEXT, NUMBER, array(NUMBER), array(TEXT)],
                    "minItems": 4,
                }
            ),
            "For each pattern: its text, the number of its record, and what the search for it "
            "needs.",
        ),
        "terms": by_name(pair(array(NUMBER), array(NUMBER))),
        "products": by_name(
            obj({"names": array(TEXT), "releases": array(TEXT), "series": {"type": "boolean"}})
        ),
        "strikes": by_name(by_name(array(TEXT))),
    }
)
