"""What the engine says: a state, why, and on what evidence.

Takes nothing and gives frozen values; their words in both languages are in `caveat.words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from caveat.model import Evidence


class State(StrEnum):
    """The four answers."""

    AFFECTED = "affected"
    UNKNOWN = "unknown"
    FIXED = "fixed"
    NOT_AFFECTED = "not_affected"

    @property
    def is_fine(self) -> bool:
        """Whether a reader with this answer can stop reading."""
        return self in (State.FIXED, State.NOT_AFFECTED)


@dataclass(frozen=True)
class Reason:
    """A code with parameters (product, trait and version texts), worded in `words`."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """State, reason and evidence; `missing` are the facts that would decide, `rests` the traits
    whose values decided, `assumed` those of them that are only defaults."""

    state: State
    reason: Reason
    evidence: Evidence | None = None
    missing: tuple[str, ...] = ()
    rests: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
