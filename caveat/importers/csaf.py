"""A CSAF 2.0 document to a lead (https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html).

Takes the decoded JSON of one document and gives a `Lead`; another version of the format, and a
document without a title or an id, raise `SourceError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caveat.importers.csaf_products import Item, items
from caveat.importers.lead import ALWAYS, Lead, Lost, Named, Remedy, Source, SourceError, Span
from caveat.importers.parts import Part
from caveat.importers.thread import errors
from caveat.model.workaround import WorkaroundKind
from caveat.problems import shown

#: Section 3.2.1.8.1: what a note is; others go with the text.
_NOT_TEXT = {"legal_disclaimer": "terms of use; the licence is that of the source"}
#: Section 3.2.3.9: what may be affected, by the border it gives.
_AFFECTED = ("known_affected", "first_affected", "last_affected")
_FIXED = ("first_fixed", "fixed", "recommended")
#: Section 3.2.3.12.1: what a remediation is.
_REMEDIES: dict[str, WorkaroundKind] = {
    "vendor_fix": "upgrade",
    "mitigation": "configure",
    "workaround": "configure",
}


def from_json(data: Any, file: str) -> Lead:
    """What the document says."""
    part = Part(data)
    document = part.part("document")
    version = document.text("csaf_version")
    if version != "2.0":
        raise SourceError(f"{file}: `csaf_version` is {shown(version)}, want 2.0")
    tracking = document.part("tracking")
    title, id_ = document.text("title").strip(), tracking.text("id").strip()
    if not title or not id_:
        raise SourceError(f"{file}: a document without a title or `tracking.id`")
    known = items(part.part("product_tree"))
    found = _Vulnerabilities(known)
    for one in part.parts("vulnerabilities"):
        found.take(one)
    texts = [*_notes(document), *found.texts]
    text = "\n\n".join(texts)
    day = tracking.text("initial_release_date")
    _bookkeeping(document, tracking)
    return Lead(
        file=file,
        form="CSAF 2.0",
        title=title,
        text=text,
        sources=(*_sources(document, id_), *found.sources),
        day=day[:10],
        aliases=tuple(dict.fromkeys(found.aliases)),
        named=found.named() or tuple(Named(one.names, one.spans) for one in known.values()),
        errors=errors(text),
        remedies=tuple(dict.fromkeys(found.remedies)),
        hints=(document.text("category"),),
        notes=("the source is still a draft",) if tracking.text("status") == "draft" else (),
        lost=(*part.lost(), *found.lost),
    )


def _bookkeeping(document: Part, tracking: Part) -> None:
    """What says how the document came to be."""
    why = "how the document came to be, not what the problem is"
    for key in ("generator", "revision_history", "version", "current_release_date", "aliases"):
        tracking.lose(key, why)
    document.lose("distribution", "terms of use; the licence is that of the source")
    document.lose("publisher", "records name no people; the link leads to the publisher")
    document.lose("acknowledgments", "records name no people")
    document.skip("lang", "source_lang")
    document.lose("aggregate_severity", "a scale of the publisher's own")


def _notes(part: Part) -> list[str]:
    found = []
    for note in part.parts("notes"):
        note.skip("audience", "title")
        if why := _NOT_TEXT.get(note.text("category")):
            note.lose("text", why)
        elif text := note.text("text").strip():
            found.append(text)
    return found


def _sources(document: Part, id_: str) -> list[Source]:
    """Its own address first: that a document names itself is how readers find it again."""
    own, others = [], []
    for one in document.parts("references"):
        url, title = one.text("url"), one.text("summary")
        if one.text("category") == "self":
            own.append(Source("advisory", url, f"{id_}: {title}" if title != url else id_))
        else:
            others.append(Source("documentation", url, title))
    return own + others


class _Vulnerabilities:
    """What the document says of each problem, gathered into one."""

    def __init__(self, known: Mapping[str, Item]) -> None:
        self.known = known
        self.texts: list[str] = []
        self.sources: list[Source] = []
        self.aliases: list[str] = []
        self.remedies: list[Remedy] = []
        self.lost: list[Lost] = []
        self.spans: dict[tuple[str, ...], list[Span]] = {}
        self.fixed: dict[tuple[str, ...], list[str]] = {}

    def take(self, part: Part) -> None:
        """Read one."""
        if cve := part.text("cve"):
            self.aliases.append(cve)
        title = part.text("title").strip()
        self.texts += [title] if title else []
        self.texts += _notes(part)
        for one in part.parts("references"):
            one.skip("category")
            self.sources.append(Source("documentation", one.text("url"), one.text("summary")))
        for one in part.parts("remediations"):
            self._remedy(one)
        self._status(part.part("product_status"))
        part.lose("scores", "a score of a vulnerability does not say how bad it is for an operator")
        part.lose("cwe", "records do not class weaknesses")
        part.lose("acknowledgments", "records name no people")

    def _remedy(self, part: Part) -> None:
        kind = _REMEDIES.get(part.text("category"))
        part.skip("product_ids", "group_ids", "date")
        if kind is None:
            part.lose("details", "it says that there is no remedy")
            return
        if details := part.text("details").strip():
            self.remedies.append(Remedy(kind, details))
        if url := part.text("url"):
            self.sources.append(Source("fix" if kind == "upgrade" else "documentation", url))

    def _status(self, part: Part) -> None:
        for group in _AFFECTED:
            for item in self._items(part.texts(group)):
                self.spans.setdefault(item.names, []).extend(item.spans)
        for group in _FIXED:
            for item in self._items(part.texts(group)):
                self.fixed.setdefault(item.names, []).append(item.version)
        part.lose("known_not_affected", "say under `unaffected` what was tested and is fine")
        part.lose("under_investigation", "nothing is known about them yet")

    def _items(self, ids: list[str]) -> list[Item]:
        found = [self.known[id_] for id_ in ids if id_ in self.known]
        if len(found) < len(ids):
            why = "product ids that the product tree does not define"
            self.lost.append(Lost("vulnerabilities[].product_status", why, len(ids) - len(found)))
        return found

    def named(self) -> tuple[Named, ...]:
        """The products that are affected, and those of which only the fixed version is told: what
        came before it is taken to be affected."""
        made = [Named(names, tuple(spans)) for names, spans in self.spans.items()]
        for names, versions in self.fixed.items():
            if not self.spans.get(names):
                spans = [Span(ALWAYS, fixed=one) for one in dict.fromkeys(versions) if one]
                made.append(Named(names, tuple(spans)))
        return tuple(made)
