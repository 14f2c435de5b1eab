"""A trait: one fact about a host or a product's configuration that decides who is hit.

Takes decoded YAML and gives its values, its defaults by release and the probe that finds it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from caveat.model.base import Bilingual, Line, Model, Name, Record, Text
from caveat.model.ranges import Range

#: Words that a YAML reader may take for a truth value; a trait value is never called so.
TRUTH_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "y", "n", "null"})


def _not_a_truth_word(value: str) -> str:
    if value in TRUTH_WORDS:
        raise ValueError("want a word that says what holds, such as `enabled` or `present`")
    return value


ValueId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=60),
    AfterValidator(_not_a_truth_word),
    Field(json_schema_extra={"not": {"enum": sorted(TRUTH_WORDS)}}),
]
ExitCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}$")]


class TraitValue(Model):
    """One value that the trait can take."""

    id: ValueId = Field(
        description="Short name, never `yes`, `no`, `on` or `off`.", examples=["slirp4netns"]
    )
    name: Bilingual = Field(
        description="What a reader is shown.", examples=[{"en": "slirp4netns", "zh": "slirp4netns"}]
    )


class Default(Model):
    """The value that holds where nobody changed anything; defaults move between releases."""

    value: ValueId = Field(description="One of the trait's values.", examples=["builtin"])
    ranges: list[Range] = Field(
        default=[],
        description="Releases of the product for which it is the default; none means all.",
        examples=[[{"introduced": "29.5.0"}]],
    )


class Probe(Model):
    """A command that finds the trait's value without changing anything.

    The first of `exit`, `equals`, `contains` that matches decides; no match means unknown.
    """

    argv: list[Line] = Field(
        min_length=1,
        description="Program and arguments; no shell is involved.",
        examples=[["docker", "info", "--format", "{{.SecurityOptions}}"]],
    )
    exit: dict[ExitCode, ValueId] = Field(
        default={}, description="Exit status to value.", examples=[{"0": "present", "1": "absent"}]
    )
    equals: dict[Text, ValueId] = Field(
        default={},
        description="Whole output, without white space around it, to value.",
        examples=[{"2": "v2"}],
    )
    contains: dict[Text, ValueId] = Field(
        default={},
        description="Part of the output to value; where several match, the value is unknown.",
        examples=[{"name=rootless": "rootless"}],
    )


class Trait(Record):
    """A fact about a host (a file under `traits/`) or a product (listed in the product's file)."""

    id: Name = Field(description="Equal to the file name for a host trait.", examples=["ipv6"])
    name: Bilingual = Field(
        description="What a reader is shown.", examples=[{"en": "Port driver", "zh": "端口驱动"}]
    )
    about: Bilingual | None = Field(
        default=None,
        description="What the trait is, in a sentence or two, and how to see it by eye.",
        examples=[{"en": "How RootlessKit forwards published ports."}],
    )
    values: list[TraitValue] = Field(
        min_length=2,
        description="All values that records tell apart.",
        examples=[
            [
                {"id": "builtin", "name": {"en": "builtin"}},
                {"id": "slirp4netns", "name": {"en": "slirp4netns"}},
            ]
        ],
    )
    default: list[Default] = Field(
        default=[],
        description="The value where nobody changed anything; leave out where there is none.",
        examples=[[{"value": "builtin"}]],
    )
    probe: Probe | None = Field(
        default=None,
        description="How to find the value on a host; without it `about` says how.",
        examples=[{"argv": ["uname", "-m"], "equals": {"x86_64": "amd64"}}],
    )
