"""An advisory: one operational problem, whom it hits and what to do.

Takes decoded YAML and gives the frozen record that the engine, the pages and the exports read.
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from caveat.model.base import AdvisoryId, Bilingual, DateText, Model, Name, Record
from caveat.model.evidence import HistoryEntry, Reference, TimelineEntry, Verification
from caveat.model.scope import Affected, Unaffected
from caveat.model.signature import Signature
from caveat.model.workaround import Alias, Fix, Workaround

Status = Literal["draft", "published", "withdrawn"]
Kind = Literal[
    "regression", "breaking-change", "removal", "deprecation", "hardening", "known-issue"
]
Level = Literal["critical", "high", "medium", "low"]
Omission = Literal["signatures", "probe", "workarounds", "fixes"]
Relation = Literal["recurrence-of", "caused-by", "often-confused-with", "supersedes"]


class Severity(Model):
    """How bad it is for an operator in the affected configuration."""

    level: Level = Field(
        description="`critical`: the service or daemon is down, or data is at risk, with no quick "
        "way round; `high`: a main function fails; `medium`: a function fails with an easy way "
        "round; `low`: noise, warnings, later trouble.",
        examples=["high"],
    )
    reason: Bilingual = Field(
        description="Why this level, in a sentence.",
        examples=[{"en": "No container that publishes ports starts."}],
    )


class Withdrawal(Model):
    """Why a record no longer holds."""

    reason: Bilingual = Field(
        description="What was wrong.", examples=[{"en": "The report was a faulty cable."}]
    )
    successor: AdvisoryId | None = Field(
        default=None, description="The record to read instead.", examples=["CAV-2025-0007"]
    )


class Related(Model):
    """A tie to another record, stored in one direction; the inverse is derived."""

    relation: Relation = Field(description="What ties them.", examples=["recurrence-of"])
    id: AdvisoryId = Field(description="The other record.", examples=["CAV-2025-0001"])


class Advisory(Record):
    """One operational problem: whom it hits, how it looks, what to do."""

    # The rule CAV309, for editors.
    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"status": {"const": "withdrawn"}}},
            "then": {"required": ["withdrawn"]},
            "else": {"not": {"required": ["withdrawn"]}},
        }
    )

    id: AdvisoryId = Field(
        description="Equal to the file name; the year is when the problem became public.",
        examples=["CAV-2025-0001"],
    )
    slug: Name = Field(
        description="A short name that people remember; never reused.",
        examples=["docker-28-0-0-rootless-slirp4netns-port-driver"],
    )
    status: Status = Field(description="`draft` shows in previews only.", examples=["published"])
    kind: Kind = Field(description="What sort of problem it is.", examples=["regression"])
    severity: Severity = Field(
        description="How bad it is where it hits.",
        examples=[{"level": "high", "reason": {"en": "No published port works."}}],
    )
    title: Bilingual = Field(
        description="What breaks, where, in one line.",
        examples=[{"en": "Rootless Docker 28.0.0 cannot publish ports with slirp4netns"}],
    )
    summary: Bilingual = Field(
        description="One paragraph that stands alone.",
        examples=[{"en": "After the upgrade to 28.0.0 containers do not start."}],
    )
    published: DateText = Field(description="Never changes.", examples=["2026-11-23"])
    modified: DateText = Field(description="Never goes back.", examples=["2026-11-23"])
    aliases: list[Alias] = Field(
        default=[], description="Upstream names.", examples=[["moby/moby#49499"]]
    )
    related: list[Related] = Field(
        default=[],
        description="Ties to other records.",
        examples=[[{"relation": "recurrence-of", "id": "CAV-2021-0001"}]],
    )
    withdrawn: Withdrawal | None = Field(
        default=None,
        description="Needed with the status `withdrawn`.",
        examples=[{"reason": {"en": "Not a fault of the product."}}],
    )
    affected: list[Affected] = Field(
        min_length=1,
        description="Ways to be affected; any of them will do.",
        examples=[
            [
                {
                    "on": [{"product": "docker-engine", "ranges": [{"introduced": "28.0.0"}]}],
                    "evidence": {"level": "reported"},
                }
            ]
        ],
    )
    unaffected: list[Unaffected] = Field(
        default=[],
        description="What was tested and is fine.",
        examples=[
            [
                {
                    "on": [{"product": "docker-engine", "ranges": [{"introduced": "28.0.1"}]}],
                    "evidence": {"level": "reported"},
                }
            ]
        ],
    )
    symptoms: list[Bilingual] = Field(
        default=[], description="What people see.", examples=[[{"en": "`docker run -p` fails."}]]
    )
    signatures: list[Signature] = Field(
        default=[],
        description="Error text by which it is recognised; one entry for each printed form.",
        examples=[
            [{"pattern": "port driver {name}", "log": "client", "samples": ["port driver a"]}]
        ],
    )
    cause: Bilingual = Field(
        description="Why it happens.", examples=[{"en": "The daemon took over the port mapping."}]
    )
    workarounds: list[Workaround] = Field(
        default=[],
        description="Ways round it.",
        examples=[
            [
                {
                    "id": "downgrade-to-27-5-1",
                    "kind": "downgrade",
                    "title": {"en": "Downgrade to 27.5.1"},
                    "effort": "minutes",
                    "disruption": "restart",
                    "risk": {"en": "You lose the fixes of 28.0."},
                    "apply": [{"commands": {"debian": "sudo apt install docker-ce=…"}}],
                    "evidence": {"level": "reported"},
                }
            ]
        ],
    )
    fixes: list[Fix] = Field(
        default=[],
        description="Releases that mend it.",
        examples=[[{"product": "docker-engine", "version": "28.0.1", "scope": "full"}]],
    )
    omitted: dict[Omission, Bilingual] = Field(
        default={},
        description="What a good record has and this one cannot have, with the reason; shown in "
        "its place on the page.",
        examples=[{"workarounds": {"en": "The old behaviour cannot be brought back."}}],
    )
    practices: list[Name] = Field(
        default=[],
        description="Best practices that would have softened it.",
        examples=[["test-networking-before-upgrade"]],
    )
    timeline: list[TimelineEntry] = Field(
        default=[],
        description="What happened when, oldest first.",
        examples=[[{"date": "2025-02-20", "event": {"en": "Reported."}}]],
    )
    references: list[Reference] = Field(
        min_length=1,
        description="Sources.",
        examples=[
            [
                {
                    "id": "issue-49499",
                    "type": "report",
                    "url": "https://github.com/moby/moby/issues/49499",
                    "title": "moby/moby#49499",
                }
            ]
        ],
    )
    verification: Verification = Field(
        description="How fresh it is.",
        examples=[
            {
                "last_verified": "2026-11-23",
                "releases": {"docker-engine": "29.10.0"},
                "review_by": "2027-05-23",
            }
        ],
    )
    unverified: list[Bilingual] = Field(
        default=[],
        description="Statements in the record that could not be confirmed; shown.",
        examples=[[{"en": "Whether 28.0.0-rc.1 was affected."}]],
    )
    history: list[HistoryEntry] = Field(
        min_length=1,
        description="What changed in this record, oldest first.",
        examples=[[{"date": "2026-11-23", "change": {"en": "First published."}}]],
    )

    @property
    def products(self) -> tuple[str, ...]:
        """Ids of all products that the record names, the first being where the fix lies."""
        return tuple(dict.fromkeys(on.product for entry in self.affected for on in entry.on))
