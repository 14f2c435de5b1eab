"""A product: its releases with dates, its packages and the traits that matter for it.

Takes decoded YAML and gives the catalogue that ranges, matrices and planners are computed over.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from caveat.model.base import DateText, HttpsUrl, Line, Model, Name, Record, VersionText
from caveat.model.trait import Trait

Scheme = Literal["semver", "dotted", "pep440", "deb", "rpm"]
Manager = Literal["apk", "brew", "deb", "npm", "oci", "pacman", "pypi", "rpm", "snap", "winget"]
#: As managers name packages, registries and owners included. Holds write it into their files.
PackageName = Annotated[
    str, StringConstraints(pattern=r"^[0-9A-Za-z@][0-9A-Za-z@._+:/-]*$", max_length=200)
]
PackageForm = Annotated[
    str, StringConstraints(pattern=r"^[^\s]*\{version\}[^\s]*$", max_length=120)
]


class Release(Model):
    """One release of the product."""

    version: VersionText = Field(
        description="As upstream writes it, without a leading `v`.", examples=["28.0.1"]
    )
    date: DateText | None = Field(
        default=None,
        description="Day of publication; left out where it was not verified.",
        examples=["2025-02-26"],
    )
    notes: HttpsUrl | None = Field(
        default=None,
        description="Release notes.",
        examples=["https://docs.docker.com/engine/release-notes/28/#2801"],
    )
    end_of_life: DateText | None = Field(
        default=None,
        description="Day when support ends, where it differs from the branch's.",
        examples=["2025-11-10"],
    )


class Branch(Model):
    """What all releases with a common version prefix share."""

    branch: VersionText = Field(description="Version prefix.", examples=["28"])
    end_of_life: DateText | None = Field(
        default=None, description="Day when support ends, where known.", examples=["2025-11-10"]
    )
    notes: HttpsUrl | None = Field(
        default=None,
        description="Release notes of the branch.",
        examples=["https://docs.docker.com/engine/release-notes/28/"],
    )


class Package(Model):
    """How a distribution ships the product, so that its version strings are understood."""

    manager: Manager = Field(description="Package manager.", examples=["deb"])
    names: list[PackageName] = Field(
        min_length=1,
        description="Packages that carry the product's version, all of which move together.",
        examples=[["docker-ce", "docker-ce-cli", "docker-ce-rootless-extras"]],
    )
    forms: list[PackageForm] = Field(
        min_length=1,
        description="How a package version holds the upstream one: literal text, `{version}` and "
        "`{name}` for what varies.",
        examples=[["5:{version}-{revision}"]],
    )
    companions: list[PackageName] = Field(
        default=[],
        description="Packages with versions of their own that are installed beside it.",
        examples=[["containerd.io"]],
    )


class Product(Record):
    """A piece of software that records and readers name."""

    id: Name = Field(description="Equal to the file name.", examples=["docker-engine"])
    name: Line = Field(description="As its makers write it.", examples=["Docker Engine"])
    aliases: list[Line] = Field(
        default=[], description="Other names people use.", examples=[["docker-ce", "moby"]]
    )
    homepage: HttpsUrl = Field(
        description="Home page.", examples=["https://docs.docker.com/engine/"]
    )
    repository: HttpsUrl = Field(
        description="Source repository.", examples=["https://github.com/moby/moby"]
    )
    versioning: Scheme = Field(
        description="How its version numbers are ordered.", examples=["semver"]
    )
    granularity: Literal["release", "series"] = Field(
        default="release",
        description="`series` where the catalogue lists `6.8` and readers have `6.8.0-101`.",
        examples=["release"],
    )
    releases: list[Release] = Field(
        min_length=1,
        description="All releases; pre-releases only where a range names them.",
        examples=[[{"version": "28.0.1", "date": "2025-02-26"}]],
    )
    branches: list[Branch] = Field(
        default=[],
        description="Support and notes by version prefix.",
        examples=[[{"branch": "28", "end_of_life": "2025-11-10"}]],
    )
    packages: list[Package] = Field(
        default=[],
        description="How distributions ship it.",
        examples=[
            [{"manager": "deb", "names": ["docker-ce"], "forms": ["5:{version}-{revision}"]}]
        ],
    )
    version_command: list[Line] = Field(
        default=[],
        description="Program and arguments that print the version, no shell.",
        examples=[["docker", "version", "--format", "{{.Server.Version}}"]],
    )
    version_labels: list[Line] = Field(
        default=[],
        description="What programs print before its version where they do not print its name; "
        "a log that is pasted shows by them what runs there.",
        examples=[["Server Version"]],
    )
    traits: list[Trait] = Field(
        default=[],
        description="Traits of the product's own configuration.",
        examples=[
            [
                {
                    "id": "mode",
                    "name": {"en": "Mode"},
                    "values": [
                        {"id": "rootful", "name": {"en": "rootful"}},
                        {"id": "rootless", "name": {"en": "rootless"}},
                    ],
                }
            ]
        ],
    )
    host_traits: list[Name] = Field(
        default=[],
        description="Traits of the host that matter for it (files under `traits/`).",
        examples=[["ipv6"]],
    )
