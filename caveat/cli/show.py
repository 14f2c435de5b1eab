"""`caveat show`: one record, readable in a terminal.

Takes an id, a slug or an upstream name and gives the record, or every record that shares the name.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from caveat import published
from caveat.applicability.wording import Wording
from caveat.cli.console import Console
from caveat.cli.named import find
from caveat.cli.opening import open_here
from caveat.cli.show_text import show
from caveat.words import words


def add_arguments(parser: ArgumentParser) -> None:
    """What `caveat show` understands."""
    parser.add_argument("record", metavar="ID|SLUG|ALIAS", help="what the advisory is called")


def run(options: Namespace, console: Console) -> int:
    """Show every record of that name."""
    t, source = words(options.lang), open_here(options.kb)
    ids = find(options.record, source, t)
    kb = source.about(ids)
    records = [kb.advisories[id_] for id_ in ids]
    if options.json:
        made = [{**published.values(one), **source.place(one.id)} for one in records]
        console.json({"records": made})
        return 0
    for number, record in enumerate(records):
        if number:
            console.line()
        show(record, source.place(record.id), Wording(kb, t), console)
    return 0
