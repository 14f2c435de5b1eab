"""Takes the declarations of rules, commands and API; gives what the pages below /formats/ tell.

Part of regenerate.py: the site can read neither the tests nor the commands, so what they declare is
written beside it, as JSON.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn
from unittest import mock

from caveat.cli.commands import COMMANDS
from caveat.cli.main import add_common
from caveat.exports.api.schemas import schemas
from caveat.model.schema import schemas as record_schemas

FOLDER = "caveat/site/reference"
_TARGET = re.compile(r"^([a-z]+):.*?## (.+)$", re.MULTILINE)
_MAIN = re.compile(r"^if __name__ ==", re.MULTILINE)


def rules() -> str:
    """What `tests/rules/` shows, one example a line."""
    from tests.support.rule_examples import examples  # noqa: PLC0415 - only a checkout has tests

    return _lined({code: _lines(sorts) for code, sorts in examples().items()})


def _lines(sorts: dict[str, list[dict[str, Any]]]) -> str:
    made = {sort: ",\n".join(map(_compact, found)) for sort, found in sorts.items()}
    return "{" + ",\n".join(f'"{sort}": [\n{text}]' for sort, text in made.items()) + "}"


def api() -> str:
    """The API's schemas without what the records' own schemas say."""
    own = {name for one in record_schemas().values() for name in one.get("$defs", {})}
    found = {}
    for name, schema in schemas().items():
        shared = {k: v for k, v in schema.get("$defs", {}).items() if k not in {*own, "Trait"}}
        found[name] = {**_without_records(schema), "$defs": shared}
    return _lined({name: _compact(schema) for name, schema in found.items()})


def _without_records(schema: Any) -> Any:
    """The same without the fields of a record; `record` says of which kind."""
    if isinstance(schema, list):
        return [_without_records(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    left_out = ("$schema", "$defs")
    made = {key: _without_records(one) for key, one in schema.items() if key not in left_out}
    properties = schema.get("properties", {})
    for kind, record in record_schemas().items():
        own = record["properties"].keys()
        if own <= properties.keys():
            made["properties"] = {k: v for k, v in properties.items() if k not in own}
            made["record"] = kind
    return made


def commands(root: Path) -> str:
    """Every command that people run, with its arguments, one command a line."""
    listed = [*_caveat(), *_scripts(root / "scripts"), *_targets(root / "Makefile")]
    return "[\n" + ",\n".join(map(_compact, listed)) + "\n]\n"


def _lined(texts: dict[str, str]) -> str:
    return "{\n" + ",\n".join(f'"{key}": {text}' for key, text in texts.items()) + "\n}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _caveat() -> Iterator[dict[str, Any]]:
    for command in COMMANDS:
        parser = argparse.ArgumentParser(prog=f"caveat {command.name}", add_help=False)
        command.load().add_arguments(parser)
        add_common(parser)
        parser.description = f"{command.help[0].upper()}{command.help[1:]}."
        parser.epilog = f"Exit status: {command.status}."
        yield _command("caveat", parser)


class _CaughtError(Exception):
    """Ends a script where it would read its arguments."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self.parser = parser


def _scripts(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.py")):
        if _MAIN.search(path.read_text(encoding="utf-8")):
            parser = _parser_of(path)
            parser.prog = path.name
            yield from _parts(parser)


def _parts(parser: argparse.ArgumentParser) -> Iterator[dict[str, Any]]:
    """A script, or each of its subcommands."""
    below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    for action in below:
        for name, one in action.choices.items():
            one.prog = f"{parser.prog} {name}"
            one.epilog = one.epilog or parser.epilog
            yield _command("script", one)
    if not below:
        yield _command("script", parser)


def _parser_of(path: Path) -> argparse.ArgumentParser:
    """The parser with which a script reads its arguments; nothing of the script runs after it."""

    def catch(self: argparse.ArgumentParser, *_: Any, **__: Any) -> NoReturn:
        raise _CaughtError(self)

    spec = importlib.util.spec_from_file_location(f"reference_of_{path.stem}", path)
    if spec is None or spec.loader is None:  # a path that ends in .py has both
        raise AssertionError(path)
    module = importlib.util.module_from_spec(spec)
    # A module finds itself by its name while it is loaded, and its neighbours beside it.
    with mock.patch.dict(sys.modules, {spec.name: module}):
        with mock.patch.object(sys, "path", [str(path.parent), *sys.path]):
            spec.loader.exec_module(module)
        with (
            mock.patch.object(argparse.ArgumentParser, "parse_args", catch),
            mock.patch.object(argparse.ArgumentParser, "parse_known_args", catch),
        ):
            try:
                module.main()
            except _CaughtError as caught:
                return caught.parser
    raise AssertionError(f"{path.name} reads no arguments")


def _targets(makefile: Path) -> Iterator[dict[str, Any]]:
    for name, says in _TARGET.findall(makefile.read_text(encoding="utf-8")):
        yield {"group": "make", "name": f"make {name}", "says": says, "exit": "", "arguments": []}


def _command(group: str, parser: argparse.ArgumentParser) -> dict[str, Any]:
    hidden = (argparse._HelpAction, argparse._VersionAction)
    actions = [one for one in parser._actions if not isinstance(one, hidden)]
    return {
        "group": group,
        "name": parser.prog,
        "says": " ".join((parser.description or "").split()),
        "exit": " ".join((parser.epilog or "").split()),
        "arguments": [_argument(one) for one in actions],
    }


def _argument(action: argparse.Action) -> dict[str, Any]:
    value = ""
    if action.nargs != 0:
        choices = "|".join(map(str, action.choices or ()))
        value = str(action.metavar or choices or action.dest.upper())
    many = action.nargs in ("*", "+") or isinstance(action, argparse._AppendAction)
    needed = action.required and action.nargs not in ("*", "?")
    says = " ".join((action.help or "").replace("%%", "%").split())
    return {
        "names": action.option_strings,
        "value": value,
        "many": many,
        "needed": needed,
        "says": re.sub(r"%\(default\)s", lambda _: str(action.default), says),
    }
