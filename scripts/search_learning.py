"""The constants of the ranking, fitted to examples by logistic regression.

Takes what the ranking saw of texts and whether each was about the record, and gives the
constants with what they get right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from caveat.matching.ranking import Weight

_ROUNDS, _STEP = 6_000, 0.4


class Example(NamedTuple):
    """A record beside a text, and whether the text is about it."""

    weight: Weight
    about: bool

    @property
    def row(self) -> tuple[float, ...]:
        """What the odds are made from."""
        mass, share, cover = self.weight
        return 1.0, math.log(1 + mass), share, cover


def learned(examples: Iterable[Example]) -> str:
    """The line for `caveat.matching.ranking`, and how it does beside the present one."""
    listed = list(examples)
    rows = [(e.row, float(e.about)) for e in listed]
    weights = [0.0] * 4
    for _ in range(_ROUNDS):
        slope = [0.0] * 4
        for row, about in rows:
            error = _sure(weights, row) - about
            for n, value in enumerate(row):
                slope[n] += error * value
        weights = [w - _STEP * s / len(rows) for w, s in zip(weights, slope, strict=True)]
    right = sum((_sure(weights, row) >= 0.5) == bool(about) for row, about in rows)
    now = sum((e.weight.score >= 0.5) == e.about for e in listed)
    shown = ", ".join(f"{weight:.1f}" for weight in weights)
    return (
        f"BASE, BY_MASS, BY_SHARE, BY_COVER = {shown}\n"
        f"right on {right} of {len(rows)} examples; the present constants on {now}"
    )


def _sure(weights: list[float], row: tuple[float, ...]) -> float:
    return 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, row, strict=True))))
