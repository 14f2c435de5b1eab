"""Takes a chance and what there is to choose from; gives answers as people type and paste them.

Every answer is one that the form takes; what stands in its texts is as nasty as texts get.
"""

import random
from collections.abc import Mapping
from typing import Any

LANGUAGES = {"en": ("en",), "zh": ("zh",), "both": ("en", "zh")}
#: What YAML, Markdown, HTML or a terminal would take for something else.
NASTY = (
    *("28.0", "no", "yes", "on", "1e3", "0x1f", "1_000", ".inf", "12:30:45", "2025-02-26"),
    *("null", "~", "key: value", "a #b", " # remark", "- item", "-", "--- end", "...", "? key"),
    *("!tag", "&anchor", "*alias", "%directive", "@at", "`tick", "``two``", "`docker run -p`"),
    *("|", ">", "| a | b |", "<<", "[flow, list]", "{flow: map}"),
    *("[text](http://plain.example)", "[text](javascript:alert(1))"),
    *("[docs](https://example.org/a?b=c)", "[ref]: https://example.org", "![image](x.png)"),
    *("#tag", "# heading", "> quote", ">>deep", "===", "---", "***", "___", "~~~", "```sh"),
    *("1) one", "28. is", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</p>"),
    *("<!-- c -->", "a < b > c", "&lt;b&gt;", "&#60;", "&amp", "{{ template }}", "{% raw %}"),
    *("${HOME}", "$(id)", "\\", "\\n", "\\*", 'say "it"', "it's", "''", '"', "'", "**bold**"),
    *("*x", "2*3*4", "中**“文”**字", "_a_", "__init__", "容器无法启动。", "版本：28.0.0，见 #1"),
    *("🐳 down", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "naïve café", "ﬁ", "Ω≈ç√"),
    *("ｆｕｌｌ", "tab\there", "\tindented", "    four", "trailing   ", "\xa0nbsp"),
    *("zero\u200bwidth", "\u202ertl", "line\r\nend", "one\n\n\ntwo", "- a\n  - b\n- c"),
    *("a\n---\nb", "a\n-\nb", "a | b\n--- | ---\n1 | 2", "\x1b[31mred\x1b[0m", "bell\x07"),
    *("nul\x00", "\ufeffmark", "\u2028sep", "half\ud800", "\uffff", "- # - > 1. ---"),
    "long " * 400,
    "x" * 3000,
)
#: What stands in commands; shells read ASCII.
COMMANDS = (
    "docker version",
    "$ docker info --format '{{.Driver}}'",
    "root@web-1:~$ systemctl --user status docker",
    "echo “quoted” ‘so’ – or -- so",
    "awk '{ print $1 }' /etc/os-release",
    'grep -c "a: b" file\tother',
    "docker ps \\\n  --filter status=exited",
    "printf '%s\\n' '# no remark'",
    "test: && true",
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def word(chance: random.Random) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(chance.randint(4, 9)))


def text(chance: random.Random, *, plain: int = 3) -> str:
    """A few words with something nasty between them, at the beginning or at the end."""
    parts = [word(chance) for _ in range(chance.randint(1, plain))]
    parts += chance.sample(NASTY, chance.randint(0, 3))
    chance.shuffle(parts)
    return chance.choice((" ", " ", "\n", "\n\n", "")).join(parts) + " " + word(chance)


def both(chance: random.Random, write: str, *, empty: float = 0.0) -> dict[str, str]:
    """The same names in each language, as a translation has them."""
    said = "" if chance.random() < empty else text(chance)
    return dict.fromkeys(LANGUAGES[write], said)


def error(chance: random.Random) -> str:
    """Lines that no other record prints, as a log prints them."""
    lines = []
    for _ in range(chance.randint(1, 3)):
        own = " ".join(word(chance) for _ in range(6))
        middle = chance.choice((*NASTY, "at 10.0.0.7:8080", "id 3f5c0d1a9b7e", "[::1]:80", ""))
        prefix = chance.choice(("", "2025-02-26T10:00:00Z ", "Feb 26 10:00:00 web dockerd[71]: "))
        lines.append(f"{prefix}{own} {middle} failed {own[::-1]} {word(chance)}")
    return chance.choice(("\n", "\r\n")).join(lines)


def sources(chance: random.Random) -> str:
    number = chance.randint(1, 99999)
    known = (
        f"https://github.com/moby/moby/issues/{number}",
        f"github.com/moby/moby/pull/{number + 1}?utm_source=x#issuecomment-1",
        f"http://www.github.com/moby/moby/releases/tag/v28.0.{number % 9}",
        f"https://bugs.launchpad.net/ubuntu/+source/docker.io/+bug/{number}",
        f"https://bugs.debian.org/cgi-bin/bugreport.cgi?bug={number}",
        f"https://nvd.nist.gov/vuln/detail/CVE-2025-{number + 1000}",
        "https://docs.docker.com/engine/release-notes/28/#2801",
        'https://example.org/a b/"quoted"/<x>/é?q=`x`',
        "https://例子.example/页面",
    )
    return chance.choice(("\n", "\n\n", "\r\n")).join(chance.sample(known, chance.randint(1, 4)))


def answers(chance: random.Random, choices: Mapping[str, Any], number: int) -> dict[str, Any]:
    """What one person answers, whole."""
    write = chance.choice(list(LANGUAGES))
    product = chance.choice(choices["products"])
    versions = product["versions"]
    end = chance.choice(("fixed", "last", "open")) if len(versions) > 1 else "open"
    first = chance.randrange(len(versions) - (end != "open"))
    last = chance.randrange(first + 1, len(versions)) if end != "open" else 0
    hit = chance.random() < 0.7
    given = {
        "write": write,
        "title": both(chance, write),
        "summary": both(chance, write),
        "kind": chance.choice(("regression", "breaking-change", "known-issue")),
        "level": chance.choice(("critical", "high", "medium", "low")),
        "reason": both(chance, write),
        "cause": both(chance, write, empty=0.5),
        "product": product["id"],
        "from": "0" if chance.random() < 0.1 else versions[first],
        "end": end,
        "to": versions[last] if end != "open" else "",
        "since": f"20{chance.randint(16, 26)}-0{chance.randint(1, 9)}-{chance.randint(10, 28)}",
        "conditions": {
            trait["path"]: chance.sample([v for v, _ in trait["values"]], chance.randint(0, 2))
            for trait in product["traits"]
            if chance.random() < 0.3
        },
        "effect": both(chance, write, empty=0.6),
        "error": error(chance) if hit else "",
        "log": chance.choice(("client", "daemon", "kernel")),
        "command": chance.choice(("", *COMMANDS[:2])),
        "pattern": "",
        "near": chance.choice(("", f"{text(chance)} {word(chance)}")),
        "sources": sources(chance),
        "evidence": chance.choice(("reproduced", "reported", "inferred")),
        "practices": chance.sample(["pin-versions", "test-networking-before-upgrade"], 0),
        "unsure": both(chance, write, empty=0.7),
        "slug": f"case-{number}-{word(chance)}" if chance.random() < 0.9 else f"Case {number}: É!",
        "related": [],
    }
    return given | _way(chance, write, versions)


def _way(chance: random.Random, write: str, versions: list[str]) -> dict[str, Any]:
    way = chance.choice(("", "upgrade", "downgrade", "configure", "substitute", "avoid"))
    return {
        "way": way,
        "wayTitle": both(chance, write),
        "leads": chance.choice(("", versions[-1])),
        "platform": chance.choice(("any", "debian", "kubernetes")),
        "apply": chance.choice(("", *COMMANDS)),
        "verify": chance.choice(("", *COMMANDS)),
        "rollback": chance.choice(("", *COMMANDS)),
        "effort": chance.choice(("minutes", "hour", "day")),
        "disruption": chance.choice(("none", "restart", "downtime", "data-risk")),
        "risk": both(chance, write),
    }
