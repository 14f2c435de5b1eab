"""Who is hit: products with version ranges and traits that hold together.

Takes decoded YAML and gives frozen parts of a record; what they mean is in `caveat.applicability`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from caveat.model.base import Bilingual, Line, Model, Name
from caveat.model.evidence import Evidence
from caveat.model.ranges import Range

TraitPath = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?$")
]
When = dict[TraitPath, Annotated[list[Line], Field(min_length=1)]]


class On(Model):
    """One product with its affected versions and the traits that must hold."""

    product: Name = Field(description="Product id.", examples=["docker-engine"])
    ranges: list[Range] = Field(
        min_length=1,
        description="Versions; any of the ranges will do.",
        examples=[[{"introduced": "28.0.0", "fixed": "28.0.1"}]],
    )
    when: When = Field(
        default={},
        description="Trait to values: every trait must hold, any of its values will do. "
        "A trait of the product, a host trait, or `product.trait`.",
        examples=[{"mode": ["rootless"], "port-driver": ["slirp4netns"]}],
    )


class Upgrade(Model):
    """The step on which alone it strikes."""

    from_: list[Range] = Field(
        alias="from",
        min_length=1,
        description="Versions that the step leaves.",
        examples=[[{"introduced": "0", "last_affected": "4.9.5"}]],
    )
    to: list[Range] = Field(
        min_length=1,
        description="Versions that the step reaches.",
        examples=[[{"introduced": "5.0.0"}]],
    )


class Affected(Model):
    """One way to be affected: all parts of `on` hold together; the first is where the fix lies."""

    on: list[On] = Field(
        min_length=1,
        description="Products, versions and traits that must hold together.",
        examples=[
            [{"product": "docker-engine", "ranges": [{"introduced": "28.0.0", "fixed": "28.0.1"}]}]
        ],
    )
    upgrade: Upgrade | None = Field(
        default=None,
        description="Only for what strikes on a step: versions of the first product.",
        examples=[
            {
                "from": [{"introduced": "0", "last_affected": "4.9.5"}],
                "to": [{"introduced": "5.0.0"}],
            }
        ],
    )
    effect: Bilingual | None = Field(
        default=None,
        description="Which workloads feel it: facts of single containers belong here.",
        examples=[{"en": "Containers that publish a port without naming an IPv4 address."}],
    )
    evidence: Evidence = Field(
        description="How sure this is.",
        examples=[{"level": "reported", "reference": "issue-49499"}],
    )


class Unaffected(Model):
    """What was tested and is fine, where that is not plain from `affected`."""

    on: list[On] = Field(
        min_length=1,
        description="Products, versions and traits, all together.",
        examples=[[{"product": "docker-engine", "ranges": [{"introduced": "28.0.1"}]}]],
    )
    effect: Bilingual | None = Field(
        default=None, description="What was tested.", examples=[{"en": "Tested with passt."}]
    )
    evidence: Evidence = Field(
        description="How sure this is.",
        examples=[{"level": "reproduced", "reference": "issue-51591"}],
    )


class Where(Model):
    """Versions of one product for which a workaround is possible."""

    product: Name = Field(description="Product id.", examples=["docker-engine"])
    ranges: list[Range] = Field(
        min_length=1,
        description="Versions; any of the ranges will do.",
        examples=[[{"introduced": "28.0.0", "fixed": "28.0.1"}]],
    )
