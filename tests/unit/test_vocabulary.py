"""Takes a search bundle as Pagefind packs it; shows which words of it a query is cut by."""

import gzip
import json
from pathlib import Path

from caveat.publishing import vocabulary


def text(value: str) -> bytes:
    """A text in CBOR, of at most 23 bytes."""
    raw = value.encode()
    return bytes([0x60 + len(raw)]) + raw


def test_words_of_two_to_four_characters_are_listed(tmp_path: Path) -> None:
    """Neither single characters, which need no list, nor whole runs, Latin words or punctuation."""
    words = ("网", "端口", "守护进程", "端口驱动时无法", "docker", "不可达", "、开", "端口")
    (tmp_path / "index").mkdir()
    for number, chunk in enumerate((words[:4], words[4:])):
        packed = b"pagefind_dcd" + b"".join(b"\x83" + text(word) + b"\x80\x80" for word in chunk)
        (tmp_path / "index" / f"zh_{number}.pf_index").write_bytes(gzip.compress(packed))
    assert vocabulary.write(tmp_path) == 3
    listed = json.loads((tmp_path / vocabulary.FILE).read_text("utf-8"))
    assert listed == sorted(["端口", "守护进程", "不可达"])
