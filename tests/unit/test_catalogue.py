"""Takes products with packages; shows how what a host reports becomes one of their releases."""

import time

import pytest

from caveat.model import Product
from caveat.versions import Catalogue, VersionError

ENGINE = {
    "id": "engine",
    "name": "Engine",
    "homepage": "https://engine.example/",
    "repository": "https://engine.example/",
    "versioning": "semver",
    "releases": [
        {"version": v}
        for v in ("27.5.1", "28.0.0-rc.1", "28.0.0", "28.0.1", "1.4.0-rc.10", "3.6.1")
    ],
    "branches": [
        {"branch": "28", "end_of_life": "2025-11-10", "notes": "https://engine.example/28"},
        {"branch": "28.0", "end_of_life": "2025-05-01"},
    ],
    "packages": [
        {"manager": "deb", "names": ["engine-ce"], "forms": ["5:{version}-{revision}"]},
        {"manager": "deb", "names": ["engine.io"], "forms": ["{version}-{revision}"]},
        {
            "manager": "deb",
            "names": ["engine.io"],
            "forms": ["{version}+dfsg{n}", "{version}+dfsg{n}-{revision}"],
        },
    ],
}
KERNEL = {
    **ENGINE,
    "id": "kernel",
    "versioning": "dotted",
    "granularity": "series",
    "releases": [{"version": v} for v in ("6.1", "6.8", "6.10", "6.12")],
    "branches": [],
    "packages": [{"manager": "deb", "names": ["linux"], "forms": ["{version}-{abi}-generic"]}],
}


def catalogue(product: dict[str, object], **changes: object) -> Catalogue:
    """A product, with changes."""
    return Catalogue(Product.model_validate({**product, **changes}))


@pytest.mark.parametrize(
    ("text", "release"),
    [
        ("28.0.0", "28.0.0"),
        ("v3.6.1", "3.6.1"),
        (" 28.0.1\n", "28.0.1"),
        ("1.4.0-rc.10", "1.4.0-rc.10"),
        ("5:27.5.1-1~debian.12~bookworm", "27.5.1"),
        ("5:28.0.0~rc.1-1~debian.12~bookworm", "28.0.0-rc.1"),
        ("28.0.0-0ubuntu1", "28.0.0"),
        ("28.0.0-0ubuntu1~24.04.1", "28.0.0"),
        ("28.0.0+dfsg1", "28.0.0"),
        ("28.0.0+dfsg1-1", "28.0.0"),
    ],
)
def test_what_a_host_reports_is_a_release(text: str, release: str) -> None:
    """Upstream's form and each declared package's lead to the same release."""
    version = catalogue(ENGINE).parse(text)
    assert version.text == release
    assert catalogue(ENGINE).has(version)


@pytest.mark.parametrize(
    "text", ["28.0", "6:28.0.0-1", "28.0.0_1", "5:28.0.0", "28", "", "latest", "28.0.0-0 ubuntu1"]
)
def test_what_no_form_covers_is_refused(text: str) -> None:
    """Only declared packages are understood; nothing is guessed."""
    with pytest.raises(VersionError):
        catalogue(ENGINE).parse(text)


def test_long_text_is_refused_at_once() -> None:
    """A pasted log does not keep the forms busy."""
    start = time.perf_counter()
    with pytest.raises(VersionError):
        catalogue(ENGINE).parse("1.2.3-" * 50_000)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    ("text", "release"),
    [("6.8", "6.8"), ("6.8.0", "6.8"), ("6.8.0-101-generic", "6.8"), ("6.10.3", "6.10")],
)
def test_a_series_stands_for_its_releases(text: str, release: str) -> None:
    """Where the catalogue lists series, a release is answered as its series."""
    assert catalogue(KERNEL).parse(text).text == release


@pytest.mark.parametrize("text", ["6.80", "6.9.1", "5.15.0-91-generic"])
def test_a_series_that_is_not_listed_stays_itself(text: str) -> None:
    """6.80 is no 6.8."""
    assert not catalogue(KERNEL).has(catalogue(KERNEL).parse(text))


def test_the_catalogue_spells() -> None:
    """1.9.0 and 1.9 are one release, called as the catalogue calls it."""
    product = catalogue(ENGINE, versioning="dotted", releases=[{"version": "1.9"}])
    assert product.parse("1.9.0").text == "1.9"


def test_order_and_neighbours() -> None:
    """Releases sort by number, however they are listed, and each knows its neighbours."""
    product = catalogue(KERNEL)
    assert [v.text for v in product.versions] == ["6.1", "6.8", "6.10", "6.12"]

    def beside(text: str) -> tuple[str | None, ...]:
        return tuple(v and v.text for v in product.neighbours(product.parse(text)))

    assert beside("6.8") == ("6.1", "6.10")
    assert beside("6.9") == ("6.8", "6.10")
    assert beside("5.4") == (None, "6.1")
    assert beside("7.0") == ("6.12", None)
    assert beside("6.1") == (None, "6.8")
    assert beside("6.12") == ("6.10", None)


def test_near_matches() -> None:
    """A version that is not one gets what it may have meant."""
    assert catalogue(ENGINE).near("28.0") == ["28.0.1", "28.0.0", "28.0.0-rc.1"]
    assert "28.0.1" in catalogue(ENGINE).near("28.0.l")
    assert catalogue(ENGINE).near("nonsense") == []


def test_end_of_life_and_notes_come_from_the_longest_branch_that_says_so() -> None:
    """A release's own day wins, then the nearest branch's."""
    product = catalogue(ENGINE)
    release = product.parse("28.0.1")
    assert product.end_of_life(release) == "2025-05-01"
    assert product.notes(release) == "https://engine.example/28"
    assert product.end_of_life(product.parse("27.5.1")) is None


def test_a_release_that_does_not_parse_is_left_out() -> None:
    """A rule reports it with its place; nothing else breaks."""
    product = catalogue(ENGINE, releases=[{"version": "28.0.0"}, {"version": "28"}])
    assert [v.text for v in product.versions] == ["28.0.0"]


@pytest.mark.parametrize(
    ("scheme", "texts", "newest"),
    [
        ("semver", ("1.0.0", "1.1.0-rc.1"), "1.0.0"),
        ("pep440", ("1.0", "2.0rc1", "2.0.dev3"), "1.0"),
        ("dotted", ("1.9", "1.10beta2"), "1.9"),
        ("deb", ("5:1.0-1~debian.12~bookworm", "5:1.1~rc1-1"), "5:1.0-1~debian.12~bookworm"),
        ("rpm", ("3:1.0-1.el9", "3:1.1~beta.2-1.el9"), "3:1.0-1.el9"),
        ("semver", ("1.1.0-rc.1", "1.1.0-rc.2"), "1.1.0-rc.2"),
    ],
)
def test_the_newest_is_final(scheme: str, texts: tuple[str, ...], newest: str) -> None:
    """A pre-release, however it is written, is the newest only where there is nothing else."""
    releases = [{"version": text} for text in texts]
    assert catalogue(ENGINE, versioning=scheme, releases=releases).newest.text == newest
