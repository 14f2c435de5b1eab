"""What a foreign document says, in no format's words.

Takes nothing; the modules beside it fill these values, and `draft` makes a record of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from caveat.model.evidence import ReferenceType
from caveat.model.workaround import WorkaroundKind

#: Where a span begins that holds every older version as well, as in records and in OSV.
ALWAYS = "0"
Form = Literal["OSV", "CSAF 2.0", "thread"]


class SourceError(ValueError):
    """A document that no draft can be made of; the text says why, and what would help."""


class Lost(NamedTuple):
    """Something that a draft does not keep: where it stood, how often, and why it is not kept."""

    place: str
    why: str
    times: int = 1


class Span(NamedTuple):
    """Versions as the source writes them; `fixed` is the first good one, `last` the last bad one,
    `before` the first of which nothing is said. At most one of the three is known."""

    introduced: str
    fixed: str = ""
    last: str = ""
    before: str = ""


class Named(NamedTuple):
    """Software that the source names, best name first, with its affected versions."""

    names: tuple[str, ...]
    spans: tuple[Span, ...] = ()


class Source(NamedTuple):
    """A link that the source gives."""

    type: ReferenceType
    url: str
    title: str = ""


class Remedy(NamedTuple):
    """Something to do, as the source says it (Markdown of any sort)."""

    kind: WorkaroundKind
    text: str


@dataclass(frozen=True)
class Lead:
    """A document. Texts are as they stand there: nothing here is safe to print or to publish.

    `title` is one line, `text` is Markdown of any sort, `day` the ISO day on which it became public
    or "", `errors` are lines that may be error texts, `hints` words that say what sort of problem
    it is (labels), and `notes` what whoever goes on must know.
    """

    file: str
    form: Form
    title: str
    text: str
    sources: tuple[Source, ...]
    day: str = ""
    aliases: tuple[str, ...] = ()
    named: tuple[Named, ...] = ()
    errors: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    hints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lost: tuple[Lost, ...] = ()
