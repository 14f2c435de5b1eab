"""`caveat check`: what strikes a version with these facts, and what may.

Takes a product, a version and facts, found by hand or by probes; gives answers, worst first, and a
status that says whether something applies.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from caveat.applicability import Answer, Facts, State, default_facts, judge
from caveat.applicability.landing import clean_landing
from caveat.applicability.wording import Wording
from caveat.cli import probing
from caveat.cli.acks import Acks, expired, read_acks
from caveat.cli.asked import Asked
from caveat.cli.checked import LEVELS, Checked, Question, Report, Told
from caveat.cli.console import Console
from caveat.cli.failure import Failure
from caveat.cli.opening import open_here
from caveat.cli.report import REPORTERS
from caveat.cli.source import Source
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version
from caveat.words import words


def add_arguments(parser: ArgumentParser) -> None:
    """What `caveat check` understands."""
    parser.add_argument("product", metavar="PRODUCT", help="its id or another name of it")
    parser.add_argument(
        "version",
        metavar="VERSION",
        nargs="?",
        help="upstream's number or a package's; may be left out with --probe",
    )
    add_facts(parser)
    parser.add_argument("--from", dest="start", metavar="VERSION", help="the version you come from")
    parser.add_argument(
        "--fail-on",
        choices=LEVELS,
        default=LEVELS[-1],
        metavar="LEVEL",
        help=f"let only this severity and worse decide the exit status ({', '.join(LEVELS)})",
    )
    parser.add_argument("--all", action="store_true", help="list what does not apply as well")
    parser.add_argument("--format", choices=sorted(REPORTERS), help="default: text")
    parser.add_argument("--ack", type=Path, metavar="FILE", help="records that were accepted")
    add_today(parser)
    probes = parser.add_argument_group("probes")
    probes.add_argument(
        "--probe",
        action="store_true",
        help="find out version and traits with the checkout's commands, which are shown first",
    )
    probes.add_argument("--yes", action="store_true", help="run them without asking")


def add_facts(parser: ArgumentParser) -> None:
    """The options that tell about a host."""
    parser.add_argument(
        "--trait",
        action="append",
        default=[],
        metavar="[PRODUCT.]K=V",
        help="a trait of the host; several values of one trait may hold (repeatable)",
    )
    parser.add_argument(
        "--with",
        action="append",
        default=[],
        dest="beside",
        metavar="PRODUCT=VERSION",
        help="another product on the host (repeatable)",
    )
    parser.add_argument(
        "--defaults", action="store_true", help="take the default of every trait that is not named"
    )


def add_today(parser: ArgumentParser) -> None:
    """The day that counts as today."""
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=None,
        metavar="DATE",
        help="the day that counts (default: the clock's)",
    )


def run(options: Namespace, console: Console) -> int:
    """Answer, and say by the status whether something applies."""
    form = options.format or ("json" if options.json else "text")
    if options.json and form != "json":
        raise Failure("--json and --format name two forms")
    source, today = open_here(options.kb), options.today or date.today()  # noqa: DTZ011
    acks = read_acks(options.ack, source.records()) if options.ack else []
    question = _question(options, source, console)
    counted = Acks(acks, question.kb, question.product, today.isoformat())
    landing = clean_landing(
        question.kb,
        question.product,
        question.version,
        question.told,
        today=today,
        start=question.start,
        defaults=question.defaults,
    )
    found = checked(question, counted)
    late = expired(acks, today.isoformat())
    say = Wording(question.kb, words(options.lang))
    report = Report(found, landing, late, source, say, options.all, options.fail_on)
    REPORTERS[form](report, console)
    return _status(found, options.fail_on, failed=bool(late))


def checked(question: Question, acks: Acks) -> Checked:
    """The answers of all records that still hold, worst first."""
    answers = []
    for record in question.kb.by_product[question.product]:
        if record.status != "withdrawn":
            answer = answered(question, record)
            ack = None if answer.state.is_fine else acks.of(record, question.facts)
            answers.append(Told(record, answer, ack))
    return Checked(question, tuple(sorted(answers, key=Told.rank)))


def answered(question: Question, record: Advisory) -> Answer:
    """One record's answer."""
    kb, product, version = question.kb, question.product, question.version
    return judge(kb, record, product, version, question.facts, step_from=question.start)


def _status(found: Checked, level: str, *, failed: bool) -> int:
    worst = LEVELS[: LEVELS.index(level) + 1]
    states = {one.answer.state for one in found.open if one.record.severity.level in worst}
    if failed or State.AFFECTED in states:
        return 1
    return 3 if State.UNKNOWN in states else 0


def _question(options: Namespace, source: Source, console: Console) -> Question:
    asked = Asked(words(options.lang))
    product = asked.product(options.product, source.products())
    others = asked.products("--with", options.beside, source.products(), product)
    if options.version is None and not options.probe:
        asked.wrong("no-version")
    asked.stop()
    assert product is not None, "stop ends where it is"  # noqa: S101
    kb = source.knowledge([product, *(id_ for id_, _ in others)])
    version = asked.version(kb, product, options.version) if options.version else None
    start = asked.version(kb, product, options.start) if options.start else None
    told = asked.beside(kb, others, asked.traits(kb, product, options.trait))
    asked.stop()
    if options.probe:
        say = Wording(kb, asked.words)
        version, told = _probed(product, version, told, _Host(say, source, console, options.yes))
    if version is None:
        name = kb.products[product].name
        text = asked.words("cli-probe.no-version", product=name, id=product)
        raise Failure(text)
    facts = told.at(product, version)
    if options.defaults:
        facts = _with_defaults(kb, product, facts)
    return Question(kb, product, version, start, told, facts, options.defaults)


def _with_defaults(kb: KnowledgeBase, product: str, facts: Facts) -> Facts:
    """The facts with the defaults of the traits that matter here: a checkout knows many more, and
    the answer says what was assumed."""
    found, wanted = default_facts(kb, facts), probing.traits_of(kb, product) | facts.traits.keys()
    return replace(
        found,
        traits={key: values for key, values in found.traits.items() if key in wanted},
        assumed=found.assumed & wanted,
    )


class _Host(NamedTuple):
    """This host, as far as probes need it."""

    say: Wording
    source: Source
    console: Console
    yes: bool


def _probed(
    product: str, version: Version | None, told: Facts, host: _Host
) -> tuple[Version | None, Facts]:
    """Version and facts with what the probes add; what was named stays as it was."""
    say, console = host.say, host.console
    wanted = probing.commands(say.kb, product, told, version=version is None)
    if host.source.checkout is None:
        probing.show(wanted, say, console, "would")
        console.error(say.words("cli-probe.published"))
        return version, told
    probing.show(wanted, say, console, "will")
    probing.agree(say, console, yes=host.yes)
    found = probing.run(product, wanted, say, console)
    for trait, values in found.facts.traits.items():
        told = told.having(trait, *values)
    return version or found.version, told
