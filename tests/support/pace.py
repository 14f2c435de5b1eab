"""How fast this machine is at the moment: what a test says in seconds holds for one at rest.

Takes what is to be measured; gives it with how many times longer a fixed piece of work takes around
it, at least once.
"""

import json
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

#: Processor's seconds of the work below on the machine on which the tests' seconds were measured.
_AT_REST = 0.09


def paced(measure: Callable[[], T]) -> tuple[T, float]:
    """What `measure` gives, and by how much seconds of the processor are to be stretched: a machine
    that others use as well may be slow before, or become so."""
    before = _slower()
    measured = measure()
    return measured, max(before, _slower())


def _slower() -> float:
    return max(1.0, max(_work() for _ in range(3)) / _AT_REST)


def _work() -> float:
    """Of the kind that is measured: small objects, made, written, read and sorted."""
    begin = time.process_time()
    made = [{"name": f"part {n}", "of": {"kind": n % 7, "all": [n, str(n)]}} for n in range(20_000)]
    held = json.loads(json.dumps(made))
    held.sort(key=lambda one: (one["of"]["kind"], one["name"]))
    return time.process_time() - begin
