"""What a statement rests on: how sure we are, the sources, and how fresh the record is.

Takes decoded YAML and gives frozen parts of a record.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from caveat.model.base import Bilingual, DateText, HttpsUrl, Line, Model, Name, VersionText

EvidenceLevel = Literal["reproduced", "reported", "inferred"]
ReferenceType = Literal[
    "report", "fix", "release-notes", "documentation", "discussion", "advisory", "source"
]


class Evidence(Model):
    """How sure we are, and who says so."""

    level: EvidenceLevel = Field(
        description="`reproduced` only where it was really run; `inferred` where we reasoned.",
        examples=["reported"],
    )
    reference: Name | None = Field(
        default=None, description="Id of the reference that says so.", examples=["issue-49499"]
    )


class Reference(Model):
    """A source."""

    id: Name = Field(description="Name inside the record.", examples=["issue-49499"])
    type: ReferenceType = Field(description="What it is.", examples=["report"])
    url: HttpsUrl = Field(
        description="Where it is.", examples=["https://github.com/moby/moby/issues/49499"]
    )
    title: Line = Field(
        description="Its own title, or what it says.",
        examples=["moby/moby#49499: rootless port publishing fails"],
    )


class Verification(Model):
    """When the record was last held against upstream, and up to which releases."""

    last_verified: DateText = Field(description="The day.", examples=["2026-11-23"])
    releases: dict[Name, VersionText] = Field(
        default={},
        description="Per product the newest release that was looked at.",
        examples=[{"docker-engine": "29.10.0"}],
    )
    review_by: DateText = Field(description="When to look again.", examples=["2027-05-23"])


class TimelineEntry(Model):
    """What happened on a day."""

    date: DateText = Field(description="The day.", examples=["2025-02-20"])
    event: Bilingual = Field(description="What happened.", examples=[{"en": "Reported upstream."}])
    reference: Name | None = Field(
        default=None, description="Id of the reference that says so.", examples=["issue-49499"]
    )


class HistoryEntry(Model):
    """A change of this record."""

    date: DateText = Field(description="The day.", examples=["2026-11-23"])
    change: Bilingual = Field(
        description="What changed here.", examples=[{"en": "First published."}]
    )
    workarounds: list[Name] | None = Field(
        default=None,
        description="Ids of the workarounds that changed with it, so that runbooks which link to "
        "one are looked at again; an empty list where none did. Absent: any may have.",
        examples=[["downgrade-to-27-5-1"]],
    )
