"""Where the program comes from."""

from __future__ import annotations

import hashlib
import io
import os
import platform
import sys
import tarfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from mock_docspace import __version__, start
from mock_docspace._find import find_program

processor = {"x86_64": "amd64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine()]
archive = f"mock-docspace_{__version__}_{sys.platform}_{processor}.tar.gz"
sums, file, elsewhere = f"/v{__version__}/checksums.txt", f"/v{__version__}/{archive}", "/elsewhere"


class Releases(ThreadingHTTPServer):
    """Serves files by their paths. A text is the path to which it redirects."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.files: dict[str, bytes | str] = {}
        self.asked: list[str] = []
        self.cut = 0  # bytes that are announced and do not come

    def put(self, content: bytes) -> None:
        """Make a release of this archive."""
        checksum = hashlib.sha256(content).hexdigest()
        self.files = {sums: f"{'0' * 64}  other.tar.gz\n{checksum}  {archive}\n".encode(), file: elsewhere, elsewhere: content}


class Answer(BaseHTTPRequestHandler):
    server: Releases

    def do_GET(self) -> None:
        """Answer a request."""
        self.server.asked.append(self.path)
        content = self.server.files.get(self.path)
        if isinstance(content, str):
            self.send_response(302)
            self.send_header("Location", content)
        else:
            self.send_response(404 if content is None else 200)
        if isinstance(content, bytes):
            self.send_header("Content-Length", str(len(content) + self.server.cut))
        self.end_headers()
        if isinstance(content, bytes):
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Write no log."""


@pytest.fixture(scope="module")
def built() -> str:
    return os.environ["MOCK_DOCSPACE_PROGRAM"]


@pytest.fixture(scope="module")
def packed(built: str) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz", dereference=True, compresslevel=1) as tar:
        tar.add(built, "mock-docspace")
    return content.getvalue()


@pytest.fixture
def releases(packed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Releases]:
    with Releases() as server:
        server.put(packed)
        monkeypatch.delenv("MOCK_DOCSPACE_PROGRAM")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        monkeypatch.setenv("MOCK_DOCSPACE_RELEASES", f"http://127.0.0.1:{server.server_port}/")
        Thread(target=server.serve_forever).start()
        yield server
        server.shutdown()


def kept(folder: Path) -> list[str]:
    """List the files in the cache."""
    return [each.name for each in folder.rglob("*") if each.is_file()]


def test_a_release_is_downloaded_once_also_by_several_at_the_same_time(releases: Releases, tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        found = {each.result() for each in [pool.submit(find_program) for _ in range(3)]}
    assert found == {str(next(tmp_path.rglob("mock-docspace*/releases/*/mock-docspace")))}
    assert kept(tmp_path) == ["mock-docspace"]
    releases.files.clear()
    releases.asked.clear()
    with start() as docspace:
        assert docspace.version == __version__
    assert releases.asked == []


def test_the_program_in_path_comes_first(releases: Releases, built: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "mock-docspace").symlink_to(built)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    start().stop()
    assert releases.asked == []
    monkeypatch.setenv("MOCK_DOCSPACE_PROGRAM", str(tmp_path / "missing"))
    with pytest.raises(FileNotFoundError, match=r"missing \(from MOCK_DOCSPACE_PROGRAM, or the option program\) is not a program"):
        start()


def test_what_is_not_the_release_is_not_kept(releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    releases.files[elsewhere] = b"something else"
    with pytest.raises(
        RuntimeError, match=rf"could not be downloaded: .*{archive} has the checksum [0-9a-f]+, not [0-9a-f]+, and was not kept: put"
    ):
        start()
    releases.cut = 1
    with pytest.raises(RuntimeError, match=r"could not be downloaded: .*checksums\.txt: IncompleteRead"):
        start()
    releases.cut = 0
    releases.files[sums] = b""
    with pytest.raises(RuntimeError, match=rf"checksums\.txt has no line for {archive}"):
        start()
    releases.put(b"not an archive")
    with pytest.raises(RuntimeError, match="could not be downloaded: "):
        start()
    releases.files.clear()
    with pytest.raises(
        RuntimeError,
        match=r"^mock-docspace is not in PATH, and release .* could not be downloaded: .*checksums\.txt: .*404.*MOCK_DOCSPACE_PROGRAM$",
    ):
        start()
    monkeypatch.setenv("MOCK_DOCSPACE_RELEASES", "http://127.0.0.1:1")
    with pytest.raises(RuntimeError, match="refused"):
        start()
    assert kept(tmp_path) == []
