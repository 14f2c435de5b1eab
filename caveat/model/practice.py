"""A best practice: a habit that softens a whole class of problems.

Takes decoded YAML and gives a checklist that advisories point at and pages gather.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from caveat.model.base import Bilingual, Name, Record
from caveat.model.evidence import Reference

Phase = Literal["before", "during", "after", "always"]


class Practice(Record):
    """One best practice with the steps to tick."""

    id: Name = Field(description="Equal to the file name.", examples=["pin-package-versions"])
    title: Bilingual = Field(
        description="What to do, as a short imperative.",
        examples=[{"en": "Pin package versions", "zh": "锁定软件包版本"}],
    )
    phase: Phase = Field(description="When it is done, seen from an upgrade.", examples=["before"])
    why: Bilingual = Field(
        description="What it saves you from, in a few sentences.",
        examples=[{"en": "An unattended upgrade then cannot surprise you."}],
    )
    steps: list[Bilingual] = Field(
        min_length=1,
        description="Lines to tick, each a single act.",
        examples=[[{"en": "List the versions you run."}]],
    )
    products: list[Name] = Field(
        default=[],
        description="Products it is about; none means any.",
        examples=[["docker-engine"]],
    )
    references: list[Reference] = Field(
        default=[],
        description="Where it is documented.",
        examples=[
            [
                {
                    "id": "apt-preferences",
                    "type": "documentation",
                    "url": "https://manpages.debian.org/apt_preferences",
                    "title": "apt_preferences(5)",
                }
            ]
        ],
    )
