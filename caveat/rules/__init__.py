"""What must hold beyond a record's form: each rule is a value with a permanent code.

Takes a knowledge base and gives problems, sorted. To add a rule: write a function in the module of
its noun, add one entry to `RULES`, and add `tests/rules/<CODE>/` with a bad and a good case.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from caveat.knowledge import KnowledgeBase, load, uncollected
from caveat.problems import Problem
from caveat.rules import (
    advice,
    commands,
    dates,
    identity,
    links,
    names,
    permanence,
    quality,
    ranges,
    remembered,
    signatures,
    text,
    tidy,
    translation,
)
from caveat.rules.rule import Rule

#: Raised while reading and decoding, before there is a record to look at.
READING_RULES = (
    Rule("CAV101", "unreadable-file", "A path is a plain file that can be read."),
    Rule("CAV102", "file-too-large", "A file stays within its size limit."),
    Rule("CAV103", "encoding", "Text is UTF-8 without BOM, invisible characters and tab indents."),
    Rule("CAV104", "yaml-syntax", "A file is valid YAML."),
    Rule("CAV105", "empty-file", "A file holds a record."),
    Rule("CAV106", "forbidden-yaml", "No anchors, aliases, tags, merge keys, second documents."),
    Rule("CAV107", "yaml-limits", "Depth, number of values and length of texts stay in bounds."),
    Rule("CAV108", "duplicate-key", "A key stands once."),
    Rule("CAV109", "unquoted-scalar", "What YAML would not read as text is quoted."),
    Rule("CAV201", "unknown-key", "Every key is one that the model knows."),
    Rule("CAV202", "missing-field", "Every field that is needed is there."),
    Rule("CAV203", "wrong-type", "A mapping, list or text stands where one is wanted."),
    Rule("CAV204", "unknown-value", "A choice is one of the choices."),
    Rule("CAV205", "wrong-form", "A text has the form that its field wants."),
    Rule("CAV407", "pairs-form", "The lock of translations reads as one."),
    Rule("CAV901", "lock-form", "The lock of what was published reads as one."),
)

RULES: tuple[Rule, ...] = (
    Rule(
        "CAV301", "id-is-file-name", "The id is the file's name, in its year.", identity.id_is_name
    ),
    Rule("CAV302", "dates-in-order", "Dates run in their order.", dates.in_order),
    Rule("CAV303", "version-parses", "A version follows its product's scheme.", ranges.parses),
    Rule("CAV304", "version-known", "A version is in its product's catalogue.", ranges.known),
    Rule("CAV305", "range-forwards", "A range ends after it begins.", ranges.forwards),
    Rule("CAV306", "ranges-apart", "Ranges of one branch do not overlap.", ranges.apart),
    Rule("CAV307", "always-has-reference", 'A range from "0" says who says so.', ranges.always),
    Rule("CAV308", "range-in-branch", "A branch's range stays in it.", ranges.in_branch),
    Rule(
        "CAV309",
        "withdrawn-says-why",
        "Withdrawn, and only then, has a reason.",
        identity.withdrawn,
    ),
    Rule("CAV310", "names-once", "Ids inside a record stand once.", identity.names_once),
    Rule("CAV311", "product-once", "A product stands once in an `on`.", names.product_once),
    Rule(
        "CAV312",
        "usable-names",
        "What becomes a part of an address can be a file's name everywhere.",
        identity.usable_names,
    ),
    Rule("CAV401", "both-languages", "Prose is in both languages.", text.both_languages, "warning"),
    Rule("CAV402", "no-raw-html", "Prose holds no HTML.", text.no_html),
    Rule("CAV403", "https-links", "Links in prose are https.", text.https_links),
    Rule(
        "CAV404",
        "prose-subset",
        "Prose keeps to paragraphs, lists, emphasis, code, links.",
        text.subset,
    ),
    Rule(
        "CAV405",
        "same-names",
        "English and Chinese name the same versions, records and commands.",
        text.same_names,
    ),
    Rule(
        "CAV406",
        "translation-follows",
        "A text says what the other language says now.",
        translation.follows,
        "warning",
    ),
    Rule("CAV501", "product-exists", "A product that is named exists.", names.products),
    Rule("CAV502", "trait-exists", "A trait and its values exist.", names.traits),
    Rule("CAV503", "practice-exists", "A practice that is named exists.", names.practices),
    Rule("CAV504", "record-exists", "A record that is named exists.", links.records),
    Rule("CAV505", "slug-once", "A slug names one record.", identity.slug_once),
    Rule("CAV506", "reference-exists", "A reference that is cited is listed.", links.references),
    Rule("CAV507", "workaround-exists", "A workaround that changed is listed.", links.workarounds),
    Rule("CAV601", "open-range-sourced", "A range without an end has a source.", quality.sourced),
    Rule(
        "CAV602",
        "recognisable",
        "Error text or a probe tells who is hit, or it is said why not.",
        quality.recognisable,
    ),
    Rule(
        "CAV603",
        "actionable",
        "There is a workaround or a fix, or it is said why not.",
        quality.actionable,
    ),
    Rule("CAV604", "lengths", "Titles and summaries have a readable length.", quality.lengths),
    Rule("CAV605", "no-placeholder", "No text waits to be filled in.", quality.no_placeholders),
    Rule(
        "CAV606",
        "advice-is-safe",
        "A recommended release brings nobody into another record, or it is said that it does.",
        advice.safe,
        "warning",
    ),
    Rule("CAV701", "pattern-braces", "A brace holds a name or is doubled.", signatures.braces),
    Rule("CAV702", "pattern-says-enough", "A pattern has enough text.", signatures.enough_text),
    Rule("CAV703", "sample-matches", "A sample matches its pattern.", signatures.samples),
    Rule("CAV704", "near-miss-misses", "A near miss matches no pattern.", signatures.near_misses),
    Rule(
        "CAV705", "near-miss-given", "A pattern shows what it is not.", signatures.near_miss_given
    ),
    Rule("CAV706", "no-cross-talk", "A sample means its own record.", signatures.cross_talk),
    Rule("CAV707", "no-noise", "A pattern matches no ordinary line.", signatures.no_noise),
    Rule("CAV801", "plain-command", "A command is plain ASCII.", commands.plain),
    Rule("CAV802", "no-prompt", "A command holds no prompt.", commands.no_prompt),
    Rule("CAV803", "no-hidden-text", "All of a command is in sight.", commands.no_hidden_text),
    Rule(
        "CAV804",
        "danger-is-said",
        "What is dangerous comes with its risk and a way back.",
        commands.dangerous_is_said,
    ),
    Rule(
        "CAV805",
        "questions-change-nothing",
        "Probes and commands that show something change nothing.",
        commands.questions_change_nothing,
    ),
    Rule("CAV902", "record-stays", "A published record stays.", permanence.record_stays),
    Rule(
        "CAV903",
        "names-stay",
        "Slug, anchors and upstream names that were published stay.",
        permanence.names_stay,
    ),
    Rule("CAV904", "dates-hold", "`published` stays, `modified` grows.", permanence.dates_hold),
    Rule(
        "CAV905",
        "not-many-at-once",
        "No tenth of the published records vanishes at once.",
        permanence.not_many_at_once,
    ),
)

#: Rules that judge an advisory without a look at any other; their problems of a file are remembered
#: while it and the catalogues stay as they are. A rule that is not named here is always run.
ALONE = frozenset(
    f"CAV{number}"
    for number in (
        *(301, 302, 303, 304, 305, 306, 307, 308, 309, 310, 311),
        *(401, 402, 403, 404, 405, 501, 502, 503, 506),
        *(601, 602, 603, 604, 605, 701, 702, 705, 801, 802, 803, 804, 805),
    )
)

#: How a file is written, for those who edit it: readers of the site notice nothing of it, so that a
#: build does not ask.
TIDY_RULES: tuple[Rule, ...] = (
    Rule("CAV111", "key-order", "Keys stand in the format's order.", tidy.key_order, "warning"),
    Rule("CAV112", "line-ends", "Lines and file end without spaces.", tidy.line_ends, "warning"),
    Rule(
        "CAV113",
        "canonical-link",
        "A page is linked by its plain address.",
        tidy.canonical_links,
        "warning",
    ),
    Rule("CAV114", "schema-line", "The first line names the schema.", tidy.schema_lines, "warning"),
)

#: Every code that a problem can have.
ALL_RULES = (*READING_RULES, *RULES, *TIDY_RULES)


def check(kb: KnowledgeBase, *, tidy: bool = False) -> list[Problem]:
    """All problems of all rules, sorted by place; with `tidy`, those of how files are written."""
    rules = (*RULES, *TIDY_RULES) if tidy else RULES
    found = {p for rule in rules if rule.code not in ALONE for p in rule.run(kb)}
    return sorted(found.union(remembered.problems(kb, [r for r in rules if r.code in ALONE])))


def load_and_check(
    root: Path, only: Container[str] | None = None, *, tidy: bool = False
) -> tuple[KnowledgeBase, list[Problem]]:
    """The knowledge below `root` (see `knowledge.load`) with all problems of reading and rules."""
    with uncollected():
        kb, problems = load(root, only)
        return kb, once({*problems, *check(kb, tidy=tidy)})


def once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems sorted, without what only repeats another: a value that has to be written anew
    is not also asked to be quoted, and where nothing stands, nothing more is said of it."""
    found: dict[tuple[str, int, int, str], list[Problem]] = {}
    for problem in sorted(problems):
        place = (problem.file, problem.line, problem.column, problem.field)
        found.setdefault(place, []).append(problem)
    kept: list[Problem] = []
    for group in found.values():
        unquoted = [p for p in group if p.code == "CAV109"]
        others = [p for p in group if p.code != "CAV109"]
        empty = any(p.found.startswith("nothing") for p in unquoted)
        kept += unquoted if empty or not any(p.is_error for p in others) else []
        kept += [] if empty else others
    return sorted(kept)
