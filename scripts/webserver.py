"""The web server of the recipe in deploy/nginx/, on a free port of this machine.

Takes a built site and gives its address for as long as the block lasts; nginx runs as an ordinary
user, is found on this machine, and is installed from the system's packages where that is ours to
change.
"""

from __future__ import annotations

import contextlib
import functools
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from browser import apt

ROOT = Path(__file__).resolve().parent.parent
RECIPE, BROTLI = ROOT / "deploy" / "nginx", ROOT / "deploy" / "brotli"
#: What the container of the recipe is made with.
PACKAGES = ("nginx-light", "libnginx-mod-http-brotli-static", "brotli")
SECONDS = 15

HELP = """No nginx was found, and none could be installed.
Install it, for instance
    Debian, Ubuntu   sudo apt-get install nginx-light libnginx-mod-http-brotli-static brotli
    Fedora           sudo dnf install nginx
    macOS            brew install nginx"""


class NoServerError(RuntimeError):
    """There is none, or it does not start; the message says what to do."""


@functools.cache
def find() -> str:
    """The path of nginx, which is installed first where this is a container of ours."""
    places = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    found = shutil.which("nginx", path=places)
    if not found or not has_brotli(found) or not shutil.which("brotli"):
        apt(PACKAGES)
        has_brotli.cache_clear()
        found = shutil.which("nginx", path=places)
    if not found:
        raise NoServerError(HELP)
    return found


@functools.cache
def has_brotli(nginx: str) -> bool:
    """Whether this nginx can load what sends pages packed by brotli."""
    told = subprocess.run([nginx, "-V"], capture_output=True, text=True, check=False).stderr
    folder = re.search(r"--modules-path=(\S+)", told)
    return bool(folder and Path(folder[1], "ngx_http_brotli_static_module.so").exists())


@contextlib.contextmanager
def running(site: Path, prefix: str = "/") -> Iterator[str]:
    """The recipe's server for `site` below `prefix`; gives the address, which ends in a slash.

    Raises NoServerError where there is none or it does not start.
    """
    nginx = find()
    with tempfile.TemporaryDirectory(prefix="caveat-web-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        port = _free_port()
        _tree(site, folder / "root" / prefix.strip("/"))
        config = _configured(folder, port, prefix)
        if has_brotli(nginx):
            shutil.copytree(BROTLI, config.parent, dirs_exist_ok=True)
        command = [nginx, "-e", "stderr", "-c", str(config), "-g", "daemon off;"]
        # A server that begins as root would keep a part of itself there.
        user = "nobody" if os.geteuid() == 0 else None
        if user:
            account = pwd.getpwnam(user)
            os.chown(folder / "run", account.pw_uid, account.pw_gid)
        log = folder / "log"
        with log.open("wb") as told:
            process = subprocess.Popen(
                command, user=user, group=account.pw_gid if user else None, stderr=told
            )
            try:
                _wait(process, port, log)
                yield f"http://127.0.0.1:{port}{prefix}"
            finally:
                process.terminate()
                process.wait(SECONDS)


def _tree(site: Path, target: Path) -> None:
    """The site where another user may read it: links to the same files, not copies, if possible."""

    def linked(source: str, to: str) -> None:
        try:
            os.link(source, to)
        except OSError:
            shutil.copyfile(source, to)

    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rmdir()
    shutil.copytree(site, target, copy_function=linked)
    for one in (target, *target.rglob("*/")):
        one.chmod(0o755)


def _configured(folder: Path, port: int, prefix: str) -> Path:
    """The recipe with what its comments tell people to change."""
    config = folder / "nginx"
    shutil.copytree(RECIPE, config)
    (folder / "run").mkdir(exist_ok=True)
    main, site = config / "nginx.conf", config / "caveat.conf"
    main.write_text(main.read_text("utf-8").replace("/tmp/", f"{folder}/run/"), "utf-8")  # noqa: S108 - what the recipe says
    text = site.read_text("utf-8").replace("listen 8080;", f"listen 127.0.0.1:{port};")
    text = text.replace("root /srv/caveat;", f"root {folder}/root;")
    site.write_text(text.replace("default /404.html;", f"default {prefix}404.html;"), "utf-8")
    return main


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until it answers."""
    for _ in range(SECONDS * 20):
        if process.poll() is not None:
            break
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise NoServerError(f"nginx does not start:\n{log.read_text('utf-8', 'replace')}")
