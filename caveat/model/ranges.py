"""A range of versions, as records and catalogues write it.

Takes version texts and gives a frozen declaration; what it means is in `caveat.applicability`.
"""

from __future__ import annotations

from typing import Self

from pydantic import ConfigDict, Field, model_validator

from caveat.model.base import Model, Name, VersionText


class Range(Model):
    """From `introduced` on, up to `fixed` (exclusive) or `last_affected` (inclusive), or open."""

    model_config = ConfigDict(json_schema_extra={"not": {"required": ["fixed", "last_affected"]}})

    introduced: VersionText = Field(
        description='First affected version; `"0"` means always, and then needs a `reference`.',
        examples=["28.0.0"],
    )
    fixed: VersionText | None = Field(
        default=None,
        description="First version that is no longer affected.",
        examples=["28.0.1"],
    )
    last_affected: VersionText | None = Field(
        default=None,
        description="Last affected version, where no fixed one is known.",
        examples=["27.5.1"],
    )
    branch: VersionText | None = Field(
        default=None,
        description="Limits the range to versions that start with this prefix, for back-ports. "
        "A branch range decides alone about its branch.",
        examples=["1.2"],
    )
    reference: Name | None = Field(
        default=None,
        description="Id of the reference that states the borders.",
        examples=["issue-49499"],
    )

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if self.fixed is not None and self.last_affected is not None:
            raise ValueError("want `fixed` or `last_affected`, not both")
        return self
