"""Takes a file; gives what an editor would say that knows the published schema and its own YAML.

The validator is `jsonschema`; scalars are resolved as YAML 1.1 (PyYAML's own table) or as the core
schema of YAML 1.2.2, section 10.3.2, does.
"""

import re
from functools import cache
from typing import Any, Literal

import yaml
from jsonschema import Draft202012Validator, FormatChecker

from caveat.model.schema import schemas

Reading = Literal["1.1", "1.2"]


class Core(yaml.CSafeLoader):
    """YAML 1.2's core schema."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's name


_CORE = {
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    "float": (
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
}
for _tag, (_pattern, _first) in _CORE.items():
    Core.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )


def accepts(kind: str, raw: bytes, reading: Reading) -> bool:
    """Whether the editor marks nothing in a file of this kind."""
    loader = yaml.CSafeLoader if reading == "1.1" else Core
    try:
        data = yaml.load(raw, Loader=loader)
    except (yaml.YAMLError, ValueError, TypeError):  # a key that cannot be one; bytes that no text
        return False
    return valid(kind, _json(data))


def valid(kind: str, data: Any) -> bool:
    """Whether the schema takes the data."""
    return _validator(kind).is_valid(data)


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schemas()[kind], format_checker=FormatChecker())


def _json(data: Any) -> Any:
    """Keys as an editor shows them. `on` is a field of ours; editors read it as 1.2 does, and one
    that reads 1.1 is given it back, so that the rest of the file is compared at all."""
    if isinstance(data, dict):
        return {"on" if key is True else str(key): _json(value) for key, value in data.items()}
    return [_json(one) for one in data] if isinstance(data, list) else data
