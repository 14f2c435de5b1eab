"""Findings in the form that code scanners exchange: SARIF 2.1.0.

Takes rules and results and gives the values of a log
(https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from caveat import __version__

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


class Result(NamedTuple):
    """A finding: the rule, where it is (from 1, in characters), what it says, and by what it is
    known again when lines have moved."""

    rule: str
    file: Path
    line: int
    column: int
    text: str
    known_by: str


def sarif(
    rules: Mapping[str, str], levels: Mapping[str, str], results: Sequence[Result]
) -> dict[str, Any]:
    """A log with one run. `rules` are texts by code, `levels` are `error` or `warning`."""
    order = list(rules)
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "caveat",
                        "version": __version__,
                        "rules": [
                            {
                                "id": code,
                                "shortDescription": {"text": text},
                                "defaultConfiguration": {"level": levels[code]},
                            }
                            for code, text in rules.items()
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(one, order, levels) for one in results],
            }
        ],
    }


def _result(one: Result, order: Sequence[str], levels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "ruleId": one.rule,
        "ruleIndex": order.index(one.rule),
        "level": levels[one.rule],
        "message": {"text": one.text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(one.file),
                    "region": {"startLine": one.line, "startColumn": one.column},
                }
            }
        ],
        "partialFingerprints": {"caveatLink/v1": _fingerprint(one)},
    }


def _artifact(file: Path) -> dict[str, str]:
    """A relative name counts from the root of what was scanned."""
    if file.is_absolute():
        return {"uri": file.as_uri()}
    return {"uri": quote(file.as_posix()), "uriBaseId": "%SRCROOT%"}


def _fingerprint(one: Result) -> str:
    text = "\n".join((one.rule, one.file.as_posix(), one.known_by))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
