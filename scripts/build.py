"""Build the complete site beside the published one, look at it, then let them change places.

Takes the records and pages of this checkout; gives site/, or leaves it as it was. With --tree DIR,
writes the pages as plain files instead, for engines that allow no hooks.
Exit status: 0 published, 1 the build or the check of its result failed, 2 wrong use.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from caveat.cli.progress import Progress
from caveat.publishing import tree, verify
from caveat.publishing.staging import RefusedError, build_and_publish
from caveat.publishing.swap import SwapError
from caveat.reading.lock import read_lock
from caveat.rules import load_and_check
from caveat.urls import site_address

ROOT = Path(__file__).resolve().parent.parent
_LONG_AGO = "1980-01-01"


def main() -> int:
    """Build, verify, swap; say how it went."""
    options = _parser().parse_args()
    # Stopped by a service manager, the half-built folder is removed like on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    started = time.monotonic()
    target = Path(options.tree or options.site_dir).absolute()
    try:
        _publish(target, options)
    except subprocess.CalledProcessError:
        print(f"Not published: the build failed. {_left(target)}", file=sys.stderr)
        return 1
    except RefusedError as refusal:
        for fault in refusal.faults:
            print(fault, file=sys.stderr)
        print(f"Not published: the result is not whole. {_left(target)}", file=sys.stderr)
        return 1
    except SwapError as error:
        print(f"Not published: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Not published: {error}. {_left(target)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    done = "is written" if options.tree else "is published"
    print(f"{_shown(target)} {done}, in {time.monotonic() - started:.1f} seconds")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--site-dir", default=ROOT / "site", metavar="DIR", help="where the site is read (site/)"
    )
    where.add_argument(
        "--tree",
        metavar="DIR",
        help="write the pages as plain files into DIR, for engines that allow no hooks: front "
        "matter and HTML, with settings for MkDocs (mkdocs.yml, then mkdocs.zh.yml)",
    )
    parser.add_argument(
        "--site-url",
        metavar="URL",
        type=partial(site_address, refuse=argparse.ArgumentTypeError),
        default=os.environ.get("SITE_URL", ""),
        help="its public address, for canonical links and feeds (or set SITE_URL)",
    )
    parser.add_argument(
        "--edit-base",
        metavar="URL",
        default=os.environ.get("EDIT_BASE", ""),
        help="address a file's path is added to for its edit button (or set EDIT_BASE)",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="show what MkDocs does")
    return parser


def _publish(target: Path, options: argparse.Namespace) -> None:
    """The site, or the tree."""
    if not options.tree:
        check = partial(verify.faults, lock=read_lock(ROOT)[0], site_url=options.site_url)
        build_and_publish(partial(_mkdocs, options), target, check, waiting=partial(_wait, target))
        return
    if target.exists() and any(target.iterdir()) and not tree.is_ours(target):
        raise RefusedError([f"{target} holds something else: name a new or an empty folder"])
    kb, problems = load_and_check(ROOT)
    if wrong := [str(problem) for problem in problems if problem.is_error]:
        raise RefusedError(wrong)
    write = partial(tree.write, kb=kb, root=ROOT, site_url=options.site_url)
    build_and_publish(write, target, lambda *_: [], waiting=partial(_wait, target))


def _wait(target: Path) -> None:
    print(f"Another build of {_shown(target)} is running: waiting for it", file=sys.stderr)


def _mkdocs(options: argparse.Namespace, folder: Path) -> None:
    """One run of MkDocs builds both languages and their search bundles."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    command += ["--config-file", str(ROOT / "mkdocs.yml")]
    environment = (
        {"SOURCE_DATE_EPOCH": _moment()}
        | os.environ
        | {
            "SITE_URL": options.site_url,
            "EDIT_BASE": options.edit_base,
            "NO_MKDOCS_2_WARNING": "1",
        }
    )
    # Not --quiet, which would switch strict off as well.
    command += ["--verbose"] if options.verbose else []
    with Progress(sys.stderr, os.environ, "building both languages") as progress:
        if not progress.shown:
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
            return
        pipe, both = subprocess.PIPE, subprocess.STDOUT
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=pipe, stderr=both, text=True
        ) as child:
            for line in child.stdout or ():
                progress.line(line.rstrip("\n"))
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)


def _moment() -> str:
    """When this was committed, for the map of the site: the day of the build would make the same
    commit another site. Without git, when something that was published changed last."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct", "--", "."]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        done = None
    if done is not None and done.stdout.strip():
        return done.stdout.strip()
    newest = max((one.modified for one in read_lock(ROOT)[0].records.values()), default=_LONG_AGO)
    return str(int(datetime.fromisoformat(newest).replace(tzinfo=UTC).timestamp()))


def _left(target: Path) -> str:
    return f"{_shown(target)} is as it was." if target.exists() else "There is no site yet."


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path) + "/"


if __name__ == "__main__":
    sys.exit(main())
