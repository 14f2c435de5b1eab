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


class SwapError(Exception):
    """The new site could not take its place; the old one is where it was."""


def publish(new: Path, target: Path) -> None:
    """Let `new` take the place of `target`, whatever is there now; the old tree is removed."""
    if target.exists() and not target.is_dir():
        raise SwapError(f"{target} is a file: the site needs a folder there")
    try:
        if target.is_symlink():
            _turn_link(new, target)
        elif not target.exists():
            new.rename(target)
        elif exchange(new, target):
            shutil.rmtree(new)
        else:
            _replace_by_link(new, target)
    except OSError as error:
        raise SwapError(f"{target} could not be replaced: {error}") from error


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


def _turn_link(new: Path, target: Path) -> None:
    """Point the link at the new tree and remove the one it showed."""
    old = target.resolve()
    link = target.with_name(new.name + ".link")
    link.symlink_to(new.name)
    link.replace(target)
    if old.is_dir() and old.parent == target.parent.resolve() and old.name != new.name:
        shutil.rmtree(old)


def _replace_by_link(new: Path, target: Path) -> None:
    """A real folder cannot become a link in one step: this happens once, later swaps are whole."""
    old = target.with_name(new.name + ".old")
    target.rename(old)
    try:
        target.symlink_to(new.name)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)
