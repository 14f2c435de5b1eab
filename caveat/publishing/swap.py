"""Takes a new folder and the one that readers see; gives readers the new one.

At no moment is there no site: the two change places in one system call where the
system has one, else a symbolic link is turned, which is one step as well.
"""

import ctypes
import os
import shutil
import sys
from pathlib import Path

AT_FDCWD = -100 if sys.platform.startswith("linux") else -2
EXCHANGE = 2
"""RENAME_EXCHANGE on Linux; RENAME_SWAP on macOS has the same value."""


_OLD = ".old"


class SwapError(Exception):
    """The new site could not take its place; the old one is where it was."""


def beginning(target: Path) -> str:
    """How the names of all that a build of `target` puts beside it begin."""
    return f"{target.name}.next-"


def is_shown(new: Path, target: Path) -> bool:
    """Whether `target` is a link that leads to `new`."""
    return target.is_symlink() and target.resolve() == new.resolve()


def publish(new: Path, target: Path) -> None:
    """Let `new` take the place of `target`, whatever is there now; the old tree is removed."""
    if target.exists() and not target.is_dir():
        raise SwapError(f"{target} is a file: the site needs a folder there")
    try:
        if target.is_symlink():
            _turn_link(new, target)
        elif not target.exists():
            _first(new, target)
        elif exchange(new, target):
            _remove(new)
        else:
            _replace_by_link(new, target)
    except OSError as error:
        raise SwapError(f"{target} could not be replaced: {error}") from error


def recover(target: Path) -> None:
    """Put right what a build left that was killed: its folder goes; where the system had no step
    that swaps and it was killed between the two that it took instead, the old site comes back."""
    for path in sorted(target.parent.iterdir()):
        if not path.name.startswith(beginning(target)) or is_shown(path, target):
            continue
        if path.suffix == _OLD and not os.path.lexists(target):
            path.rename(target)
        elif path.is_symlink():
            path.unlink()
        else:
            _remove(path)


def exchange(one: Path, two: Path) -> bool:
    """Swap two names in one step; False where system or file system cannot."""
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(two)
    if sys.platform.startswith("linux") and hasattr(library, "renameat2"):
        failed = library.renameat2(AT_FDCWD, first, AT_FDCWD, second, EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(first, second, EXCHANGE)
    else:
        return False
    return not failed


def _first(new: Path, target: Path) -> None:
    """Where the system cannot exchange, a link from the beginning: that can be turned in a step."""
    probes = [new.with_name(f"{new.name}.{name}") for name in ("one", "two")]
    for probe in probes:
        probe.mkdir()
    able = exchange(*probes)
    for probe in probes:
        probe.rmdir()
    if able:
        new.rename(target)
    else:
        target.symlink_to(new.name)


def _turn_link(new: Path, target: Path) -> None:
    """Point the link at the new tree and remove the one it showed."""
    old = target.resolve()
    link = target.with_name(new.name + ".link")
    link.symlink_to(new.name)
    link.replace(target)
    if old.is_dir() and old.parent == target.parent.resolve() and old.name != new.name:
        _remove(old)


def _replace_by_link(new: Path, target: Path) -> None:
    """A real folder cannot become a link in one step: this happens once, later swaps are whole."""
    old = target.with_name(new.name + _OLD)
    target.rename(old)
    try:
        target.symlink_to(new.name)
    except OSError:
        old.rename(target)
        raise
    _remove(old)


def _remove(tree: Path) -> None:
    """Nobody reads it any more: what cannot be removed now is for the next build."""
    shutil.rmtree(tree, ignore_errors=True)
