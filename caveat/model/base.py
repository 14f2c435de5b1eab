"""The ground that every declaration stands on: strictness, bilingual text and the text types.

Takes decoded YAML mappings and gives frozen pydantic models; a wrong value raises pydantic's
`ValidationError`, which `caveat.reading` turns into problems with a place.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Model(BaseModel):
    """A part of a record: unknown keys are refused and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=False)


class Record(Model):
    """A whole file: its `id` is its name."""

    id: str


def _one_line(value: str) -> str:
    if "\n" in value:
        raise ValueError("want one line")
    return value


def _real_day(value: str) -> str:
    date.fromisoformat(value)
    return value


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False)]
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    AfterValidator(_one_line),
    Field(json_schema_extra={"not": {"pattern": r"\n"}}),
]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
DateText = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"),
    AfterValidator(_real_day),
    Field(json_schema_extra={"format": "date"}),
]
VersionText = Annotated[
    str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+:~_-]*$", max_length=80)
]
HttpsUrl = Annotated[str, StringConstraints(pattern=r'^https://[^\s<>"]+$', max_length=500)]
AdvisoryId = Annotated[
    str,
    StringConstraints(
        pattern=r"^CAV-[0-9]{4}-([0-9]{4}|new-[a-z0-9]+(-[a-z0-9]+)*)$", max_length=100
    ),
]


class Bilingual(Model):
    """Prose in English and Chinese; one language is enough to begin with."""

    # What a validator below checks, the published schema says as well; so in all of the model.
    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    en: Text | None = Field(
        default=None, description="English text.", examples=["Containers do not start."]
    )
    zh: Text | None = Field(default=None, description="Chinese text.", examples=["容器无法启动。"])

    @model_validator(mode="after")
    def _has_a_language(self) -> Self:
        if self.en is None and self.zh is None:
            raise ValueError("want a text in at least one language, `en` or `zh`")
        return self

    def get(self, language: Language) -> str:
        """The text in `language`, or in the other one where that is missing."""
        own, other = (self.en, self.zh) if language == "en" else (self.zh, self.en)
        text = own if own is not None else other
        assert text is not None, "kept by _has_a_language"  # noqa: S101
        return text

    def has(self, language: Language) -> bool:
        """Whether the text was written in `language`, so that a page can say when it was not."""
        return (self.en if language == "en" else self.zh) is not None
