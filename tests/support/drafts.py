"""Takes a draft and the knowledge it was made for; gives what reading and the rules say of it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from caveat.importers.draft import Draft
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.problems import Problem
from caveat.reading.decode import decode
from caveat.reading.document import Document
from caveat.reading.parse import RECORD_LIMITS, parse
from caveat.reading.tree import decode_text
from caveat.rules import check

IMPORTS = Path(__file__).resolve().parents[1] / "data" / "imports"


def document(name: str) -> Any:
    """A stored document."""
    return json.loads((IMPORTS / name).read_text(encoding="utf-8"))


def data(value: Any) -> bytes:
    """A value as the bytes of a file."""
    return json.dumps(value).encode()


def record_of(draft: Draft) -> tuple[Advisory | None, list[Problem]]:
    """The record that a reader makes of the draft's file, and what is wrong with its form."""
    text, problems = decode_text(draft.text.encode(), draft.path)
    if text is None:
        return None, problems
    found, wrong = parse(draft.path, text, RECORD_LIMITS)
    decoded, faults = decode(Document(draft.path, text, found), Advisory)
    return (decoded.record if decoded else None), [*problems, *wrong, *faults]


def problems_of(draft: Draft, kb: KnowledgeBase) -> list[str]:
    """Everything wrong with the draft among the knowledge but that it has one language."""
    record, problems = record_of(draft)
    if record is not None:
        file = Document(draft.path, draft.text, parse(draft.path, draft.text, RECORD_LIMITS)[0])
        grown = replace(
            kb,
            advisories={**kb.advisories, record.id: record},
            documents={**kb.documents, ("advisory", record.id): file},
        )
        problems = [*problems, *(one for one in check(grown) if one.file == draft.path)]
    return [str(one) for one in problems if one.code != "CAV401"]
