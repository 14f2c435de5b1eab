"""What a preview of one record shows: found by any of its names, read, checked by itself.

Takes the root of a checkout and a name and gives the record's file, then the knowledge around it
with its problems; it never raises for a broken record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase, load
from caveat.model.base import Language
from caveat.problems import nearest
from caveat.reading.excerpt import Excerpts
from caveat.reading.tree import PATTERNS, slug_of
from caveat.rules import check, once
from caveat.site.single import Fault, SinglePage


class UnknownRecordError(ValueError):
    """No record has the name; the text offers near ones."""


@dataclass(frozen=True)
class Previewed:
    """A record as it stands now; `kb` shows it whatever its status is."""

    id: str
    kb: KnowledgeBase
    answers: Answers
    faults: tuple[Fault, ...]

    def site(self, language: Language, home: str) -> SinglePage:
        """Its page in one language; `home` is the address of the home page, where it is known."""
        return SinglePage(self.kb, language, self.answers, home, (self.id, self.faults))


def file_of(root: Path, name: str) -> str:
    """The file, from the root, of the record with this id, slug or path."""
    paths = sorted((root / "advisories").glob(PATTERNS["advisory"]))
    asked = Path(name)
    for path in paths:
        if name in (path.stem, path.name) or (asked.exists() and asked.samefile(path)):
            return path.relative_to(root).as_posix()
    slugs = {slug_of(path): path for path in paths}
    if name in slugs:
        return slugs[name].relative_to(root).as_posix()
    near = ", ".join(nearest(name, [*slugs, *(path.stem for path in paths)]))
    raise UnknownRecordError(f"no record is called {name}" + (f"; near: {near}" if near else ""))


def read(root: Path, file: str) -> Previewed:
    """The record in the file as it is now, among all others."""
    kb, problems = load(root)
    id_ = Path(file).stem
    own = [one for one in problems if one.file == file]
    record = kb.advisories.get(id_)
    if record is not None and kb.document(record).file == file:
        own += [one for one in check(kb.alone(id_), tidy=True) if one.file == file]
        # A draft is shown as readers will see it.
        shown = record.model_copy(update={"status": "published"})
        if record.status == "draft":
            kb = replace(kb, advisories={**kb.advisories, id_: shown})
    else:
        others = {key: one for key, one in kb.advisories.items() if key != id_}
        kb = replace(kb, advisories=others)
    excerpts = Excerpts(root)
    faults = tuple(Fault(one, excerpts.of(one)) for one in once(own))
    return Previewed(id_, kb, Answers(kb), faults)
