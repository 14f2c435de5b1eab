"""What finding a pasted error loads: the compressed bytes of the finder's index and of the parts
that hold what the words of the text name.

Takes a tree and the finder's folder of its site, and gives the most that any of some records costs,
all of whose error texts are pasted at once.
"""

from __future__ import annotations

import json
from itertools import accumulate, pairwise
from pathlib import Path

import yaml
from bench_cost import gzipped

from caveat.matching.normalise import joined_words, words
from caveat.matching.parts import part, place
from caveat.matching.terms import terms

_RECORDS = 50


def measure_paste(tree: Path, finder: Path) -> int:
    """The bytes."""
    index = finder / "index.json"
    values = json.loads(index.read_bytes())
    folder, count = finder / values["parts"]["folder"], values["parts"]["count"]
    known = {kind: set(accumulate(steps)) for kind, steps in values["anchors"].items()}

    def cost(text: str) -> int:
        wanted = {part(term, count) for term in terms(text)}
        for reading in (words(text), joined_words(text)):
            wanted |= {at % count for at in map(place, reading) if at in known["singles"]}
            pairs = map(place, map(" ".join, pairwise(reading)))
            wanted |= {at % count for at in pairs if at in known["pairs"]}
        return sum(gzipped(folder / f"{number}.json") for number in wanted)

    records = sorted((tree / "advisories/records").glob("*/*.yml"))[:_RECORDS]
    total: int = gzipped(index) + max(cost(_samples(path)) for path in records)
    return total


def _samples(path: Path) -> str:
    record = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return "\n".join(text for one in record.get("signatures", []) for text in one["samples"])
