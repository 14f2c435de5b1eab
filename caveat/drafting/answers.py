"""What a person says about a problem, whoever asked.

Takes nothing; the dialogue, the flags of a script and an upstream document fill these values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from caveat.importers.lead import Lead, Named, Remedy, Source, Span
from caveat.mending.canonical import link
from caveat.model.advisory import Kind, Level
from caveat.model.base import Language
from caveat.model.signature import LogPlace
from caveat.model.workaround import WorkaroundKind


@dataclass(frozen=True)
class Answers:
    """Texts as they were given; "" is an answer that is missing. `when` is a condition in the form
    of a record's, `url` the address of who says so, `day` (ISO)
    when it became public, `helped` what helped, in a sentence."""

    lang: Language = "en"
    url: str = ""
    day: str = ""
    title: str = ""
    product: str = ""
    slug: str = ""
    introduced: str = ""
    fixed: str = ""
    last_affected: str = ""
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    error: str = ""
    near_miss: str = ""
    log: LogPlace | str = ""
    kind: Kind | str = ""
    level: Level | str = ""
    reason: str = ""
    summary: str = ""
    cause: str = ""
    helped: str = ""
    helped_kind: WorkaroundKind | str = ""
    command: str = ""
    practices: tuple[str, ...] = ()

    def lead(self) -> Lead:
        """The answers in the form that every draft is made from."""
        span = Span(self.introduced or "0", self.fixed, self.last_affected)
        known = self.introduced or self.fixed or self.last_affected
        address = link(self.url)
        return Lead(
            file=address,
            form="thread",
            title=self.title,
            text=self.summary,
            day=self.day,
            sources=(Source("fix" if "/pull/" in address else "report", address, self.title),),
            named=(Named((self.product,), (span,) if known else ()),),
            errors=(self.error,) if self.error else (),
            remedies=(Remedy("configure", self.helped),) if self.helped else (),
        )
