"""Rules about how a file is written rather than what it says; `validate.py --fix` mends them all.

Takes a knowledge base and gives findings, one of a kind a file or mapping; a build does not ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from caveat.knowledge import KnowledgeBase
from caveat.mending.canonical import canonical, prose
from caveat.mending.lines import headed, schema_line, stripped
from caveat.mending.order import misplaced
from caveat.model import KINDS, Bilingual
from caveat.model.schema import file_name
from caveat.model.shape import fields
from caveat.problems import shown
from caveat.reading.document import Document, Path
from caveat.rules.rule import Finding

MENDS = "`validate.py --fix` mends it"


def key_order(kb: KnowledgeBase) -> Iterator[Finding]:
    """The keys of a mapping stand in the order of the format, so that every record reads alike."""
    for (kind, _), document in kb.documents.items():
        yield from _order(document, (), document.data, KINDS[kind])


def _order(
    document: Document, path: Path, data: Any, model: type[BaseModel] | None
) -> Iterator[Finding]:
    if isinstance(data, list) and model is not None:
        for number, one in enumerate(data):
            yield from _order(document, (*path, number), one, model)
    elif isinstance(data, dict) and model is not None:
        if wrong := misplaced(list(data), model):
            late, early = wrong
            found, want = f"{shown(late)} after {shown(early)}", f"{shown(late)} before it"
            yield Finding(document, (*path, late), found, want, MENDS, on_key=True)
        known = fields(model)
        for key, value in data.items():
            if isinstance(value, dict | list):
                below = known[key].model if key in known else model
                yield from _order(document, (*path, key), value, below)


def line_ends(kb: KnowledgeBase) -> Iterator[Finding]:
    """No line ends with spaces that mean nothing, and the file ends with one line end."""
    for document in kb.documents.values():
        text = document.text
        if " \n" not in text and "\t\n" not in text and text.rstrip() + "\n" == text:
            continue
        old, new = text.split("\n"), stripped(text).split("\n")
        row = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
        if row is not None:
            at = (row + 1, len(new[row]) + 1)
            yield Finding(document, (), "spaces at the end", "no spaces there", MENDS, at=at)
        elif len(old) != len(new):
            at = (min(len(old), len(new)), 1)
            found = "no line end" if len(old) < len(new) else "empty lines"
            want = "one line end at the end of the file"
            yield Finding(document, (), found, want, MENDS, at=at)


def canonical_links(kb: KnowledgeBase) -> Iterator[Finding]:
    """One page has one address, so that two records about it can be seen to cite the same."""
    for (kind, _), document in kb.documents.items():
        if "http" in document.text:
            yield from _links(document, (), document.data, KINDS[kind], "")


def _links(
    document: Document, path: Path, data: Any, model: type[BaseModel] | None, pattern: str
) -> Iterator[Finding]:
    if isinstance(data, dict):
        known = fields(model) if model else {}
        for key, value in data.items():
            shape = known.get(key)
            below = (shape.model, shape.pattern) if shape else (model, "")
            if model is Bilingual and isinstance(value, str):
                below = (None, "prose")
            yield from _links(document, (*path, key), value, *below)
    elif isinstance(data, list):
        for number, one in enumerate(data):
            yield from _links(document, (*path, number), one, model, pattern)
    elif pattern and "http" in data:
        wanted = prose(data) if pattern == "prose" else canonical(data, pattern)
        if wanted != data:
            found = "another form of a link" if pattern == "prose" else shown(data)
            want = "its plain address" if pattern == "prose" else shown(wanted)
            yield Finding(document, path, found, want, MENDS)


def schema_lines(kb: KnowledgeBase) -> Iterator[Finding]:
    """The first line names the schema, by which an editor checks and completes."""
    for (kind, _), document in kb.documents.items():
        line = schema_line(document.file, file_name(kind))
        if headed(document.text, line) != document.text:
            first = document.text.partition("\n")[0]
            yield Finding(document, (), shown(first), f"the line {shown(line)}", MENDS)
