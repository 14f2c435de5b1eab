"""Takes nothing; gives small files that blow up in other readers, or ask this one for much work.

Run as a program it reads each of them and prints as JSON what that cost: seconds of the processor,
and how many bytes the whole process grew by, what C libraries took included.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator

from caveat.model import Advisory, Product
from caveat.reading.parse import CATALOGUE_LIMITS, RECORD_LIMITS
from caveat.reading.tree import read_bytes

SIZE = RECORD_LIMITS.size


def _full(part: str, before: str = "", after: str = "") -> str:
    """`part` as often as a file of the greatest size holds it."""
    return before + part * ((SIZE - len(before + after)) // len(part.encode())) + after


def _chain(first: str, link: str) -> str:
    return first + "".join(link.format(new=f"b{n + 1}", old=f"b{n}") for n in range(20))


ALIASES = ", ".join(["*{old}"] * 9)
BOMBS = {
    "billion laughs": _chain("b0: &b0 [x]\n", "{new}: &{new} [" + ALIASES + "]\n"),
    "merge keys": _chain("b0: &b0 {x: y}\n", "{new}: &{new}\n  <<: [" + ALIASES + "]\n"),
    "anchors": _full("- &a b\n"),
    "anchors on one value": _full("&a "),
    "aliases": _full("*a "),
    "tags": _full("- !a b\n"),
    "documents": _full("---\n"),
    "documents that end": _full("--- a\n...\n"),
    "directives": "".join(f"%TAG !a{n}! tag:a\n" for n in range(3000)) + "---\na: b\n",
    "depth of lists": _full("["),
    "depth of mappings": _full("{a: "),
    "depth of both": _full("[a: b, "),
    "depth of blocks": "".join("  " * n + "a:\n" for n in range(200)),
    "dashes": _full("- "),
    "questions": _full("? "),
    "questions on lines": _full("?\n"),
    "lists as keys": _full("? [a]\n: b\n"),
    "width": _full("a,", "[", "]"),
    "commas": _full(",", "{"),
    "keys": "".join(f"k{n}: v\n" for n in range(6_000)),
    "unknown keys": "".join(f"k{n}: v\n" for n in range(2_400)),
    "unknown keys below": "severity:\n" + "".join(f"  k{n}: v\n" for n in range(2_400)),
    "one key": _full("k: v\n"),
    "one key of mappings": _full("id: {a: b}\n"),
    "empty entries": _full("  - {}\n", "affected:\n"),
    "wrong entries": "references:\n" + "  - {idx: a}\n" * 1_600,
    "wrong days": "timeline:\n" + "  - {date: x, event: y}\n" * 1_200,
    "wrong traits": "affected:\n- on:\n  - when: {"
    + ", ".join(f"A{n}: [x]" for n in range(1_600))
    + "}\n",
    "numbers": _full("- 1\n"),
    "days": _full("- 2001-01-01\n"),
    "long number": _full("1", "a: "),
    "long number with underscores": _full("1_", "a: "),
    "long sexagesimal": _full("1:", "a: "),
    "long text": _full("a", "a: "),
    "long key": _full("k", "", ": v"),
    "long text of escapes": _full("\\u0041", 'a: "', '"'),
    "long text of emoji": _full("🚢", 'a: "', '"'),
    "open quotes": _full("a", 'a: "'),
    "quotes": _full('"'),
    "folded text": _full("  a\n", "a: >\n"),
    "text over lines": _full(" a\n", "a:\n"),
    "colons": _full(":"),
    "pipes": _full("|\n"),
    "percents": _full("%"),
    "comments": _full("#\n"),
    "one comment": _full("#"),
    "lines": _full("\n"),
    "blanks": _full(" "),
    "tabs": _full("\t\n"),
    "tabs before text": _full("\ta\n"),
    "carriage returns": _full("\r"),
    "nothing": _full("\0"),
    "byte order marks": _full("\ufeff"),
}


def _costs() -> Iterator[tuple[str, float]]:
    for name, text in BOMBS.items():
        for model, limits in ((Advisory, RECORD_LIMITS), (Product, CATALOGUE_LIMITS)):
            taken = []
            for _ in range(3):
                start = time.process_time()
                problems = read_bytes("a.yml", text.encode(), model, limits)[1]
                found = [str(problem) for problem in problems]
                taken.append(time.process_time() - start)
            assert found, name
            yield f"{name} as {model.__name__}", min(taken)


if __name__ == "__main__":
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    costs = dict(_costs())
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    sys.stdout.write(json.dumps({"seconds": costs, "bytes": grown * 1024}))
