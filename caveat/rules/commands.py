"""Rules about what people copy and what the command runs: it is plain, whole, and safe or said.

Takes a knowledge base and gives findings. The clipboard gets a command byte for byte, so that what
is wrong in it goes straight into a terminal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from caveat.knowledge import KnowledgeBase
from caveat.model import Product, Record, Signature, Step, Workaround
from caveat.model.base import LANGUAGES
from caveat.model.trait import Probe
from caveat.problems import shown
from caveat.reading.characters import named
from caveat.reading.document import Document, Path
from caveat.rules import walk
from caveat.rules.danger import Found, changing, dangerous
from caveat.rules.rule import Finding

#: What comes after so many characters is seen by nobody who does not scroll for it.
LONGEST = 500
_PROMPT = re.compile(
    r"[ \t]*(?:[$%#>](?=[ \t])|PS [A-Za-z]:\\[^>\n]*>|[A-Za-z]:\\[^>\n]*>"
    r"|\[?[\w.-]+@[\w.-]+(?:[: ][^\n$#%\]]*)?\]?[$#%](?=[ \t]))"
)
_HERE = re.compile(r"<<-?[ \t]*(['\"]?)(\w+)\1")
_HIDDEN = (
    ("a tab", re.compile(r"\t")),
    ("blanks at the end of a line", re.compile(r"[ ]+(?=\n|$)")),
    ("a long run of blanks", re.compile(r"(?<=\S) {20,}")),
    ("blanks before the first word", re.compile(r"\A[ ]+")),
    ("several empty lines", re.compile(r"\n(?:[ ]*\n){2,}")),
    ("an empty line at an end", re.compile(r"\A[ ]*\n|\n[ ]*\Z")),
    ("a line out of sight", re.compile(rf"[^\n]{{{LONGEST + 1},}}")),
)
#: What looks like a plain character and is none; NFKC knows the rest.
_PLAIN = {
    **dict.fromkeys("‘’‚‛′＇`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_NOTHING = re.compile(
    r"\W*(?:none|no|nothing|no risks?|n/?a|not applicable|minimal|low|safe"
    r"|无|没有|暂无|无风险|没有风险|不适用)\W*",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


class _Copied(NamedTuple):
    """A text that people copy or the command runs, and where it stands."""

    document: Document
    path: Path
    text: str


@lru_cache(maxsize=2)
def _copied(kb: KnowledgeBase) -> tuple[_Copied, ...]:
    """Every command of every record: of steps, of signatures, probes and version commands."""
    return tuple(
        _Copied(document, path, text)
        for record in walk.every_record(kb)
        for document in (kb.document(record),)
        for path, text in (*_of_steps(record), *_of_questions(record))
    )


def _of_steps(record: Record) -> Iterator[tuple[Path, str]]:
    for path, step in walk.parts(record, Step):
        for platform, text in step.commands.items():
            yield (*path, "commands", platform), text


def _of_questions(record: Record) -> Iterator[tuple[Path, str]]:
    for path, signature in walk.parts(record, Signature):
        if signature.command is not None:
            yield (*path, "command"), signature.command
    for path, argv in _argvs(record):
        yield from (((*path, number), word) for number, word in enumerate(argv))


def _argvs(record: Record) -> Iterator[tuple[Path, list[str]]]:
    for path, probe in walk.parts(record, Probe):
        yield (*path, "argv"), probe.argv
    if isinstance(record, Product):
        yield ("version_command",), record.version_command


def plain(kb: KnowledgeBase) -> Iterator[Finding]:
    """A command is ASCII: no smart quotes, no letters that look like others, nothing unseen."""
    for document, path, text in _copied(kb):
        if not text.isascii():
            strange = next(c for c in text if not c.isascii())
            alike = _PLAIN.get(strange, unicodedata.normalize("NFKC", strange))
            hint = (
                f"write {shown(alike)}"
                if alike.isascii()
                else "type it anew; words in other scripts belong into the text"
            )
            found = f"{shown(strange)}, {named(strange)}"
            yield Finding(document, path, found, "ASCII, which shells read", hint)


def no_prompt(kb: KnowledgeBase) -> Iterator[Finding]:
    """A command begins with its program: pasted, `$ ` is an error and `# ` does nothing."""
    for document, path, text in _copied(kb):
        for line in _outside_here_documents(text):
            if prompt := _PROMPT.match(line):
                want = "the command without a prompt or a remark"
                hint = "a remark belongs into the step's text"
                yield Finding(document, path, shown(prompt[0].strip()), want, hint)
                break


def _outside_here_documents(text: str) -> Iterator[str]:
    ends: list[str] = []
    for line in text.split("\n"):
        if ends:
            if line.strip() == ends[0]:
                ends.pop(0)
            continue
        yield line
        ends = [match[2] for match in _HERE.finditer(line)]


def no_hidden_text(kb: KnowledgeBase) -> Iterator[Finding]:
    """All of a command is in sight where it is copied."""
    for document, path, text in _copied(kb):
        for found, pattern in _HIDDEN:
            if pattern.search(text):
                yield Finding(document, path, found, "a command that is seen whole")


def dangerous_is_said(kb: KnowledgeBase) -> Iterator[Finding]:
    """Who is told to do something dangerous is told the risk and the way back."""
    for record in kb.advisories.values():
        document = kb.document(record)
        for path, workaround in walk.parts(record, Workaround):
            missing = _missing(workaround)
            for below, text in _told(workaround) if missing else ():
                for found in dangerous(text):
                    yield Finding(document, (*path, *below), _said(found), missing)


def _missing(workaround: Workaround) -> str:
    """What a workaround lacks to hold something dangerous, or ""."""
    wanted = []
    if any(_NOTHING.fullmatch(getattr(workaround.risk, one) or "") for one in LANGUAGES):
        wanted.append("a `risk` that says what may happen")
    if not workaround.rollback:
        wanted.append("a `rollback`")
    return " and ".join(wanted)


def _told(workaround: Workaround) -> Iterator[tuple[Path, str]]:
    """Commands of a workaround, and those that its sentences hold."""
    for path, step in walk.parts(workaround, Step):
        for platform, text in step.commands.items():
            yield (*path, "commands", platform), text
        for language in LANGUAGES if step.text is not None else ():
            for code in _CODE.findall(getattr(step.text, language) or ""):
                yield (*path, "text", language), code


def questions_change_nothing(kb: KnowledgeBase) -> Iterator[Finding]:
    """What `caveat check --probe` runs, and what shows an error, is safe to run."""
    want = "a command that asks and changes nothing"
    for record in walk.every_record(kb):
        document = kb.document(record)
        for path, argv in _argvs(record):
            for found in changing(" ".join(argv)):
                yield Finding(document, path, _said(found), want)
        for path, signature in walk.parts(record, Signature):
            for found in dangerous(signature.command or ""):
                yield Finding(document, (*path, "command"), _said(found), want)


def _said(found: Found) -> str:
    return f"{shown(found.part)} ({found.danger.name}: {found.danger.why})"
