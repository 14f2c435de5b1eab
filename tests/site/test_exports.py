"""Takes the built site; shows that its pages lead readers to the outputs beside them."""

from pathlib import Path

import pytest

from tests.support.html import read_page, resolve


@pytest.mark.parametrize("lang", ["", "zh/"])
def test_pages_offer_their_feeds(site: Path, lang: str) -> None:
    """A feed reader that is given a page finds the feeds in its own language, a product's first."""
    for page, own in (("about/", []), ("products/runc/", ["products/runc/"])):
        document = read_page(site, lang + page)
        linked = [resolve(document.path, target) for _, target in document.links]
        feeds = [found[0] for found in linked if found and "feed." in found[0]]
        wanted = [f"{lang}{at}{name}" for at in (*own, "") for name in ("feed.atom", "feed.json")]
        assert feeds[: len(wanted)] == wanted
        assert all((site / feed).is_file() for feed in feeds)


@pytest.mark.parametrize("lang", ["", "zh/"])
def test_an_advisory_offers_its_markdown(site: Path, lang: str) -> None:
    """In its own language; lists of advisories have none."""
    for page, own in (("advisories/CAV-2025-0001/", 1), ("advisories/", 0)):
        document = read_page(site, lang + page)
        linked = [target for _, target in document.links if target == "index.md"]
        assert len(linked) == own
    assert (site / lang / "advisories" / "CAV-2025-0001" / "index.md").is_file()


@pytest.mark.parametrize("lang", ["", "zh/"])
def test_names_lead_to_advisories(site: Path, lang: str) -> None:
    """By upstream name and by slug, for whoever knows no other address."""
    for name in ("moby/moby/49499", "docker-28-0-0-rootless-slirp4netns-port-driver"):
        document = read_page(site, f"{lang}alias/{name}/")
        found = [resolve(document.path, target) for _, target in document.links]
        whole = [target for _, target in document.links if "/advisories/CAV-2025-0001/" in target]
        assert (f"{lang}advisories/CAV-2025-0001/", "") in found or whole


@pytest.mark.parametrize("lang", ["", "zh/"])
def test_an_advisory_offers_what_tools_read(site: Path, lang: str) -> None:
    """JSON, OSV and CSAF, which lie once for both languages, and the page that says what the two
    formats keep."""
    document = read_page(site, f"{lang}advisories/CAV-2025-0001/")
    found = {place[0] for _, target in document.links if (place := resolve(document.path, target))}
    wanted = {
        "api/v1/advisories/CAV-2025-0001.json",
        "api/v1/osv/CAV-2025-0001.json",
        "api/v1/csaf/2026/cav-2025-0001.json",
    }
    assert wanted <= found
    assert f"{lang}formats/exports/" in found
    assert all((site / path).is_file() for path in wanted)
