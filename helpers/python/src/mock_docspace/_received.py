"""Compares the journal of a portal with what a test expects, as the Gomega matchers of the Go package do."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable, Optional, Union

from mock_docspace import contract
from mock_docspace._control import Control, ControlError

Headers = Mapping[str, Union[str, "re.Pattern[str]"]]
Body = Union[str, "re.Pattern[str]", dict[str, Any], list[Any]]
Bounds = tuple[Optional[int], Optional[int], Optional[int]]

_shown_requests = 10


@dataclass
class _Condition:
    """A condition on a request. was tells what the request has instead, when its line does not show it."""

    name: str
    holds: Callable[[contract.Request], bool]
    was: Callable[[contract.Request], str] | None = None

    def missed(self, request: contract.Request) -> str:
        return f"{self.name} but {self.was(request)}" if self.was else self.name


@dataclass
class _Candidate:
    """A request, and the conditions that it does not meet. another says that it is another call."""

    request: contract.Request
    missed: list[str]
    another: bool = False


def expect(control: Control, operation: str | None, bounds: Bounds, **conditions: Any) -> list[contract.Request]:  # noqa: ANN401
    """Return the requests that meet all conditions, or raise an AssertionError when they are too few or too many."""
    __tracebackhide__ = True
    least, most = _bounds(*bounds)
    wanted = _conditions(**conditions)
    requests, dropped = _journal(control, operation, unbounded=most is None)
    candidates = [_Candidate(r, [c.missed(r) for c in wanted if not c.holds(r)]) for r in requests]
    found = [c.request for c in candidates if not c.missed]
    if len(found) >= least and (most is None or len(found) <= most):
        return found
    if dropped:
        raise dropped
    if operation is not None:
        last: list[contract.Request] = control.call("GET", f"/journal?last={_shown_requests}")
        candidates += [_Candidate(r, [], another=True) for r in last if r.get("operation") != operation]
    what = " ".join([operation or "a request", *(c.name for c in wanted), _number(least, most)])
    raise AssertionError(f"Expected the portal to have received {what}, but it has received {_times(len(found))}.\n{_nearest(candidates)}")


def _journal(control: Control, operation: str | None, *, unbounded: bool) -> tuple[list[contract.Request], ControlError | None]:
    """
    Return the requests of the operation. Without an upper bound, dropped requests do no harm when the rest is enough; the error is
    then about them.
    """
    wanted = "" if operation is None else f"operation={operation}&"
    dropped: ControlError | None = None
    after = 0
    while True:
        try:
            return control.call("GET", f"/journal?{wanted}after={after}"), dropped
        except ControlError as error:
            through = error.body.get("through")
            if not unbounded or not isinstance(through, int) or through <= after:
                raise
            dropped, after = error, through


def _bounds(times: int | None, at_least: int | None, at_most: int | None) -> tuple[int, int | None]:
    for name, n in (("times", times), ("at_least", at_least), ("at_most", at_most)):
        if n is not None and n < 0:
            raise ValueError(f"received: {name}: must be 0 or more, not {n}")
    if times is not None:
        if at_least is not None or at_most is not None:
            raise ValueError("received: times: leave it out, or leave out at_least and at_most")
        return times, times
    least = at_least if at_least is not None else 1 if at_most is None else 0
    if at_most is not None and least > at_most:
        raise ValueError(f"received: at_least {least} is more than at_most {at_most}")
    return least, at_most


def _conditions(
    *, caller: str | None, status: int | None, fault: str | None, header: Headers | None, body: Body | None
) -> list[_Condition]:
    conditions = []
    if caller is not None:
        conditions.append(_Condition(f"from {caller or 'anonymous'}", lambda r: r.get("caller", "").lower() == caller.lower()))
    if status is not None:
        conditions.append(_Condition(f"with status {status}", lambda r: r["status"] == status))
    if fault is not None:
        conditions.append(_Condition(f"with fault {fault}", lambda r: fault in r.get("faults", [])))
    conditions += [_header(name, value) for name, value in (header or {}).items()]
    if body is not None:
        conditions.append(_Condition(f"with body {_shown(body)}", lambda r: _matches(r.get("body", ""), body)))
    return conditions


def _header(name: str, wanted: str | re.Pattern[str]) -> _Condition:
    def values(request: contract.Request) -> list[str]:
        return next((v for n, v in request["header"].items() if n.lower() == name.lower()), [])

    return _Condition(
        f"with header {name} {_shown(wanted)}",
        lambda r: any(_matches(value, wanted) for value in values(r)),
        lambda r: _shortened(json.dumps(values(r))) if values(r) else "without it",
    )


def _matches(text: str, wanted: Body) -> bool:
    if isinstance(wanted, str):
        return text == wanted
    if isinstance(wanted, re.Pattern):
        return wanted.search(text) is not None
    try:
        return json.dumps(json.loads(text), sort_keys=True) == json.dumps(wanted, sort_keys=True)
    except ValueError:
        return False  # it is not JSON


def _shown(value: Body) -> str:
    return f"like {value.pattern}" if isinstance(value, re.Pattern) else json.dumps(value)


def _number(least: int, most: int | None) -> str:
    if least == most:
        return _times(least)
    if most is None:
        return f"at least {_times(least)}"
    return f"at least {_times(least)} and at most {_times(most)}" if least > 0 else f"at most {_times(most)}"


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


def _nearest(candidates: list[_Candidate]) -> str:
    """List the requests that meet the most conditions, one in a line."""
    if not candidates:
        return "It has received nothing at all."
    nearest = sorted(candidates, key=lambda c: (c.another, len(c.missed)))
    lines = ["The requests that came nearest:", *(f"  {_line(c)}" for c in nearest[:_shown_requests])]
    if len(nearest) > _shown_requests:
        lines.append(f"  and {len(nearest) - _shown_requests} more")
    return "\n".join(lines)


def _line(candidate: _Candidate) -> str:
    r = candidate.request
    line = f"#{r['sequence']} {r['method']} {r['path']} from {r.get('caller', 'anonymous')}: {r['status'] or 'no answer'}"
    if r.get("body"):
        line += " " + _shortened(r["body"])
    if r.get("faults"):
        line += ", fault " + " and ".join(r["faults"])
    if candidate.another:
        return line + " (another call)"
    return f"{line} (not {', not '.join(candidate.missed)})" if candidate.missed else line + " (matches)"


def _shortened(text: str) -> str:
    return text[:200] + "..." if len(text) > 200 else text
