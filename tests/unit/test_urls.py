"""Takes addresses of sites; shows which of them pages can live below."""

import pytest

from caveat.urls import site_address


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("", ""),
        ("https://kb.example", "https://kb.example/"),
        ("https://example.org/kb", "https://example.org/kb/"),
        ("https://example.org/a/kb/", "https://example.org/a/kb/"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
        ("http://[::1]:8000/kb/", "http://[::1]:8000/kb/"),
    ],
)
def test_addresses(given: str, taken: str) -> None:
    """End in a slash, so that a page's path is added to them."""
    assert site_address(given) == taken


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ("kb.example", "no https:// with a host"),
        ("//kb.example/", "no https:// with a host"),
        ("ftp://kb.example/", "no https:// with a host"),
        ("https:///kb/", "no https:// with a host"),
        ("javascript:alert(1)", "no https:// with a host"),
        ("https://kb.example/?page=1", "a query or fragment"),
        ("https://kb.example/#top", "a query or fragment"),
        ("https://me@kb.example/", "a user's name"),
        ("https://kb.example/../kb/", "dots for a folder"),
        ("https://kb.example:port/", "Port could not be cast"),
        ("https://kb.example/a b/", "a character that an address does not hold"),
        ('https://kb.example/"x/', "a character that an address does not hold"),
        ("https://kb.example/知识/", "a character that an address does not hold"),
        ("https://kb.example/\n", "a character that an address does not hold"),
    ],
)
def test_what_is_no_address_is_refused(given: str, fault: str) -> None:
    """With what was found and what is wanted."""
    with pytest.raises(ValueError, match="want an address such as https:") as told:
        site_address(given)
    assert str(told.value).startswith(f"found {fault}")
