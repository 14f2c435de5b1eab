"""Any document that an importer knows, told apart by what it holds.

Takes a file's bytes, or its path, and gives a `Lead`; what no importer knows, and what cannot be
read, raises `SourceError`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from caveat.importers import csaf, osv, thread
from caveat.importers.lead import Lead, SourceError
from caveat.importers.parts import MOST, decoded, parsed
from caveat.problems import printable


class Form(NamedTuple):
    """A format: its name for people, the keys by which it is known, and what reads it."""

    name: str
    keys: frozenset[str]
    read: Callable[[Any, str], Lead]


#: The JSON formats; the first whose keys are all there reads the document.
FORMS = (
    Form("CSAF 2.0", frozenset({"document"}), csaf.from_json),
    Form("GitHub issue", frozenset({"html_url", "number"}), thread.from_json),
    Form("GitLab issue", frozenset({"web_url", "iid"}), thread.from_json),
    Form("OSV", frozenset({"id", "modified"}), osv.from_json),
)


def read(data: bytes, file: str) -> Lead:
    """What the document says; `file` is what it is called in messages and in the draft."""
    file = printable(file)
    text = decoded(data, file)
    if not text.lstrip().startswith(("{", "[")):
        return thread.read(data, file)
    found = parsed(text, file)
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if isinstance(found, dict):
        for form in FORMS:
            if form.keys <= found.keys():
                return form.read(found, file)
    known = "; ".join(f"{form.name} ({', '.join(sorted(form.keys))})" for form in FORMS)
    raise SourceError(f"{file}: none of the formats that are known by their keys: {known}")


def contents(path: Path) -> bytes:
    """The bytes of a file, one more than a document may have at most."""
    if not path.is_file():
        raise SourceError(f"{printable(str(path))}: no such file")
    try:
        with path.open("rb") as stream:
            return stream.read(MOST + 1)
    except OSError as error:
        raise SourceError(f"{printable(str(path))}: {error.strerror}") from None
