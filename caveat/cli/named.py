"""Records by what people call them: id, slug or an upstream name.

Takes a name and a source and gives ids; an unknown name ends the command with near ones.
"""

from __future__ import annotations

from caveat.cli.failure import Failure
from caveat.cli.source import Source
from caveat.problems import nearest, shown
from caveat.words import Words


def find(name: str, source: Source, t: Words) -> list[str]:
    """Ids of all records called `name`: one for an id or slug, any number for an alias."""
    wanted = name.strip().casefold()
    names: dict[str, list[str]] = {}
    for one in source.records():
        for known in dict.fromkeys((one.id, one.slug, *one.aliases)):
            names.setdefault(known.casefold(), []).append(one.id)
    if wanted in names:
        return list(dict.fromkeys(names[wanted]))
    written = {
        n.casefold(): n for one in source.records() for n in (one.id, one.slug, *one.aliases)
    }
    near = [shown(written[one]) for one in nearest(wanted, names)]
    text = t("cli-wrong.record", text=shown(name))
    if near:
        text += t("sentence.gap") + t("cli-wrong.near", names=t("list.or").join(near))
    raise Failure(text)


def find_one(name: str, source: Source, t: Words) -> str:
    """The one record called `name`."""
    found = find(name, source, t)
    if len(found) > 1:
        raise Failure(t("cli-wrong.record-shared", text=shown(name), names=t.joined(found)))
    return found[0]
