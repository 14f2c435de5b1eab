"""Takes a checkout, its published folder and a server of it; shows that they answer alike, and how
it reads when one of them cannot."""

import gzip
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from caveat.cli import fetching
from caveat.cli.failure import Failure
from caveat.cli.fetching import Web
from caveat.cli.opening import open_source
from caveat.knowledge import KnowledgeBase
from tests.support.command import Done, run
from tests.support.knowledge import BASE
from tests.support.server import serve

QUESTIONS = (
    ("check", "docker-engine", "28.0.0", "--trait", "mode=rootless", "--with", "traefik=3.5.0"),
    ("check", "moby", "29.0.0", "--defaults", "--all", "--from", "28.5.2"),
    ("check", "traefik", "3.5.0", "--with", "docker-engine=29.0.0"),
    ("check", "podman", "5.0.0"),
    ("show", "CAV-2025-0001"),
    ("show", "moby/moby#49499"),
    ("hold", "CAV-2025-0001"),
    ("check", "docker-engine", "28"),
    ("show", "CAV-1999-0001"),
)


@pytest.fixture(scope="module")
def address(published: Path) -> Iterator[str]:
    """The published folder behind a path of a server."""
    with serve(published, "/kb/") as found:
        yield found


def bare(done: Done) -> tuple[int, object, str]:
    """An answer without the places where a person reads more: those differ by right."""

    def without(value: object) -> object:
        if isinstance(value, dict):
            return {k: without(v) for k, v in value.items() if k not in ("url", "file")}
        return [without(one) for one in value] if isinstance(value, list) else value

    return done.status, without(done.json) if done.out else None, done.error


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_every_source_answers_alike(words: tuple[str, ...], published: Path, address: str) -> None:
    """The checkout, the site's folder, the API's folder, the site's address, the API's."""
    here = bare(run(*words, "--json"))
    places = (published, published / "api" / "v1", address, f"{address}api/v1", address[:-1])
    for place in places:
        assert bare(run(*words, "--json", kb=place)) == here, place


def test_address_leads_to_the_page(address: str, published: Path, tmp_path: Path) -> None:
    """Where the API was found, its pages are; a folder knows that only from SITE_URL."""
    ask = ("check", "docker-engine", "28.0.0", "--json")
    page = "advisories/CAV-2025-0001/"
    assert run(*ask, kb=address).json["answers"][0]["url"].startswith(f"{address}advisories/")
    assert any(one["url"] == page for one in run(*ask, kb=published).json["answers"])
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    index = tmp_path / "api/v1/index.json"
    values = json.loads(index.read_bytes())
    for one in values["advisories"]:
        one["url"] = f"https://kb.example/advisories/{one['id']}/"
    index.write_text(json.dumps(values))
    urls = [one["url"] for one in run(*ask, kb=tmp_path).json["answers"]]
    assert f"https://kb.example/{page}" in urls


def test_keys_of_a_later_version_are_passed_over(published: Path, tmp_path: Path) -> None:
    """The API only grows: whatever it gains, an older command answers as before."""
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    for path in tmp_path.glob("api/v1/**/*.json"):
        if path.parent.name != "schema":
            path.write_text(json.dumps(grown(json.loads(path.read_bytes()))))
    for words in QUESTIONS[:7]:
        assert bare(run(*words, "--json", kb=tmp_path)) == bare(run(*words, "--json"))


def grown(value: object) -> object:
    """The values with a new key in every mapping whose keys are field names."""
    if isinstance(value, list):
        return [grown(one) for one in value]
    if not isinstance(value, dict):
        return value
    made = {key: grown(one) for key, one in value.items()}
    named = {"id", "en", "product", "introduced", "level", "argv", "manager", "text", "date"}
    return made | ({"news": {"a": 1}} if named & value.keys() else {})


def broken(published: Path, folder: Path, name: str, content: bytes | None) -> Path:
    """A copy in which one file holds something else, or is missing."""
    shutil.copytree(published, folder, dirs_exist_ok=True)
    path = folder / "api/v1" / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    return folder


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("index.json", b"<!doctype html>"),
        ("index.json", b"[]"),
        ("index.json", b'{"version": "2"}'),
        ("index.json", b'{"version": "1", "products": [{}], "advisories": []}'),
        ("index.json", b"[" * 100_000),
        ("products/docker-engine.json", None),
        ("products/docker-engine.json", b"{}"),
        ("products/docker-engine.json", b"\xff"),
        ("advisories/CAV-2025-0001.json", b'{"id": "CAV-2025-0001"}'),
        ("advisories/CAV-2025-0001.json", b"null"),
    ],
)
def test_file_that_is_not_the_api_is_2(
    published: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    """Told in a line, with a file's name; no traceback and no half an answer."""
    done = run("check", "docker-engine", "28.0.0", kb=broken(published, tmp_path, name, content))
    assert (done.status, done.out) == (2, "")
    assert str(tmp_path / "api" / "v1") in done.error
    assert "should not happen" not in done.error
    assert done.error.count("\n") == 1


def test_ids_lead_nowhere_else(published: Path, tmp_path: Path) -> None:
    """An index cannot make the command read other files."""
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    index = tmp_path / "api/v1/index.json"
    values = json.loads(index.read_bytes())
    values["advisories"][0]["products"] = ["docker-engine", "../../../secret"]
    index.write_text(json.dumps(values))
    done = run("check", "docker-engine", "28.0.0", kb=tmp_path)
    assert (done.status, "secret" in done.error) == (2, True)


@pytest.mark.parametrize(
    ("named", "want"),
    [
        ("ftp://kb.example/", "http:// or https://"),
        ("https://", "http:// or https://"),
        ("http://127.0.0.1:1/", "refused"),
        ("/nowhere", "no folder with"),
    ],
)
def test_place_that_holds_nothing_is_2(named: str, want: str) -> None:
    """With what was looked for."""
    done = run("check", "docker-engine", "28.0.0", kb=named)
    assert (done.status, done.out) == (2, "")
    assert want in done.error


def test_pages_without_an_api_are_2(tmp_path: Path) -> None:
    """The server's own word."""
    with serve(tmp_path) as address:
        done = run("show", "CAV-2025-0001", kb=address)
    assert done.status == 2
    assert f"{address}api/v1/index.json: the server says 404" in done.error


class Strange(http.server.BaseHTTPRequestHandler):
    """A server that does what its path says."""

    def do_GET(self) -> None:
        if self.path.startswith("/file/"):
            self.answer(302, {"Location": "file:///etc/passwd"}, b"")
        elif self.path.startswith("/gzip/"):
            self.answer(200, {"Content-Encoding": "gzip"}, gzip.compress(b"{}" * 10))
        elif self.path.startswith("/bomb/"):
            self.answer(200, {"Content-Encoding": "gzip"}, gzip.compress(b"0" * 50_000_000))
        elif self.path.startswith("/torn/"):
            self.answer(200, {"Content-Encoding": "gzip"}, b"no gzip")
        elif self.path.startswith("/rude/"):
            self.wfile.write(b"hello\r\n")
        else:
            threading.Event().wait(3)

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Tests are quiet."""


@contextmanager
def strange() -> Iterator[str]:
    """The server's address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Strange) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_strange_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect to a file, a bomb, a torn answer, no HTTP at all, and silence: a message each, in
    bounded time and memory."""
    monkeypatch.setattr(fetching, "SECONDS", 1)
    monkeypatch.setattr(fetching, "LARGEST", 1 << 20)
    with strange() as address:
        assert Web(f"{address}/gzip").read("index.json") == b"{}" * 10
        for kind in ("file", "bomb", "torn", "rude", "silent"):
            with pytest.raises(Failure) as told:
                Web(f"{address}/{kind}").read("index.json")
            assert address in str(told.value), kind


def test_only_what_is_needed_is_fetched(kb: KnowledgeBase, published: Path) -> None:
    """A check of Podman fetches the index, its product and its records."""
    asked: list[str] = []

    class Counting(Strange):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.answer(200, {}, (published / self.path[1:]).read_bytes())

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        run("check", "podman", "5.0.0", kb=f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
    records = {f"/api/v1/advisories/{one.id}.json" for one in kb.by_product["podman"]}
    products = {p for one in kb.by_product["podman"] for p in one.products}
    wanted = {f"/api/v1/products/{id_}.json" for id_ in products} | records
    assert sorted(asked) == sorted({"/api/v1/index.json", *wanted})


def test_source_is_the_checkout_around(tmp_path: Path) -> None:
    """From a folder inside it; a relative name counts from there."""
    assert open_source(None, BASE / "advisories").checkout == BASE
    assert open_source("..", BASE / "advisories").checkout == BASE
    with pytest.raises(Failure, match="no knowledge base"):
        open_source(None, tmp_path)
