"""What an upstream document already answers.

Takes answers and a lead and gives the answers filled up, so that only the rest is asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from caveat.drafting.answers import Answers
from caveat.importers import texts
from caveat.importers.guesses import kind_of
from caveat.importers.lead import Lead
from caveat.importers.products import named
from caveat.knowledge import KnowledgeBase
from caveat.mending.canonical import link


def prefilled(kb: KnowledgeBase, answers: Answers, lead: Lead) -> Answers:
    """The answers, with what the lead says where they say nothing. A text of the lead is taken only
    where it is in the language of the answers; the rest of it stays in the draft as it is."""
    names = [name for one in lead.named for name in one.names]
    found = named(kb, names, threads=lead.form == "thread")
    title = texts.line(lead.title)
    said = {
        "url": link(lead.sources[0].url) if lead.sources else "",
        "day": lead.day,
        "title": title if texts.language(title) == answers.lang else "",
        "product": next(iter(found.products), ""),
        "error": texts.line(lead.errors[0]) if lead.errors else "",
        "kind": kind_of(lead),
    }
    missing: dict[str, Any] = {
        name: text for name, text in said.items() if not getattr(answers, name)
    }
    return replace(answers, **missing)
