"""Takes the source of the house; gives each import and each line that breaks its order.

The order is that of the design: a room imports itself and what stands before it, nothing else.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("caveat", "hooks", "scripts")
#: Earlier rooms never import later ones. A new room is entered here, where it belongs.
ORDER = (
    *("model", "problems", "urls", "prose", "words"),
    *("versions", "reading", "mending", "knowledge"),
    *("published", "applicability", "matching", "runbooks", "rules"),
    *("site", "exports", "importers", "drafting"),
    *("publishing", "cli", "hooks", "scripts"),
)
APART = ({"site", "exports"},)
#: Nothing imports these: they are where a run begins.
ENTRANCES = ("hooks", "scripts")
#: What talks to people and to the world; the rest takes the day and the data as arguments.
TALKS = ("cli", *ENTRANCES)
#: Putting a site in its place may wait and measure.
MEASURES = (*TALKS, "publishing")
NETWORK = {
    *("aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "socketserver"),
    *("ssl", "urllib.request", "urllib3", "xmlrpc"),
}
CLOCK = {"now", "today", "utcnow"}
MODULE_LINES = 300
FUNCTION_LINES = 40


class Source(NamedTuple):
    """One module of the house."""

    file: str
    room: str
    tree: ast.Module
    lines: int


class Import(NamedTuple):
    """One module that is imported, and the line that does it."""

    line: int
    name: str


def offences(root: Path) -> list[str]:
    """Everything below `root` that breaks the order, as `file:line: what`."""
    checks = (_direction, _strangers, _network, _clock, _print, _lengths)
    sources = list(_sources(root))
    found = [f"{s.file}:{text}" for s in sources for check in checks for text in check(root, s)]
    return [*found, *_cycles(sources)]


def _sources(root: Path) -> Iterator[Source]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            name = path.relative_to(root)
            text = path.read_text(encoding="utf-8")
            parts = name.with_suffix("").parts
            room = parts[1] if folder == "caveat" else folder
            yield Source(name.as_posix(), room, ast.parse(text), text.count("\n"))


def _imports(source: Source) -> Iterator[Import]:
    """Every module that is imported anywhere in the file, by its full name.

    `from caveat import urls` counts as caveat.urls, and a name that is no module does no harm.
    """
    package = source.file.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (Import(node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and node.args:
            name, first = ast.unparse(node.func), node.args[0]
            dynamic = name.rpartition(".")[2] in {"import_module", "__import__"}
            if dynamic and isinstance(first, ast.Constant):
                yield Import(node.lineno, str(first.value))


def _direction(root: Path, source: Source) -> Iterator[str]:
    """A room imports itself and earlier rooms."""
    if source.file == "caveat/__init__.py":
        allowed: tuple[str, ...] = ()
    elif source.room not in ORDER:
        yield f"1: the room {source.room} has no place in the order (tests/test_architecture.py)"
        return
    else:
        allowed = tuple(
            room
            for room in ORDER[: ORDER.index(source.room) + 1]
            if room not in ENTRANCES and {room, source.room} not in APART
        )
    for line, name in _imports(source):
        parts = name.split(".")
        if parts[0] != "caveat" or len(parts) < 2 or parts[1] == "__version__":
            continue
        if parts[1] not in allowed:
            may = ", ".join(allowed) or "nothing of caveat"
            yield f"{line}: imports caveat.{parts[1]}; {source.room} may import {may}"


def _cycles(sources: list[Source]) -> Iterator[str]:
    """No module needs itself by way of others, imports inside functions included."""
    modules = {_module(source): source for source in sources}
    needs = {name: dict(_needs(source, modules)) for name, source in modules.items()}
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> Iterator[str]:
        if name in way:
            ring = [*way[way.index(name) :], name]
            yield f"{modules[ring[-2]].file}:{needs[ring[-2]][name]}: a cycle: {' -> '.join(ring)}"
        elif name not in done:
            for other in needs[name]:
                yield from walk(other, (*way, name))
            done.add(name)

    for name in modules:
        yield from walk(name, ())


def _module(source: Source) -> str:
    return source.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _needs(source: Source, modules: dict[str, Source]) -> Iterator[tuple[str, int]]:
    """The modules that a module names, each with a line that does."""
    for line, name in _imports(source):
        parts = name.split(".")
        known = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
        found = next((one for one in known if one in modules), None)
        if found not in (None, _module(source)):
            yield found, line


def _strangers(root: Path, source: Source) -> Iterator[str]:
    """The library knows no MkDocs, and nobody imports an entrance."""
    loose = {path.stem for folder in ENTRANCES for path in (root / folder).glob("*.py")}
    for line, name in _imports(source):
        top = name.split(".")[0]
        if source.room not in ENTRANCES and (top == "mkdocs" or top.startswith("mkdocs_")):
            yield f"{line}: imports {name}; only hooks/ may import mkdocs"
        if top in ENTRANCES:
            yield f"{line}: imports {name}; nobody imports {top}"
        elif top in loose and not (root / source.room / f"{top}.py").is_file():
            yield f"{line}: imports {name}; nobody but its neighbours imports a loose script"


def _network(root: Path, source: Source) -> Iterator[str]:
    """Answers come from what was read, not from the network."""
    for line, name in _imports(source) if source.room not in TALKS else ():
        if any(name == one or name.startswith(f"{one}.") for one in NETWORK):
            yield f"{line}: imports {name}; only cli/ may use the network"


def _clock(root: Path, source: Source) -> Iterator[str]:
    """The same input gives the same output tomorrow."""
    for line, name in _imports(source) if source.room not in MEASURES else ():
        if name.split(".")[0] == "time":
            yield f"{line}: imports {name}; only cli/ and publishing/ may read the clock"
    called = {id(node.func) for node in ast.walk(source.tree) if isinstance(node, ast.Call)}
    for node in _attributes(source) if source.room not in TALKS else ():
        # `scene.today` is an argument that was handed in; `x.today()` and `date.today` are not.
        owner = ast.unparse(node.value).rpartition(".")[2]
        if node.attr in CLOCK and (id(node) in called or owner in {"date", "datetime"}):
            yield f"{node.lineno}: asks {ast.unparse(node)}; the day is an argument"


def _print(root: Path, source: Source) -> Iterator[str]:
    """What is found is returned; only the edges show it."""
    if source.room in TALKS:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id == "print":
            yield f"{node.lineno}: prints; only cli/ may print"
    # Whoever forks empties the buffer first; that shows nothing new.
    flushed = {id(node.value) for node in _attributes(source) if node.attr == "flush"}
    for attribute in _attributes(source):
        name = ast.unparse(attribute)
        if name in {"sys.stdout", "sys.stderr", "sys.stdin"} and id(attribute) not in flushed:
            yield f"{attribute.lineno}: uses {name}; only cli/ may print"


def _attributes(source: Source) -> Iterator[ast.Attribute]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Attribute))


def _lengths(root: Path, source: Source) -> Iterator[str]:
    """A module and a function can be read at a sitting."""
    if source.lines >= MODULE_LINES:
        yield f"{source.lines}: {source.lines} lines; a module stays under {MODULE_LINES}"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length >= FUNCTION_LINES:
                text = f"{length} lines; a function stays under {FUNCTION_LINES}"
                yield f"{node.lineno}: {node.name} has {text}"


def test_house_keeps_its_order() -> None:
    """Imports run one way, the library is silent and offline, modules and functions are short."""
    assert offences(ROOT) == []


def test_house_is_seen() -> None:
    """The check reads every folder of code, so that an empty answer means a clean house."""
    rooms = {source.room for source in _sources(ROOT)}
    assert {"model", "reading", "rules", "site", "hooks", "scripts"} <= rooms


#: What lies beside the file of a case.
AROUND = {
    "scripts/known.py": "x = 1\n",
    "caveat/cli/b.py": "def f():\n    import caveat.cli.z\n",
}
BAD = {
    "later": ("caveat/model/a.py", "import os\nfrom caveat.site import x\n", "2: imports caveat.s"),
    "from-top": ("caveat/urls.py", "from caveat import rules\n", "1: imports caveat.rules"),
    "relative": ("caveat/rules/a.py", "from ..site import x\n", "1: imports caveat.site"),
    "relative-top": ("caveat/rules/a.py", "from .. import cli\n", "1: imports caveat.cli"),
    "inside": ("caveat/rules/a.py", "def f():\n    import caveat.cli\n", "2: imports caveat.cli"),
    "dynamic": (
        "caveat/rules/a.py",
        "import importlib\nimportlib.import_module('caveat.cli')\n",
        "2: imports caveat.cli",
    ),
    "root": ("caveat/__init__.py", "from caveat.model import A\n", "1: imports caveat.model"),
    "exports-to-site": ("caveat/exports/a.py", "import caveat.site\n", "1: imports caveat.site"),
    "site-to-exports": ("caveat/site/a.py", "import caveat.exports\n", "1: imports caveat.exports"),
    "mkdocs": ("caveat/site/a.py", "from mkdocs.config import x\n", "1: imports mkdocs.config.x"),
    "mkdocs-in-cli": ("caveat/cli/a.py", "import mkdocs\n", "1: imports mkdocs"),
    "hooks": ("scripts/b.py", "import hooks.advisories\n", "1: imports hooks.advisories"),
    "scripts": ("caveat/cli/a.py", "from scripts import build\n", "1: imports scripts.build"),
    "loose": ("hooks/a.py", "import known\n", "1: imports known"),
    "unknown-room": ("caveat/attic/a.py", "", "1: the room attic"),
    "print": ("caveat/rules/a.py", "def f():\n    print(1)\n", "2: prints"),
    "stderr": ("caveat/site/a.py", "import sys\nsys.stderr.write('')\n", "2: uses sys.stderr"),
    "today": ("caveat/rules/a.py", "import datetime\ndatetime.date.today()\n", "2: asks datetime"),
    "now": ("caveat/publishing/a.py", "from datetime import *\ndatetime.now()\n", "2: asks"),
    "day-factory": (
        "caveat/site/a.py",
        "from datetime import date\nf(date.today)\n",
        "2: asks date.",
    ),
    "time": ("caveat/rules/a.py", "from time import time\n", "1: imports time.time"),
    "network": ("caveat/importers/a.py", "import urllib.request\n", "1: imports urllib.request"),
    "network-from": ("caveat/site/a.py", "from urllib import request\n", "1: imports urllib.requ"),
    "cycle": (
        "caveat/cli/z.py",
        "import caveat.cli.b\n",
        "1: a cycle: caveat.cli.b -> caveat.cli.z -> caveat.cli.b",
    ),
    "long-module": ("hooks/a.py", "x = 1\n" * 300, "300: 300 lines"),
    "long-function": (
        "scripts/b.py",
        "x = 1\nclass A:\n    def f():\n" + "        y = 1\n" * 39,
        "3: f has 40 lines",
    ),
}


@pytest.mark.parametrize(("file", "code", "want"), BAD.values(), ids=BAD)
def test_checker_catches(tmp_path: Path, file: str, code: str, want: str) -> None:
    """A line that breaks the order is named with its file."""
    for name, text in {**AROUND, file: code}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = offences(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(f"{file}:{want}")


GOOD = {
    "earlier": ("caveat/site/a.py", "from caveat.model import A\nfrom caveat import urls\n"),
    "itself": ("caveat/site/a.py", "from caveat.site import b\nfrom . import c\n"),
    "day-as-argument": ("caveat/rules/a.py", "from datetime import date\nx: date\n"),
    "day-handed-in": ("caveat/site/a.py", "def f(scene):\n    return scene.today\n"),
    "cli-talks": ("caveat/cli/a.py", "import time\nimport socket\nprint(time.time())\n"),
    "flush": ("caveat/publishing/a.py", "import sys\nsys.stdout.flush()\n"),
    "neighbour": ("scripts/b.py", "import known\n"),
    "hook": ("hooks/a.py", "import mkdocs\nimport caveat.publishing\n"),
    "url-parts": ("caveat/site/a.py", "from urllib.parse import quote\n"),
    "short": ("scripts/b.py", "x = 1\n" * 260 + "def f():\n" + "    y = 1\n" * 38),
}


@pytest.mark.parametrize(("file", "code"), GOOD.values(), ids=GOOD)
def test_checker_lets_pass(tmp_path: Path, file: str, code: str) -> None:
    """What the design allows is no offence."""
    for name, text in {**AROUND, file: code}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert offences(tmp_path) == []
