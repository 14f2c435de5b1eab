"""Takes a small site that was published; shows that a build which loses any of it is refused, with
the place and what to do instead."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from caveat import urls
from caveat.publishing import promises, verify
from caveat.reading.lock import Lock, read_lock
from tests.support.checkout import Checkout
from tests.support.crawl import READERS, crawl
from tests.support.html import read_site
from tests.support.knowledge import ADVISORY, change
from tests.support.six import ENDED, MOVED, NEWER, PLAIN, REPLACED, SHARING, six_checkout

PAGE = f"advisories/{PLAIN}/index.html"
CURE = "give it its address back, or leave a page there that leads on"


@pytest.mark.parametrize("base", ["https://kb.example/", "https://example.org/a/kb/"])
def test_a_site_without_an_address_is_whole_wherever_it_is_read(six: Path, base: str) -> None:
    """At the root of a host and below a path. Only the page for errors, which is given for any
    address, has to know where it is."""
    documents = read_site(six / "site")
    counts, dead = crawl(six / "site", base, documents)
    errors = () if base.count("/") == 3 else ("404.html", "zh/404.html")
    assert [one for one in dead if not one.startswith(errors)] == []
    assert all(counts[kind] for kind in READERS if kind not in (".svg", ".css", ".xml")), counts


def test_a_whole_site_has_no_fault(six: Path) -> None:
    """Nor when it takes its own place."""
    lock, _ = read_lock(six)
    assert len(lock.records) == 6
    assert verify.faults(six / "site", lock=lock, old=six / "site") == []


def test_the_promise_is_the_contract(six: Path) -> None:
    """What follows from the lock by rule is what the site is made of, and the other way round: no
    page, badge, feed, file of the API or Markdown is outside it."""
    lock, _ = read_lock(six)
    promised = promises.paths(lock).keys()
    site = six / "site"
    kinds = ("advisories", "alias", "api/v1/advisories", "api/v1/products", "badge", "products")
    there = {
        path.relative_to(site).as_posix()
        for folder in ("", "zh/")
        for kind in kinds
        for path in (site / folder / kind).rglob("*")
        if path.is_file() and path.name not in ("answers.json", "card.json")
    }
    assert there <= promised
    assert set(promises.anchors(lock)[PAGE]) >= {*urls.SECTIONS, "downgrade"}


def removed(path: str) -> Callable[[Path], None]:
    return lambda site: (site / path).unlink()


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    def act(site: Path) -> None:
        text = (site / path).read_text("utf-8")
        assert old in text
        (site / path).write_text(text.replace(old, new), "utf-8")

    return act


LOST = {
    "page": (removed(f"zh/{PAGE}"), f"zh/{PAGE}: found nothing, want what was published there"),
    "withdrawn": (removed(f"advisories/{ENDED}/index.html"), f"advisories/{ENDED}/index.html: fou"),
    "moved": (removed(f"badge/{MOVED}.svg"), f"badge/{MOVED}.svg: found nothing"),
    "replaced": (removed(f"api/v1/advisories/{REPLACED}.json"), f"api/v1/advisories/{REPLACED}.js"),
    "newer": (removed(f"zh/badge/{NEWER}.json"), f"zh/badge/{NEWER}.json: found nothing"),
    "shared-alias": (
        removed("alias/engine/engine/12/index.html"),
        "alias/engine/engine/12/index.html: found",
    ),
    "slug": (removed("zh/alias/copy-0006/index.html"), "zh/alias/copy-0006/index.html: found not"),
    "twin": (removed(f"advisories/{SHARING}/index.md"), f"advisories/{SHARING}/index.md: found"),
    "release": (removed("products/engine/2.0.0/index.html"), "products/engine/2.0.0/index.html: "),
    "release-badge": (removed("badge/engine/2.0.0.svg"), "badge/engine/2.0.0.svg: found nothing"),
    "feed": (removed("zh/products/engine/feed.atom"), "zh/products/engine/feed.atom: found noth"),
    "written": (removed("about/index.html"), "about/index.html: found nothing"),
    "anchor": (
        replaced(PAGE, 'id="downgrade"', 'id="go-back"'),
        f"{PAGE}: found no id `downgrade`, want it: published links lead to that section",
    ),
    "section": (
        replaced(f"zh/{PAGE}", 'id="cause"', 'id="causes"'),
        f"zh/{PAGE}: found no id `cause`, want it",
    ),
}


@pytest.fixture
def mine(six: Path, tmp_path: Path) -> Path:
    """A copy of the site to break."""
    shutil.copytree(six / "site", tmp_path / "site")
    return tmp_path / "site"


@pytest.mark.parametrize(("act", "want"), LOST.values(), ids=LOST)
def test_what_was_published_is_not_lost(
    six: Path, mine: Path, act: Callable[[Path], None], want: str
) -> None:
    """A page, badge, feed, file or anchor of it."""
    act(mine)
    found = [one for one in verify.faults(mine, lock=read_lock(six)[0]) if one.startswith(want)]
    assert len(found) == 1, found
    assert "found nothing" not in want or CURE in found[0]


DEAD = {
    "link": ('href="../../find/"', 'href="../../gone/"', "want gone/index.html to be there"),
    "anchor": ('href="#cause"', 'href="#gone"', "`#gone`, want `#gone` in the page itself to be"),
    "asset": ("/all.css", "/gone.css", "/gone.css to be there"),
}


@pytest.mark.parametrize(("old", "new", "want"), DEAD.values(), ids=DEAD)
def test_a_link_that_leads_nowhere_is_a_fault(mine: Path, old: str, new: str, want: str) -> None:
    """Named with its page."""
    replaced(PAGE, old, new)(mine)
    faults = verify.faults(mine)
    assert len(faults) == 1, faults
    assert faults[0].startswith(f"{PAGE}: found the link")
    assert want in faults[0]


def test_a_record_is_everywhere_or_nowhere(mine: Path) -> None:
    """A page that the API does not list is counted, and the other way round."""
    path = mine / "api/v1/index.json"
    index = json.loads(path.read_bytes())
    index["advisories"] = index["advisories"][1:]
    path.write_text(json.dumps(index))
    assert verify.faults(mine) == [
        f"{PLAIN} is in {folder}advisories/, but not in api/v1/index.json" for folder in ("", "zh/")
    ]


def test_a_tenth_of_what_readers_see_does_not_vanish(six: Path, mine: Path) -> None:
    """Even where the lock says nothing: the site that is published is asked."""
    for id_ in (ENDED, MOVED):
        for folder in ("", "zh/"):
            shutil.rmtree(mine / folder / "advisories" / id_)
    path = mine / "api/v1/index.json"
    index = json.loads(path.read_bytes())
    index["advisories"] = [o for o in index["advisories"] if o["id"] not in (ENDED, MOVED)]
    path.write_text(json.dumps(index))
    told = verify.faults(mine, lock=Lock(), old=six / "site")
    assert [one for one in told if "would vanish" in one] == [
        f"2 of 6 records of the site that is published now would vanish ({MOVED}, {ENDED}), want "
        "at most 10%; is this the right checkout, and whole? If it is meant, remove the old site "
        "first"
    ]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout whose site is out and whose lock says so; each test puts back what it changes."""
    checkout = six_checkout(tmp_path_factory.mktemp("published"))
    assert checkout.run("scripts/publish_lock.py").returncode == 0
    return checkout


PROOF = {
    "deleted": (
        f"advisories/records/2025/{ENDED}.yml",
        None,
        f"CAV902 {ENDED}: found no such record",
        "to end a record, set its status to `withdrawn` and say why",
    ),
    "renamed": (
        ADVISORY,
        ("  - id: downgrade", "  - id: go-back"),
        "CAV903 workarounds: found no workaround `downgrade`",
        "give it its id back: links lead to it; title and text may change",
    ),
    "moved": (
        "caveat/urls.py",
        ('return f"{ADVISORIES}{id_}/"', 'return f"notes/{id_}/"'),
        f"{PAGE}: found nothing, want what was published there (advisories/published.lock:3)",
        CURE,
    ),
}


@pytest.mark.parametrize(("file", "edit", "line", "cure"), PROOF.values(), ids=PROOF)
def test_the_build_fails_and_says_what_to_do_instead(
    published: Checkout, file: str, edit: tuple[str, str] | None, line: str, cure: str
) -> None:
    """When a record is deleted, a workaround renamed, or all pages of advisories move."""
    with published.edited(file) as path:
        text = path.read_text("utf-8")
        if edit is None:
            path.unlink()
        else:
            path.write_text(text, "utf-8")
            change(published.root, file, *edit)
        done = published.run("scripts/build.py")
    assert done.returncode == 1
    told = [one for one in done.stderr.splitlines() if line in one]
    assert told, done.stderr
    assert all(cure in one for one in told)
    assert "Not published" in done.stderr
