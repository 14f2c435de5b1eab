"""A check's question and its answers, as values that reporters show.

Takes nothing; `caveat.cli.check` fills them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caveat.applicability import Answer, Facts, State
from caveat.applicability.landing import Landing
from caveat.applicability.wording import Wording
from caveat.cli.acks import Acknowledgement
from caveat.cli.source import Source
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.model.advisory import Level
from caveat.reading.lists import Entry
from caveat.versions import Version

LEVELS: tuple[Level, ...] = ("critical", "high", "medium", "low")


@dataclass(frozen=True)
class Question:
    """A version of a product, on a host, and the version that it comes from, if any.

    `told` are the facts that were given or found out, `facts` the same with the version itself and,
    with `defaults`, the default of every trait that is not known.
    """

    kb: KnowledgeBase
    product: str
    version: Version
    start: Version | None
    told: Facts
    facts: Facts
    defaults: bool = False


@dataclass(frozen=True)
class Told:
    """A record's answer, and who accepted it, if somebody did."""

    record: Advisory
    answer: Answer
    ack: Acknowledgement | None = None

    def rank(self) -> tuple[int, int, str]:
        """Worst first: by state, then by severity."""
        level = LEVELS.index(self.record.severity.level)
        return list(State).index(self.answer.state), level, self.record.id


@dataclass(frozen=True)
class Checked:
    """All answers, worst first."""

    question: Question
    answers: tuple[Told, ...]

    @property
    def open(self) -> tuple[Told, ...]:
        """What applies or may, and nobody accepted."""
        return tuple(one for one in self.answers if not one.answer.state.is_fine and not one.ack)

    @property
    def acknowledged(self) -> tuple[Told, ...]:
        """What applies or may, and was accepted."""
        return tuple(one for one in self.answers if one.ack)

    @property
    def fine(self) -> tuple[Told, ...]:
        """What does not apply."""
        return tuple(one for one in self.answers if one.answer.state.is_fine)

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that would decide what is unknown, the most severe record's first."""
        return tuple(dict.fromkeys(name for one in self.open for name in one.answer.missing))

    def count(self, state: State) -> int:
        """How many open answers are in a state."""
        return sum(one.answer.state is state for one in self.open)


@dataclass(frozen=True)
class Report:
    """All that a reporter shows: the answers, where to land, acknowledgements that have expired,
    and how much of it is wanted, in which language."""

    found: Checked
    landing: Landing
    late: Sequence[Entry[Acknowledgement]]
    source: Source
    say: Wording
    everything: bool = False
    level: Level = "low"

    @property
    def shown(self) -> tuple[Told, ...]:
        """What people read, in its order."""
        found = self.found
        return (*found.open, *found.acknowledged, *(found.fine if self.everything else ()))

    def expiry(self, entry: Entry[Acknowledgement]) -> str:
        """That an acknowledgement no longer counts, and where it stands."""
        one, place = entry.record, f"{entry.file}:{entry.line}:{entry.column}"
        return self.say.words(
            "cli-check.expired", place=place, id=one.id, until=one.until, reason=one.reason
        )
