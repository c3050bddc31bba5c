"""Downloads the program of a release."""

from __future__ import annotations

import hashlib
import io
import os
import platform
import sys
import tarfile
import tempfile
import zipfile
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import IO
from urllib.request import HTTPRedirectHandler, Request, build_opener

_releases = "https://github.com/mock-docspace/mock-docspace/releases/download"
_windows = sys.platform == "win32"
_executable = "mock-docspace.exe" if _windows else "mock-docspace"
_timeout = 60  # seconds without an answer


def download_release() -> str:
    """
    Return the program of the release of this package's version, for this system. It is downloaded once, compared with the checksum of
    the release, and kept in the cache folder of the user. MOCK_DOCSPACE_RELEASES is another address of the releases.
    """
    from mock_docspace import __version__ as version

    program = _cache_folder() / "mock-docspace" / "releases" / version / _executable
    if os.access(program, os.X_OK):
        return str(program)
    try:
        archive = _archive_name(version)
        address = f"{(os.environ.get('MOCK_DOCSPACE_RELEASES') or _releases).rstrip('/')}/v{version}"
        wanted = _checksum_of(archive, _get(f"{address}/checksums.txt").decode())
        content = _get(f"{address}/{archive}")
        checksum = hashlib.sha256(content).hexdigest()
        if checksum != wanted:
            raise ValueError(f"{address}/{archive} has the checksum {checksum}, not {wanted}, and was not kept")
        _keep(_unpack(content, archive), program)
    except (OSError, ValueError, KeyError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise RuntimeError(
            f"mock-docspace is not in PATH, and release {version} could not be downloaded: {error}: "
            "put the program into PATH, or its file into MOCK_DOCSPACE_PROGRAM"
        ) from error
    return str(program)


def _archive_name(version: str) -> str:
    system = {"linux": "linux", "darwin": "darwin", "win32": "windows"}.get(sys.platform)
    processor = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine().lower())
    if not system or not processor:
        raise ValueError(f"there is none for {sys.platform} on {platform.machine()}")
    return f"mock-docspace_{version}_{system}_{processor}.{'zip' if _windows else 'tar.gz'}"


def _checksum_of(file: str, checksums: str) -> str:
    """Find the checksum of a file in a list as sha256sum writes it."""
    for line in checksums.splitlines():
        checksum, _, name = line.partition(" ")
        if name.lstrip(" *") == file:
            return checksum.lower()
    raise ValueError(f"checksums.txt has no line for {file}")


def _cache_folder() -> Path:
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"])
    if _windows:
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")


class _Redirects(HTTPRedirectHandler):
    """Follows redirects, as the releases of GitHub have them, but not from https to http."""

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str) -> Request | None:
        if req.type == "https" and not newurl.startswith("https:"):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _get(address: str) -> bytes:
    try:
        with build_opener(_Redirects).open(address, timeout=_timeout) as answer:
            return answer.read()  # type: ignore[no-any-return]
    except (OSError, HTTPException) as error:
        raise OSError(f"{address}: {error}") from error


def _unpack(content: bytes, archive: str) -> bytes:
    if archive.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            return zipped.read(_executable)
    with tarfile.open(fileobj=io.BytesIO(content)) as packed:
        file = packed.extractfile(_executable)
        if file is None:
            raise ValueError(f"{archive} has no file {_executable}")
        return file.read()


def _keep(content: bytes, program: Path) -> None:
    """Write the file beside its place, and move it there in one step: others may do the same at the same time."""
    program.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=program.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o755)  # noqa: S103
        os.replace(temporary, program)
    except OSError:
        os.unlink(temporary)
        if not os.access(program, os.X_OK):  # otherwise another process was first, and Windows does not replace what runs
            raise
