"""The calls of the control API."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

_opener = build_opener(ProxyHandler({}))  # the fake is on this machine, and no proxy reaches it
_timeout = 60  # seconds


class ControlError(Exception):
    """
    The control API has refused a call. The message says what is wrong, where, and what to do. `status` is the HTTP status, such as 400
    for a call that breaks the contract and 409 for one that does not fit the portal. `body` is the answer.
    """

    def __init__(self, call: str, status: int, body: dict[str, Any]) -> None:
        super().__init__(f"{call}: {body['message']}")
        self.status = status
        self.body = body


class Control:
    """The control API of a portal, or of the whole fake."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url
        self._token = token

    def of(self, url: str) -> Control:
        """Return the control API of the portal at this address."""
        return Control(url, self._token)

    def call(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401
        """Make one call. path begins behind /__mock."""
        headers = {}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        if self._token:
            headers["X-Mock-Token"] = self._token
        request = Request(f"{self.url}/__mock{path}", data, headers, method=method)  # noqa: S310
        try:
            with _opener.open(request, timeout=_timeout) as answer:
                text = answer.read()
        except HTTPError as error:
            with error:
                raise ControlError(f"{method} /__mock{path}", error.code, _error(error.code, error.read())) from None
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise ConnectionError(f"mock-docspace does not answer at {self.url}: {reason}: is it stopped?") from error
        return json.loads(text) if text else None


def _error(status: int, text: bytes) -> dict[str, Any]:
    try:
        body = json.loads(text)
        if isinstance(body, dict) and isinstance(body.get("message"), str):
            return body
    except ValueError:
        pass  # it is not from mock-docspace
    return {"message": f"status {status}, which mock-docspace does not answer like that: {text[:200].decode(errors='replace')}"}
