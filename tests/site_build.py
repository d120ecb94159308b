"""The built site, for the tests that look at it: built once, served here only."""

from __future__ import annotations

import atexit
import contextlib
import functools
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

SITE_URL = "https://taskbook.example/book/"
REPO_URL = "https://github.com/example/taskbook"
"""Set while the tests build, so that all that depends on them is tested; nobody asks these hosts for anything."""


@functools.cache
def site() -> Path:
    """Build the site with MkDocs; return its folder. Snippets that the store knows do not run again."""
    folder = Path(tempfile.mkdtemp(prefix="taskbook-site-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"SITE_URL": SITE_URL, "REPO_URL": REPO_URL, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
        timeout=300,
    )
    return folder


def pages(folder: Path) -> list[str]:
    """The addresses of all pages, as served: ``""``, ``"start/first-task/"``, ``"404.html"``."""
    found = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.html"))]
    return [path.removesuffix("index.html") for path in found]


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site below the path of its address, compressed as a real host does."""

    protocol_version = "HTTP/1.1"
    base = "/" + SITE_URL.split("/", 3)[3]

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.base))

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not self.path.startswith(self.base) or not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        packed = path.suffix in {".html", ".css", ".js", ".json", ".svg", ".xml"}
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=3600")
        if packed:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name in the library)
        """Say nothing."""


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a built site on a free port of this machine; yield its address.

    Args:
        folder: the built site.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{_Handler.base}"
    finally:
        server.shutdown()
        server.server_close()


def demanded(reason: str) -> str:
    """Give back a reason to skip; where everything must be tested, in CI, fail with it.

    Args:
        reason: what is missing.

    Raises:
        AssertionError: this is CI.
    """
    if os.environ.get("CI"):
        raise AssertionError(f"{reason}; in CI nothing is skipped")
    return reason
