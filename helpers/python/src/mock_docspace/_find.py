"""Finds the program."""

from __future__ import annotations

import os
import shutil

from mock_docspace._release import download_release


def find_program(named: str | None = None) -> str:
    """Return the file of the program: the one that is named, the one in PATH, or the release, which is downloaded when it is needed first."""
    named = named or os.environ.get("MOCK_DOCSPACE_PROGRAM")
    if named:
        if not (os.path.isfile(named) and os.access(named, os.X_OK)):
            raise FileNotFoundError(f"{named} (from MOCK_DOCSPACE_PROGRAM, or the option program) is not a program")
        return named
    return shutil.which("mock-docspace") or download_release()
