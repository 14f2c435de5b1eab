"""`caveat hold`: an apt preferences pin and dnf versionlock lines for the releases that are struck.

Takes a record's name and gives holds that say whose they are and when to remove them; where there
is nothing to hold it says so.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any

from caveat.applicability.holds import Held, Hold, holds
from caveat.applicability.wording import Wording
from caveat.cli.console import Console
from caveat.cli.named import find_one
from caveat.cli.opening import open_here
from caveat.model import Advisory
from caveat.model.base import LANGUAGES
from caveat.problems import printable
from caveat.words import words

_FILES = {
    "apt": "/etc/apt/preferences.d/{name}",
    "dnf": "/etc/dnf/plugins/versionlock.list",
}


def add_arguments(parser: ArgumentParser) -> None:
    """What `caveat hold` understands."""
    parser.add_argument("record", metavar="ID|SLUG", help="the advisory's id or slug")
    parser.add_argument(
        "--manager", choices=sorted(_FILES), help="print the hold of this one only, as a file"
    )


def run(options: Namespace, console: Console) -> int:
    """Print the holds."""
    t, source = words(options.lang), open_here(options.kb)
    id_ = find_one(options.record, source, t)
    kb = source.about([id_])
    record = kb.advisories[id_]
    made = holds(kb, record) if record.status != "withdrawn" else []
    url = source.place(record.id)["url"]
    if options.json:
        console.json(_values(record, made, kb_words={n: Wording(kb, words(n)) for n in LANGUAGES}))
        return 0
    say = Wording(kb, t)
    managers = [options.manager] if options.manager else sorted(_FILES)
    for number, manager in enumerate(managers):
        if number:
            console.line()
        for line in _file(manager, record, made, url, say):
            console.line(line)
    return 0


def _values(record: Advisory, made: list[Held], kb_words: dict[Any, Wording]) -> dict[str, Any]:
    return {
        "id": record.id,
        "slug": record.slug,
        "remove_when": {name: _removal(record, say) for name, say in kb_words.items()},
        "holds": [
            {
                "product": held.product,
                "versions": [version.text for version in held.versions],
                "manager": hold.manager,
                "packages": list(hold.packages),
                "patterns": list(hold.patterns),
                "file": _path(hold.manager, record),
                "lines": list(_lines(hold, record)),
            }
            for held in made
            for hold in held.holds
        ],
    }


def _path(manager: str, record: Advisory) -> str:
    return _FILES[manager].format(name=f"{record.id.lower()}")


def _file(
    manager: str, record: Advisory, made: list[Held], url: str, say: Wording
) -> Iterator[str]:
    """The hold as lines that can be put into the manager's file as they are."""
    t = say.words
    yield f"# {record.id}{t('sentence.colon')}{printable(say.plain(record.title))}"
    yield f"# {url}"
    found = [(held, hold) for held in made for hold in held.holds if hold.manager == manager]
    if not found:
        yield f"# {_nothing(manager, record, made, say)}"
        return
    yield f"# {t(f'cli-hold.file-{manager}', path=_path(manager, record))}"
    yield f"# {printable(_removal(record, say))}"
    for held, hold in found:
        newest = say.kb.catalogues[held.product].newest.text
        yield f"# {t('cli-hold.known', product=say.product(held.product), version=newest)}"
        yield from _lines(hold, record)


def _nothing(manager: str, record: Advisory, made: list[Held], say: Wording) -> str:
    if record.status == "withdrawn":
        return say.words("cli-hold.withdrawn")
    struck = any(held.versions for held in made)
    return say.words("cli-hold.no-package" if struck else "cli-hold.no-release", manager=manager)


def _lines(hold: Hold, record: Advisory) -> Iterator[str]:
    if hold.manager == "dnf":
        for package in hold.packages:
            yield from (f"!{package}-{pattern}" for pattern in hold.patterns)
        return
    for pattern in hold.patterns:
        yield f"Explanation: {record.id}"
        yield f"Package: {' '.join(hold.packages)}"
        yield f"Pin: version {pattern}"
        yield "Pin-Priority: -1"
        yield ""


def _removal(record: Advisory, say: Wording) -> str:
    """When the hold has done its work."""
    fixes = [fix for fix in record.fixes if fix.scope == "full"]
    if fixes:
        names = [f"{say.product(fix.product)} {fix.version}" for fix in fixes]
        return say.words("cli-hold.until-fix", fixes=say.words("list.or").join(names))
    told = next((one.remove_when for one in record.workarounds if one.remove_when), None)
    if told is not None:
        return say.words("cli-hold.until", condition=say.plain(told))
    return say.words("cli-hold.no-fix")
