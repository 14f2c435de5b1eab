"""Probes on this host: what a checkout's commands find out about a product.

Takes the commands of a product and its traits, shows them, asks, runs them without a shell, with a
time limit and little output, and gives the facts that they tell.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from contextlib import suppress
from threading import Timer
from typing import NamedTuple

from caveat.applicability import Facts
from caveat.applicability.probing import meaning, version_in
from caveat.applicability.segments import named_traits, scopes
from caveat.applicability.wording import Wording
from caveat.cli.console import Console
from caveat.cli.failure import Failure
from caveat.knowledge import KnowledgeBase
from caveat.model import Probe
from caveat.versions import Version

SECONDS = 10
MOST_BYTES = 1 << 16
_YES = {"y", "yes", "是"}


class Command(NamedTuple):
    """A program with its arguments, and what it finds out: a trait, or the product's version."""

    argv: list[str]
    trait: str | None
    probe: Probe | None


class Ran(NamedTuple):
    """What a program left behind; `failure` where it did not get to its end by itself."""

    status: int
    output: str
    failure: str = ""


class Found(NamedTuple):
    """What the probes told."""

    version: Version | None
    facts: Facts


def commands(kb: KnowledgeBase, product: str, known: Facts, *, version: bool) -> list[Command]:
    """The product's version command, where the version is wanted, and the probes of all traits that
    are not known and that the product or its records name."""
    found = [Command(list(kb.products[product].version_command), None, None)] if version else []
    for key in sorted(traits_of(kb, product) - known.traits.keys()):
        probe = kb.traits[key].probe
        if probe is not None:
            found.append(Command(list(probe.argv), key, probe))
    return [command for command in found if command.argv]


def traits_of(kb: KnowledgeBase, product: str) -> set[str]:
    """All traits that the product has or that its records name."""
    records = [one for one in kb.by_product[product] if one.status != "withdrawn"]
    named = {key for one in records for key in named_traits(kb, scopes(one))}
    return named | {f"{product}.{trait.id}" for trait in kb.products[product].traits}


def show(asked: list[Command], say: Wording, console: Console, title: str) -> None:
    """The commands, on standard error: an answer for tools stays clean."""
    console.error(say.words(f"cli-probe.{title}"))
    for argv in dict.fromkeys(shlex.join(command.argv) for command in asked):
        console.error(f"  {argv}")


def agree(say: Wording, console: Console, *, yes: bool) -> None:
    """The end, where a person does not want the commands to run."""
    if not yes and console.ask(say.words("cli-probe.ask")).strip().casefold() not in _YES:
        raise Failure(say.words("cli-probe.refused"))


def run(product: str, asked: list[Command], say: Wording, console: Console) -> Found:
    """Run them, each program once, and tell what came out."""
    ran: dict[tuple[str, ...], Ran] = {}
    version, facts = None, Facts()
    for command in asked:
        argv = tuple(command.argv)
        if argv not in ran:
            ran[argv] = execute(command.argv, say)
        told = ran[argv]
        if command.trait is None or command.probe is None:
            version = None if told.failure else version_in(say.kb.catalogues[product], told.output)
            name, value = say.fact(f"product:{product}"), version.text if version else None
        else:
            name = say.trait(command.trait)
            found = None if told.failure else meaning(command.probe, told.status, told.output)
            value = say.value(command.trait, found) if found else None
            facts = facts.having(command.trait, found) if found else facts
        console.error(_told(say, name, value, told))
    return Found(version, facts)


def _told(say: Wording, name: str, value: str | None, told: Ran) -> str:
    if value is not None:
        return say.words("cli-probe.found", name=name, value=value)
    why = told.failure or say.words("cli-probe.status", code=told.status)
    return say.words("cli-probe.nothing", name=name, why=why)


def execute(argv: list[str], say: Wording) -> Ran:
    """Run a program in the C locale, without input; its output is both streams as they came."""
    environment = {**os.environ, "LC_ALL": "C", "LANGUAGE": "C"}
    try:
        process = subprocess.Popen(  # noqa: S603 - shown and agreed to before
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
    except FileNotFoundError:
        return Ran(0, "", say.words("cli-probe.missing", program=argv[0]))
    except OSError as error:
        reason = error.strerror or str(error)
        return Ran(0, "", say.words("cli-probe.failed", program=argv[0], reason=reason))
    return _ended(process, argv[0], say)


def _ended(process: subprocess.Popen[bytes], program: str, say: Wording) -> Ran:
    """Wait for the end, or make one: of what takes too long or prints too much."""
    late: list[bool] = []

    def stop() -> None:
        late.append(True)
        _kill(process)

    timer = Timer(SECONDS, stop)
    timer.start()
    try:
        assert process.stdout is not None, "asked for above"  # noqa: S101
        output = process.stdout.read(MOST_BYTES + 1)
        if len(output) > MOST_BYTES:
            reason = say.words("cli-probe.long", bytes=MOST_BYTES)
            return Ran(0, "", say.words("cli-probe.failed", program=program, reason=reason))
        status = process.wait()
    finally:
        timer.cancel()
        _kill(process)
    if late:
        return Ran(status, "", say.words("cli-probe.slow", seconds=SECONDS))
    return Ran(status, output.decode("utf-8", "replace"))


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program that still runs, with whatever it started."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
