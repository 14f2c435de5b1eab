"""The place that `--kb` names: a checkout, a folder of a published site, or its address.

Takes the argument and gives a `Source`; what cannot be read ends the command with a message that
says what was looked for.
"""

from __future__ import annotations

import os
from pathlib import Path

from caveat import urls
from caveat.cli.failure import Failure
from caveat.cli.source import Source


def open_source(named: str | None, here: Path, site_url: str = "") -> Source:
    """The source that `--kb` names, or the checkout around the folder `here`."""
    from caveat.cli.checkout import Checkout  # noqa: PLC0415 - see Command: import what is used
    from caveat.cli.published import Published  # noqa: PLC0415

    if named is None:
        return Checkout(_around(here), site_url)
    if "://" in named:
        from caveat.cli.fetching import Web  # noqa: PLC0415 - the network's modules take a while

        return Published(Web(named))
    folder = here / named
    if _is_checkout(folder):
        return Checkout(folder.resolve(), site_url)
    for api in (folder / urls.API, folder):
        if (api / _INDEX).is_file():
            from caveat.cli.published import Folder  # noqa: PLC0415

            return Published(Folder(api))
    raise Failure(f"--kb {named}: no folder with advisories/records/ or {urls.api_index()}")


def open_here(named: str | None) -> Source:
    """`open_source` for this process: its working directory, and the site that SITE_URL names."""
    return open_source(named, Path.cwd(), os.environ.get("SITE_URL", ""))


_INDEX = urls.api_index().removeprefix(urls.API)


def _around(here: Path) -> Path:
    for folder in (here, *here.parents):
        if _is_checkout(folder):
            return folder
    raise Failure(
        f"no knowledge base in {here} or above it",
        "name one with --kb: a checkout's folder, a published site's folder, or its address",
    )


def _is_checkout(folder: Path) -> bool:
    return (folder / "advisories" / "records").is_dir()
