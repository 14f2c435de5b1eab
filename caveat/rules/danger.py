"""What makes a command dangerous: it cannot be taken back, or it opens what was shut.

Takes the text of a command and gives what is dangerous in it. A list can be got round and replaces
no reviewer: it sees to it that what is plain to see is not passed over. To add an entry: a name, a
pattern and its reason below, and a line in tests/unit/test_danger.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_FETCH = r"\b(?:curl|wget|fetch|iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b"
_DECODE = r"\b(?:base64|base32|xxd|openssl\s+enc|gunzip|zcat|printf|echo)\b"
_SHELL = (
    r"(?:\S*/)?(?:(?:ba|da|z|k|c|tc|fi|a)?sh|pwsh|powershell|python[\d.]*|perl|ruby|node|php|iex"
    r"|Invoke-Expression)"
)
_AS = r"(?:(?:sudo|doas|env|nohup|time|exec|xargs)\s+(?:-\S+\s+|\w+=\S*\s+)*)*"
#: An octal mode that lets everybody write, or a symbolic one; sticky directories are no exception.
_FOR_ALL = r"(?:[0-7]{0,3}[2367]|(?:[ugoa]*[oa][ugoa]*[+=][rXxst]*w|\+[rXxst]*w)\S*)"
#: Short options in one word: `-sk` holds `k`. Of curl's, only these take no value that may follow.
_CURL_K = r"\bcurl\b(?:\s[^|;&\n]*)?\s-[fsSLgiIjlnNOpqv46#]*k"


@dataclass(frozen=True)
class Danger:
    """A way to do harm: what it is called, how it looks, and why it is one."""

    name: str
    pattern: re.Pattern[str]
    why: str


def _dangers(*entries: tuple[str, str, str]) -> tuple[Danger, ...]:
    return tuple(Danger(name, re.compile(pattern), why) for name, pattern, why in entries)


DANGERS = _dangers(
    (
        "script-from-network",
        rf"{_FETCH}[^;\n]*\|\s*{_AS}{_SHELL}(?![\w.-])"
        rf"|(?:{_SHELL}(?:\s+-\w+)*|\bsource|(?:^|[;&|\s])\.|\beval|\biex)\s+"
        rf"[\"']?(?:<\(|\$\(|`|\()\s*{_AS}{_FETCH}",
        "it runs what the network sends, unread",
    ),
    (
        "hidden-script",
        rf"{_DECODE}[^|\n]*\|\s*(?:{_DECODE}[^|\n]*\|\s*)*{_AS}{_SHELL}(?:\s+-\S*)*\s*(?=[\n;&|]|$)"
        r"|(?i:-e(?:nc(?:odedcommand)?)?)\s+[A-Za-z0-9+/]{40,}={0,2}",
        "nobody can read what it runs",
    ),
    (
        "recursive-delete",
        r"\brm\b(?:\s+\S+)*?\s+(?:-[a-zA-Z]*[rR][a-zA-Z]*|--recursive|--no-preserve-root)(?=\s|$)"
        r"|\bfind\b[^|;\n]*\s-delete\b|\bfind\b[^|\n]*-exec(?:dir)?\s+(?:sudo\s+)?(?:rm|shred)\b"
        r"|\bxargs\b[^|;\n]*\brm\b|\bRemove-Item\b[^|;\n]*-Recurse\b|\b(?:rd|rmdir|del)\s+/[sS]\b"
        r"|\brsync\b[^|;\n]*--delete|\bgit\s+clean\b[^|;\n]*\s-\w*f|shutil\.rmtree",
        "what it deletes is gone",
    ),
    (
        "wiped-storage",
        r"\bmkfs(?:\.\w+)?\b|\bwipefs\b|\bshred\b|\bblkdiscard\b|\bdd\b[^|;\n]*\bof=/dev/"
        r"|>\s*/dev/(?:sd|hd|vd|xvd|nvme|mmcblk|disk)"
        r"|\b(?:docker|podman|nerdctl|buildah)\b[^|;\n]*\b(?:system\s+(?:prune|reset)|volume\s+prune)\b"
        r"|\bkubectl\s+delete\b[^|;\n]*\s--all\b|\b(?:lv|vg|pv)remove\b|\bzfs\s+destroy\b",
        "what it wipes is gone",
    ),
    (
        "unverified-source",
        rf"{_CURL_K}|--insecure(?![\w-])|--no-check-certificate\b|--no-?gpg-?checks?\b"
        r"|--allow-unauthenticated\b|--allow-insecure-repositories\b|--allow-untrusted\b|--force-yes\b"
        r"|\btrusted\s*[=:]\s*yes\b|--trusted-host\b|--(?:src-|dest-)?tls-?verify[= ]\"?false"
        r"|--insecure-skip-tls-verify(?![= ]\"?false)|insecure[-_]registr(?:y|ies)"
        r"|-SkipCertificateCheck\b"
        r"|\bGIT_SSL_NO_VERIFY=|(?i:sslverify)[= ]+\"?(?:false|0|no)\b|\bstrict-ssl[= ]+false\b"
        r"|\bNODE_TLS_REJECT_UNAUTHORIZED=[\"']?0|\bStrictHostKeyChecking[= ]no\b"
        r"|\b(?:repo_)?gpgcheck\s*=\s*(?:0|no|false)\b|\bSigLevel\s*=\s*Never\b|--skip-(?:verify|checksum)\b"
        r"|\bDOCKER_CONTENT_TRUST=0|\bCURLOPT_SSL_VERIFY|verify\s*=\s*False",
        "it takes what anybody on the way may have changed",
    ),
    (
        "world-writable",
        rf"\bchmod\b(?:\s+-\S+)*\s+{_FOR_ALL}(?=\s)"
        rf"|\b(?:install|mkdir)\b[^|;\n]*\s(?:-m\s*|--mode[= ]){_FOR_ALL}(?=\s)"
        r"|\bumask\s+0{1,4}(?!\d)|\bicacls\b[^|;\n]*Everyone:\(?F",
        "everybody on the host may change it",
    ),
    (
        "no-firewall",
        r"\bip6?tables(?:-nft|-legacy)?\b[^|;\n]*\s(?:-F|--flush|-X|--delete-chain)(?=\s|$)"
        r"|\bip6?tables(?:-nft|-legacy)?\b[^|;\n]*\s(?:-P|--policy)\s+\w+\s+ACCEPT\b"
        r"|\bnft\s+(?:-\S+\s+)*(?:flush\s+ruleset|delete\s+table)\b|\bufw\s+(?:disable|reset)\b"
        r"|\bsystemctl\b[^|;\n]*\b(?:stop|disable|mask)\b[^|;\n]*\b(?:firewalld|ufw|nftables|iptables)\b"
        r"|\bSet-NetFirewallProfile\b[^|;\n]*-Enabled\s+False\b",
        "it lets traffic in that a rule kept out",
    ),
    (
        "no-confinement",
        r"\bsetenforce\s+(?:0|[Pp]ermissive)\b|\bSELINUX=(?:disabled|permissive)\b|\baa-teardown\b"
        r"|\b(?:seccomp|apparmor)[=:]unconfined\b|\blabel[=:]disable\b|--privileged\b"
        r"|\bapparmor_restrict_unprivileged_userns\s*=\s*0\b|/apparmor\.d/disable\b",
        "it takes away what confines a program",
    ),
)

#: What a question never needs: each changes the host, becomes somebody else, or runs any text.
CHANGES = _dangers(
    (
        "changing-program",
        r"(?:^|[;&|(\s/])(?:rm|rmdir|mv|cp|dd|tee|ln|install|truncate|touch|mkdir|kill|pkill|killall"
        r"|reboot|shutdown|halt|poweroff|mount|umount|modprobe|insmod|rmmod|chmod|chown|chattr|setfacl"
        r"|useradd|usermod|userdel|passwd|crontab|at|nc|ncat|ssh|scp|apt|apt-get|dpkg-reconfigure|dnf"
        r"|yum|zypper|apk|pacman|pip|pip3|npm|snap|brew|update-alternatives)\s",
        "a question changes nothing",
    ),
    (
        "shell",
        rf"^(?:\S*/)?(?:(?:sudo|doas|su|pkexec|env|nsenter|chroot|xargs)\b|{_SHELL}\s"
        r"(?!-c\s+import \w+; print\(\w+\.__version__\)$))",
        "a question is one program, run as whoever asks",
    ),
    (
        "changing-option",
        r"\bsystemctl\b[^|;\n]*\s(?:start|stop|restart|reload|enable|disable|mask|unmask|set-property|edit"
        r"|daemon-reload|reset-failed)\b|\bsysctl\b[^|;\n]*\s(?:-w|--write|-p|--load)\b|\bsysctl\b[^|;\n]*="
        r"|\bip6?tables(?:-nft|-legacy)?\b[^|;\n]*\s-[ADIRNEPZ]\b|\bsed\b[^|;\n]*\s-\w*i|\s-ok(?:dir)?\s"
        r"|\bnft\b(?![^|;\n]*(?:--check|\s-c\s))[^|;\n]*\b(?:add|insert|create|replace|delete|destroy|flush"
        r"|reset)\b|\bcurl\b[^|;\n]*\s(?:-[XdFTo]|--request|--data\S*|--form|--upload-file|--output)\b"
        r"|\b(?:docker|podman|nerdctl)\s+(?:[a-z]+\s+)?(?:run|create|rm|rmi|kill|stop|start|restart|pull|push"
        r"|build|commit|cp|prune|update|load|import|tag|login|connect|disconnect)\b"
        r"|\bkubectl\b[^|;\n]*\s(?:apply|create|delete|edit|patch|replace|scale|drain|cordon|exec|run|cp)\b"
        r"|\bfirewall-cmd\b[^|;\n]*--(?:add|remove|set|reload|permanent|panic)"
        r"|\bgo\s+(?:run|install|get|generate|mod)\b|\bsystem\s*\(|\bprint[^;}]*>\s*[\"a-z/]",
        "a question changes nothing",
    ),
)


class Found(NamedTuple):
    """What is dangerous in a command: the kind, and the part that shows it."""

    danger: Danger
    part: str


@lru_cache(maxsize=1 << 16)
def dangerous(command: str) -> tuple[Found, ...]:
    """What of `DANGERS` is in `command`, in the list's order."""
    return _found(DANGERS, command)


@lru_cache(maxsize=1 << 16)
def changing(command: str) -> tuple[Found, ...]:
    """What is in a command that asks and should do nothing else."""
    return _found((*DANGERS, *CHANGES), command)


def _found(dangers: Iterable[Danger], command: str) -> tuple[Found, ...]:
    text = re.sub(r"\\\n\s*", " ", command)
    matches = ((danger, danger.pattern.search(text)) for danger in dangers)
    return tuple(Found(danger, " ".join(match[0].split())) for danger, match in matches if match)
