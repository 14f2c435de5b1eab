"""Takes the built site; shows that its pages lead readers to the outputs beside them."""

from pathlib import Path

import pytest

from tests.support.html import read_site, resolve


@pytest.mark.parametrize("lang", ["", "zh/"])
def test_pages_offer_their_feeds(site: Path, lang: str) -> None:
    """A feed reader that is given a page finds the feeds in its own language, a product's first."""
    documents = read_site(site)
    for page, own in (("about/", []), ("products/runc/", ["products/runc/"])):
        document = documents[lang + page]
        linked = [resolve(document.path, target) for _, target in document.links]
        feeds = [found[0] for found in linked if found and "feed." in found[0]]
        wanted = [f"{lang}{at}{name}" for at in (*own, "") for name in ("feed.atom", "feed.json")]
        assert feeds[: len(wanted)] == wanted
        assert all((site / feed).is_file() for feed in feeds)
