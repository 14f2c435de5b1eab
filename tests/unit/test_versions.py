"""Takes version texts; shows what each scheme reads, what it refuses and how it orders.

Orders are held against what shares no code with ours: dpkg itself, the list of semver.org, the
comparisons that RPM documents, plain tuples.
"""

import itertools
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.version import Version as Packaging

from caveat.versions import SCHEMES, Version, VersionError

NAMES = sorted(SCHEMES)
READ = [
    ("semver", "28.0.1", "28.0.1"),
    ("semver", "v3.6.1", "3.6.1"),
    ("semver", "1.4.0-rc.10", "1.4.0-rc.10"),
    ("semver", "2.0.0-beta3", "2.0.0-beta3"),
    ("dotted", "1.35", "1.35"),
    ("dotted", "v1.35", "1.35"),
    ("dotted", "6.8.0", "6.8.0"),
    ("dotted", "4.15rc2", "4.15rc2"),
    ("pep440", "7.1.0", "7.1.0"),
    ("pep440", "1!2.0.post1", "1!2.0.post1"),
    ("deb", "5:27.5.1-1~debian.12~bookworm", "5:27.5.1-1~debian.12~bookworm"),
    ("deb", "28.0.0-0ubuntu1", "28.0.0-0ubuntu1"),
    ("deb", "28.0.0+dfsg1", "28.0.0+dfsg1"),
    ("rpm", "3:28.0.1-1.el9", "3:28.0.1-1.el9"),
]
REFUSED = [
    # A package's version is no upstream version: it must come through the product's forms.
    ("semver", "5:27.5.1-1~debian.12~bookworm"),
    ("semver", "28.0.0-0ubuntu1"),
    ("semver", "28.0.0+dfsg1"),
    ("semver", "1.35"),
    ("semver", "01.2.3"),
    ("semver", "1.2.3.4"),
    ("semver", "1.2.x"),
    ("dotted", "6.8.0-101-generic"),
    ("dotted", "28.0.0-0ubuntu1"),
    ("dotted", "1..2"),
    ("dotted", "1.2."),
    ("pep440", "6.8.0-101-generic"),
    ("pep440", "1.0-rc.1.x"),
    ("deb", "bookworm"),
    ("deb", "a:1.0"),
    ("rpm", "1-2-3"),
    *((name, text) for name in NAMES for text in ("", " ", "la test", "1.2.3\n", "１.2.3", "-1")),
    *((name, "9" * 5000) for name in NAMES),
]


@pytest.mark.parametrize(("name", "text", "written"), READ)
def test_scheme_reads(name: str, text: str, written: str) -> None:
    """A version keeps its text, without the `v` of a tag."""
    assert str(SCHEMES[name].parse(text)) == written


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_scheme_refuses(name: str, text: str) -> None:
    """Whatever is not whole a version is refused with the form that is wanted."""
    with pytest.raises(VersionError) as error:
        SCHEMES[name].parse(text)
    assert error.value.want == SCHEMES[name].want


RISING = {
    # https://semver.org/#spec-item-11, as far as upstreams use it, and what misleads others.
    "semver": "0.9.9 1.0.0-alpha 1.0.0-alpha.1 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 "
    "1.0.0-rc.2 1.0.0-rc.10 1.0.0 1.0.1 1.9.0 1.10.0 2.0.0 28.0.0 29.0.0-rc.1 29.0.0 100.0.0",
    "dotted": "0.9 1.8 1.9 1.10 1.35 1.36-rc1 1.36 1.36.1 1.36.2 2.0.0.1 6.8 6.8.1 6.10",
    "pep440": "1.0.dev1 1.0a1 1.0b1 1.0rc1 1.0 1.0.post1 1.1 1.9 1.10 1!0.1",
    "deb": "28.0.0~rc.1 28.0.0 28.0.0-0ubuntu1 28.0.0-1 28.0.0+dfsg1-1 28.0.1 "
    "1:1.0 5:27.5.1-1~debian.12~bookworm 5:27.5.1-1 5:28.0.0-1",
    # What rpm's own manual says: a tilde sorts before, a caret after, digits over letters.
    "rpm": "1.0~rc1 1.0~rc2 1.0 1.0^git1 1.0a 1.0.1 2.0 10.0001 10.2 1:0.1",
}


@pytest.mark.parametrize("name", NAMES)
def test_order(name: str) -> None:
    """Versions sort as their scheme says, each strictly after the one before."""
    versions = [SCHEMES[name].parse(text) for text in RISING[name].split()]
    for a, b in itertools.combinations(versions, 2):
        assert a < b
        assert not b < a
        assert a != b


@pytest.mark.parametrize(
    ("name", "a", "b"),
    [
        ("dotted", "1.9", "1.9.0"),
        ("dotted", "1.0", "1"),
        ("semver", "1.0.0-rc1", "1.0.0-rc.1"),
        ("semver", "v1.0.0", "1.0.0"),
        ("deb", "1.0", "1.0-0"),
        ("deb", "0:1.0", "1.0"),
        ("deb", "1.00", "1.0"),
        ("rpm", "1.0", "1_0"),
        ("pep440", "1.0", "1.0.0"),
    ],
)
def test_equal_versions_hash_alike(name: str, a: str, b: str) -> None:
    """Two spellings of one version are one key."""
    one, other = SCHEMES[name].parse(a), SCHEMES[name].parse(b)
    assert one == other
    assert len({one, other}) == 1


def test_versions_of_two_schemes_are_never_equal() -> None:
    """A Debian version and an upstream version are different things, and asking is no error."""
    all_ = [SCHEMES[name].parse("1.0.0") for name in NAMES]
    assert all(a != b for a, b in itertools.combinations(all_, 2))
    assert SCHEMES["deb"].parse("1.0") != "1.0"


@pytest.mark.parametrize(
    ("name", "text", "branch", "inside"),
    [
        ("semver", "1.2.0", "1.2", True),
        ("semver", "1.2.0-rc.1", "1.2", True),
        ("semver", "1.2.0-rc.1", "1.2.0", True),
        ("semver", "1.20.0", "1.2", False),
        ("semver", "11.2.0", "1.2", False),
        ("dotted", "1.2", "1.2", True),
        ("dotted", "1.2", "1.2.0", False),
        ("pep440", "2.0rc1", "2.0", True),
        ("pep440", "2.0rc1", "2", True),
        ("pep440", "20.0", "2", False),
    ],
)
def test_branch(name: str, text: str, branch: str, inside: bool) -> None:
    """A branch is a prefix of whole components; pre-releases belong to it."""
    assert SCHEMES[name].parse(text).in_branch(branch) is inside


NUMBER = st.integers(0, 12).map(str)
PRE = st.sampled_from(["alpha", "beta", "rc", "dev"])
PRES = st.one_of(
    st.just(""), st.builds("-{}.{}".format, PRE, NUMBER), st.builds("-{}{}".format, PRE, NUMBER)
)
DEB_PART = st.text("0123456789", min_size=1, max_size=2).flatmap(
    lambda head: st.text("01az.+~", max_size=5).map(lambda tail: head + tail)
)
TEXTS = {
    "semver": st.builds("{}.{}.{}{}".format, NUMBER, NUMBER, NUMBER, PRES),
    "dotted": st.builds(
        "{}{}".format, st.lists(NUMBER, min_size=1, max_size=4).map(".".join), PRES
    ),
    "pep440": st.builds(
        "{}.{}{}{}".format,
        NUMBER,
        NUMBER,
        st.sampled_from(["", "a1", "b2", "rc1", "rc10"]),
        st.sampled_from(["", ".post1", ".dev3"]),
    ),
    "deb": st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "", "0:", "1:", "5:"]),
        DEB_PART,
        st.one_of(st.just(""), st.text("01az.+~", min_size=1, max_size=4).map("-{}".format)),
    ),
    "rpm": st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "1:"]),
        st.text("019ab._~^", min_size=1, max_size=5).map("1{}".format),
        st.one_of(st.just(""), st.text("01el.", min_size=1, max_size=4).map("-{}".format)),
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_order_is_total(name: str) -> None:
    """Of two versions one is smaller or both are equal, chains hold, and equal ones hash alike."""
    texts = TEXTS[name].map(SCHEMES[name].parse)

    @settings(max_examples=400, deadline=None)
    @given(texts, texts, texts)
    def holds(a: Version, b: Version, c: Version) -> None:
        assert (a < b) + (b < a) + (a == b) == 1
        assert (a <= b) == (not b < a)
        assert (a > b) == (b < a)
        if a == b:
            assert hash(a) == hash(b)
            assert (a < c) == (b < c)
        if a < b < c:
            assert a < c

    holds()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=4),
    st.lists(st.integers(0, 30), min_size=1, max_size=4),
)
def test_dotted_numbers_order_as_packaging_orders_them(a: list[int], b: list[int]) -> None:
    """Plain numbers compare number by number, as another library says."""
    one, other = (".".join(map(str, part)) for part in (a, b))
    parse = SCHEMES["dotted"].parse
    assert (parse(one) < parse(other)) == (Packaging(one) < Packaging(other))
    assert (parse(one) == parse(other)) == (Packaging(one) == Packaging(other))


@settings(max_examples=300, deadline=None)
@given(TEXTS["pep440"], TEXTS["pep440"])
def test_pep440_order_is_packagings(a: str, b: str) -> None:
    """The scheme adds a strict form and nothing else."""
    parse = SCHEMES["pep440"].parse
    assert (parse(a) < parse(b)) == (Packaging(a) < Packaging(b))


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="dpkg is only on Debian-like systems")
@settings(max_examples=150, deadline=None)
@given(TEXTS["deb"], TEXTS["deb"])
def test_deb_order_is_dpkgs(a: str, b: str) -> None:
    """dpkg, asked about the same two versions, says the same."""
    parse = SCHEMES["deb"].parse
    for relation, holds in (("lt", parse(a) < parse(b)), ("eq", parse(a) == parse(b))):
        said = subprocess.run(["dpkg", "--compare-versions", a, relation, b], check=False)
        assert (said.returncode == 0) is holds


@pytest.mark.parametrize("name", NAMES)
def test_any_text_is_a_version_or_a_version_error(name: str) -> None:
    """Whatever a reader pastes, nothing else is raised."""

    @settings(max_examples=300, deadline=None)
    @given(st.one_of(st.text(max_size=200), st.text("0123456789.-:~+^vrc_", max_size=40)))
    def holds(text: str) -> None:
        try:
            version = SCHEMES[name].parse(text)
        except VersionError:
            return
        assert version.text == text or text == f"v{version.text}"
        assert version == SCHEMES[name].parse(text)

    holds()
