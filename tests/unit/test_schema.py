"""Takes the JSON Schemas; shows that they are fresh, whole, and as strict as the model."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import ValidationError

from caveat.model import KINDS
from caveat.model.schema import file_name, schemas

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "regenerate.py"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The script, as a person runs it."""
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a schema, as `Model.field`."""
    for model in (schema, *schema.get("$defs", {}).values()):
        for name, body in model.get("properties", {}).items():
            yield f"{model['title']}.{name}", body


def whole(kind: str) -> dict[str, Any]:
    """The smallest record of a kind, made of the examples of the fields it needs."""
    model = KINDS[kind].model_fields.items()
    return {
        info.alias or name: (info.examples or [None])[0]
        for name, info in model
        if info.is_required()
    }


def accepts(kind: str, data: Any) -> bool:
    """Whether the schema takes the data."""
    return Draft202012Validator(schemas()[kind], format_checker=FormatChecker()).is_valid(data)


def faults(kind: str, data: Any) -> int:
    """How many faults the model finds."""
    try:
        KINDS[kind].model_validate(data)
    except ValidationError as error:
        return error.error_count()
    return 0


def test_generated_files_are_fresh() -> None:
    """What is in the repository is what `scripts/regenerate.py` would write."""
    done = run("--check")
    assert (done.returncode, done.stdout.strip()) == (0, "everything is fresh"), done.stdout


def test_check_names_what_is_stale(tmp_path: Path) -> None:
    """A missing or edited file is named and left alone by --check, and mended without it."""
    (tmp_path / "advisories").mkdir()
    path = tmp_path / "advisories" / "schema" / file_name("trait")
    root = ("--root", str(tmp_path))
    assert run("--check", *root).returncode == 1
    assert not path.exists()
    assert run(*root).returncode == 0
    fresh = path.read_bytes()
    path.write_bytes(fresh.replace(b"\n", b"\r\n"))
    stale = run("--check", *root)
    assert (stale.returncode, stale.stdout) == (1, f"advisories/schema/{path.name}: stale\n")
    assert run(*root).returncode == 0
    assert path.read_bytes() == fresh


def test_folder_holds_nothing_else() -> None:
    """No schema of a kind that is gone stays behind."""
    found = {path.name for path in (ROOT / "advisories" / "schema").iterdir()}
    assert found == {file_name(kind) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_valid(kind: str) -> None:
    """Each schema is one of draft 2020-12, says so, and has a title and a description."""
    schema = schemas()[kind]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"].lower() == kind
    assert schema["description"]


def test_schemas_are_the_same_twice() -> None:
    """The same declarations give the same bytes."""
    assert json.dumps(schemas()) == json.dumps(schemas())


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_helps_an_editor(kind: str) -> None:
    """Each field has a description and examples, and the schema takes each of its examples."""
    schema = schemas()[kind]
    checker = FormatChecker()
    for name, body in properties(schema):
        assert body.get("description"), name
        assert body.get("examples"), name
        one = Draft202012Validator({**body, "$defs": schema["$defs"]}, format_checker=checker)
        for example in body["examples"]:
            assert [e.message for e in one.iter_errors(example)] == [], name


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_is_text(kind: str) -> None:
    """A schema knows texts, lists and mappings only, and every mapping refuses unknown keys."""
    for node in _nodes(schemas()[kind]):
        if "type" in node and isinstance(node["type"], str):
            assert node["type"] in {"string", "array", "object"}
        if node.get("type") == "object":
            assert "additionalProperties" in node
            assert node["additionalProperties"] is not True
        assert node.get("default", []) is not None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema; what examples hold is data, not schema."""
    if isinstance(value, dict):
        yield value
        for key, item in value.items():
            yield from _nodes(item) if key != "examples" else ()
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item)


def test_schema_refuses_null() -> None:
    """An absent value is an absent key: reader and editor both refuse `withdrawn:` alone."""
    assert not accepts("advisory", changed("advisory", {"withdrawn": None}))


@pytest.mark.parametrize("kind", KINDS)
def test_examples_make_a_whole_record(kind: str) -> None:
    """The examples of the fields that are needed, put together, are a record for both."""
    assert faults(kind, whole(kind)) == 0
    assert accepts(kind, whole(kind))


RANGE = {"introduced": "28.0.0"}
WITHDRAWN = {"status": "withdrawn", "withdrawn": {"reason": {"en": "Not a fault."}}}
#: Kind, what is changed in a whole record. The model refuses each of them.
REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "unknown key": ("advisory", {"colour": "red"}),
    "missing field": ("advisory", {"cause": ...}),
    "number": ("advisory", {"title": {"en": 28.0}}),
    "no language": ("advisory", {"title": {}}),
    "empty text": ("advisory", {"title": {"en": ""}}),
    "third language": ("advisory", {"title": {"en": "a", "de": "b"}}),
    "day that does not exist": ("advisory", {"published": "2025-02-30"}),
    "day in words": ("advisory", {"published": "20250226"}),
    "strange choice": ("advisory", {"kind": "accident"}),
    "Arabic digits": ("advisory", {"id": "CAV-٢٠٢٥-٠٠٠١"}),
    "no affected": ("advisory", {"affected": []}),
    "two ends": ("advisory", {"unaffected": [[{**RANGE, "fixed": "2", "last_affected": "1"}]]}),
    "link without https": ("product", {"homepage": "http://example.com"}),
    "two lines": ("product", {"name": "Docker\nEngine"}),
    "empty step": ("advisory", {"workarounds": [{"apply": [{}]}]}),
    "step of empty commands": ("advisory", {"workarounds": [{"apply": [{"commands": {}}]}]}),
    "unknown platform": ("advisory", {"workarounds": [{"apply": [{"commands": {"dos": "x"}}]}]}),
    "condition with a bad name": ("advisory", {"affected": [{"when": {"Mode": ["rootless"]}}]}),
    "condition without values": ("advisory", {"affected": [{"when": {"mode": []}}]}),
    "truth word": ("trait", {"values": [{"id": "on"}, {"id": "absent"}]}),
    "exit that is no number": ("trait", {"probe": {"argv": ["true"], "exit": {"none": "a"}}}),
    "one value only": ("trait", {"values": [{"id": "a"}]}),
    "form without a version": ("product", {"packages": [{"forms": ["5:28"]}]}),
}


def changed(kind: str, change: dict[str, Any]) -> dict[str, Any]:
    """A whole record with a change; what the change leaves out of a part comes from examples."""
    data = whole(kind)
    for key, value in change.items():
        data[key] = value
        if value is ...:
            del data[key]
        elif key == "workarounds":
            example = KINDS[kind].model_fields[key].examples[0][0]  # type: ignore[index]
            data[key] = [{**example, **value[0]}]
        elif key == "affected" and value:
            on = {"product": "docker-engine", "ranges": [RANGE], **value[0]}
            data[key] = [{"on": [on], "evidence": {"level": "reported"}}]
        elif key == "unaffected":
            on = {"product": "docker-engine", "ranges": value[0]}
            data[key] = [{"on": [on], "evidence": {"level": "reported"}}]
        elif key == "values":
            data[key] = [{"name": {"en": "a"}, **one} for one in value]
        elif key == "packages":
            data[key] = [{"manager": "deb", "names": ["docker-ce"], **value[0]}]
    return data


@pytest.mark.parametrize(("kind", "change"), REFUSED.values(), ids=REFUSED)
def test_schema_refuses_what_the_model_refuses(kind: str, change: dict[str, Any]) -> None:
    """A fault of form that stops the build is seen in the editor too."""
    data = changed(kind, change)
    assert faults(kind, data) == 1, "a case shows one fault, else it may hide another"
    assert not accepts(kind, data)


@pytest.mark.parametrize(
    ("change", "fine"),
    [
        (WITHDRAWN, True),
        ({"status": "withdrawn"}, False),
        ({**WITHDRAWN, "status": "published"}, False),
    ],
    ids=["withdrawn", "without a reason", "reason of a published record"],
)
def test_schema_knows_withdrawal(change: dict[str, Any], fine: bool) -> None:
    """A withdrawn record, and no other, says why: the rule CAV309, seen in the editor."""
    assert accepts("advisory", changed("advisory", change)) is fine
