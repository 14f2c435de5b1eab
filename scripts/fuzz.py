#!/usr/bin/env python3
"""Feed the parts that read strangers' texts with broken ones, until one of them fails.

Takes a time or a number of inputs and prints what was tried; an input that raises what it should
not, or keeps a processor busy for long, is kept below .cache/fuzz/. Exit status 0 none, 1 some, 2
wrong use.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import fuzz_inputs as inputs

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "fuzz"
#: Seconds of the processor that one input may take; a record has at most 64 KiB.
SLOW = 5.0


class Target(NamedTuple):
    """Something that reads: its name, what makes an input for it, and what reads that."""

    name: str
    make: Callable[[random.Random], bytes]
    read: Callable[[bytes], object]


#: To add one: two functions in fuzz_inputs.py and an entry here.
TARGETS = (
    Target("reader", inputs.file_bytes, inputs.read_file),
    Target("rules", inputs.knowledge_bytes, inputs.read_knowledge),
    Target("ranges", inputs.range_bytes, inputs.read_ranges),
    Target("patterns", inputs.pattern_bytes, inputs.read_pattern),
    Target("prose", inputs.prose_bytes, inputs.read_prose),
)


@dataclass
class Tally:
    """What became of one target's inputs."""

    tried: int = 0
    failed: int = 0
    slowest: float = 0.0


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.replay:
        return _replay(options.replay, parser)
    wanted = [one for one in TARGETS if not options.target or one.name in options.target]
    tallies = {one.name: Tally() for one in wanted}
    chance = random.Random(options.seed)  # noqa: S311 - an input, not a secret
    print(f"seed {options.seed}", flush=True)
    for target in _turns(wanted, options.seconds, options.inputs):
        _try(target, target.make(chance), tallies[target.name])
    for name, one in tallies.items():
        print(f"{name}: {one.tried:,} inputs, {one.failed} failed, slowest {one.slowest:.2f} s")
    return 1 if any(one.failed for one in tallies.values()) else 0


def _turns(targets: list[Target], seconds: float, most: int) -> Iterator[Target]:
    """Each target in turn, so many inputs of each or until the time is over, whichever is first."""
    end, done = time.monotonic() + seconds, 0
    while time.monotonic() < end and (not most or done < most):
        yield from targets
        done += 1


def _try(target: Target, raw: bytes, tally: Tally) -> None:
    tally.tried += 1
    start = time.process_time()
    try:
        target.read(raw)
    except Exception:  # whatever it is, it should not have come out
        _keep(target, raw, traceback.format_exc())
        tally.failed += 1
    taken = time.process_time() - start
    tally.slowest = max(tally.slowest, taken)
    if taken > SLOW:
        _keep(target, raw, f"took {taken:.1f} s\n")
        tally.failed += 1


def _keep(target: Target, raw: bytes, why: str) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{target.name}-{hashlib.sha256(raw).hexdigest()[:12]}"
    path.write_bytes(raw)
    print(f"{target.name} failed; try again with --replay {path}\n{why}", flush=True)


def _replay(path: Path, parser: argparse.ArgumentParser) -> int:
    name = path.name.partition("-")[0]
    target = next((one for one in TARGETS if one.name == name), None)
    if target is None or not path.is_file():
        parser.error(f"{path} is no input that this script has kept")
    tally = Tally()
    _try(target, path.read_bytes(), tally)
    print("it fails" if tally.failed else "it passes")
    return 1 if tally.failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fuzz.py",
        description="Feed the reader, the rules, ranges, patterns and prose with broken texts.",
        epilog="Exit status: 0 nothing failed, 1 something did, 2 wrong use.",
    )
    names = [one.name for one in TARGETS]
    parser.add_argument("--seconds", type=float, default=600.0, help="how long (default: 600)")
    parser.add_argument("--inputs", type=int, default=0, help="at most so many for each target")
    parser.add_argument(
        "--seed", type=int, default=time.time_ns() % 2**32, help="what to begin with"
    )
    parser.add_argument(
        "--target", action="append", choices=names, help="only this one; repeatable"
    )
    parser.add_argument("--replay", type=Path, metavar="FILE", help="try one kept input again")
    return parser


if __name__ == "__main__":
    sys.exit(main())
