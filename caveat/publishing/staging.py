"""Takes a way to build a site and where it is read; gives readers the result, or nothing.

The site is built beside the old one, looked at, and only then put in its place: a
build that fails leaves no trace.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from caveat.publishing import swap, verify
from caveat.reading.lock import Lock

_NOTHING = Lock()


class RefusedError(Exception):
    """The build ended, but what it left must not be published."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def build_and_publish(
    build: Callable[[Path], None],
    target: Path,
    *,
    lock: Lock = _NOTHING,
    site_url: str = "",
) -> None:
    """Call `build` with an empty folder beside `target`, verify the result (see `verify.faults`),
    swap.

    Whatever `build` raises comes through, with the old site as it was.
    """
    with _beside(target) as new:
        build(new)
        if faults := verify.faults(new, lock=lock, site_url=site_url, old=target):
            raise RefusedError(faults)
        swap.publish(new, target)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder on the same file system, gone in the end unless it became the target.

    Not tempfile.mkdtemp: what that makes only its owner may read, and web servers are others.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f"{target.name}.next-{os.getpid()}-{secrets.token_hex(3)}")
    new.mkdir()
    try:
        yield new
    finally:
        if new.exists() and not (target.is_symlink() and target.resolve() == new.resolve()):
            shutil.rmtree(new)
