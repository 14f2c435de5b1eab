"""Rules about names that must be one and stay one: ids, slugs, status.

Takes a knowledge base and gives findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Product, Record
from caveat.problems import shown
from caveat.reading.document import Document, Path
from caveat.rules.rule import Finding
from caveat.rules.walk import every_record
from caveat.urls import is_part


def id_is_name(kb: KnowledgeBase) -> Iterator[Finding]:
    """The id equals the file's name; an advisory lies in the folder of its year."""
    for record in every_record(kb):
        document = kb.document(record)
        if record.id != document.stem:
            hint = "rename the file or mend the id"
            yield Finding(
                document, ("id",), shown(record.id), f"the file's name `{document.stem}`", hint
            )
        elif isinstance(record, Advisory):
            year, folder = record.id.split("-")[1], document.file.split("/")[-2]
            if year != folder:
                hint = f"move the file to `advisories/records/{year}/`"
                yield Finding(document, ("id",), f"the folder `{folder}`", f"`{year}`", hint)


def withdrawn(kb: KnowledgeBase) -> Iterator[Finding]:
    """A withdrawn record says why, and no other record does."""
    for record in kb.advisories.values():
        document = kb.document(record)
        if record.status == "withdrawn" and record.withdrawn is None:
            want = "`withdrawn` with a reason"
            yield Finding(document, ("status",), "a withdrawn record without a reason", want)
        elif record.status != "withdrawn" and record.withdrawn is not None:
            hint = "remove `withdrawn`, or set the status"
            want = "the status `withdrawn`"
            yield Finding(document, ("withdrawn",), shown(record.status), want, hint, on_key=True)


def names_once(kb: KnowledgeBase) -> Iterator[Finding]:
    """Ids of references, workarounds, traits and values stand once in the list they are in."""
    for record in every_record(kb):
        yield from _twice(kb.document(record), record, ())
        for number, trait in enumerate(getattr(record, "traits", [])):
            yield from _twice(kb.document(record), trait, ("traits", number))


def _twice(document: Document, owner: Record, path: Path) -> Iterator[Finding]:
    for name in ("references", "workarounds", "traits", "values"):
        seen: set[str] = set()
        for number, part in enumerate(getattr(owner, name, [])):
            if part.id in seen:
                where = (*path, name, number, "id")
                yield Finding(document, where, f"{shown(part.id)} a second time", "each id once")
            seen.add(part.id)


def slug_once(kb: KnowledgeBase) -> Iterator[Finding]:
    """No two records share a slug."""
    owners = {slug: id_ for id_, slug in kb.unread.items() if slug}
    for record in kb.advisories.values():
        owner = owners.setdefault(record.slug, record.id)
        if owner != record.id:
            found = f"{shown(record.slug)}, the slug of {owner}"
            yield Finding(kb.document(record), ("slug",), found, "a slug of its own")


def usable_names(kb: KnowledgeBase) -> Iterator[Finding]:
    """What becomes a part of an address can be a file's name on every system, and no two names
    there differ in case alone."""
    for record in every_record(kb):
        document = kb.document(record)
        taken: dict[str, str] = {}
        for path, name in _parts(record):
            if not is_part(name):
                want = "a name that a file may have on every system"
                hint = "Windows keeps names such as `con` and `nul`, and characters such as `:`"
                yield Finding(document, path, shown(name), want, hint)
            elif taken.setdefault(name.casefold(), name) != name:
                found = f"{shown(name)} beside {shown(taken[name.casefold()])}"
                want = "names that differ in more than case"
                yield Finding(document, path, found, want, "some systems take them for one")


def _parts(record: Record) -> Iterator[tuple[Path, str]]:
    yield ("id",), record.id
    if isinstance(record, Advisory):
        yield ("slug",), record.slug
    elif isinstance(record, Product):
        for number, release in enumerate(record.releases):
            yield ("releases", number, "version"), release.version
