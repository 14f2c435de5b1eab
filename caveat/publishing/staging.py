"""Takes a way to build a site and where it is read; gives readers the result, or nothing.

The site is built beside the old one, looked at, and only then put in its place. A build that fails
leaves no trace, and what one that was killed left is put right by the next.
"""

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from caveat.publishing import keep, swap, verify

Build = Callable[[Path], object]
Check = Callable[[Path, Path], list[str]]
"""What speaks against a new folder in the place of an old one."""


class RefusedError(Exception):
    """The build ended, but what it left must not be published."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def build_and_publish(
    build: Build,
    target: Path,
    check: Check = verify.faults,
    *,
    waiting: Callable[[], None] = lambda: None,
) -> None:
    """Call `build` with an empty folder beside `target`, check the result, swap.

    Whatever `build` raises comes through, with the old site as it was. Of several builds for one
    target the later wait; `waiting` is called once where that happens.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target, waiting):
        swap.recover(target)
        with _beside(target) as new:
            build(new)
            keep.assets(target, new, int(time.time()))
            if faults := check(new, target):
                raise RefusedError(faults)
            swap.publish(new, target)


@contextmanager
def _alone(target: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Only one build of `target` at a time. The system lets go of the lock when its process ends,
    however that ends; the file stays, since removing it would race with who waits for it."""
    with target.with_name(f".{target.name}.lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder on the same file system, gone in the end unless it became the target.

    Not tempfile.mkdtemp: what that makes only its owner may read, and web servers are others.
    """
    name = f"{swap.beginning(target)}{os.getpid()}-{secrets.token_hex(3)}"
    new = target.with_name(name)
    new.mkdir()
    try:
        yield new
    finally:
        if new.exists() and not swap.is_shown(new, target):
            shutil.rmtree(new, ignore_errors=True)
