"""Answers, and an upstream document where there is one, to the text of a draft.

Takes them with the knowledge base and the day, and gives a `Draft` whose comments say what belongs
where; what the document says is kept, what the person says goes before it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from caveat.drafting import proposals
from caveat.drafting.answers import Answers
from caveat.drafting.comments import Wanted, comments, head
from caveat.importers import draft as imported
from caveat.importers import texts, writing
from caveat.importers.draft import Draft, Fill
from caveat.importers.guesses import pattern
from caveat.importers.lead import Lead
from caveat.knowledge import KnowledgeBase
from caveat.mending import mend
from caveat.model import Advisory
from caveat.model.workaround import Platform
from caveat.problems import Problem
from caveat.reading.decode import decode
from caveat.reading.document import Document
from caveat.reading.parse import RECORD_LIMITS, parse
from caveat.rules import check
from caveat.words import words

#: Whose command it is, by the program that it calls.
_PLATFORMS: dict[str, Platform] = {
    **dict.fromkeys(("apt", "apt-get", "apt-mark", "dpkg"), "debian"),
    **dict.fromkeys(("dnf", "yum", "rpm"), "rhel"),
    "pacman": "arch",
    "brew": "macos",
    "winget": "windows",
    "kubectl": "kubernetes",
}
#: Fields about which a document has questions of its own.
_ASKED = frozenset({"id", "status", "aliases", "affected"})


def drafted(
    kb: KnowledgeBase,
    answers: Answers,
    today: str,
    *,
    lead: Lead | None = None,
    taken: Collection[str] = (),
) -> Draft:
    """The draft that the answers make, filled up from `lead`.

    `answers.url` or a lead is needed, since a record without a source says nothing; so is a product
    of the catalogue. Raises `SourceError` without them. `today` and `taken` are as for
    `caveat.importers.draft`.
    """
    base = imported.draft(lead or answers.lead(), kb, today, taken, answers.product)
    base = _named(base, answers.slug or ("" if lead else proposals.slug(kb, answers)))
    made = _composed(kb, base, answers, lead)
    wrong = [one for one in faults(made, kb) if one.field.startswith("signatures")]
    if wrong:
        # An error text that would mislead stays a comment, with the reason.
        against = [f"{one.found}, want {one.want}" for one in wrong]
        made = _composed(kb, base, replace(answers, near_miss=""), lead, against)
    return made


def faults(draft: Draft, kb: KnowledgeBase) -> list[Problem]:
    """The errors that reading and the rules find in the draft, held against all names of the
    knowledge, before it is a file. Texts in one language are expected."""
    data, problems = parse(draft.path, draft.text, RECORD_LIMITS)
    decoded, wrong = decode(Document(draft.path, draft.text, data), Advisory)
    problems += wrong
    if decoded is not None:
        joined = replace(
            kb,
            advisories={**kb.advisories, draft.id: decoded.record},
            documents={**kb.documents, ("advisory", draft.id): decoded.document},
        )
        problems += [one for one in check(joined.alone(draft.id)) if one.file == draft.path]
    return sorted(one for one in problems if one.is_error)


def _named(base: Draft, slug: str) -> Draft:
    """The draft under another short name."""
    if not slug:
        return base
    id_ = f"{base.id.partition('-new-')[0]}-new-{slug}"
    path = base.path.replace(base.id, id_)
    return replace(base, id=id_, path=path, slug=slug)


def _composed(
    kb: KnowledgeBase,
    base: Draft,
    answers: Answers,
    lead: Lead | None,
    against: Collection[str] = (),
) -> Draft:
    data: dict[str, Any] = parse(base.path, base.text, RECORD_LIMITS)[0]
    data["id"], data["slug"] = base.id, base.slug
    wanted = Wanted(words(answers.lang), answers.lang)
    _story(data, answers, wanted, lead)
    _hits(kb, data, answers, wanted)
    _error(data, answers, wanted, against)
    _helped(data, answers, wanted, lead)
    if answers.practices:
        data["practices"] = list(answers.practices)
    elif likely := proposals.practices(kb, data["affected"][0]["on"][0]["product"]):
        wanted.ask("practices", names=wanted.t.joined([f"`{name}`" for name in likely]))
    wanted.ask("verification")
    wanted.ask("other-language")
    fill = (*wanted.fill, *(one for one in base.fill if lead and one.field in _ASKED))
    rows = comments(data, answers, wanted)
    text = head(fill, base.lost, lead, wanted) + writing.written(data, rows)
    raw = mend(base.path, text.encode(), Advisory, RECORD_LIMITS).raw
    return replace(base, text=raw.decode(), fill=tuple(fill))


def _story(data: dict[str, Any], answers: Answers, wanted: Wanted, lead: Lead | None) -> None:
    """What breaks, how bad it is and why."""
    given = {"title": answers.title, "summary": answers.summary, "cause": answers.cause}
    for key, text in given.items():
        if text:
            data[key] = wanted.said(_prose(text))
        elif lead is None or key == "cause":
            data[key] = wanted.open(key)
        if not text:
            wanted.ask(key)
    if answers.kind:
        data["kind"] = answers.kind
    else:
        wanted.ask("kind")
    if answers.level:
        data["severity"]["level"] = answers.level
    data["severity"]["reason"] = (
        wanted.said(_prose(answers.reason)) if answers.reason else wanted.open("severity")
    )
    if not (answers.level and answers.reason):
        wanted.ask("severity")
    if lead is None:
        data.pop("unverified", None)
        data["history"][0]["change"] = wanted.said(wanted.t("new.history"))
        for entry in data.get("timeline", ()):
            entry["event"] = wanted.said(wanted.t("new.reported"))


def _hits(kb: KnowledgeBase, data: dict[str, Any], answers: Answers, wanted: Wanted) -> None:
    """Whom it strikes."""
    first = data["affected"][0]["on"][0]
    said = " ".join((answers.title, answers.error, answers.summary))
    likely = proposals.conditions(kb, first["product"], said)
    if answers.when:
        first["when"] = {name: list(values) for name, values in answers.when.items()}
    elif likely:
        told = [f"`{name}: [{', '.join(values)}]`" for name, values in likely.items()]
        wanted.ask("when-likely", names=wanted.t.joined(told))
    else:
        wanted.ask("when")
    if not answers.introduced and first["ranges"][0]["introduced"] == "0":
        wanted.ask("introduced")


def _error(
    data: dict[str, Any], answers: Answers, wanted: Wanted, against: Collection[str]
) -> None:
    """The error text: a symptom, and a signature where it is known what it is not."""
    error = texts.visible(answers.error).text.strip()
    if not error:
        if not data.get("symptoms"):
            wanted.ask("symptoms")
        wanted.ask("error")
        return
    data["symptoms"] = [wanted.said(texts.code(texts.line(error)))]
    if answers.near_miss:
        signature = {
            "pattern": pattern(error),
            "log": answers.log or "client",
            "samples": [error],
            "near_misses": [texts.visible(answers.near_miss).text.strip()],
        }
        data["signatures"] = [signature]
    else:
        wanted.ask("near-miss")
    wanted.fill += [Fill("signatures", text) for text in against]


def _helped(data: dict[str, Any], answers: Answers, wanted: Wanted, lead: Lead | None) -> None:
    """The way round that helped; those of the document stand behind it."""
    others = data.get("workarounds", []) if lead else []
    if not answers.helped:
        data["workarounds"] = others
        if not others:
            del data["workarounds"]
        wanted.ask("workarounds")
        return
    step: dict[str, Any] = {"text": wanted.said(_prose(answers.helped))}
    if command := texts.visible(answers.command).text.strip():
        step["commands"] = {_platform(command): command}
    own = {
        "id": "what-helped",
        "kind": answers.helped_kind or "configure",
        "title": wanted.said(" ".join(_prose(answers.helped).split())),
        "effort": "minutes",
        "disruption": "restart",
        "risk": wanted.open("risk"),
        "apply": [step],
        "evidence": {"level": "reported", "reference": data["references"][0]["id"]},
    }
    data["workarounds"] = [own, *others]
    wanted.ask("workaround")


def _platform(command: str) -> Platform:
    """Where the command runs, by the package manager that it calls."""
    called = set(command.replace("/", " ").split())
    return next((name for word, name in _PLATFORMS.items() if word in called), "any")


def _prose(text: str) -> str:
    """What the person wrote, in the Markdown that records hold."""
    return texts.as_prose(text, 4000).text
