"""What to do now: workarounds with their way back, and the releases that mend it.

Takes decoded YAML and gives frozen parts of a record.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from caveat.model.base import Bilingual, Model, Name, Text, VersionText
from caveat.model.evidence import Evidence
from caveat.model.scope import When, Where

WorkaroundKind = Literal["upgrade", "downgrade", "configure", "substitute", "avoid"]
Effort = Literal["minutes", "hour", "day"]
Disruption = Literal["none", "restart", "downtime", "data-risk"]
Platform = Literal["any", "debian", "rhel", "arch", "windows", "macos", "kubernetes"]
Alias = Annotated[
    str,
    StringConstraints(
        pattern=r"^([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+#[0-9]+|CVE-[0-9]{4}-[0-9]{4,}|GHSA(-[0-9a-z]{4}){3}"
        r"|(launchpad|debian|redhat):[0-9]+)$"
    ),
]


class Step(Model):
    """One act: a sentence, commands by platform, or both."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["text"]},
                {"required": ["commands"], "properties": {"commands": {"minProperties": 1}}},
            ]
        }
    )

    text: Bilingual | None = Field(
        default=None, description="What to do.", examples=[{"en": "Restart the daemon."}]
    )
    commands: dict[Platform, Text] = Field(
        default={},
        description="Commands by platform, copied byte for byte; `any` fits all.",
        examples=[{"any": "systemctl --user restart docker"}],
    )
    expected: Text | None = Field(
        default=None, description="What is printed when it went well.", examples=["active"]
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.text is None and not self.commands:
            raise ValueError("want `text` or `commands`")
        return self


class Target(Model):
    """A release to go to."""

    product: Name = Field(description="Product id.", examples=["docker-engine"])
    version: VersionText = Field(description="The release.", examples=["27.5.1"])


class Workaround(Model):
    """A way round the problem, with its way back."""

    id: Name = Field(
        description="Anchor on the page; never renamed once published.",
        examples=["downgrade-to-27-5-1"],
    )
    kind: WorkaroundKind = Field(description="What sort of way it is.", examples=["downgrade"])
    title: Bilingual = Field(
        description="What to do, as a short imperative.",
        examples=[{"en": "Downgrade to 27.5.1", "zh": "回退到 27.5.1"}],
    )
    versions: list[Where] = Field(
        default=[],
        description="Where it is possible; none means wherever the record applies.",
        examples=[
            [{"product": "docker-engine", "ranges": [{"introduced": "28.0.0", "fixed": "28.0.1"}]}]
        ],
    )
    when: When = Field(
        default={},
        description="Traits that must hold for it to be possible.",
        examples=[{"docker-engine.mode": ["rootless"]}],
    )
    leads_to: list[Target] = Field(
        default=[],
        description="Releases that an upgrade or a downgrade leads to; the page then says what "
        "bites there.",
        examples=[[{"product": "docker-engine", "version": "27.5.1"}]],
    )
    effort: Effort = Field(
        description="`minutes`, an `hour`, or a `day` and more.", examples=["minutes"]
    )
    disruption: Disruption = Field(
        description="What it does to running workloads.", examples=["restart"]
    )
    risk: Bilingual = Field(
        description="What you give up, security included.",
        examples=[{"en": "Containers no longer see the client's address."}],
    )
    apply: list[Step] = Field(
        min_length=1,
        description="How to put it in place.",
        examples=[[{"commands": {"any": "systemctl --user restart docker"}}]],
    )
    verify: list[Step] = Field(
        default=[],
        description="How to see that it took effect.",
        examples=[[{"commands": {"any": "docker version"}}]],
    )
    rollback: list[Step] = Field(
        default=[],
        description="How to get back to the state before.",
        examples=[[{"commands": {"debian": "sudo apt-mark unhold docker-ce"}}]],
    )
    remove_when: Bilingual | None = Field(
        default=None,
        description="When it is no longer needed.",
        examples=[{"en": "Once every host runs 28.0.1."}],
    )
    evidence: Evidence = Field(
        description="How sure we are that it helps.",
        examples=[{"level": "reported", "reference": "issue-49499"}],
    )


class Fix(Model):
    """A release that mends it."""

    product: Name = Field(description="Product id.", examples=["docker-engine"])
    version: VersionText = Field(description="First release with the fix.", examples=["28.0.1"])
    scope: Literal["full", "partial"] = Field(
        description="Whether nothing or something is left.", examples=["full"]
    )
    change: Alias | None = Field(
        default=None, description="The change upstream.", examples=["moby/moby#49514"]
    )
    note: Bilingual | None = Field(
        default=None,
        description="What is left, or what else it changes.",
        examples=[{"en": "The problem came back in 29.0.0."}],
    )
