"""The app under test: it switches external sharing, and tries once more when the portal is down."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def share_externally(url: str, key: str, on: bool) -> bool:
    """Switch external sharing, and return the value that is in force now."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    request = Request(f"{url}/api/2.0/files/settings/external", json.dumps({"set": on}).encode(), headers, method="PUT")
    for attempt in (1, 2):
        try:
            with urlopen(request) as answer:
                return bool(json.load(answer)["response"])
        except HTTPError as error:
            if error.code == 403:
                raise PermissionError("only administrators may do this") from error
            if error.code != 503 or attempt == 2:
                raise
    raise AssertionError("not reached")
