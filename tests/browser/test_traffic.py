"""Takes a page that asks for things after it has loaded; shows that a settled tab has them all."""

import pytest

from tests.support.browser import Tab, hold

pytestmark = pytest.mark.browser

CHAIN = """async () => {
  for (const number of [1, 2, 3]) await fetch(`?${number}`);
}"""


def test_what_a_page_asks_for_step_by_step_has_arrived(tab: Tab) -> None:
    """One answer leads to the next question, and the last is there as well."""
    page = tab.goto("about/")
    arrived: list[str] = []
    page.on("requestfinished", lambda request: arrived.append(request.url))
    page.evaluate(f"() => {{ ({CHAIN})(); }}")
    tab.settle()
    assert [url.rpartition("?")[2] for url in arrived] == ["1", "2", "3"]


def test_what_does_not_arrive_is_named(tab: Tab) -> None:
    """Whoever waits in vain reads for what."""
    page = tab.goto("about/")
    hold(page, "**/never")
    page.evaluate("() => { fetch('never'); }")
    with pytest.raises(TimeoutError, match=r"on their way: \['[^']*/never'\]"):
        tab.traffic.settle(seconds=0.5)
    page.unroute_all(behavior="ignoreErrors")
