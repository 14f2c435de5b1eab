"""Takes a small knowledge of its own; gives the vectors that both matchers are held to.

`scripts/regenerate.py` writes them to tests/vectors/; a person reads the difference before it is
committed. Answers come from the Python matcher: what it says and why is judged by other tests.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from caveat.knowledge import KnowledgeBase
from caveat.matching import Index, Result, match
from caveat.matching.normalise import joined_words, squeeze, whole_words, words
from caveat.matching.signatures import noise
from caveat.matching.terms import terms
from caveat.model import Advisory
from tests.support import variations as v
from tests.support.knowledge import base_knowledge

FOLDER = Path(__file__).resolve().parents[1] / "vectors"
#: What a text is made of by chance: letters of many scripts, and what terminals and logs put there.
SIGNS = (
    *("a", "Z", "_", "__", ":", "::", "1", "2.3", ".", "\n", " ", "\t", "\r", "v1.2", "28.0.0"),
    *("中", "文", "é", "e\u0301", "İ", "ß", "の", "カ", "한국", "Ж", "ﬁ", "Ａ１", "۳", "ا"),
    *("\x1b[31m", "\x1b]0;x\x07", "[31m", "[1;3m", "^[[0m", "#033[0m", "\x1b", "[", "^", "#"),
    *("\\n", "\\\\n", "\\\\\\\\\\\\\\\\\\\\\\\\t", "\\u003c", "\\u001b[1m", "\\x41", "\\"),
    *("&quot;", "&#34;", "&#x22;", "&nbsp;", "&", "\u200b", "\ufeff", "\x85", "\xa0", "\u3000"),
    *("“", "’s", "…", "-", "fails", "failed", "policies", "boxes", "status", "using", "the"),
    *("/issues/12", "#123", "moby/moby", "cve-2024-12345", "GHSA-ab12-cd34-ef56"),
    *("deadbeef12", "cafebabe", "http://a/b/pull/44", "CAV-2025-0001", " 49499 "),
)
WORDS = (
    "",
    "client version 1.24 is too old",
    "moby/moby\n#49499 and moby/moby#49499",
    "x" * 60 + " " + "中" * 50 + "a" * 45,
    'msg="it\\u2019s \\"quoted\\"" level=\x1b[31merror\x1b[0m',
    "fd00::1 a::b :: ::: ::::",
    "snake_case __dunder__ _ a_b_1.44_x",
    "1 2 1.2 1\n2 1.\n2 1_2 10:20 1..2",
)
#: Patterns of records after the first one, each with samples and near misses.
PATTERNS: tuple[tuple[str, ...], ...] = (
    ("client version {version} is too old. Minimum supported API version is {minimum}, please",),
    ("client version {version} is too old. Minimum supported API version is {minimum}, please",),
    ("failed to set up the sandbox {id}:\nmount of {path} refused:\npermission denied",),
    ("netavark unknown", "iptables v{version}: can't initialize the table raw of the firewall"),
    ("iptables v{version}: can't initialize the table filter of the firewall",),
    ("内核模块 {module} 缺失，容器无法启动",),
    ("error response from daemon: open {path}: reopen descriptor {fd}: permission {{denied}}",),
)


def small_knowledge() -> KnowledgeBase:
    """A few records that meet in their texts: two print the same, two begin alike."""
    base = base_knowledge()
    first = base.advisories["CAV-2025-0001"]
    others = {
        id_: _like(first, id_, number, patterns)
        for number, patterns in enumerate(PATTERNS, 2)
        for id_ in (f"CAV-2025-{number:04}",)
    }
    return KnowledgeBase(
        {first.id: first} | others, base.products, base.host_traits, base.practices, {}
    )


def _like(first: Advisory, id_: str, number: int, patterns: tuple[str, ...]) -> Advisory:
    values = first.model_dump(exclude_none=True, exclude_unset=True)
    version = ("1.0.0", "1.1.0", "2.0.0", "2.1.0")[number % 4]
    only = {"introduced": version, "last_affected": version}
    values |= {
        "id": id_,
        "slug": f"engine-record-{number}",
        "aliases": [f"engine/engine#{100 + number}"],
        "title": {"en": f"Engine: {patterns[0].partition('{')[0]}", "zh": "引擎的问题"},
        "signatures": [
            {"pattern": one, "log": "client", "samples": ["-"], "near_misses": [one[:20]]}
            for one in patterns
        ],
        "affected": [
            {
                "on": [{"product": "engine", "ranges": [only]}],
                "evidence": {"level": "inferred"},
            }
        ],
    }
    return Advisory.model_validate(values)


def vectors() -> Iterator[tuple[Path, str]]:
    """Every file and its text: one vector a line."""
    index = Index.of(small_knowledge())
    yield FOLDER / "words.json", _lines([word_vector(text) for text in _texts()])
    yield FOLDER / "index.json", json.dumps(index.values(), ensure_ascii=False, indent=1) + "\n"
    answers = [{"pieces": one, "answer": plain(match(index, one))} for one in _pastes()]
    yield FOLDER / "answers.json", _lines(answers)


def word_vector(text: str) -> dict[str, Any]:
    """All that is made of a text's words."""
    squeezed = squeeze(text)
    return {
        "text": text,
        "words": words(text),
        "joined": joined_words(text),
        "whole": whole_words(text),
        "terms": terms(text),
        "squeezed": squeezed.text,
        "starts": squeezed.starts,
        "places": squeezed.places,
        "inner": sorted(squeezed.inner),
    }


def plain(result: Result) -> dict[str, Any]:
    """An answer as JSON has it."""
    return {
        "hits": [
            [h.id, h.slug, h.grade, h.score, list(h.lines), [list(s) for s in h.spans], h.fits]
            for h in result.hits
        ],
        "versions": [list(seen) for seen in result.versions],
    }


def pieces(chance: random.Random, text: str) -> list[str]:
    """The text cut anywhere, as a file's blocks are."""
    found, at = [], 0
    while at < len(text):
        end = at + chance.choice((1, 7, 100, 5000, 70000))
        found.append(text[at:end])
        at = end
    return found


def dressed(chance: random.Random, text: str) -> str:
    """The text in one dress, worn in one way, among other lines."""
    dress, wear = chance.choice(v.DRESSES), chance.choice(v.WEARS)
    return v.surrounded(chance, wear(chance, dress(chance, text)), noise())


def _texts() -> Iterator[str]:
    yield from WORDS
    yield from (sign * 2 for sign in SIGNS)
    chance = random.Random(5)
    for _ in range(150):
        yield "".join(chance.choice(SIGNS) for _ in range(chance.randrange(2, 12)))


def _pastes() -> Iterator[list[str]]:
    """Whole, dressed, cut off, with versions, long, and what comes by accident."""
    chance = random.Random(6)
    patterns = ['port driver "{name}" cannot bind [::]:{port}', *(p for ps in PATTERNS for p in ps)]
    for pattern in patterns:
        text = v.filled(chance, pattern)
        yield [text]
        for tenths in (4, 6, 8, 9):
            yield [f"{v.journald(chance, text[: len(text) * tenths // 10])}\n"]
            yield [f"{text[: len(text) * tenths // 10]}…"]
        for _ in range(4):
            shown = dressed(chance, text)
            yield pieces(chance, shown) if chance.random() < 0.5 else [shown]
    yield from ([text] for text in _with_versions(v.filled(chance, PATTERNS[0][0])))
    yield from ([text] for text in _accidents(v.filled(chance, PATTERNS[-1][0])))
    for _ in range(3):
        yield pieces(chance, _long(chance, patterns))


def _with_versions(text: str) -> Iterator[str]:
    for version in ("1.0.0", "2.0.0", "2.1.0", "2.0.0~rc.1", "9.9.9"):
        yield f"Engine version {version}\n{text}"
    yield f"Engine:\n Version: 2.0.0\n{text}\nproxy v1.10 engine-ce 5:2.1.0-1"
    yield "Proxy 1.11, then proxy 1.10, then proxy 1.11; engine 2.0.0.1"


def _accidents(text: str) -> Iterator[str]:
    yield from ("", "\n", "\0", "\ufeff", "\r", "12", "engine/engine#103", "#12")
    yield from ("engine cannot publish ports", "how do I roll back to 1.1.2")
    yield from ("引擎 端口 绑定", "内核模块缺失 容器无法启动")
    yield "\0".join(text)
    yield text.replace(" ", "\r\n")
    # Half a line, then nothing: what stands there is too short to be the beginning of anything.
    yield f"{text[0]}\n\n{text[1:]}"
    yield f"{text[:3]}\n\n{text[3:]}"
    yield f"\U0001f433 {text} \U0001f433"
    yield "x" * 5000 + text + "y" * 5000
    yield "\\" * 3000 + "n" + text


def _long(chance: random.Random, patterns: list[str]) -> str:
    """A log of more than one block, with errors here and there."""
    lines = [chance.choice(noise()) for _ in range(450)]
    for _ in range(6):
        at = chance.randrange(len(lines))
        lines[at] = v.docker_logs(chance, v.filled(chance, chance.choice(patterns)))
    return chance.choice(("\n", "\r\n")).join(lines)


def _lines(values: list[dict[str, Any]]) -> str:
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in values) + "\n]\n"
