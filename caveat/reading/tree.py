"""The folder of knowledge: which files it holds, and their text.

Takes the root of a checkout and gives decoded records of each kind, with the problems of all files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from caveat.model import Advisory, Practice, Product, Record, Trait
from caveat.problems import Problem
from caveat.reading.characters import named, unseen
from caveat.reading.decode import Decoded, decode
from caveat.reading.document import Document
from caveat.reading.parse import CATALOGUE_LIMITS, RECORD_LIMITS, Limits, parse

R = TypeVar("R", bound=Record)

_SLUG_LINE = re.compile(rb"^slug: *[\"']?([a-z0-9-]+)", re.MULTILINE)

_TAB = "a tab that indents"
_TAB_INDENT = re.compile(r"^[^\S\n\t]*\t", re.MULTILINE)

#: Where the files of each kind lie below `advisories/`.
PATTERNS = {
    "advisory": "records/*/*.yml",
    "product": "products/*.yml",
    "trait": "traits/*.yml",
    "practice": "practices/*.yml",
}


#: How large a file of each kind may be.
LIMITS = {kind: CATALOGUE_LIMITS if kind == "product" else RECORD_LIMITS for kind in PATTERNS}


@dataclass(frozen=True)
class Tree:
    """What a checkout's `advisories/` holds; `unread` are the names of files that exist but could
    not be decoded or were not asked for, with the slug they show."""

    advisories: tuple[Decoded[Advisory], ...] = ()
    products: tuple[Decoded[Product], ...] = ()
    traits: tuple[Decoded[Trait], ...] = ()
    practices: tuple[Decoded[Practice], ...] = ()
    unread: Mapping[str, str] = field(default_factory=dict)


def read_tree(root: Path, only: Container[str] | None = None) -> tuple[Tree, list[Problem]]:
    """All records below `root/advisories`, with every problem of every file, sorted.

    `only` names the advisories' files that are wanted: of the others nothing but their names is
    taken, so that one of thousands is checked quickly.
    """
    base = root / "advisories"
    linked = list(symlinks(root))
    if not base.is_dir():
        found = _unreadable("advisories", "nothing", "a folder with the knowledge")
        return Tree(), sorted({*linked, found})
    problems = [*linked, *_strangers(root, base)]
    unread: dict[str, str] = {}

    def read(kind: str, model: type[R]) -> tuple[Decoded[R], ...]:
        found = []
        for path in sorted(base.glob(PATTERNS[kind])):
            if model is Advisory and only is not None and _name(root, path) not in only:
                unread[path.stem] = slug_of(path)
                continue
            decoded, wrong = read_file(root, path, model, LIMITS[kind])
            problems.extend(wrong)
            if decoded is not None:
                found.append(decoded)
            else:
                unread[path.stem] = ""
        return tuple(found)

    tree = Tree(
        advisories=read("advisory", Advisory),
        products=read("product", Product),
        traits=read("trait", Trait),
        practices=read("practice", Practice),
    )
    return replace(tree, unread=unread), sorted(problems)


def read_file(
    root: Path, path: Path, model: type[R], limits: Limits
) -> tuple[Decoded[R] | None, list[Problem]]:
    """One file's record, or None and what is wrong with it."""
    file = _name(root, path)
    raw, problems = _bytes(path, file, limits)
    if raw is None:
        return None, problems
    # Remembered by the bytes themselves, so that a server that reads the tree again decodes only
    # what changed, and can never get another answer.
    decoded, found = _remembered(file, raw, model, limits)
    return decoded, list(found)


def read_bytes(
    file: str, raw: bytes, model: type[R], limits: Limits
) -> tuple[Decoded[R] | None, tuple[Problem, ...]]:
    """The record that the bytes of `file` hold, or None, and what is wrong with them."""
    text, problems = decode_text(raw, file)
    if text is None:
        return None, tuple(problems)
    data, wrong = parse(file, text, limits)
    broken = data is None or any(p.code in {"CAV104", "CAV106", "CAV107"} for p in wrong)
    # YAML knows no tabs that indent: what the parser makes of them is said already.
    tab = min((p.line for p in problems if p.found.startswith(_TAB)), default=None)
    problems += [p for p in wrong if tab is None or p.code != "CAV104" or p.line < tab]
    if broken:
        return None, tuple(problems)
    if not isinstance(data, dict):
        want = f"a mapping with the fields of a {model.__name__.lower()}"
        problems.append(Problem(file, 1, 1, "CAV203", "file", "something else", want))
        return None, tuple(problems)
    decoded, wrong = decode(Document(file, text, data), model)
    return decoded, (*problems, *wrong)


_remembered = lru_cache(maxsize=50_000)(read_bytes)


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def slug_of(path: Path) -> str:
    """The slug that a file shows near its head, without reading it as YAML."""
    try:
        with path.open("rb") as stream:
            found = _SLUG_LINE.search(stream.read(2048))
    except OSError:
        return ""
    return found[1].decode("ascii") if found else ""


def _bytes(path: Path, file: str, limits: Limits) -> tuple[bytes | None, list[Problem]]:
    """The file's bytes, held to their number before anything looks at them."""
    if path.is_symlink():
        return None, [_unreadable(file, "a symbolic link", "a file", "copy the file itself")]
    if not path.is_file():
        return None, [_unreadable(file, "a folder", "a file", "remove or rename it")]
    try:
        with path.open("rb") as stream:
            raw = stream.read(limits.size + 1)
    except OSError as error:
        return None, [_unreadable(file, f"a file that cannot be read ({error.strerror})", "a file")]
    if len(raw) > limits.size:
        size = f"{path.stat().st_size:,} bytes"
        want = f"at most {limits.size:,} bytes"
        return None, [Problem(file, 1, 1, "CAV102", "file", size, want, "shorten or split it")]
    return raw, []


def decode_text(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """The bytes as text, with what a plain text file would not hold."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        begin = raw.rfind(b"\n", 0, error.start) + 1
        column = len(raw[begin : error.start].decode("utf-8")) + 1
        found = f"the byte 0x{raw[error.start]:02x}"
        hint = "save the file as UTF-8"
        return None, [Problem(file, line, column, "CAV103", "file", found, "UTF-8 text", hint)]
    problems = []
    if text.startswith("\ufeff"):
        text = text[1:]
        problems.append(_encoding(file, 1, 1, "a byte order mark", "save without BOM"))
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        problems.append(_encoding(file, line, 1, "Windows line ends", "save with LF line ends"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if strange := unseen(text):
        line, start = text.count("\n", 0, strange.start()) + 1, text.rfind("\n", 0, strange.start())
        found = f"the character {named(strange[0])}"
        problems.append(_encoding(file, line, strange.start() - start, found, "remove it"))
        return None, problems
    if tabs := list(_TAB_INDENT.finditer(text)):
        line, at = text.count("\n", 0, tabs[0].start()) + 1, len(tabs[0][0])
        more = f", and {len(tabs) - 1} more" if len(tabs) > 1 else ""
        found = f"{_TAB}{more}"
        problems.append(_encoding(file, line, at, found, "indent with spaces"))
    return text, problems


def _encoding(file: str, line: int, column: int, found: str, hint: str) -> Problem:
    return Problem(file, line, column, "CAV103", "file", found, "plain UTF-8 text", hint)


#: What a build reads and publishes; a link in there would bring in what lies elsewhere.
_PUBLISHED = ("advisories", "docs")


def symlinks(root: Path) -> Iterator[Problem]:
    """Symbolic links in what is published, these folders themselves included."""
    for name in _PUBLISHED:
        if (root / name).is_symlink():
            yield _link(root, root / name)
        for folder, folders, files in os.walk(root / name):
            for inner in sorted((*folders, *files)):
                # A lock's own reader tells of it. (os.path, since there are thousands of files.)
                if os.path.islink(path := f"{folder}/{inner}") and inner[-5:] != ".lock":  # noqa: PTH114
                    yield _link(root, Path(path))


def _link(root: Path, path: Path) -> Problem:
    what = "folder" if path.is_dir() else "file"
    return _unreadable(_name(root, path), "a symbolic link", f"a {what}", f"copy the {what} itself")


def _strangers(root: Path, base: Path) -> Iterator[Problem]:
    """Files in the knowledge folders that no pattern reads: a typo must not lose a record."""
    for folder in ("records", "products", "traits", "practices"):
        for path in sorted((base / folder).rglob("*")):
            file = _name(root, path)
            expected = next(p for p in PATTERNS.values() if p.startswith(folder))
            if (
                path.is_file()
                and not path.is_symlink()
                and not path.match(f"advisories/{expected}")
            ):
                yield _unreadable(file, "a file that nothing reads", f"`advisories/{expected}`")


def _unreadable(file: str, found: str, want: str, hint: str = "") -> Problem:
    return Problem(file, 1, 1, "CAV101", "file", found, want, hint)
