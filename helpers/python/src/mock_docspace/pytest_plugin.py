"""The fixtures for pytest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mock_docspace._docspace import Docspace, StartOptions, start
from mock_docspace._portal import DocspacePortal


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest of the marker."""
    config.addinivalue_line("markers", "docspace_portal(name=None, **file): the portal file of the fixture docspace_portal.")


@pytest.fixture(scope="session")
def docspace_options() -> StartOptions:
    """Options of the fixture docspace, for a project to override."""
    return {}


@pytest.fixture(scope="session")
def docspace(docspace_options: StartOptions) -> Iterator[Docspace]:
    """Start a fake for all tests of this process, which ends with them."""
    with start(**docspace_options) as fake:
        yield fake


@pytest.fixture
def docspace_portal(docspace: Docspace, request: pytest.FixtureRequest) -> Iterator[DocspacePortal]:
    """Make a portal for one test: a fresh one, or that of the marker docspace_portal."""
    marker = request.node.get_closest_marker("docspace_portal")
    if marker and marker.args:
        raise pytest.UsageError("docspace_portal takes the fields of the portal file by name, such as docspace_portal(profile='v3.7.2')")
    with docspace.portal(**(marker.kwargs if marker else {})) as portal:
        yield portal
