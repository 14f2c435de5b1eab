"""Build the complete site beside the published one, look at it, then let them change places.

Takes the records and pages of this checkout; gives site/, or leaves it as it was.
Exit status: 0 published, 1 the build or the check of its result failed, 2 wrong use.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from caveat.publishing.staging import RefusedError, build_and_publish
from caveat.publishing.swap import SwapError
from caveat.reading.lock import read_lock
from caveat.urls import site_address

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Build, verify, swap; say how it went."""
    options = _parser().parse_args()
    # Stopped by a service manager, the half-built folder is removed like on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    started = time.monotonic()
    target = Path(options.site_dir).absolute()
    try:
        build_and_publish(
            lambda folder: _mkdocs(folder, options),
            target,
            lock=read_lock(ROOT)[0],
            site_url=options.site_url,
        )
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
    except KeyboardInterrupt:
        return 130
    print(f"{_shown(target)} is published, in {time.monotonic() - started:.1f} seconds")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument(
        "--site-dir", default=ROOT / "site", metavar="DIR", help="where the site is read (site/)"
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


def _mkdocs(folder: Path, options: argparse.Namespace) -> None:
    """One run of MkDocs builds both languages and their search bundles."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    command += ["--config-file", str(ROOT / "mkdocs.yml")]
    environment = os.environ | {
        "SITE_URL": options.site_url,
        "EDIT_BASE": options.edit_base,
        "NO_MKDOCS_2_WARNING": "1",
    }
    # Not --quiet, which would switch strict off as well.
    command += ["--verbose"] if options.verbose else []
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _left(target: Path) -> str:
    return f"{_shown(target)} is as it was." if target.exists() else "There is no site yet."


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path) + "/"


if __name__ == "__main__":
    sys.exit(main())
