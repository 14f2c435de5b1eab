"""Error text by which a problem is recognised.

Takes decoded YAML and gives a frozen part of a record; `caveat.matching` compiles the pattern.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from caveat.model.base import Line, Model, Text

LogPlace = Literal["client", "daemon", "container", "kernel", "kubelet", "build", "package-manager"]


class Signature(Model):
    """Error text by which the problem is recognised."""

    pattern: Text = Field(
        description="Literal text; `{name}` for what varies, `{{` and `}}` for braces.",
        examples=['protocol "tcp" is not supported by the RootlessKit port driver "{driver}"'],
    )
    log: LogPlace = Field(description="Who prints it.", examples=["client"])
    command: Line | None = Field(
        default=None,
        description="The command that shows it.",
        examples=["journalctl --user -u docker"],
    )
    samples: list[Text] = Field(
        min_length=1,
        description="Real lines that must match.",
        examples=[['protocol "tcp" is not supported by the RootlessKit port driver "slirp4netns"']],
    )
    near_misses: list[Text] = Field(
        default=[],
        description="Similar lines that must not match.",
        examples=[["the RootlessKit port driver is not running"]],
    )
