"""Takes checkouts with something broken in them; shows that a build says where, and stops once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.checkout import Checkout

BAD = "advisories/records/2025/CAV-2025-9999.yml"
PLACE = re.compile(r"^advisories/\S+:\d+:\d+: \S+ .*found .+, want .+", re.MULTILINE)


def _symlink(path: Path) -> None:
    path.symlink_to("CAV-2025-0001.yml")


BREAKAGES: dict[str, Callable[[Path], object]] = {
    "a broken record": lambda path: path.write_text("id: CAV-2025-9999\ntitle: [\n"),
    "an empty file": lambda path: path.write_text(""),
    "a directory in place of a file": lambda path: path.mkdir(),
    "a symlink": _symlink,
    "a file of 1 MB": lambda path: path.write_text("id: " + "x" * 2**20),
    "bad UTF-8": lambda path: path.write_bytes(b"id: \xff\xfe"),
}


@pytest.fixture
def standing(copied: Checkout) -> dict[str, bytes]:
    """A site that stands there from before, as names and bytes."""
    site = copied.root / "site"
    site.mkdir(exist_ok=True)
    (site / "index.html").write_text("the site that was there")
    return look(site)


def look(folder: Path) -> dict[str, bytes]:
    """Every file in a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("breakage", "command"),
    [
        *((breakage, ("scripts/build.py",)) for breakage in BREAKAGES),
        ("a broken record", ("-m", "mkdocs", "build")),
    ],
)
def test_the_place_is_named_and_the_old_site_stays(
    copied: Checkout, standing: dict[str, bytes], breakage: str, command: tuple[str, ...]
) -> None:
    """Exit 1, a line with file, line and column, no traceback, and site/ is what it was."""
    with copied.edited(BAD) as path:
        BREAKAGES[breakage](path)
        done = copied.run(*command)
    output = done.stdout + done.stderr
    assert done.returncode == 1, output
    assert PLACE.search(output), output
    assert BAD.removesuffix(".yml") in output
    assert "Traceback" not in output
    assert look(copied.root / "site") == standing
    assert not list(copied.root.glob("site.next*"))


def test_a_product_that_does_not_exist_is_a_problem_of_the_record_that_names_it(
    copied: Checkout, standing: dict[str, bytes]
) -> None:
    """The line is that of the record, since there is no other file to point at."""
    with copied.edited("advisories/products/traefik.yml") as path:
        path.unlink()
        done = copied.run("scripts/build.py")
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if PLACE.match(line)]
    assert any(line.startswith("advisories/records/") and "traefik" in line for line in lines)
    assert look(copied.root / "site") == standing


def test_all_problems_are_shown_at_once(copied: Checkout) -> None:
    """Nobody mends one, builds, and meets the next."""
    other = BAD.replace("9999", "9998")
    with copied.edited(BAD) as one, copied.edited(other) as two:
        one.write_text("")
        two.write_text("")
        done = copied.run("scripts/build.py")
    assert BAD in done.stderr
    assert other in done.stderr
    assert done.stdout.count("Aborted") == 1
