#!/usr/bin/env python3
"""Show one record's page in both languages, with its problems, anew whenever a file is saved.

Takes an id, a slug or a file and serves the page until it is interrupted, or writes it once; exit
status 0, 2 for wrong use, 130 for an interrupt.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config

from caveat import urls
from caveat.publishing.single import UnknownRecordError, file_of

ROOT = Path(__file__).resolve().parent.parent
INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        file = file_of(ROOT, options.record)
    except UnknownRecordError as error:
        parser.error(str(error))
    os.environ["CAVEAT_PREVIEW"] = file
    settings = str(ROOT / "mkdocs.yml")
    page = urls.advisory(Path(file).stem)
    if options.once:
        config = load_config(config_file=settings, site_dir=str(options.once.resolve()))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        print(
            options.once / page / "index.html", options.once / "zh" / page / "index.html", sep="\n"
        )
        return 0
    for folder in ("", "zh/"):
        print(f"http://{options.address}/{folder}{page}", flush=True)
    # What it says of a preview in general is said in --help.
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    try:
        serve(settings, build_type="dirty", dev_addr=options.address, strict=False)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="preview.py",
        description="Show one record's page in both languages, with what is wrong with its file, "
        "and again whenever a file is saved.",
        epilog="Exit status: 0 done, 2 wrong use, 130 interrupted.",
    )
    parser.add_argument("record", metavar="ID|SLUG|FILE", help="the record; drafts as well")
    parser.add_argument("--address", default="127.0.0.1:8000", help="where to serve it")
    parser.add_argument("--once", type=Path, metavar="DIR", help="write it there and end")
    return parser


if __name__ == "__main__":
    sys.exit(main())
