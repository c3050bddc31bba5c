"""A portal of a fake, and what can be changed in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import quote, urlencode

from mock_docspace import contract
from mock_docspace._control import Control
from mock_docspace._received import Body, Headers, expect

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack


class Filter(TypedDict, total=False):
    """Which requests of the journal are meant: those that meet all of these."""

    operation: contract.Operation
    method: str
    status: int
    unanswered: bool
    caller: str
    anonymous: bool
    fault: str
    traceId: str
    violated: bool
    after: int


class DocspacePortal:
    """
    A portal of a fake. Nothing that happens in another portal is seen here.

    `name` is its name, `url` its address for the app, and `keys` has an API key for each role that somebody has.
    """

    def __init__(self, process: Control, portal: contract.NamedPortal) -> None:
        self.name = portal["name"]
        self.url = portal["url"]
        self.keys: dict[str, str] = portal["keys"]
        self._process = process
        self._control = process.of(self.url)
        self.links = Links(self._control)
        self.users = Users(self._control)
        self.api_keys = APIKeys(self._control)
        self.entries = Entries(self._control)
        self.faults = Faults(self._control)
        self.clock = Clock(self._control)
        self.journal = Journal(self._control)
        self.snapshots = Snapshots(self._control)

    def state(self) -> contract.Portal:
        """Return the whole portal, in the form of the portal file."""
        return self._control.call("GET", "/state")  # type: ignore[no-any-return]

    def change_state(self, **patch: Unpack[contract.PortalPatch]) -> contract.Portal:
        """Change the portal by a JSON merge patch: dicts are merged, all else is replaced, and None is the value of a fresh portal."""
        return self._control.call("PATCH", "/state", patch)  # type: ignore[no-any-return]

    def replace_state(self, **file: Unpack[contract.PortalFile]) -> contract.Portal:
        """Replace the whole portal until the next reset."""
        return self._control.call("PUT", "/state", file)  # type: ignore[no-any-return]

    def reset(self) -> None:
        """Go back to the portal as it was made, with the right time, no faults and an empty journal."""
        self._control.call("POST", "/reset")

    def received(
        self,
        operation: contract.Operation | None = None,
        *,
        times: int | None = None,
        at_least: int | None = None,
        at_most: int | None = None,
        caller: str | None = None,
        status: int | None = None,
        fault: str | None = None,
        header: Headers | None = None,
        body: Body | None = None,
    ) -> list[contract.Request]:
        """
        Expect that the portal has received requests like this, and return them. At least one is expected when no number is given.
        Otherwise it raises an AssertionError, which shows the requests that came nearest.

        caller is an e-mail address, or "" for callers without an account. status 0 is a request without an answer. Headers and body are
        compared as the journal shows them: *** stands for what may be secret. A dict or a list is compared as JSON.
        """
        __tracebackhide__ = True
        return expect(
            self._control,
            operation,
            (times, at_least, at_most),
            caller=caller,
            status=status,
            fault=fault,
            header=header,
            body=body,
        )

    def remove(self) -> None:
        """Remove the portal."""
        self._process.call("DELETE", f"/portals/{self.name}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()


class _Collection:
    def __init__(self, control: Control, path: str) -> None:
        self._control = control
        self._path = path

    def remove(self, id: str, /) -> None:
        """Remove one."""
        self._call("DELETE", id)

    def _call(self, method: str, one: str | None = None, body: object = None) -> Any:  # noqa: ANN401
        path = self._path if one is None else f"{self._path}/{quote(one, safe='')}"
        return self._control.call(method, path, body)


class Links(_Collection):
    """The links of a portal."""

    def __init__(self, control: Control) -> None:
        super().__init__(control, "/links")

    def list(self) -> list[contract.Link]:
        """Return all links."""
        return self._call("GET")  # type: ignore[no-any-return]

    def get(self, id: str, /) -> contract.Link:
        """Return the link with this id, which is not its key."""
        return self._call("GET", id)  # type: ignore[no-any-return]

    def add(self, **link: Unpack[contract.NewLink]) -> contract.Link:
        """Add a link, and return it with its key."""
        return self._call("POST", body=link)  # type: ignore[no-any-return]

    def change(self, id: str, /, **patch: Unpack[contract.LinkPatch]) -> contract.Link:
        """Change a link. None removes a property."""
        return self._call("PATCH", id, patch)  # type: ignore[no-any-return]


class Users(_Collection):
    """The people who can sign in."""

    def __init__(self, control: Control) -> None:
        super().__init__(control, "/users")

    def list(self) -> list[contract.User]:
        """Return all users."""
        return self._call("GET")  # type: ignore[no-any-return]

    def get(self, id: str, /) -> contract.User:
        """Return the user with this id."""
        return self._call("GET", id)  # type: ignore[no-any-return]

    def add(self, **user: Unpack[contract.NewUser]) -> contract.User:
        """Add a user."""
        return self._call("POST", body=user)  # type: ignore[no-any-return]

    def change(self, id: str, /, **patch: Unpack[contract.UserPatch]) -> contract.User:
        """Change a user. None removes a property."""
        return self._call("PATCH", id, patch)  # type: ignore[no-any-return]


class APIKeys(_Collection):
    """The API keys of a portal. They are named by the key itself."""

    def __init__(self, control: Control) -> None:
        super().__init__(control, "/apiKeys")

    def list(self) -> list[contract.APIKey]:
        """Return all API keys."""
        return self._call("GET")  # type: ignore[no-any-return]

    def get(self, key: str, /) -> contract.APIKey:
        """Return one API key."""
        return self._call("GET", key)  # type: ignore[no-any-return]

    def add(self, **key: Unpack[contract.NewAPIKey]) -> contract.APIKey:
        """Add an API key."""
        return self._call("POST", body=key)  # type: ignore[no-any-return]

    def change(self, key: str, /, **patch: Unpack[contract.APIKeyPatch]) -> contract.APIKey:
        """Change an API key. None removes a property."""
        return self._call("PATCH", key, patch)  # type: ignore[no-any-return]


class Entries(_Collection):
    """Rooms, folders and files."""

    def __init__(self, control: Control) -> None:
        super().__init__(control, "/entries")

    def list(self) -> list[contract.Entry]:
        """Return all entries."""
        return self._call("GET")  # type: ignore[no-any-return]

    def get(self, id: str, /) -> contract.Entry:
        """Return the entry with this name, such as room/10, or id."""
        return self._call("GET", id)  # type: ignore[no-any-return]

    def add(self, **entry: Unpack[contract.NewEntry]) -> contract.Entry:
        """Add an entry."""
        return self._call("POST", body=entry)  # type: ignore[no-any-return]

    def change(self, id: str, /, **patch: Unpack[contract.EntryPatch]) -> contract.Entry:
        """Change an entry. None removes a property."""
        return self._call("PATCH", id, patch)  # type: ignore[no-any-return]


class Faults(_Collection):
    """Deliberate failures of a portal."""

    def __init__(self, control: Control) -> None:
        super().__init__(control, "/faults")

    def list(self) -> list[contract.Fault]:
        """Return all faults, and how often each was applied."""
        return self._call("GET")  # type: ignore[no-any-return]

    def get(self, id: str, /) -> contract.Fault:
        """Return one fault."""
        return self._call("GET", id)  # type: ignore[no-any-return]

    def add(self, **fault: Unpack[contract.NewFault]) -> contract.Fault:
        """Let calls fail, for example operation="externalShare", status=503, times=2."""
        return self._call("POST", body=fault)  # type: ignore[no-any-return]

    def clear(self) -> None:
        """Remove all faults."""
        self._call("DELETE")


class Clock:
    """The clock of a portal. Durations are texts such as 250ms, 61s or 1h30m."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def get(self) -> contract.Clock:
        """Return the time on the portal."""
        return self._control.call("GET", "/clock")  # type: ignore[no-any-return]

    def advance(self, by: str) -> contract.Clock:
        """Move the clock, back when the duration begins with -."""
        return self._control.call("POST", "/clock/advance", {"by": by})  # type: ignore[no-any-return]

    def freeze(self, at: str | datetime | None = None) -> contract.Clock:
        """Stop the clock, at this time such as 2030-01-01T00:00:00Z, or at the time that it shows."""
        if isinstance(at, datetime):
            if at.tzinfo is None:
                raise ValueError("freeze: the time has no time zone: use datetime(..., tzinfo=timezone.utc)")
            at = at.isoformat()
        return self._control.call("POST", "/clock/freeze", {} if at is None else {"at": at})  # type: ignore[no-any-return]

    def resume(self) -> contract.Clock:
        """Let a frozen clock run."""
        return self._control.call("POST", "/clock/resume")  # type: ignore[no-any-return]


class Journal:
    """The requests that a portal has received. It shows *** for each secret."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def list(self, *, last: int | None = None, **filter: Unpack[Filter]) -> list[contract.Request]:
        """Return the requests that match, oldest first. It raises when the journal has dropped some of them; with last it never does."""
        limit = {} if last is None else {"last": last}
        return self._control.call("GET", "/journal" + _query({**filter, **limit}))  # type: ignore[no-any-return]

    def count(self, **filter: Unpack[Filter]) -> int:
        """Return the number of requests that match."""
        answer: contract.Count = self._control.call("GET", "/journal/count" + _query({**filter}))
        return answer["count"]

    def clear(self) -> None:
        """Forget all requests."""
        self._control.call("DELETE", "/journal")


class Snapshots:
    """Saved copies of the data of a portal."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def list(self) -> list[contract.Snapshot]:
        """Return all snapshots."""
        return self._control.call("GET", "/snapshots")  # type: ignore[no-any-return]

    def save(self, name: str) -> contract.Snapshot:
        """Save the data."""
        return self._control.call("PUT", "/snapshots/" + quote(name, safe=""))  # type: ignore[no-any-return]

    def restore(self, name: str) -> None:
        """Go back to the saved data. Clock, faults and journal stay as they are."""
        self._control.call("POST", f"/snapshots/{quote(name, safe='')}/restore")

    def remove(self, name: str) -> None:
        """Remove a snapshot."""
        self._control.call("DELETE", "/snapshots/" + quote(name, safe=""))


def _query(parameters: dict[str, Any]) -> str:
    texts = {name: str(value).lower() if isinstance(value, bool) else value for name, value in parameters.items()}
    return "?" + urlencode(texts) if texts else ""
