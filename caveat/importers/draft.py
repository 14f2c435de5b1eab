"""A lead to the file of a draft record: unreviewed, valid, with a list of what is missing.

Takes a `Lead`, the knowledge base and today's day (ISO) and gives a `Draft`; software that no
product here is called after raises `SourceError`, since a record without a product says nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from caveat.importers import texts, writing
from caveat.importers.affected import Hits, affected
from caveat.importers.guesses import (
    day_of,
    kind_of,
    signature,
    slug_of,
    timeline,
    verification,
    year_of,
)
from caveat.importers.lead import Lead, Lost
from caveat.importers.parts import counted, told
from caveat.importers.references import Listed, listed
from caveat.knowledge import KnowledgeBase
from caveat.mending.lines import schema_line
from caveat.model.base import Language
from caveat.model.schema import file_name

#: Characters of a summary that are taken over; a finished one has half of it.
_SUMMARY, _TITLE, _STEP = 1500, 300, 1500
#: Error texts and remedies of one document that are taken over.
_ERRORS, _REMEDIES = 5, 10
#: How a text that a person must write begins: the rules let no published record say so.
TODO: dict[Language, str] = {"en": "TODO: ", "zh": "待补："}


class Fill(NamedTuple):
    """A field that a person must still fill or check, and what it wants."""

    field: str
    what: str

    def __str__(self) -> str:
        return f"{self.field}: {self.what}"


#: What every draft wants, in the order of a record's fields.
_GUESSED = (
    Fill("kind", "what sort of problem it is; guessed from the source's words"),
    Fill("severity", "the level for an operator who is hit, and the reason"),
    Fill("title", "what breaks, where, in one line"),
    Fill("summary", "a paragraph of your own; the words are the source's, under its licence"),
)
_WHOM = (Fill("affected", "conditions (`when`) and whom it strikes (`effect`)"),)
_HOW = (
    Fill("symptoms", "what people see"),
    Fill("signatures", "the exact error text with a sample and a near miss"),
    Fill("cause", "why it happens"),
)
_REMEDY = Fill("workarounds", "what helps now, or the reason under `omitted`")
_CHECK_REMEDIES = Fill(
    "workarounds", "of each the id, title, effort, disruption, risk, steps to check and to go back"
)
_END = (
    Fill("verification", "hold it against upstream, then set day and releases"),
    Fill("unverified", "take out what has been confirmed"),
)


@dataclass(frozen=True)
class Draft:
    """A draft's file. `path` is below the root of the checkout, `slug` its short name; `fill` is
    what a person must still do, `lost` what of the source it does not keep."""

    id: str
    path: str
    text: str
    slug: str
    fill: tuple[Fill, ...]
    lost: tuple[Lost, ...]


def draft(
    lead: Lead, kb: KnowledgeBase, today: str, taken: Collection[str] = (), product: str = ""
) -> Draft:
    """The record that the lead can become.

    `today` is an ISO day. `taken` are ids and slugs that are in use besides the knowledge's own,
    such as those of drafts made just before. `product` is the id of what names mean that no product
    is called after, and of a lead that names none; without it these raise `SourceError`.
    """
    return _Drafting(lead, kb, today).made(taken, product)


class _Drafting:
    """One lead on its way; `fill` and `lost` grow with it."""

    def __init__(self, lead: Lead, kb: KnowledgeBase, today: str) -> None:
        self.lead, self.kb, self.today = lead, kb, today
        self.lang: Language = "zh" if texts.language(lead.title + lead.text) == "zh" else "en"
        self.fill: list[Fill] = []
        self.lost = list(lead.lost)

    def made(self, taken: Collection[str], product: str) -> Draft:
        lead, kb = self.lead, self.kb
        sources = listed(lead)
        hits = affected(lead, kb, sources.main, product)
        self.lost += [*sources.lost, *hits.lost]
        slug = slug_of(lead, hits.products[0], kb, taken)
        id_ = f"CAV-{year_of(lead, self.today)}-new-{slug}"
        data = self._data(id_, slug, sources, hits)
        self._ask(sources, hits)
        lost = tuple(counted(self.lost))
        comments = self._comments()
        path = f"advisories/records/{id_.split('-')[1]}/{id_}.yml"
        head = [schema_line(path, file_name("advisory")), *self._head(lost)]
        text = "\n".join(head) + "\n" + writing.written(data, comments)
        return Draft(id_, path, text, slug, tuple(self.fill), lost)

    def _data(self, id_: str, slug: str, sources: Listed, hits: Hits) -> dict[str, Any]:
        lead, origin = self.lead, texts.link(sources.references[0]["url"])
        title = " ".join(self._prose("title", lead.title, _TITLE).split()) or self._open("title")
        summary = self._prose("summary", lead.text, _SUMMARY)
        data: dict[str, Any] = {
            "id": id_,
            "slug": slug,
            "status": "draft",
            "kind": kind_of(lead),
            "severity": {"level": "medium", "reason": self._said(self._open("why this level"))},
            "title": self._said(title),
            "summary": self._said(summary or self._open("what breaks, for whom, and the way out")),
            "published": self.today,
            "modified": self.today,
            "aliases": list(sources.aliases),
            "affected": hits.entries,
            "symptoms": [self._said(texts.code(texts.line(one))) for one in self._errors()],
            "cause": self._said(self._open("why it happens")),
            "workarounds": [
                self._workaround(number, one.kind, one.text, sources.main)
                for number, one in enumerate(lead.remedies[:_REMEDIES], 1)
            ],
            "fixes": hits.fixes,
            "timeline": timeline(lead, self.today, sources.main),
            "references": sources.references,
            "verification": verification(lead, self.today),
        }
        doubt = f"Everything in this record: a script made it from {origin}, nobody has checked it."
        data["unverified"] = [{"en": doubt}]
        change = {"en": f"Imported from {origin}, not reviewed."}
        data["history"] = [{"date": self.today, "change": change}]
        return {key: value for key, value in data.items() if value != []}

    def _prose(self, field: str, text: str, most: int) -> str:
        made, gone = texts.as_prose(text, most)
        self.lost += [
            Lost(f"{field}: {kind}", "a record's text has no such thing", count)
            for kind, count in gone.items()
        ]
        return made

    def _said(self, text: str) -> dict[str, str]:
        return {self.lang: text}

    def _open(self, what: str) -> str:
        return TODO[self.lang] + what

    def _errors(self) -> list[str]:
        found = list(dict.fromkeys(one for one in self.lead.errors if texts.line(one)))
        if len(found) > _ERRORS:
            self.lost.append(Lost("error texts", f"only the first {_ERRORS} are kept", len(found)))
        return found[:_ERRORS]

    def _workaround(self, number: int, kind: str, text: str, reference: str) -> dict[str, Any]:
        step = self._prose(f"workarounds[{number - 1}]", text, _STEP)
        return {
            "id": f"remedy-{number}",
            "kind": kind,
            "title": self._said(self._open("what to do, as a short imperative")),
            "effort": "minutes",
            "disruption": "restart",
            "risk": self._said(self._open("what is given up")),
            "apply": [{"text": self._said(step or self._open("how"))}],
            "evidence": {"level": "reported", "reference": reference},
        }

    def _ask(self, sources: Listed, hits: Hits) -> None:
        """List what is still to do, in the order of the fields."""
        lead = self.lead
        self.fill += [Fill("status", note) for note in lead.notes]
        if not day_of(lead, self.today):
            self.fill.append(Fill("id", "the year it became public; the source names no day"))
        for alias in sources.aliases:
            owners = ", ".join(record.id for record in self.kb.find(alias))
            if owners:
                told = f"{alias} is a name of {owners}: is this the same?"
                self.fill.append(Fill("aliases", told))
        self.fill += _GUESSED
        self.fill += [Fill("affected", text) for text in hits.ask]
        self.fill += _WHOM
        if lead.errors:
            self.fill.append(Fill("symptoms", "which of the error texts are this problem's"))
        self.fill += _HOW
        self.fill.append(_CHECK_REMEDIES if lead.remedies else _REMEDY)
        self.fill += _END
        other = "zh" if self.lang == "en" else "en"
        self.fill.append(Fill(other, "the text in the other language; optional to begin with"))

    def _head(self, lost: tuple[Lost, ...]) -> list[str]:
        lead = self.lead
        made = f"Unreviewed draft, made from {lead.file} ({lead.form}) on {self.today}."
        rows = ["#", *writing.comment(made), "#", "# Still to do:"]
        rows += [row for one in self.fill for row in writing.comment(str(one), "- ")]
        if lost:
            rows += ["#", "# Not kept of the source:"]
            rows += [row for text in told(lost) for row in writing.comment(text, "- ")]
        return [*rows, "#"]

    def _comments(self) -> dict[writing.Path, list[str]]:
        """A signature to go on with, before the field that would follow it."""
        rows = [row for text in self.lead.errors[:1] for row in signature(texts.line(text))]
        return {("cause",): rows} if rows else {}
