"""Takes the recipes in deploy/ and the built site; shows, with a real nginx that an ordinary user
runs, what readers get: types, headers, compression, copies that may be kept, error pages."""

import gzip
import http.client
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import brotli
import pytest
import webserver  # one of the scripts
import yaml

from caveat.publishing import headers
from tests.conftest import PREFIX

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
IMMUTABLE = "public, max-age=31536000, immutable"


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Server:
    """The recipe's server."""

    def __init__(self, address: str) -> None:
        self.host, self.prefix = urlsplit(address).netloc, urlsplit(address).path

    def get(self, path: str, method: str = "GET", **headers_: str) -> Answer:
        """One answer; `path` counts from the site's root, or from the host's with a slash."""
        connection = http.client.HTTPConnection(self.host, timeout=20)
        whole = path if path.startswith("/") else self.prefix + path
        sent = {name.replace("_", "-"): value for name, value in headers_.items()}
        connection.request(method, whole, headers=sent)
        answer = connection.getresponse()
        found = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        connection.close()
        return found


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Server]:
    """Below a path, which is the harder case. Fails, never skips, where there is no nginx."""
    try:
        with webserver.running(site, PREFIX) as address:
            yield Server(address)
    except webserver.NoServerError as error:
        pytest.fail(str(error), pytrace=False)


def asset(site: Path, pattern: str) -> str:
    """One file of the site by a pattern."""
    return next(site.glob(pattern)).relative_to(site).as_posix()


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("zh/find/index.html", "text/html; charset=utf-8"),
        ("styles-*/*.css", "text/css; charset=utf-8"),
        ("scripts-*/*.js", "text/javascript; charset=utf-8"),
        ("assets/favicon.svg", "image/svg+xml; charset=utf-8"),
        ("badge/CAV-2025-0001.svg", "image/svg+xml; charset=utf-8"),
        ("api/v1/index.json", "application/json; charset=utf-8"),
        ("feed.atom", "application/atom+xml; charset=utf-8"),
        ("feed.json", "application/feed+json"),
        ("llms.txt", "text/plain; charset=utf-8"),
        ("advisories/CAV-2025-0001/index.md", "text/markdown; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
    ],
)
def test_types_and_headers(server: Server, site: Path, pattern: str, kind: str) -> None:
    """Each kind of file says what it is, and carries the policy and its like, once."""
    answer = server.get(asset(site, pattern))
    assert answer.status == 200
    assert answer.headers["content-type"] == kind
    assert answer.body == (site / asset(site, pattern)).read_bytes()
    policy = headers.policy(headers.start(ROOT), header=True)
    assert answer.headers["content-security-policy"] == policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("pattern", "kept"),
    [
        ("index.html", "no-cache"),
        ("api/v1/index.json", "no-cache"),
        ("scripts-*/panel.js", IMMUTABLE),
        ("zh/pagefind/pagefind-entry.json", "no-cache"),
        ("assets/stylesheets/main.*.min.css", IMMUTABLE),
        ("styles-*/all.css", IMMUTABLE),
        ("assets/javascripts/bundle.*.min.js", IMMUTABLE),
        ("zh/pagefind/fragment/*", IMMUTABLE),
        ("find/terms-*/0.json", IMMUTABLE),
        ("find/index.json", "no-cache"),
    ],
)
def test_what_may_be_kept(server: Server, site: Path, pattern: str, kept: str) -> None:
    """What has a hash in its name for ever; all else is asked for again, which costs no body."""
    answer = server.get(asset(site, pattern))
    assert answer.headers["cache-control"] == kept
    again = server.get(asset(site, pattern), If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["cache-control"] == kept


@pytest.mark.parametrize(
    "pattern",
    [
        "index.html",
        "styles-*/*.css",
        "scripts-*/lib/panel.js",
        "api/v1/advisories.json",
        "feed.json",
    ],
)
def test_text_is_compressed(server: Server, site: Path, pattern: str) -> None:
    """For whoever takes it, and caches are told."""
    path = asset(site, pattern)
    answer = server.get(path, Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.body) == (site / path).read_bytes()
    assert len(answer.body) * 2 < (site / path).stat().st_size
    assert "content-encoding" not in server.get(path).headers


@pytest.mark.parametrize(
    ("takes", "sent"), [("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip")]
)
def test_what_is_packed_beside_a_file_is_sent(
    site: Path, tmp_path: Path, takes: str, sent: str
) -> None:
    """The container packs once with the best effort; the server sends those very bytes, the
    smaller ones to those who take them."""
    page = (site / "about" / "index.html").read_bytes()
    packed = {"br": brotli.compress(page), "gzip": gzip.compress(page, 9, mtime=0)}
    for name, suffix in (("br", "br"), ("gzip", "gz")):
        (tmp_path / f"index.html.{suffix}").write_bytes(packed[name])
    (tmp_path / "index.html").write_bytes(page)
    with webserver.running(tmp_path) as address:
        answer = Server(address).get("", Accept_Encoding=takes)
        assert answer.body == packed[sent]
        assert answer.headers["content-encoding"] == sent
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert "content-security-policy" in answer.headers


def test_pages_are_packed_as_the_recipes_say(site: Path, tmp_path: Path) -> None:
    """Both recipes lay a `.gz` and a `.br` beside what compresses, by the same commands."""
    container = re.sub(r" *\\\n\s*", " ", (DEPLOY / "Containerfile").read_text("utf-8"))
    forge = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))["pages"]["script"]
    lines = [line for line in forge if line.startswith(("find ", "xargs "))]
    told = re.search(r"^RUN (find .*)$", container, re.MULTILINE)
    assert told
    assert told[1].replace("find site", "find public") == " && ".join(lines)
    webserver.find()
    shutil.copytree(site / "about", tmp_path / "public" / "about")
    subprocess.run(["sh", "-euc", "\n".join(lines)], cwd=tmp_path, check=True)
    page = tmp_path / "public" / "about" / "index.html"
    for suffix, unpacked in (("gz", gzip.decompress), ("br", brotli.decompress)):
        assert unpacked(page.with_name(f"{page.name}.{suffix}").read_bytes()) == page.read_bytes()


def test_error_pages(server: Server, site: Path) -> None:
    """In the reader's language, with status and headers of an error; nothing hidden is shown."""
    for path, page in (("nowhere/", "404.html"), ("zh/nowhere/", "zh/404.html"), (".git/", "")):
        answer = server.get(path)
        assert answer.status == 404
        assert not page or answer.body == (site / page).read_bytes()
        assert "content-security-policy" in answer.headers
        assert answer.headers["cache-control"] == "no-cache"
    assert server.get("/").status in (403, 404)
    assert server.get("advisories", "POST").status in (403, 405)
    assert server.get("", "HEAD").status == 200


def test_a_folder_without_its_slash(server: Server) -> None:
    """The redirect names neither host nor port, so that it works behind a proxy."""
    answer = server.get("zh/advisories")
    assert answer.status == 301
    assert answer.headers["location"] == f"{PREFIX}zh/advisories/"


def test_the_root_of_a_host_works_as_well(site: Path) -> None:
    """With the recipe as it lies there."""
    with webserver.running(site) as address:
        server = Server(address)
        assert server.get("").body == (site / "index.html").read_bytes()
        assert server.get("zh/nowhere").body == (site / "zh" / "404.html").read_bytes()
        assert server.get("nowhere").body == (site / "404.html").read_bytes()


@pytest.mark.usefixtures("server")
def test_it_runs_unprivileged() -> None:
    """The server that this user started is nobody's, or this user's where that is not root."""
    owners = {
        process.stat().st_uid
        for process in Path("/proc").glob("[0-9]*")
        if b"/caveat-web-" in _command(process)
    }
    assert owners or not Path("/proc").exists()
    assert 0 not in owners


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def test_readers_at_once(site: Path) -> None:
    """Two hundred for two seconds, in short what scripts/load.py does for thirty: no error,
    compressed and cached answers among them."""
    command = [
        sys.executable,
        "scripts/load.py",
        "--site-dir",
        str(site),
        "--seconds",
        "2",
        "--json",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = yaml.safe_load(done.stdout)
    assert found["readers"] == 200
    assert found["errors"] == 0
    assert found["answers"] > 400
    assert found["compressed"] > 100
    assert found["not_modified"] > 0


#: An `aws` that copies into a folder and remembers with which headers.
AWS = """#!{python}
import fnmatch, json, os, shutil, sys
from pathlib import Path
assert sys.argv[1:3] == ["s3", "sync"], sys.argv
source, target, words = Path(sys.argv[3]), Path(os.environ["STORE"]), sys.argv[5:]
assert sys.argv[4] == "s3://bucket/kb", sys.argv
rules, given, delete = [], {{}}, "--delete" in words
pairs = [one for one in words if one not in ("--delete", "--no-progress")]
for name, value in zip(pairs[::2], pairs[1::2], strict=True):
    if name in ("--exclude", "--include"):
        rules.append((name == "--include", value))
    else:
        given[name] = value

def wanted(path):
    told = [keep for keep, pattern in rules if fnmatch.fnmatch(path, pattern)]
    return told[-1] if told else True

log = Path(os.environ["STORE"] + ".json")
known = json.loads(log.read_text()) if log.exists() else []
for file in sorted(source.rglob("*")):
    path = file.relative_to(source).as_posix()
    if file.is_file() and wanted(path):
        there = target / path
        if there.exists() and there.stat().st_size == file.stat().st_size:
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, there)
        known.append([path, given])
for file in sorted(target.rglob("*")) if delete else ():
    path = file.relative_to(target).as_posix()
    if file.is_file() and wanted(path) and not (source / path).exists():
        file.unlink()
log.write_text(json.dumps(known))
"""


def test_object_store(tmp_path: Path) -> None:
    """Every file goes up once, with its type and how long it may be kept; what pages name goes
    before them; what is gone is removed, but names with hashes stay for pages that are open."""
    site, store = tmp_path / "site", tmp_path / "store"
    files = {
        "index.html": ("text/html; charset=utf-8", "no-cache"),
        "zh/404.html": ("text/html; charset=utf-8", "no-cache"),
        "advisories/A/index.md": ("text/markdown; charset=utf-8", "no-cache"),
        "feed.json": ("application/feed+json", "no-cache"),
        "api/v1/index.json": ("application/json", "no-cache"),
        "styles-0a1b2c3d/all.css": ("text/css; charset=utf-8", IMMUTABLE),
        "scripts-0a1b2c3d/lib/a.js": ("text/javascript; charset=utf-8", IMMUTABLE),
        "feed.atom": ("application/atom+xml", "no-cache"),
        "badge/a.svg": ("image/svg+xml", "no-cache"),
        "pagefind/wasm.en.pagefind": ("application/wasm", "no-cache"),
        "llms.txt": ("text/plain; charset=utf-8", "no-cache"),
        "other.bin": (None, "no-cache"),
        "assets/stylesheets/main.0a1b2c3d.min.css": ("text/css; charset=utf-8", IMMUTABLE),
        "zh/assets/javascripts/bundle.0a1b2c3d.min.js": (
            "text/javascript; charset=utf-8",
            IMMUTABLE,
        ),
        "zh/pagefind/fragment/zh_0a1b2c.pf_fragment": (None, IMMUTABLE),
        "find/terms-0a1b2c3d/0.json": (None, IMMUTABLE),
    }
    for path in files:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(path)
    old = ["old/index.html", "assets/stylesheets/main.ffffffff.min.css"]
    for path in old:
        (store / path).parent.mkdir(parents=True, exist_ok=True)
        (store / path).write_text("old")
    aws = tmp_path / "bin" / "aws"
    aws.parent.mkdir()
    aws.write_text(AWS.format(python=sys.executable))
    aws.chmod(0o755)
    command = ["sh", str(DEPLOY / "object-store.sh"), "s3://bucket/kb", str(site)]
    environment = {"PATH": f"{aws.parent}:/usr/bin:/bin", "STORE": str(store)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    known = yaml.safe_load((tmp_path / "store.json").read_text())
    told = {path: (one.get("--content-type"), one.get("--cache-control")) for path, one in known}
    assert len(known) == len(files)
    assert told == files
    order = [path for path, _ in known]
    pages = [order.index(path) for path in order if path.endswith(".html")]
    assert min(pages) > max(order.index(path) for path in order if not path.endswith(".html"))
    assert not (store / old[0]).exists()
    assert (store / old[1]).exists()


@pytest.mark.parametrize("words", [[], ["bucket"], ["s3://bucket", "/nowhere"]])
def test_object_store_wants_a_bucket_and_a_site(words: list[str]) -> None:
    """Nothing is sent before both are there."""
    command = ["sh", str(DEPLOY / "object-store.sh"), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "usage" in done.stderr


def test_headers_of_static_hosts() -> None:
    """One rule for all, and one for each kind of name that never changes its content."""
    text = (DEPLOY / "_headers").read_text("utf-8")
    rules = [line for line in text.splitlines() if line.startswith("/")]
    assert rules[0] == "/*"
    assert all(rule.count("*") == 1 for rule in rules)
    assert len(rules) <= 100
    assert f"  Content-Security-Policy: {headers.policy(headers.start(ROOT), header=True)}" in text


def test_container_file_builds_the_site_and_runs_as_nobody_special() -> None:
    """It copies what exists, and its last user is a number, so that a cluster can check it."""
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
    assert all((ROOT / one).exists() for names in copied for one in names.split())
    assert re.findall(r"^USER (\S+)$", text, re.MULTILINE) == ["33:33"]
    ignored = (ROOT / ".containerignore").read_text("utf-8").split()
    assert {".git", ".venv", "site"} <= set(ignored)


def test_gitlab_builds_with_what_the_readme_says() -> None:
    """From the default branch only, into the folder that Pages takes, without a secret."""
    job = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))["pages"]
    assert job["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert "make site" in job["script"]
    assert job["artifacts"]["paths"] == ["public"]
    assert set(job["variables"]) == {"SITE_URL", "EDIT_BASE", "REPORT_TO"}
