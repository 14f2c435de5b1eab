"""Takes a signature and a seeded source of chance; gives its text as it may stand in the field.

Names, ids, ports and addresses are others, a log puts its prefix before each line, terminals wrap
and colour, chat programs change quotes, JSON escapes, and other lines stand around.
"""

import html
import json
import random
import re
import textwrap
from collections.abc import Callable

_GAP = re.compile(r"(\{\{|\}\}|\{[a-z][a-z0-9_-]*\})")
_WORDS = ("web", "db-1", "hungry_darwin", "shop_api_1", "traefik", "prod-eu-3", "k8s-node-07", "x")

Change = Callable[[random.Random, str], str]


def filled(chance: random.Random, pattern: str) -> str:
    """The pattern with its braces as printed, and something of its kind for every name."""
    parts = _GAP.split(pattern)
    braces = {"{{": "{", "}}": "}"}
    return "".join(
        part if n % 2 == 0 else braces.get(part) or value(chance, part.strip("{}"))
        for n, part in enumerate(parts)
    )


def value(chance: random.Random, name: str) -> str:
    """What may stand for `{name}`: its name says of what kind it is."""
    kinds: dict[str, tuple[str, ...]] = {
        "port|fd|minor|number|pid": (str(chance.randrange(1, 65536)),),
        "addr|ip|subnet|host": (
            ".".join(str(chance.randrange(256)) for _ in range(4)),
            f"fd00:dead:beef::{chance.randrange(1, 65536):x}",
        ),
        "version|minimum|client": (f"{chance.randrange(1, 30)}.{chance.randrange(60)}",),
        "path|socket|file": (f"/srv/{chance.choice(_WORDS)}/data.{chance.randrange(9)}",),
        "id|container|sandbox|digest": (f"{chance.getrandbits(256):064x}",),
        "bridge|output|interface": (f"br-{chance.getrandbits(48):012x}", "docker0"),
        "protocol": ("tcp", "udp"),
    }
    for names, values in kinds.items():
        if re.search(names, name):
            return chance.choice(values)
    return chance.choice((*_WORDS, f"{chance.choice(_WORDS)} ({chance.getrandbits(256):064x})"))


def _stamp(chance: random.Random) -> str:
    return (
        f"2025-1{chance.randrange(3)}-{chance.randrange(10, 29)}T{chance.randrange(10, 24)}:15:42"
    )


def _lines(chance: random.Random, text: str, prefix: str, suffix: str = "") -> str:
    return "\n".join(f"{prefix}{line}{suffix}" for line in text.split("\n"))


def plain(_: random.Random, text: str) -> str:
    """As it is."""
    return text


def docker_logs(chance: random.Random, text: str) -> str:
    """`docker logs --timestamps`."""
    return _lines(chance, text, f"{_stamp(chance)}.{chance.randrange(10**9):09d}Z ")


def journald(chance: random.Random, text: str) -> str:
    """`journalctl`."""
    return _lines(
        chance,
        text,
        f"Nov 23 10:00:0{chance.randrange(9)} host-{chance.randrange(99)} dockerd[4022]: ",
    )


def compose(chance: random.Random, text: str) -> str:
    """`docker compose logs`."""
    return _lines(chance, text, f"{chance.choice(_WORDS)}-1  | {_stamp(chance)}Z ")


def kubectl(chance: random.Random, text: str) -> str:
    """`kubectl logs --prefix`."""
    return _lines(chance, text, f"[pod/{chance.choice(_WORDS)}-7d9f/app] ")


def logfmt(chance: random.Random, text: str) -> str:
    """What dockerd writes."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'time="{_stamp(chance)}.1Z" level=error msg="{quoted}" module=libcontainerd'


def klog(chance: random.Random, text: str) -> str:
    """What a kubelet writes."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    head = f"E1123 10:00:00.123456    {chance.randrange(99999)} pod_workers.go:1301]"
    return f'{head} "Error" err="{quoted}"'


def json_file(chance: random.Random, text: str) -> str:
    """Docker's json-file log: one object a line."""
    lines = (
        json.dumps({"log": f"{line}\n", "stream": "stderr", "time": f"{_stamp(chance)}Z"})
        for line in text.split("\n")
    )
    return "\n".join(lines)


def json_message(chance: random.Random, text: str) -> str:
    """An API's answer, with `<`, `>` and `&` as Go escapes them, in a log that escapes again."""
    inner = json.dumps({"message": text})
    for sign in "<>&":
        inner = inner.replace(sign, f"\\u{ord(sign):04x}")
    return inner if chance.random() < 0.5 else json.dumps({"level": "error", "msg": inner})


DRESSES: tuple[Change, ...] = (
    *(plain, docker_logs, journald, compose, kubectl),
    *(logfmt, klog, json_file, json_message),
)


def hard_wrapped(chance: random.Random, text: str) -> str:
    """A terminal of 80 or 120 columns, in the middle of words."""
    width = chance.choice((80, 120))
    lines = (
        line[at : at + width] for line in text.split("\n") for at in range(0, len(line), width)
    )
    return "\n".join(lines)


def soft_wrapped(chance: random.Random, text: str) -> str:
    """A mail program or an issue, between words, the next lines indented."""
    fill = textwrap.TextWrapper(
        chance.choice((80, 120)), break_long_words=False, break_on_hyphens=False,
        subsequent_indent=" " * chance.choice((0, 4)), replace_whitespace=False,
    )  # fmt: skip
    return "\n".join(part for line in text.split("\n") for part in fill.wrap(line))


def coloured(chance: random.Random, text: str) -> str:
    """Colours around some words, with the escape character, without it, or as it is printed."""
    escape = chance.choice(("\x1b", "", "^[", "\\u001b", "#033"))
    words = re.split(r"( )", text)
    return "".join(
        f"{escape}[{chance.choice((1, 31, 36))}m{word}{escape}[0m"
        if n % 2 == 0 and word and chance.random() < 0.2
        else word
        for n, word in enumerate(words)
    )


def chatted(chance: random.Random, text: str) -> str:
    """What chat programs and word processors do."""
    text = re.sub(r'"([^"\n]*)"', "“\\1”", text)
    text = text.replace("'", "’").replace("`", "‘").replace("...", "…").replace(" --", " —")
    return re.sub("  +", " ", text).replace(" ", chance.choice((" ", "\u00a0")))


def as_html(_: random.Random, text: str) -> str:
    """A page's source."""
    return f"<pre>{html.escape(text)}</pre>"


def windows(_: random.Random, text: str) -> str:
    """Other line ends, and a mark at the beginning."""
    return "\ufeff" + text.replace("\n", "\r\n")


WEARS: tuple[Change, ...] = (
    *(plain, plain, hard_wrapped, soft_wrapped),
    *(coloured, chatted, as_html, windows),
)


def surrounded(chance: random.Random, text: str, noise: tuple[str, ...]) -> str:
    """The text among other lines, in any order."""
    around = chance.choices(noise, k=chance.randrange(6))
    at = chance.randrange(len(around) + 1)
    return "\n".join([*around[:at], text, *around[at:]]) + "\n" * chance.randrange(2)
