"""Takes every feed of the built site; shows that the browser's parsers read in it what Python's do.

Python's parser of XML rests on expat, Chromium's on libxml2: a feed that one of them forgives the
other does not.
"""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.support.browser import Tab

pytestmark = pytest.mark.browser

ATOM = "{http://www.w3.org/2005/Atom}"
READ = """async (addresses) => {
  const atom = "http://www.w3.org/2005/Atom";
  const said = (entry, name) => entry.getElementsByTagNameNS(atom, name)[0].textContent;
  const read = async (address) => {
    const answer = await fetch(address);
    if (address.endsWith(".json"))
      return (await answer.json()).items.map((one) => [one.id, one.title]);
    const feed = new DOMParser().parseFromString(await answer.text(), "application/xml");
    const wrong = feed.querySelector("parsererror");
    if (wrong) throw new Error(`${address}: ${wrong.textContent}`);
    const entries = [...feed.getElementsByTagNameNS(atom, "entry")];
    return entries.map((one) => [said(one, "id"), said(one, "title")]);
  };
  return Promise.all(addresses.map(read));
}"""


def entries(path: Path) -> list[list[Any]]:
    """Id and title of each entry, as Python reads them."""
    if path.suffix == ".json":
        return [[one["id"], one["title"]] for one in json.loads(path.read_bytes())["items"]]
    feed = ET.parse(path).getroot()
    return [
        [e.findtext(f"{ATOM}id"), e.findtext(f"{ATOM}title")] for e in feed.iter(f"{ATOM}entry")
    ]


def test_every_feed_is_read_alike_by_two_parsers(clean_tab: Tab, site: Path) -> None:
    """All of them, of both languages and of every product: the same entries in the same order."""
    paths = sorted(path for name in ("feed.atom", "feed.json") for path in site.rglob(name))
    assert len(paths) > 50
    clean_tab.goto("")
    addresses = [clean_tab.base + path.relative_to(site).as_posix() for path in paths]
    found = clean_tab.page.evaluate(READ, addresses)
    for path, read in zip(paths, found, strict=True):
        assert read == entries(path), path
