"""What finding a pasted error loads: the compressed bytes of the finder's index and of the parts
that hold the words of the text.

Takes a tree and the finder's folder of its site, and gives the most that any of some records costs,
all of whose error texts are pasted at once.
"""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from bench_cost import gzipped

from caveat.matching.parts import part
from caveat.matching.terms import terms

_RECORDS = 50


def measure_paste(tree: Path, finder: Path) -> int:
    """The bytes."""
    index = finder / "index.json"
    parts = json.loads(index.read_bytes())["parts"]
    folder, count = finder / parts["folder"], parts["count"]

    def cost(text: str) -> int:
        wanted = {part(term, count) for term in terms(text)}
        return sum(gzipped(folder / f"{number}.json") for number in wanted)

    records = sorted((tree / "advisories/records").glob("*/*.yml"))[:_RECORDS]
    total: int = gzipped(index) + max(cost(_samples(path)) for path in records)
    return total


def _samples(path: Path) -> str:
    record = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return "\n".join(text for one in record.get("signatures", []) for text in one["samples"])
