"""The checkout that a script works on: the one it lies in, or another one that `--root` names.

Takes a script's parser and gives it the option, whose value is the resolved folder.
"""

from __future__ import annotations

import argparse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def add_root(parser: argparse.ArgumentParser, use: str) -> None:
    """Add `--root`; `use` says what the script does there, as in "the checkout to read"."""
    says = f"the checkout to {use} (default: the one this script lies in)"
    parser.add_argument("--root", type=_checkout, default=ROOT, help=says)


def _checkout(text: str) -> Path:
    root = Path(text).resolve()
    if not (root / "advisories").is_dir():
        raise argparse.ArgumentTypeError(f"{root} holds no advisories/")
    return root
