"""Takes the declarations of the model; shows that each explains itself and keeps its promises."""

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from caveat.model import KINDS, Advisory, Bilingual, Range, Step
from caveat.model.base import AdvisoryId, DateText, HttpsUrl, Line, Model, Name, VersionText
from caveat.model.trait import TRUTH_WORDS, ValueId
from caveat.model.workaround import Alias


def models(base: type[BaseModel] = Model) -> Iterator[type[BaseModel]]:
    """Every declaration of the model."""
    for model in base.__subclasses__():
        yield model
        yield from models(model)


MODELS = sorted({m for m in models() if m.__module__.startswith("caveat.model")}, key=str)
#: `Record` is what the four kinds have in common, not a part that a file holds.
FIELDS = [
    (model, info.alias or name, info)
    for model in MODELS
    for name, info in model.model_fields.items()
    if model.__name__ != "Record"
]


def field_ids() -> list[str]:
    """`Advisory.title`, for the report of a failing case."""
    return [f"{model.__name__}.{name}" for model, name, _ in FIELDS]


@pytest.mark.parametrize(("model", "name", "info"), FIELDS, ids=field_ids())
def test_field_explains_itself(model: type[BaseModel], name: str, info: FieldInfo) -> None:
    """Every field has a description, and at least one example that it accepts itself."""
    assert info.description
    assert info.examples
    kind: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    field: TypeAdapter[Any] = TypeAdapter(kind)
    for example in info.examples:
        field.validate_python(example)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_model_explains_itself(model: type[BaseModel]) -> None:
    """Every declaration says what it is, refuses unknown keys and never changes."""
    assert model.__doc__
    assert model.model_config.get("extra") == "forbid"
    assert model.model_config.get("frozen") is True


def test_kinds_are_the_four() -> None:
    """A file is an advisory, a product, a trait or a practice, each called by its class."""
    assert list(KINDS) == ["advisory", "product", "trait", "practice"]
    assert [model.__name__.lower() for model in KINDS.values()] == list(KINDS)


TEXTS: list[tuple[Any, str, bool]] = [
    (AdvisoryId, "CAV-2025-0001", True),
    (AdvisoryId, "CAV-2025-new-some-words", True),
    (AdvisoryId, "CAV-2025-1", False),
    (AdvisoryId, "CAV-2025-new-", False),
    (AdvisoryId, "cav-2025-0001", False),
    (AdvisoryId, "CAV-2025-0001\n", False),
    (AdvisoryId, "CAV-２０２５-0001", False),
    (Name, "docker-28-0-0", True),
    (Name, "Docker", False),
    (Name, "a--b", False),
    (Name, "-a", False),
    (Name, "a" * 81, False),
    (DateText, "2024-02-29", True),
    (DateText, "2025-02-29", False),
    (DateText, "2025-2-9", False),
    (DateText, "2025-02-26T00:00", False),
    (DateText, "٢٠٢٥-٠٢-٢٦", False),
    (HttpsUrl, "https://github.com/moby/moby/issues/49499", True),
    (HttpsUrl, "http://github.com", False),
    (HttpsUrl, "https://github.com/a b", False),
    (HttpsUrl, "javascript:alert(1)//https://x", False),
    (VersionText, "5:27.5.1-1~debian.12~bookworm", True),
    (VersionText, "6.8.0-101-generic", True),
    (VersionText, "28.0 .0", False),
    (VersionText, "-28", False),
    (VersionText, "", False),
    (Line, "one line", True),
    (Line, "two\nlines", False),
    (Line, "", False),
    (Alias, "moby/moby#49499", True),
    (Alias, "CVE-2025-12345", True),
    (Alias, "GHSA-xxxx-1111-yyyy", True),
    (Alias, "launchpad:2060911", True),
    (Alias, "debian:1098765", True),
    (Alias, "moby#49499", False),
    (Alias, "CVE-25-1", False),
    (Alias, "https://github.com/moby/moby/issues/49499", False),
    (ValueId, "slirp4netns", True),
    (ValueId, "6.8", True),
    *((ValueId, word, False) for word in sorted(TRUTH_WORDS)),
]


def text_ids() -> list[str]:
    """The text itself, for the report of a failing case."""
    return [f"{number}-{text[:30]!a}" for number, (_, text, _) in enumerate(TEXTS)]


@pytest.mark.parametrize(("kind", "text", "fine"), TEXTS, ids=text_ids())
def test_text_has_its_form(kind: Any, text: str, fine: bool) -> None:
    """A text of a kind has that kind's form, to its last character."""
    adapter: TypeAdapter[str] = TypeAdapter(kind)
    if fine:
        assert adapter.validate_python(text) == text
    else:
        with pytest.raises(ValidationError):
            adapter.validate_python(text)


@pytest.mark.parametrize("value", [28, 28.0, True, None, ["a"]], ids=repr)
def test_text_is_never_made(value: Any) -> None:
    """What is not text is refused, not turned into text."""
    with pytest.raises(ValidationError):
        Bilingual.model_validate({"en": value, "zh": value})


def test_bilingual_falls_back() -> None:
    """A text that is missing in one language is given in the other, and that can be asked."""
    text = Bilingual(en="Restart.")
    assert text.get("zh") == text.get("en") == "Restart."
    assert text.has("en")
    assert not text.has("zh")


def test_bilingual_prefers_its_language() -> None:
    """A text that is there in both languages is given in the one that is asked for."""
    text = Bilingual(en="Restart.", zh="重启。")
    assert (text.get("en"), text.get("zh")) == ("Restart.", "重启。")


def test_bilingual_needs_a_language() -> None:
    """A text in no language is no text."""
    with pytest.raises(ValidationError, match="at least one language"):
        Bilingual()


def test_range_has_one_end() -> None:
    """A range ends before the fix or at the last affected version, never at both."""
    assert Range(introduced="1.0").fixed is None
    with pytest.raises(ValidationError, match="not both"):
        Range(introduced="1.0", fixed="1.2", last_affected="1.1")


@pytest.mark.parametrize("data", [{}, {"commands": {}}, {"expected": "active"}], ids=repr)
def test_step_says_something(data: dict[str, Any]) -> None:
    """A step is a sentence, commands, or both; what it prints is not enough."""
    with pytest.raises(ValidationError, match="want `text` or `commands`"):
        Step.model_validate(data)


def test_record_never_changes() -> None:
    """What was read stays as it was read."""
    text = Bilingual(en="Restart.")
    with pytest.raises(ValidationError, match="frozen"):
        text.en = "Stop."  # type: ignore[misc]


def test_record_belongs_to_every_product_it_names() -> None:
    """The products of a record come in its order, each once, the one with the fix first."""
    fields = Advisory.model_fields.items()
    data = {name: (info.examples or [None])[0] for name, info in fields if info.is_required()}
    range_ = [{"introduced": "1.0"}]
    names = [["traefik", "docker-engine"], ["runc", "traefik"]]
    data["affected"] = [
        {
            "on": [{"product": name, "ranges": range_} for name in group],
            "evidence": {"level": "reported"},
        }
        for group in names
    ]
    record = Advisory.model_validate(data)
    assert record.products == ("traefik", "docker-engine", "runc")
