"""Takes logs of every kind; shows that `caveat match` finds, points at lines, and never breaks."""

import json
import os
import random
import subprocess
import time
from io import StringIO
from pathlib import Path

import pytest

from caveat.knowledge import KnowledgeBase
from caveat.matching import Index, match
from caveat.matching.signatures import noise
from caveat.model import Advisory
from tests.support.command import COMMAND, Done, process, run
from tests.support.knowledge import BASE, base_knowledge
from tests.support.pace import paced

ERROR = b'engine: port driver "web" cannot bind [::]:8080'


def test_known_error_with_its_line() -> None:
    """From standard input: id, slug, grade, score and lines, as the contract says."""
    done = run("match", "--json", given=b"starting\r\n\r\n" + ERROR + b"\r\nbye\n", kb=BASE)
    assert done.status == 0
    hit = done.json["hits"][0]
    assert (hit["id"], hit["slug"]) == ("CAV-2025-0001", "engine-2-0-0-ports")
    assert (hit["grade"], hit["lines"]) == ("known", [3])
    assert 0.9 < hit["score"] <= 1
    assert "file" not in hit


def test_lines_are_shown_with_the_match_marked(tmp_path: Path) -> None:
    """The line's number and the line, cut down where it is long; with several files, the file."""
    for name, before in (("a.log", 0), ("b.log", 100_000)):
        (tmp_path / name).write_bytes(b"x\n" + b"y" * before + b" " + ERROR + b" z" * before)
    done = run("match", tmp_path / "a.log", tmp_path / "b.log", kb=BASE)
    assert done.status == 0
    shown = [line for line in done.out.splitlines() if "cannot bind" in line]
    assert shown[0] == f"  {tmp_path / 'a.log'}:2:  {ERROR.decode()}"
    assert shown[1].startswith(f"  {tmp_path / 'b.log'}:2: …")
    assert len(shown[1]) < len(str(tmp_path)) + 400


def test_hits_of_several_files_say_which(tmp_path: Path) -> None:
    """Best first over all of them; one without a hit says so."""
    (tmp_path / "a.log").write_bytes(b"nothing here\n")
    (tmp_path / "b.log").write_bytes(ERROR)
    names = [tmp_path / "a.log", tmp_path / "b.log"]
    done = run("match", *names, "--json", kb=BASE)
    assert [hit["file"] for hit in done.json["hits"]] == [str(names[1])]
    assert f"{names[0]}: Nothing known." in run("match", *names, kb=BASE).out


def test_nothing_found_is_1() -> None:
    """As grep does, in both languages."""
    assert run("match", given=b"all is well\n", kb=BASE)[:2] == (1, "Nothing known.\n")
    assert run("match", "--lang", "zh", given=b"all is well\n", kb=BASE).out == "没有相关记录。\n"
    assert run("match", "--json", given=b"all is well\n", kb=BASE).json["hits"] == []


def test_nothing_to_read_is_said() -> None:
    """An empty input is an answer, with a word about it."""
    done = run("match", given=b"", kb=BASE)
    assert (done.status, "nothing to read" in done.error) == (1, True)


def test_files_that_cannot_be_read_are_2(tmp_path: Path) -> None:
    """All of them at once, and nothing else is done."""
    done = run("match", tmp_path, tmp_path / "none.log", kb=BASE)
    assert (done.status, done.out) == (2, "")
    assert "Is a directory" in done.error
    assert "No such file" in done.error


@pytest.mark.parametrize(
    "content",
    [
        random.Random(1).randbytes(1 << 20),
        b"\0" * (1 << 20),
        b"a" * (1 << 22),
        b"\n" * (1 << 20),
        b"\xff\xfe" + "日志\n".encode("utf-16-le") * 1000,
        bytes(range(256)) * 1000,
    ],
    ids=["random", "nul", "one-line", "many-lines", "utf-16", "every-byte"],
)
def test_bad_input_has_an_answer(tmp_path: Path, content: bytes) -> None:
    """Nothing is found in it alone, and an error behind it is found all the same."""
    path = tmp_path / "a.log"
    path.write_bytes(content)
    assert run("match", path, "--json", kb=BASE).status == 1
    utf16 = content.startswith(b"\xff\xfe")
    path.write_bytes(content + ("\n" + ERROR.decode()).encode("utf-16-le" if utf16 else "utf-8"))
    done = run("match", path, kb=BASE)
    assert done.status == 0
    assert "cannot bind" in done.out


def test_pipe_is_read_twice(tmp_path: Path) -> None:
    """What comes only once is shown with its line as well, from a process's pipe or a named one."""
    done = process("match", "--kb", BASE, given=b"one\n" + ERROR + b"\n")
    assert (done.status, done.error) == (0, "")
    assert f"  2: {ERROR.decode()}\n" in done.out
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([COMMAND, "match", pipe, "--kb", BASE], stdout=subprocess.PIPE) as reader:
        pipe.write_bytes(ERROR)
        out, _ = reader.communicate(timeout=30)
    done = Done(reader.returncode, out.decode(), "")
    assert (done.status, f"  1: {ERROR.decode()}\n" in done.out) == (0, True)


def test_published_signatures_say_the_same(published: Path, kb: KnowledgeBase) -> None:
    """Every sample of every record, asked of the checkout's index and of the published one."""
    text = "\n\n".join(
        sample for record in kb.published for one in record.signatures for sample in one.samples
    ).encode()
    here, there = (run("match", "--json", given=text, kb=where) for where in (Path(), published))
    assert here.status == 0
    assert here.json == there.json
    assert len(here.json["hits"]) >= sum(bool(one.signatures) for one in kb.published) - 1


def test_only_signatures_are_fetched(published: Path, tmp_path: Path) -> None:
    """A folder that holds nothing else, besides the index that makes it one, is enough."""
    for name in ("index.json", "signatures.json"):
        (tmp_path / name).write_bytes((published / "api/v1" / name).read_bytes())
    assert run("match", given=b"qqq zzz", kb=tmp_path).status == 1
    (tmp_path / "signatures.json").write_text(json.dumps({"form": 2}))
    done = run("match", given=b"qqq zzz", kb=tmp_path)
    assert (done.status, "signatures.json" in done.error) == (2, True)


@pytest.fixture(scope="module")
def many_signatures() -> Index:
    """10,000 signatures of 1,000 records, made of words that logs are full of."""
    chance = random.Random(7)
    base = base_knowledge()
    model = base.advisories["CAV-2025-0001"].model_dump(by_alias=True, exclude_none=True)
    words = sorted({word for line in noise() for word in line.split() if word.isalpha()})

    def line() -> str:
        return " ".join(chance.choices(words, k=chance.randint(5, 12)))

    records = {}
    for number in range(1, 1001):
        signatures = [
            {
                "pattern": f"{line()} {{name}} {line()} q{number}z{n}",
                "log": "daemon",
                "samples": ["a"],
            }
            for n in range(10)
        ]
        id_ = f"CAV-2025-{number:04}"
        changed = {"id": id_, "slug": f"record-{number}", "signatures": signatures}
        records[id_] = Advisory.model_validate({**model, **changed})
    kb = KnowledgeBase(records, base.products, base.host_traits, base.practices, {})
    return Index.of(kb)


def test_a_megabyte_against_ten_thousand_signatures(many_signatures: Index) -> None:
    """At most a second of a processor at rest, the best of three; twice the text takes about twice
    the time."""
    assert len(many_signatures.signatures.entries) == 10_000
    chance, log = random.Random(8), StringIO()
    while log.tell() < 1_000_000:
        log.write(f"Feb 20 10:00:00 host dockerd[123]: {chance.choice(noise())}\n")
    text = log.getvalue()
    once, slower = paced(lambda: min(seconds(many_signatures, text) for _ in range(3)))
    twice = min(seconds(many_signatures, text * 2) for _ in range(2))
    assert once <= slower
    assert twice <= 3 * once


def seconds(index: Index, text: str) -> float:
    """Processor seconds of one look, which is independent of what else this machine does."""
    begun = time.process_time()
    match(index, [text])
    return time.process_time() - begun
