"""Broken texts for scripts/fuzz.py, and what reads them.

Takes a source of chance and gives bytes; each reader takes bytes, gives nothing, and raises where
the house would have raised at a stranger's file.
"""

from __future__ import annotations

import random
import re
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from caveat import prose
from caveat.applicability.ranges import place
from caveat.knowledge import KnowledgeBase, load
from caveat.matching.pattern import brace_faults, compiled, parsed
from caveat.matching.signatures import signatures
from caveat.matching.stream import Scan
from caveat.model import KINDS, Advisory, Practice, Product, Range, Record, Trait
from caveat.problems import Problem
from caveat.reading import Decoded
from caveat.reading.lock import Lock
from caveat.reading.parse import CATALOGUE_LIMITS, RECORD_LIMITS
from caveat.reading.tree import PATTERNS, Tree, read_bytes
from caveat.rules import check
from caveat.versions import SCHEMES, Catalogue, VersionError

ROOT = Path(__file__).resolve().parent.parent
_FOLDERS: dict[str, type[Record]] = {
    "records": Advisory,
    "products": Product,
    "traits": Trait,
    "practices": Practice,
}
SEEDS = ROOT / "tests" / "data" / "base" / "advisories"


def _divided(text: str) -> list[str]:
    return text.split("¦")


#: What means something to each parser, and what resembles it.
_YAML = _divided(
    ": ¦- ¦? ¦&a ¦*a¦<<: ¦!!str ¦---\n¦...\n¦%YAML 1.1\n¦#¦|¦>-¦{¦}¦[¦]¦,¦\"¦'¦\n¦  ¦\t¦\r¦\0"
    "¦\x1b[2J¦\\u202e¦\\x00¦28.0¦~¦yes¦1e400¦0x¦2025-13-45¦９¦é¦升级¦🚢¦\ufeff¦\ud7ff¦{en: x}¦[]¦{}"
    "¦''¦\"\\¦CAV-2025-0001¦CAV-9999-9999¦engine¦proxy¦mode"
)
_VERSIONS = _divided(
    f"0¦1¦28¦{'9' * 30}¦007¦.¦-¦+¦~¦:¦_¦^¦!¦v¦rc¦beta¦dev¦a¦post¦-rc.1¦rc1¦~rc1¦1:¦.el9¦el¦١¦ "
    "¦2.0.0¦5:28.0.1-1~debian.12~bookworm"
)
_PATTERNS = _divided(
    '{name}¦{¦}¦{{¦}}¦{}¦{a}{b}¦\n¦ ¦"¦\\¦*¦/¦=¦.¦:¦[¦port¦driver¦is not¦supported¦0x1f¦127.0.0.1'
    "¦é¦升级¦ß¦İ¦\x1b[31m¦_"
)
_PROSE = _divided(
    "*¦**¦_¦`¦``¦[¦]¦(¦)¦](https://a.b)¦![¦<¦>¦&¦&#0;¦&lt;¦\\¦\n¦\n\n¦- ¦1. ¦    ¦\t¦# ¦> ¦---¦|"
    "¦~~~¦<b>¦<!--¦a¦ ¦javascript:¦https://¦data:¦升级¦，¦word¦\u00a0¦\ud7ff¦[a]: https://a.b\n"
    "¦</script>"
)


_SCALAR = re.compile(r"[ -]*\w+: [^{\[|>]")
_BY_KEY = {
    **dict.fromkeys(("en", "zh", "title"), _PROSE),
    **dict.fromkeys(("introduced", "fixed", "last_affected", "branch", "version"), _VERSIONS),
    "pattern": _PATTERNS,
}


def _tokens(chance: random.Random, tokens: list[str], most: int) -> str:
    if chance.random() < 0.1:  # one token over and over: what makes a parser go back and forth
        return chance.choice(tokens) * chance.randrange(most * 8)
    return "".join(chance.choices(tokens, k=chance.randrange(most)))


@cache
def _seeds() -> dict[str, bytes]:
    paths = sorted(path for pattern in PATTERNS.values() for path in SEEDS.glob(pattern))
    return {path.relative_to(SEEDS).as_posix(): path.read_bytes() for path in paths}


def _broken(chance: random.Random, raw: bytes, tokens: list[str]) -> bytes:
    """A few cuts, copies, swaps and strange words."""
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        at, to = sorted(chance.choices(range(len(raw) + 1), k=2))
        to = min(to, at + chance.choice((1, 4, 40, 400)))
        part = raw[at:to]
        new = chance.choice(
            (
                b"",
                part * chance.randrange(2, 6),
                bytes([chance.randrange(256)]),
                _tokens(chance, tokens, 4).encode("utf-8", "replace"),
                chance.choice(raw.split(b"\n")) + b"\n",
            )
        )
        raw = raw[:at] + new + raw[to:]
    return raw


def file_bytes(chance: random.Random) -> bytes:
    """A file: a broken one of the base, or words of YAML in no order."""
    if chance.random() < 0.3:
        return _tokens(chance, _YAML, 200).encode("utf-8", "replace")
    return _broken(chance, chance.choice(list(_seeds().values())), _YAML)[: RECORD_LIMITS.size]


def read_file(raw: bytes) -> list[Problem]:
    """As a file of each kind, with every problem put into words."""
    problems = [
        problem
        for kind, model in KINDS.items()
        for problem in _decoded(f"{kind}.yml", raw, model)[1]
    ]
    assert all(str(one).isprintable() for one in problems)  # noqa: S101 - the point of the script
    return problems


def _decoded(
    file: str, raw: bytes, model: type[Record]
) -> tuple[Decoded[Record] | None, tuple[Problem, ...]]:
    return read_bytes(file, raw, model, CATALOGUE_LIMITS if model is Product else RECORD_LIMITS)


def knowledge_bytes(chance: random.Random) -> bytes:
    """The base with one file broken a little, so that most of them can still be decoded."""
    files = dict(_seeds())
    name = chance.choice(list(files))
    lines = files[name].decode().split("\n")
    for _ in range(chance.choice((1, 2, 3))):
        at = chance.choice([number for number, line in enumerate(lines) if _SCALAR.match(line)])
        key = lines[at].partition(": ")[0]
        made = _tokens(chance, _BY_KEY.get(key.strip(" -"), _YAML), 12)
        quoted = made.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        new = [f'{key}: "{quoted}"']
        lines[at : at + 1] = chance.choice((new, new, new, [], [lines[at]] * 2))
    files[name] = "\n".join(lines).encode("utf-8", "replace")
    pairs = ((name.encode(), content.replace(b"\0", b"")) for name, content in files.items())
    return b"\0".join(part for pair in pairs for part in pair)


def read_knowledge(raw: bytes) -> list[Problem]:
    """All that the rules find in what could be decoded."""
    parts = raw.split(b"\0")
    found: dict[str, list[Decoded[Record]]] = {folder: [] for folder in _FOLDERS}
    for name, content in zip(parts[::2], parts[1::2], strict=False):
        folder = name.decode().partition("/")[0]
        decoded, _ = _decoded(f"advisories/{name.decode()}", content, _FOLDERS[folder])
        if decoded is not None:
            found[folder].append(decoded)
    tree = Tree(*map(tuple, found.values()))  # type: ignore[arg-type]
    return check(KnowledgeBase.of(tree, Lock()))


def range_bytes(chance: random.Random) -> bytes:
    """Lines: a scheme, then versions of it and what only looks like them."""
    texts = [_tokens(chance, _VERSIONS, 6) for _ in range(chance.randrange(2, 10))]
    return "\n".join([chance.choice(list(SCHEMES)), *texts]).encode()


def read_ranges(raw: bytes) -> None:
    """Where each version lies among ranges of the others, and what a catalogue makes of it."""
    scheme, *texts = raw.decode().split("\n")
    versions = []
    for text in texts:
        with suppress(VersionError):
            versions.append(SCHEMES[scheme].parse(text))
    ranges = []
    for first, second in pairwise(sorted(versions)):
        with suppress(ValidationError):
            ranges.append(Range(introduced=first.text, fixed=second.text, branch=first.text[:2]))
            ranges.append(Range(introduced=first.text, last_affected=second.text))
    for version in versions if ranges else ():
        place(ranges, version, scheme)
    catalogue = Catalogue(_product(scheme, [one.text for one in versions]))
    for text in texts if catalogue.versions else ():
        catalogue.near(text)
        with suppress(VersionError):
            version = catalogue.parse(text)
            catalogue.neighbours(version)
            catalogue.end_of_life(version)


def _product(scheme: str, versions: list[str]) -> Product:
    """The base's catalogue with other releases and packages, past the model's checks."""
    base = _base()[1]
    release, branch, package = base.releases[0], base.branches[0], base.packages[0]
    forms = ["5:{version}-{r}~{d}", "{version}{x}", "{version}"]
    return base.model_copy(
        update={
            "versioning": scheme,
            "releases": [release.model_copy(update={"version": one}) for one in versions],
            "branches": [branch.model_copy(update={"branch": one[:2]}) for one in versions],
            "packages": [package.model_copy(update={"forms": forms})],
        }
    )


@cache
def _base() -> tuple[Advisory, Product]:
    kb, _ = load(SEEDS.parent)
    return next(iter(kb.advisories.values())), next(iter(kb.products.values()))


def pattern_bytes(chance: random.Random) -> bytes:
    """A pattern and a text that it is looked for in."""
    pattern = _tokens(chance, _PATTERNS, 40)
    text = _tokens(chance, _PATTERNS, 40) + (pattern if chance.random() < 0.5 else "")
    return f"{pattern}\0{text}".encode()


def read_pattern(raw: bytes) -> None:
    """Compiled, shortened and read back, and looked for in the text."""
    text, _, log = raw.decode().partition("\0")
    brace_faults(text)
    pattern = compiled(text)
    assert not pattern.segments or parsed(pattern.short()) == pattern  # noqa: S101
    record = _base()[0]
    changed = {"pattern": text, "near_misses": [log[::-1]]}
    signature = record.signatures[0].model_copy(update=changed)
    known = signatures([record.model_copy(update={"signatures": [signature]})])
    known.candidates(log)
    scan = Scan(known)
    scan.feed(log)
    scan.close()


def prose_bytes(chance: random.Random) -> bytes:
    """What somebody might take for Markdown."""
    return _tokens(chance, _PROSE, 200).encode("utf-8", "replace")[: RECORD_LIMITS.scalar]


def read_prose(raw: bytes) -> None:
    """As a page, a heading, a title and a rule read it."""
    text = raw.decode("utf-8", "ignore")
    prose.faults.__wrapped__(text)
    prose.plain.__wrapped__(text)
    for made in (prose.html.__wrapped__(text), prose.inline_html.__wrapped__(text)):
        assert "<script" not in made.lower()  # noqa: S101 - no HTML of the text's own
