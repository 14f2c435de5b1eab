"""Takes six records; shows that their site is the same to the byte wherever and however it is
built."""

import gzip
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from caveat.publishing import steady
from tests.support.six import six_checkout

#: All that may not show: another folder, time zone, language, order of sets, place for what is
#: temporary, and a day of its own for the build.
OTHERS = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C.UTF-8",
    "LANG": "zh_CN.UTF-8",
    "PYTHONHASHSEED": "4711",
    "SOURCE_DATE_EPOCH": "86400",
}
DATED = {"sitemap.xml", "sitemap.xml.gz", "zh/sitemap.xml", "zh/sitemap.xml.gz"}


def files(site: Path) -> dict[str, bytes]:
    found = site.rglob("*")
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in found if p.is_file()}


def shuffled(source: Path, target: Path) -> None:
    """A copy whose files were made in another order, which is the order that some file systems
    list them in."""
    paths = [path for path in source.rglob("*") if path.is_file()]
    random.Random(4711).shuffle(paths)
    for path in paths:
        to = target / path.relative_to(source)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, to)


def test_the_same_records_give_the_same_bytes(six: Path, tmp_path: Path) -> None:
    """Search included; only the map of the site says when, and there it is the moment given."""
    root = tmp_path / "另一个 folder" / "deeper"
    made = six_checkout(tmp_path / "six")
    shutil.copyfile(six / "advisories/published.lock", made.root / "advisories/published.lock")
    shuffled(made.root, root)
    (tmp_path / "temporary").mkdir()
    environment = {**made.environment, "PYTHONPATH": str(root), **OTHERS}
    environment["TMPDIR"] = str(tmp_path / "temporary")
    command = [sys.executable, "scripts/build.py", "--site-dir", str(tmp_path / "elsewhere")]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    ours, theirs = files(six / "site"), files(tmp_path / "elsewhere")
    assert set(theirs) == set(ours)
    assert {name for name in ours if ours[name] != theirs[name]} <= DATED
    compressed = theirs["sitemap.xml.gz"]
    assert int.from_bytes(compressed[4:8], "little") == 86400
    assert gzip.decompress(compressed) == theirs["sitemap.xml"]


def text(value: str) -> bytes:
    return bytes([0x60 + len(value)]) + value.encode()


def array(*items: bytes) -> bytes:
    return bytes([0x80 + len(items)]) + b"".join(items)


def bundle(folder: Path, chance: random.Random) -> Path:
    """A search bundle such as Pagefind writes: filters, and values in them, in any order."""
    (folder / "filter").mkdir(parents=True)

    def shaken(*items: bytes) -> list[bytes]:
        return chance.sample(items, len(items))

    def write(name: str, ending: str, content: bytes) -> None:
        (folder / f"{name}.{ending}").write_bytes(gzip.compress(b"pagefind_dcd" + content))

    pages = array(b"\x00", b"\x19\x03\xab")
    filters = []
    for name, values in {"kind": ("a", "bcd", "bb"), "status": ("x", "y")}.items():
        listed = shaken(*(array(text(value), pages) for value in values))
        digest = f"en_{chance.randrange(16**7):07x}"
        write(f"filter/{digest}", "pf_filter", array(text(name), array(*listed)))
        filters.append(array(text(name), text(digest)))
    digest = f"en_{chance.randrange(16**10):010x}"
    end = array(text("sorts"))
    content = array(text("1.5.2"), pages, array(), array(*shaken(*filters)), end)
    write(f"pagefind.{digest}", "pf_meta", content)
    entry = {"languages": {"en": {"hash": digest, "page_count": 2}}}
    (folder / "pagefind-entry.json").write_text(json.dumps(entry))
    return folder


def test_search_bundles_settle(tmp_path: Path) -> None:
    """Whatever order the values came in, under the same names, which lead to each other."""
    made = []
    for seed in range(4):
        folder = bundle(tmp_path / str(seed), random.Random(seed))
        steady.settle(folder)
        made.append(files(folder))
    assert all(one == made[0] for one in made)
    entry = json.loads(made[0]["pagefind-entry.json"])
    meta = gzip.decompress(made[0][f"pagefind.{entry['languages']['en']['hash']}.pf_meta"])
    filters = [name for name in made[0] if name.startswith("filter/")]
    assert len(filters) == 2
    assert all(name[7:].removesuffix(".pf_filter").encode() in meta for name in filters)


def test_a_bundle_of_another_form_is_refused(tmp_path: Path) -> None:
    """A later Pagefind may write something else: then somebody has to look."""
    folder = bundle(tmp_path / "a", random.Random(1))
    for path in folder.glob("*.pf_meta"):
        path.write_bytes(gzip.compress(b"something else"))
    with pytest.raises(ValueError, match="not a file of the Pagefind"):
        steady.settle(folder)
    assert os.listdir(folder)  # noqa: PTH208 - it is as it was
