"""/api/v1/csaf/<year>/<id>.json: each record as a CSAF 2.0 informational advisory, and their lists.

Takes the shelf and gives a file for each published or withdrawn record, `index.txt` and
`changes.csv`. That profile knows neither products nor remediations (section 4.3 of
https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html): matrix and workarounds stand in notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from caveat import __version__, prose, urls
from caveat.applicability.wording import Wording
from caveat.exports import csaf_matrix
from caveat.exports.export import File, Shelf, json_file, moment
from caveat.exports.markdown import join
from caveat.exports.telling import Block, tell, tell_fine
from caveat.model import Advisory
from caveat.model.base import Language
from caveat.words import words

#: The format holds one language.
_LANGUAGE: Language = "en"
#: Whose documents these are where nobody said yet at which address they will live.
_NAMESPACE = f"urn:uuid:{uuid5(NAMESPACE_URL, 'caveat:csaf')}"
#: Sections that the format has a place of its own for.
_ELSEWHERE = ("references",)
#: What readers of the format call a section (3.1.7.1); the others are `details`.
_CATEGORIES = {"unverified": "other", "workarounds": "general", "fix": "general"}


def files(shelf: Shelf) -> Iterator[File]:
    """Every record, then the lists that 7.1.12 and 7.1.13 want."""
    say = Wording(shelf.kb, words(_LANGUAGE))
    records = sorted(shelf.kb.published, key=lambda one: one.id)
    for record in records:
        path = urls.csaf(record.id, record.published)
        # In alphabetical order, as 5.3 wants the keys.
        yield json_file(path, document(shelf, say, path, record), sort_keys=True)
    names = {one.id: urls.csaf(one.id, one.published).removeprefix(urls.CSAF) for one in records}
    yield _list("index.txt", names.values())
    newest = sorted(records, key=lambda one: one.modified, reverse=True)
    rows = (f'"{names[one.id]}","{moment(one.modified)}"' for one in newest)
    yield _list("changes.csv", rows)


def document(shelf: Shelf, say: Wording, here: str, record: Advisory) -> dict[str, Any]:
    """The record as CSAF has it."""
    t, title = say.words, say.plain(record.title)
    if record.status == "withdrawn":
        title = t("feed.withdrawn", title=title)
    return {
        "document": {
            "category": "csaf_informational_advisory",
            "csaf_version": "2.0",
            "lang": _LANGUAGE,
            "title": title,
            "aggregate_severity": {"text": t(f"severity.{record.severity.level}")},
            "distribution": {"text": t("csaf.licence"), "tlp": {"label": "WHITE"}},
            "publisher": {
                "category": "other",
                "name": t("site.name"),
                "namespace": shelf.site_url or _NAMESPACE,
            },
            "notes": list(_notes(shelf, say, record)),
            "references": list(_references(shelf, say, here, record)),
            "tracking": _tracking(record),
        }
    }


def _tracking(record: Advisory) -> dict[str, Any]:
    """Its history: one revision for each change, counted from 1 (integer versioning, 2.2.13)."""
    revisions = [
        {
            "number": str(number),
            "date": moment(one.date),
            "summary": prose.plain(one.change.get(_LANGUAGE)),
        }
        for number, one in enumerate(record.history, 1)
    ]
    return {
        "id": record.id,
        "aliases": [record.slug],
        "status": "final",
        "version": str(len(revisions)),
        "initial_release_date": moment(record.published),
        "current_release_date": moment(record.modified),
        "revision_history": revisions,
        "generator": {"engine": {"name": "Caveat", "version": __version__}},
    }


def _notes(shelf: Shelf, say: Wording, record: Advisory) -> Iterator[dict[str, str]]:
    """The record as it is told elsewhere, one note a section; texts are Markdown."""
    t = say.words
    head, *sections = _sections(tell(record, say))
    if record.withdrawn is not None:
        text = record.withdrawn.reason.get(_LANGUAGE)
        if successor := record.withdrawn.successor:
            text += f"\n\n{t('advisory.successor')}{t('sentence.colon')}{successor}"
        yield _note("general", t("advisory.withdrawn"), text)
    yield _note("summary", t("advisory.summary"), record.summary.get(_LANGUAGE))
    yield _note("general", t("csaf.about"), "\n".join(_about(shelf, say, record, head)))
    for product in record.products:
        table = "\n".join(csaf_matrix.lines(shelf.answers.matrix(record, product), say))
        name = f"{t('section.impact')}{t('sentence.colon')}{say.product(product)}"
        yield _note("details", name, table)
    if fine := _joined(tell_fine(record, say), say):
        yield _note("details", t("csaf.fine"), fine)
    for heading, *blocks in sections:
        if heading.name not in _ELSEWHERE:
            category = _CATEGORIES.get(heading.name, "details")
            yield _note(category, heading.text, _joined(blocks, say))


def _about(shelf: Shelf, say: Wording, record: Advisory, head: list[Block]) -> Iterator[str]:
    """Kind, severity with its reason, days, upstream names and ties, a line each."""
    t, colon = say.words, say.words("sentence.colon")
    yield from (f"{one.name}{colon}{one.text}" for one in head if one.kind == "fact")
    yield say.plain(record.severity.reason)
    verified = record.verification.releases.items()
    if verified:
        told = t.joined([f"{say.product(product)} {version}" for product, version in verified])
        yield t("freshness.releases", list=told)
    for relation, other in shelf.kb.related(record):
        yield f"{t(f'relation.{relation}')}{colon}{other.id}"


def _references(
    shelf: Shelf, say: Wording, here: str, record: Advisory
) -> Iterator[dict[str, str]]:
    """Its own address where that is known, the sources, and the upstream threads."""
    if shelf.site_url:
        yield _reference("self", say.words("csaf.self"), shelf.site_url + here)
        page = shelf.site_url + urls.advisory(record.id)
        yield _reference("external", say.words("csaf.page"), page)
    known = {one.url for one in record.references}
    for one in record.references:
        yield _reference("external", one.title, one.url)
    for alias in record.aliases:
        url = urls.upstream(alias)
        if url and url not in known:
            yield _reference("external", alias, url)


def _sections(blocks: Iterable[Block]) -> list[list[Block]]:
    """What comes before the first heading, then each heading with what it is over."""
    found: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == "section":
            found.append([])
        found[-1].append(block)
    return found


def _joined(blocks: Iterable[Block], say: Wording) -> str:
    return join(blocks, say.words("sentence.colon")).strip()


def _note(category: str, title: str, text: str) -> dict[str, str]:
    return {"category": category, "title": title, "text": text}


def _reference(category: str, summary: str, url: str) -> dict[str, str]:
    return {"category": category, "summary": summary, "url": url}


def _list(name: str, rows: Iterable[str]) -> File:
    return File(urls.CSAF + name, "".join(f"{row}\n" for row in rows).encode())
