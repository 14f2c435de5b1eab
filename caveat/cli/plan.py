"""`caveat plan`: what a step between two versions gets a host into, out of, and leaves open.

Takes a product, two versions (the second may be the older one) and facts; gives the plan with the
clean landing and one checklist, and a status that says whether the step bites.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import date

from caveat.applicability import clean_landing, plan
from caveat.applicability.outcome import KINDS
from caveat.applicability.wording import Wording
from caveat.cli.annotations import annotate
from caveat.cli.asked import Asked
from caveat.cli.check import add_facts, add_today
from caveat.cli.console import Console
from caveat.cli.failure import Failure
from caveat.cli.opening import open_here
from caveat.cli.plan_markdown import inline, landing_name, markdown, may
from caveat.cli.plan_text import as_text
from caveat.cli.planned import Planned, Values, values
from caveat.cli.source import Source
from caveat.words import words

Reporter = Callable[[Values, Wording, Console], None]


def add_arguments(parser: ArgumentParser) -> None:
    """What `caveat plan` understands."""
    parser.add_argument("product", metavar="PRODUCT", help="its id or another name of it")
    parser.add_argument("start", metavar="FROM", help="the version you leave")
    parser.add_argument("target", metavar="TO", help="the version you want; it may be older")
    add_facts(parser)
    parser.add_argument(
        "--kept",
        action="append",
        default=[],
        metavar="[PRODUCT.]K",
        help="a trait that was set by hand: a new default does not change it (repeatable)",
    )
    parser.add_argument(
        "--pre-releases", action="store_true", help="a pre-release may be the clean landing"
    )
    parser.add_argument("--format", choices=sorted(REPORTERS), help="default: text")
    add_today(parser)


def run(options: Namespace, console: Console) -> int:
    """Plan, and say by the status whether something is entered or strikes on the step."""
    form = options.format or ("json" if options.json else "text")
    if options.json and form != "json":
        raise Failure("--json and --format name two forms")
    source = open_here(options.kb)
    made = _planned(options, source)
    say = Wording(made.kb, words(options.lang))
    REPORTERS[form](values(made, source), say, console)
    return 1 if made.plan.bites else 3 if made.plan.may_bite else 0


def _planned(options: Namespace, source: Source) -> Planned:
    asked = Asked(words(options.lang))
    product = asked.product(options.product, source.products())
    others = asked.products("--with", options.beside, source.products(), product)
    asked.stop()
    assert product is not None, "stop ends where it is"  # noqa: S101
    kb = source.knowledge([product, *(id_ for id_, _ in others)], practices=True)
    start = asked.version(kb, product, options.start)
    target = asked.version(kb, product, options.target)
    facts = asked.beside(kb, others, asked.traits(kb, product, options.trait))
    kept = frozenset(key for one in options.kept if (key := asked.trait(kb, product, one)))
    asked.stop()
    assert start is not None, "stop ends where it is"  # noqa: S101
    assert target is not None, "stop ends where it is"  # noqa: S101
    made = plan(kb, product, start, target, facts, defaults=options.defaults, kept=kept)
    landing = clean_landing(
        kb,
        product,
        target,
        facts,
        today=options.today or date.today(),  # noqa: DTZ011 - the day where the reader is
        start=start,
        prereleases=options.pre_releases,
        defaults=options.defaults,
        kept=kept,
    )
    return Planned.of(kb, made, landing)


def _as_json(made: Values, say: Wording, console: Console) -> None:  # noqa: ARG001
    console.json(made)


def _as_markdown(made: Values, say: Wording, console: Console) -> None:
    for line in markdown(made, say.product(made["product"]), say.words).splitlines():
        console.line(line)


def _as_github(made: Values, say: Wording, console: Console) -> None:
    """Workflow commands: an error for what bites, a warning for what may, a notice for the rest and
    for where to land."""
    t, lang = say.words, say.language
    ends = {"from_": made["from"], "to": made["to"]}
    name = t("plan.heading", product=say.product(made["product"]), **ends)
    for kind in KINDS:
        for item in made[kind]:
            bites = kind in ("entered", "step")
            may_bite = {"entered", "step"} & set(item.get("may", ()))
            level = "error" if bites else "warning" if may_bite else "notice"
            says = [f"{name}{t('sentence.colon')}{t(f'plan.{kind}')}{t('sentence.stop')}"]
            says += [inline(item["title"], t) + t("sentence.stop")]
            says += [may(item, t)] if "may" in item else []
            says += [item["reason"][lang], item["url"]]
            title = f"{item['id']} ({t('severity.' + item['severity'])})"
            annotate(console, level, {"title": title}, t("sentence.gap").join(says))
    landing = made["clean_landing"]["version"] or "–"
    text = f"{landing_name(made, t)}{t('sentence.colon')}{landing}"
    annotate(console, "notice", {"title": name}, text)


REPORTERS: dict[str, Reporter] = {
    "text": as_text,
    "json": _as_json,
    "markdown": _as_markdown,
    "github": _as_github,
}
