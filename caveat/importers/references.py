"""The links of a lead as the references and aliases of a record.

Takes a lead and gives both in a record's form, with what no record may hold.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from caveat.importers import texts
from caveat.importers.lead import Lead, Lost, Source, SourceError
from caveat.model.base import HttpsUrl
from caveat.model.workaround import Alias

_URL, _ALIAS = TypeAdapter(HttpsUrl), TypeAdapter(Alias)
_THREAD = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+)/(?:issues|pull)/(\d+)/?")
#: Links of one document that are taken over.
_MOST = 20


class Listed(NamedTuple):
    """References in a record's form, of which `main` is the id of the source itself."""

    references: list[dict[str, str]]
    main: str
    aliases: tuple[str, ...]
    lost: list[Lost]


def listed(lead: Lead) -> Listed:
    """What of the lead's links and names a record can hold; one link at least must be left."""
    references: list[dict[str, str]] = []
    lost: list[Lost] = []
    ids: dict[str, int] = {}
    for source in dict.fromkeys(lead.sources):
        url = source.url.strip()
        if not _fits(_URL, url) or url != texts.line(url):
            lost.append(Lost("references", "a link that is not https, or holds odd characters"))
        elif url in {one["url"] for one in references}:
            continue
        elif len(references) == _MOST:
            lost.append(Lost("references", f"only the first {_MOST} links are kept"))
        else:
            name = _name(source)
            ids[name] = ids.get(name, 0) + 1
            id_ = name if ids[name] == 1 else f"{name}-{ids[name]}"
            title = texts.line(source.title) or url.removeprefix("https://")
            references.append({"id": id_, "type": source.type, "url": url, "title": title})
    if not references:
        raise SourceError(f"{lead.file}: no https link in it says where it comes from; add one")
    aliases, more = _aliases(lead)
    return Listed(references, references[0]["id"], aliases, [*lost, *more])


def _aliases(lead: Lead) -> tuple[tuple[str, ...], list[Lost]]:
    named = [*lead.aliases]
    named += [f"{found[1]}#{found[2]}" for one in lead.sources[:1] if (found := _thread(one.url))]
    names = dict.fromkeys(named)
    kept = tuple(name for name in names if _fits(_ALIAS, name))
    lost = len(names) - len(kept)
    why = "records know threads, CVE and GHSA numbers, and numbers of Debian, Launchpad, Red Hat"
    return kept, [Lost("aliases", why, lost)] if lost else []


def _thread(url: str) -> re.Match[str] | None:
    return _THREAD.fullmatch(url)


def _name(source: Source) -> str:
    found = _thread(source.url)
    if found is None:
        return source.type
    return f"{'pull' if '/pull/' in source.url else 'issue'}-{found[2]}"


def _fits(form: TypeAdapter[str], text: str) -> bool:
    try:
        form.validate_python(text)
    except ValidationError:
        return False
    return True
