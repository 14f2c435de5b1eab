"""An OSV document to a lead (https://ossf.github.io/osv-schema/, versions 1.0 to 1.7).

Takes the decoded JSON of one document and gives a `Lead`; a document without an id or without text
raises `SourceError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from caveat.importers.lead import ALWAYS, Lead, Lost, Named, Source, SourceError, Span
from caveat.importers.parts import Part, counted
from caveat.importers.thread import errors
from caveat.model.evidence import ReferenceType
from caveat.problems import printable

#: https://ossf.github.io/osv-schema/#references-field
_TYPES: dict[str, ReferenceType] = {
    "ADVISORY": "advisory",
    "ARTICLE": "discussion",
    "DETECTION": "documentation",
    "DISCUSSION": "discussion",
    "REPORT": "report",
    "FIX": "fix",
    "INTRODUCED": "source",
    "GIT": "source",
    "PACKAGE": "source",
    "EVIDENCE": "report",
    "WEB": "documentation",
}
#: Where documents of the databases that OSV.dev gathers are read; a private one begins with `x_`.
_PUBLIC = "https://osv.dev/vulnerability/"
_ID = re.compile(r"[A-Za-z0-9][\w.:+-]{0,100}")
_MAJOR = re.compile(r"/v([1-9]\d{0,4})$")
_NAMED = re.compile(r"CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}")
_SCORES = "a score of a vulnerability does not say how bad it is for an operator"


def from_json(data: Any, file: str) -> Lead:
    """What the document says."""
    part = Part(data)
    id_ = part.text("id")
    if not _ID.fullmatch(id_):
        raise SourceError(f"{file}: no `id` as OSV wants it, such as GHSA-9wx4-h78v-vm56")
    title, text = part.text("summary").strip(), part.text("details")
    if not title and not text.strip():
        raise SourceError(f"{file}: {id_} has neither `summary` nor `details`: nothing to go on")
    part.skip("schema_version", "modified")
    part.lose("severity", _SCORES)
    part.lose("credits", "records name no people")
    names = [one for one in (id_, *part.texts("aliases")) if _NAMED.fullmatch(one)]
    affected = part.parts("affected")
    modules = frozenset(one.part("package").text("name") for one in affected)
    named = [_affected(one, modules) for one in affected]
    sources = [_source(one) for one in part.parts("references")]
    own = [] if id_.startswith("x_") else [Source("advisory", f"{_PUBLIC}{id_}", id_)]
    day, withdrawn = part.text("published"), part.text("withdrawn")
    aliases = [one for one in part.texts("aliases") if not _NAMED.fullmatch(one)]
    lost = [
        Lost(f"aliases: {printable(one[:80])}", "no upstream name of records") for one in aliases
    ]
    note = f"the source withdrew this on {printable(withdrawn[:10])}: is there anything to record?"
    return Lead(
        file=file,
        form="OSV",
        title=title or text.strip().split("\n")[0],
        text=text or title,
        sources=(*own, *sources),
        day=day[:10],
        aliases=tuple(names),
        named=tuple(named),
        errors=errors(text),
        notes=(note,) if withdrawn else (),
        lost=tuple(counted([*part.lost(), *lost])),
    )


def _source(part: Part) -> Source:
    return Source(_TYPES.get(part.text("type"), "documentation"), part.text("url"))


def _affected(part: Part, modules: frozenset[str]) -> Named:
    """One package: its names and its affected versions; listed ones count where no range stands."""
    package = part.part("package")
    names = [package.text("name"), package.text("purl")]
    ecosystem = package.text("ecosystem")
    part.lose("severity", _SCORES)
    spans: list[Span] = []
    for one in part.parts("ranges"):
        spans += _range(one)
    listed = part.texts("versions")
    if not spans:
        spans = [Span(one, last=one) for one in listed]
    if ecosystem == "Go":
        spans = [_in_module(names[0], modules, one) for one in spans]
    return Named(tuple(name for name in names if name), tuple(spans))


def _in_module(path: str, modules: frozenset[str], span: Span) -> Span:
    """A span of a Go module: one whose path ends in a major version holds that version's releases
    only, one without holds 0 and 1 where the document names later ones beside it
    (https://go.dev/ref/mod#major-version-suffixes); neither end then lies outside."""
    found = _MAJOR.search(path)
    if found is None and not any(one.startswith(f"{path}/v") for one in modules):
        return span
    if found is None:
        return span if span.fixed or span.last else span._replace(before="2.0.0")
    major = int(found[1])
    begin = f"{major}.0.0" if span.introduced == ALWAYS else span.introduced
    if span.fixed or span.last:
        return span._replace(introduced=begin)
    return Span(begin, before=f"{major + 1}.0.0")


def _range(part: Part) -> list[Span]:
    if part.text("type") == "GIT":
        part.lose("events", "commits are no releases")
        part.skip("repo")
        return []
    events = [(name, text) for one in part.parts("events") for name, text in _event(one)]
    return list(_spans(events))


def _event(part: Part) -> Iterator[tuple[str, str]]:
    for name in ("introduced", "fixed", "last_affected"):
        if text := part.text(name):
            yield name, text
    part.lose("limit", "records know no such border")


def _spans(events: list[tuple[str, str]]) -> Iterator[Span]:
    """Events in their order as spans: each begins with one `introduced` and ends with the next of
    the others (https://ossf.github.io/osv-schema/#affectedrangesevents-fields)."""
    begin = ""
    for name, text in events:
        if name == "introduced":
            if begin:
                yield Span(begin)
            begin = text
        elif name == "fixed":
            yield Span(begin or ALWAYS, fixed=text)
            begin = ""
        else:
            yield Span(begin or ALWAYS, last=text)
            begin = ""
    if begin:
        yield Span(begin)
