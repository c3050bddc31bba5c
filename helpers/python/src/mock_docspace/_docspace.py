"""A running fake, and how it is started."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, TypedDict, cast

from mock_docspace import contract
from mock_docspace._control import Control
from mock_docspace._find import find_program
from mock_docspace._portal import DocspacePortal
from mock_docspace._program import Program

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack


class StartOptions(TypedDict, total=False):
    """How the program is started. Where an option is left out, its variable counts, such as MOCK_DOCSPACE_PROFILE."""

    profile: contract.Profile
    """Profile of portals that do not name one. The default is documented."""
    contract: Literal["warn", "enforce", "off"]
    """What happens to requests that break the contract of DocSpace. The default is warn."""
    journal: int
    """Number of requests that the journal of each portal keeps. The default is 1000."""
    password_rounds: int
    """How often a password is hashed when somebody signs in. The default is 100000, as on a portal; 1 is faster."""
    program: str
    """The program. The default is that of MOCK_DOCSPACE_PROGRAM, that of PATH, or the release, which is downloaded."""


class Docspace:
    """A running fake. `url` is its address, and `version` the version of the program."""

    def __init__(
        self, url: str, version: str, control: Control, program: Program | None = None, profile: contract.Profile | None = None
    ) -> None:
        self.url = url
        self.version = version
        self._control = control
        self._program = program
        self._profile = profile  # not by the flag, which would win over what a portal file says

    def portal(self, *, name: str | None = None, **file: Unpack[contract.PortalFile]) -> DocspacePortal:
        """Make a portal, for one test. What the portal file leaves out is that of a fresh portal, with a key of each role."""
        if self._profile:
            file.setdefault("profile", self._profile)
        named = {} if name is None else {"name": name}
        return DocspacePortal(self._control, self._control.call("POST", "/portals", {**named, "portal": file}))

    def stop(self) -> None:
        """End the fake, if start has started it."""
        if self._program:
            self._program.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start(**options: Unpack[StartOptions]) -> Docspace:
    """Start a fake on a free port. It ends with stop, and in any case with this process."""
    named = options.pop("program", None)
    profile = options.pop("profile", None) or cast("contract.Profile | None", os.environ.get("MOCK_DOCSPACE_PROFILE"))
    flags = [f"--{name.replace('_', '-')}={value}" for name, value in options.items() if value is not None]
    program = Program(find_program(named), flags)
    return Docspace(program.url, program.version, Control(program.url), program, profile)


def connect(url: str, *, token: str | None = None) -> Docspace:
    """Use a fake that runs already, such as one in a container. token is that of its control API, which it wants beyond loopback."""
    control = Control(url.rstrip("/"), token)
    health: contract.Health = control.call("GET", "/health")
    return Docspace(control.url, health["version"], control)
