"""Takes records with packages; shows that apt itself holds what `caveat hold` prints, that dnf's
lines have their form, and that nothing is held where there is nothing to hold."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.command import ROOT, run
from tests.support.knowledge import ADVISORY, BASE, ENGINE, change, write_base

VERSIONS = {
    "engine-ce": ["5:1.1.1-1", "5:1.1.10-1", "5:2.0.0~rc.1-1", "5:2.0.0-1~deb.12", "5:2.0.1-1"],
    "engine-ce-cli": ["2.0.0-3", "2.0.0+dfsg1"],
    "other": ["5:2.0.0-1"],
}


def stanzas(text: str) -> list[dict[str, str]]:
    """The records of an apt preferences file, as apt_preferences(5) describes it."""
    plain = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    records = [part for part in re.split(r"\n{2,}", plain.strip()) if part]
    return [dict(line.split(": ", 1) for line in part.splitlines()) for part in records]


def test_apt_form_holds_each_release_by_itself() -> None:
    """Epoch, exact number, a wildcard for the revision; a pre-release is spelt as Debian does."""
    done = run("hold", "CAV-2025-0001", "--manager", "apt", kb=BASE)
    assert done.status == 0
    found = stanzas(done.out)
    assert {one["Package"] for one in found} == {"engine-ce engine-ce-cli"}
    assert {one["Pin-Priority"] for one in found} == {"-1"}
    pins = [one["Pin"] for one in found]
    assert pins[:3] == ["version 5:1.1.1-*", "version 1.1.1-*", "version 1.1.1+dfsg*"]
    assert "version 5:2.0.0-*" in pins
    assert not any(pin.startswith("version 5:1.1.2") for pin in pins)


def test_hold_says_whose_it_is_and_when_to_remove_it() -> None:
    """Id, title and removal condition as comments, the id in every stanza, in both languages."""
    done = run("hold", "engine-2-0-0-ports", "--manager", "apt", kb=BASE)
    head = [line for line in done.out.splitlines() if line.startswith("# ")]
    assert head[0] == "# CAV-2025-0001: Engine 2.0.0 cannot publish ports"
    assert "# Remove it once the host is on Engine 2.0.1 or later." in head
    assert {one["Explanation"] for one in stanzas(done.out)} == {"CAV-2025-0001"}
    chinese = run("hold", "engine-2-0-0-ports", "--lang", "zh", kb=BASE).out
    assert "# 主机升到 Engine 2.0.1 或更高版本后，即可删除。" in chinese


@pytest.mark.skipif(not shutil.which("apt-cache"), reason="no apt on this system")
def test_apt_obeys(tmp_path: Path) -> None:
    """Real apt, with its own lists and status: what is struck has the priority -1, and nothing
    else."""
    (tmp_path / "preferences").write_text(
        run("hold", "CAV-2025-0001", "--manager", "apt", "--lang", "zh", kb=BASE).out
    )
    (tmp_path / "status").write_text("")
    (tmp_path / "Packages").write_text(
        "".join(
            f"Package: {name}\nVersion: {version}\nArchitecture: all\nMaintainer: a <a@b.example>\n"
            f"Description: a\nFilename: ./a.deb\nSize: 1\nSHA256: {'0' * 64}\n\n"
            for name, versions in VERSIONS.items()
            for version in versions
        )
    )
    (tmp_path / "sources.list").write_text(f"deb [trusted=yes] file:{tmp_path} ./\n")
    for folder in ("lists/partial", "cache/archives/partial"):
        (tmp_path / folder).mkdir(parents=True)
    apt(tmp_path, "apt-get", "update")
    priorities = {name: policy(apt(tmp_path, "apt-cache", "policy", name)) for name in VERSIONS}
    held = {
        (name, version)
        for name, versions in priorities.items()
        for version, priority in versions.items()
        if priority == -1
    }
    assert {name: set(found) for name, found in priorities.items()} == {
        name: set(versions) for name, versions in VERSIONS.items()
    }
    assert held == {
        ("engine-ce", "5:1.1.1-1"),
        ("engine-ce", "5:2.0.0-1~deb.12"),
        ("engine-ce", "5:2.0.1-1"),
        ("engine-ce-cli", "2.0.0-3"),
        ("engine-ce-cli", "2.0.0+dfsg1"),
    }


def apt(folder: Path, *words: str) -> str:
    """apt with nothing of this machine's own settings."""
    places = {
        "Dir::Etc::sourcelist": "sources.list",
        "Dir::Etc::sourceparts": "none",
        "Dir::Etc::preferences": "preferences",
        "Dir::Etc::preferencesparts": "none",
        "Dir::State::lists": "lists",
        "Dir::State::status": "status",
        "Dir::Cache": "cache",
    }
    options = [part for key, name in places.items() for part in ("-o", f"{key}={folder / name}")]
    command = [words[0], *options, "-o", "APT::Sandbox::User=", *words[1:]]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "E:" not in done.stderr
    return done.stdout


def policy(text: str) -> dict[str, int]:
    """The versions of a table of `apt-cache policy`, with their priorities."""
    table = text.partition("Version table:")[2]
    rows = re.findall(r"^ (?:\*\*\*|   ) (\S+) (-?\d+)$", table, re.MULTILINE)
    return {version: int(priority) for version, priority in rows}


def test_dnf_lines_exclude_each_release(tmp_path: Path) -> None:
    """`!name-version-*`, without an epoch: packages that move together have different ones."""
    root = change(
        write_base(tmp_path),
        ENGINE,
        "version_command:",
        "  - manager: rpm\n    names: [engine-ce, engine-ce-cli]\n"
        '    forms: ["3:{version}-{release}", "1:{version}-{release}"]\nversion_command:',
    )
    done = run("hold", "CAV-2025-0001", "--manager", "dnf", kb=root)
    lines = [line for line in done.out.splitlines() if not line.startswith("#")]
    assert "!engine-ce-2.0.0-*" in lines
    assert "!engine-ce-cli-1.1.1-*" in lines
    assert len(lines) == len(set(lines))
    assert all(re.fullmatch(r"!engine-ce(-cli)?-\d+\.\d+\.\d+(~rc\.\d+)?-\*", one) for one in lines)


def test_nothing_to_hold_is_said(tmp_path: Path) -> None:
    """No package of the manager, no catalogued release, or a record that was withdrawn."""
    none = run("hold", "CAV-2025-0001", "--manager", "dnf", kb=BASE)
    assert (none.status, "no package of it is declared" in none.out) == (0, True)
    root = change(
        write_base(tmp_path),
        ADVISORY,
        "status: published",
        "status: withdrawn\nwithdrawn: {reason: {en: Wrong., zh: 有误。}}",
    )
    gone = run("hold", "CAV-2025-0001", kb=root)
    assert (gone.status, "was withdrawn" in gone.out, "Pin" in gone.out) == (0, True, False)


def test_step_is_held_where_it_ends() -> None:
    """What strikes only on an upgrade is held at the releases that the step reaches."""
    pins = [one["Pin"] for one in stanzas(run("hold", "CAV-2025-0001", kb=BASE).out)]
    assert "version 5:2.1.0-*" in pins


def test_json_holds_the_same() -> None:
    """Lines, file and patterns for tools."""
    done = run("hold", "CAV-2025-0001", "--json", kb=BASE)
    assert done.json["id"] == "CAV-2025-0001"
    hold = done.json["holds"][0]
    assert hold["manager"] == "apt"
    assert "5:2.0.0-*" in hold["patterns"]
    assert f"{hold['patterns'][0]}" in "\n".join(hold["lines"])
    assert set(done.json["remove_when"]) == {"en", "zh"}


def test_unknown_record_is_2() -> None:
    """With near matches."""
    done = run("hold", "CAV-2025-001", kb=BASE)
    assert (done.status, "Did you mean `CAV-2025-0001`" in done.error) == (2, True)


def test_every_record_of_the_house_has_a_sound_answer() -> None:
    """Each prints stanzas that are whole, or says why there are none."""
    for path in sorted(ROOT.glob("advisories/records/*/*.yml")):
        done = run("hold", path.stem)
        assert done.status == 0, path
        for one in stanzas(done.out.partition("\n\n# ")[0]):
            assert list(one) == ["Explanation", "Package", "Pin", "Pin-Priority"], path
            assert re.fullmatch(r"version \S+", one["Pin"]), path
