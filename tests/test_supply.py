"""Takes pyproject.toml, the lock and the Makefile; shows that what is installed is known, hashed, a
wheel, little, and has its reason."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DIRECT = [re.split(r"[^A-Za-z0-9._-]", one)[0].lower() for one in PROJECT["dependencies"]]


def entries() -> list[str]:
    """Each package of the lock with its hashes."""
    return re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]


def test_direct_dependencies_are_ten_at_most() -> None:
    """An eleventh needs one of them to go."""
    assert 0 < len(DIRECT) <= 10


def test_each_has_a_line_that_says_why() -> None:
    """One line each in CONTRIBUTING.md, and none for what is gone."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.partition("| Package | Why |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([A-Za-z][\w.-]*)(?: \(\w+\))? \| (\S.+) \|$", table, re.MULTILINE)
    assert sorted(name.lower() for name, _ in rows) == sorted(DIRECT)


def test_all_that_is_locked_has_its_hashes() -> None:
    """One version and at least one hash each."""
    assert len(entries()) > 30
    for entry in entries():
        assert re.match(r"[A-Za-z0-9._-]+(\[[\w,-]+\])?==[^\s;\\]+", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_every_installation_is_held_to_the_lock() -> None:
    """Hashes are asked for, wheels alone are taken, and this project builds from the lock's own
    backend. (uv writes the lock and is used for nothing else.)"""
    installs = [
        line for line in MAKEFILE.splitlines() if re.search(r"pip (install|download)", line)
    ]
    locked = [line for line in installs if "requirements.lock" in line]
    assert len(locked) == 2
    assert all("--require-hashes" in line and "--only-binary :all:" in line for line in locked)
    others = [line for line in installs if line not in locked and "$(UV)" not in line]
    assert others
    assert all("--no-deps" in line and "--no-build-isolation" in line for line in others)


def bill() -> dict[str, object]:
    """What the command prints."""
    command = [sys.executable, "scripts/sbom.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_bill_lists_what_is_locked() -> None:
    """Every package with its name in all such lists; who needs whom; the same bytes each time."""
    made = bill()
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    purls = [one["purl"] for one in made["components"]]
    assert len(purls) == len(set(purls)) == len(entries())
    named = {ref for one in made["dependencies"] for ref in (one["ref"], *one["dependsOn"])}
    assert named - {"pkg:pypi/caveat@" + PROJECT["version"]} == set(purls)
    needed = {one["name"] for one in made["components"] if one["scope"] == "required"}
    assert set(DIRECT) <= needed
    assert "pytest" not in needed
    assert bill() == made


def test_another_reader_understands_the_bill() -> None:
    """The library of CycloneDX itself, which the audit brings along."""
    from cyclonedx.model.bom import Bom

    read = Bom.from_json(bill())  # type: ignore[attr-defined]
    assert len(read.components) == len(entries())
