"""Takes a folder and a path; gives it on a free port of this machine, under that path."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files below a prefix the way a plain web server does, 404 page included."""

    protocol_version = "HTTP/1.1"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".pagefind": "application/wasm",
    }

    def __init__(self, *args: object, prefix: str, directory: str) -> None:
        self.prefix = prefix
        super().__init__(*args, directory=directory)

    def send_head(self):  # type: ignore[no-untyped-def]
        """Outside the prefix there is nothing, so a link that escapes it is seen."""
        if not self.path.startswith(self.prefix):
            self.send_error(404)
            return None
        self.path = "/" + self.path.removeprefix(self.prefix)
        return super().send_head()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The language's own error page, as hosts serve it."""
        folder = "zh" if self.path.removeprefix("/").startswith("zh/") else ""
        page = Path(self.directory) / folder / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Tests are quiet."""


class Server(http.server.ThreadingHTTPServer):
    """A browser that leaves in the middle of an answer is nothing to report."""

    daemon_threads = True
    request_queue_size = 64
    """Of five, the default, a busy machine drops some, and asking again takes a second or more."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path, prefix: str = "/") -> Iterator[str]:
    """`folder` at http://127.0.0.1:<free port><prefix> for as long as the block lasts."""
    handler = functools.partial(Handler, prefix=prefix, directory=str(folder))
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()
