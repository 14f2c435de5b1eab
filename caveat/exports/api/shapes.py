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
    {"runs": _RUNS, "values": by_name(NUMBER)},
)
_ANSWER = obj(
    {"state": choice(*(str(state) for state in State)), "code": TEXT},
    {
        "params": by_name(TEXT),
        "missing": array(NUMBER),
        "rests": array(NUMBER),
        "evidence": ref("Evidence"),
    },
)
_TABLE = obj({"asks": array(NUMBER), "cells": array(NUMBER)})
_DEFAULT: Shape = {
    "anyOf": [TEXT, array(pair(NUMBER, {"type": ["string", "null"]})), {"type": "null"}]
}
ANSWERS = obj(
    {
        "format": {"const": 1},
        "products": by_name(
            obj(
                {
                    "releases": array(
                        obj(
                            {"version": TEXT},
                            {"date": TEXT, "end_of_life": TEXT, "prerelease": {"const": True}},
                        )
                    )
                }
            )
        ),
        "traits": by_name(obj({"values": array(TEXT)}, {"default": _DEFAULT})),
        "records": array(
            obj(
                {
                    "id": TEXT,
                    "severity": choice(*get_args(Level)),
                    "facts": array(_FACT),
                    "cases": array(NUMBER),
                    "tables": array(_TABLE),
                    "answers": array(_ANSWER),
                }
            )
        ),
    },
    {"product": TEXT},
)

_GRADE = choice(*get_args(Letter))
RECORD_EXTRAS = {
    "url": LINK,
    "grade": obj({"letter": _GRADE, "missing": array(choice(*(one.name for one in CRITERIA)))}),
    "freshness": obj(
        {
            "last_verified": TEXT,
            "review_by": TEXT,
            "behind": array(obj({"product": TEXT, "newest": TEXT}, {"verified": TEXT})),
        }
    ),
    "successors": array(TEXT),
    "relations": array(obj({"relation": TEXT, "id": TEXT})),
}
#: A withdrawn record has none.
RECORD_ANSWERS = {"answers": ref("Answers")}
PRODUCT_EXTRAS = {"url": LINK, "advisories": array(TEXT), "answers": ref("Answers")}
PRACTICE_EXTRAS = {"url": LINK, "advisories": array(TEXT)}

_NAMED = {
    "id": TEXT,
    "slug": TEXT,
    "status": choice("published", "withdrawn"),
    "successors": array(TEXT),
}
_DATED = {"published": TEXT, "modified": TEXT, "aliases": array(TEXT), "products": array(TEXT)}
_LINKED = {"file": LINK, "url": LINK}
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
        "version": {"const": "1"},
        "home": LINK,
        "lists": obj({"advisories": LINK, "practices": LINK, "signatures": LINK}),
        "products": array(
            obj(
                {
                    "id": TEXT,
                    "name": TEXT,
                    "aliases": array(TEXT),
                    "modified": TEXT,
                    "newest": TEXT,
                    "advisories": array(TEXT),
                    **_LINKED,
                }
            )
        ),
        "advisories": array(obj({**_NAMED, **_DATED, **_LINKED})),
    }
)
SIGNATURES = obj(
    {
        "form": {"const": 1},
        "records": array(pair(TEXT, TEXT)),
        "signatures": array(
            {
                "type": "array",
                "prefixItems": [TEXT, NUMBER, array(NUMBER), array(TEXT)],
                "minItems": 4,
            }
        ),
        "terms": by_name(pair(array(NUMBER), array(NUMBER))),
        "products": by_name(
            obj({"names": array(TEXT), "releases": array(TEXT), "series": {"type": "boolean"}})
        ),
        "strikes": by_name(by_name(array(TEXT))),
    }
)
