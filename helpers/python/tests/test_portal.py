"""Portals of a running fake."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from mock_docspace import ControlError, Docspace, DocspacePortal, connect, contract


def share(portal: DocspacePortal, on: bool, key: str | None = None) -> int:
    """Switch external sharing, as an app does, and return the status of the answer."""
    headers = {"Authorization": "Bearer " + (key or portal.keys["owner"]), "Content-Type": "application/json"}
    body = json.dumps({"set": on, "displayValue": on}).encode()
    try:
        with urlopen(Request(portal.url + "/api/2.0/files/settings/external", body, headers, method="PUT")) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def test_each_portal_is_its_own(docspace: Docspace) -> None:
    with docspace.portal(profile="v3.7.2", settings={"externalShare": False}) as one, docspace.portal(name="two") as two:
        assert two.url == docspace.url + "/portals/two"
        assert share(two, True) == 200
        assert one.state()["settings"]["externalShare"] is False
        assert one.state()["profile"] == "v3.7.2"
        assert two.state()["settings"]["externalShare"] is True
        assert one.journal.list() == []
    with pytest.raises(ControlError, match="no portal"):
        one.state()


def test_links_users_api_keys_and_entries(docspace_portal: DocspacePortal) -> None:
    portal = docspace_portal
    room = portal.entries.add(type="room", title="Customers")
    link = portal.links.add(entry=room["id"], password="Secret123!")
    assert portal.links.get(link["id"]) == link
    assert "password" not in portal.links.change(link["id"], password=None)
    assert [each["key"] for each in portal.links.list()] == ["KEY_FROM_URL", link["key"]]
    portal.links.remove(link["id"])
    with pytest.raises(ControlError):
        portal.links.get(link["id"])

    user = portal.users.add(email="new@example.com", role="docSpaceAdmin", password="New-pass-1")
    assert portal.users.change(user["id"], firstName="Nina")["firstName"] == "Nina"
    assert portal.users.get(user["id"])["email"] == "new@example.com"
    key = portal.api_keys.add(user=user["email"], key="sk-with/slash and blank")["key"]
    assert share(portal, True, key) == 200
    portal.api_keys.change(key, active=False)
    assert portal.api_keys.get(key)["active"] is False
    assert share(portal, True, key) == 401
    portal.api_keys.remove(key)
    portal.users.remove(user["id"])
    assert portal.entries.change(room["id"], section="archive")["section"] == "archive"
    assert portal.entries.get("room/" + room["id"])["title"] == "Customers"
    portal.entries.remove(room["id"])
    assert room["id"] not in [entry["id"] for entry in portal.entries.list() if entry["type"] == "room"]
    assert len(portal.users.list()) == 4
    assert len(portal.api_keys.list()) == 4


def test_faults(docspace_portal: DocspacePortal) -> None:
    fault = docspace_portal.faults.add(operation="externalShare", status=503, times=1)
    assert [share(docspace_portal, True), share(docspace_portal, True)] == [503, 200]
    assert docspace_portal.faults.get(fault["id"])["usedUp"] is True
    docspace_portal.faults.remove(fault["id"])
    docspace_portal.faults.add(kind="rateLimit")
    docspace_portal.faults.clear()
    assert docspace_portal.faults.list() == []


@pytest.mark.docspace_portal(links=[{"key": "short", "expires": "2030-01-01T00:00:10Z"}])
def test_the_clock(docspace_portal: DocspacePortal) -> None:
    def status() -> int:
        with urlopen(docspace_portal.url + "/api/2.0/files/share/short") as answer:
            return int(json.load(answer)["response"]["status"])

    docspace_portal.clock.freeze(datetime(2030, 1, 1, tzinfo=timezone.utc))
    assert status() == 0
    assert docspace_portal.clock.advance("11s")["now"] == "2030-01-01T00:00:11Z"
    assert status() == 2
    assert docspace_portal.clock.freeze()["frozen"] is True
    assert docspace_portal.clock.resume()["frozen"] is False
    assert docspace_portal.clock.get()["frozen"] is False
    with pytest.raises(ValueError, match="time zone"):
        docspace_portal.clock.freeze(datetime(2030, 1, 1))


def test_the_journal(docspace_portal: DocspacePortal) -> None:
    share(docspace_portal, True)
    share(docspace_portal, True, "nobody")
    assert docspace_portal.journal.count(operation="externalShare") == 2
    assert docspace_portal.journal.count(status=401, anonymous=True) == 1
    assert [r["status"] for r in docspace_portal.journal.list(last=1)] == [401]
    assert [r["status"] for r in docspace_portal.journal.list(caller="owner@example.com")] == [200]
    docspace_portal.journal.clear()
    assert docspace_portal.journal.count() == 0


def test_state_snapshots_and_reset(docspace_portal: DocspacePortal) -> None:
    portal = docspace_portal
    portal.snapshots.save("before")
    portal.change_state(settings={"externalShare": False})
    assert portal.state()["settings"]["externalShare"] is False
    portal.snapshots.restore("before")
    assert portal.state()["settings"]["externalShare"] is True
    assert [s["name"] for s in portal.snapshots.list()] == ["before"]
    portal.snapshots.remove("before")
    portal.replace_state(links=[])
    assert portal.links.list() == []
    portal.reset()
    assert len(portal.links.list()) == 1


def test_an_error_has_the_text_of_the_control_api(docspace_portal: DocspacePortal) -> None:
    with pytest.raises(ControlError, match=r"^POST /__mock/faults: operation: must be one of getFilesSettings, ") as raised:
        docspace_portal.faults.add(operation="nothing", status=503)  # type: ignore[arg-type]
    assert raised.value.status == 400
    assert raised.value.body["path"] == "operation"


def test_a_fake_that_runs_already(docspace: Docspace) -> None:
    other = connect(docspace.url + "/")
    assert other.version == docspace.version
    other.stop()  # it is not its own
    with docspace.portal() as portal:
        assert share(portal, True) == 200
    with pytest.raises(ConnectionError, match=r"mock-docspace does not answer at http://127\.0\.0\.1:1: .*refused.*: is it stopped\?"):
        connect("http://127.0.0.1:1")
    with pytest.raises(ControlError, match="status 404, which mock-docspace does not answer like that"):
        connect(docspace.url + "/api/2.0")


def test_a_proxy_is_not_asked(docspace: Docspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with docspace.portal() as portal:
        assert portal.state()["profile"] == "documented"


@pytest.fixture
def asked(docspace_portal: DocspacePortal) -> DocspacePortal:
    """Send five requests: a fault, a success, a refusal, another call, and none."""
    docspace_portal.faults.add(id="down", operation="externalShare", status=503, times=1)
    owner = {"Authorization": "Bearer " + docspace_portal.keys["owner"]}
    external = "/api/2.0/files/settings/external"
    for method, path, value, headers in [
        ("PUT", external, True, owner),
        ("PUT", external, True, owner),
        ("PUT", external, False, {}),
        ("GET", "/api/2.0/files/settings", None, owner),
        ("GET", "/nowhere", None, owner),
    ]:
        body = None if value is None else b'{"set":true}' if value else b'{"set":false}'
        request = Request(
            docspace_portal.url + path, body, {"User-Agent": "the-app/1.0", "Content-Type": "application/json", **headers}, method=method
        )
        try:
            urlopen(request).close()
        except HTTPError as error:
            error.close()
    return docspace_portal


def test_what_was_received(asked: DocspacePortal) -> None:
    assert [r["status"] for r in asked.received("externalShare", times=3)] == [503, 200, 401]
    assert len(asked.received("externalShare", caller="OWNER@example.com", at_least=1, at_most=2)) == 2
    assert len(asked.received("externalShare", caller="", status=401, times=1)) == 1
    assert len(asked.received(fault="down")) == 1
    assert len(asked.received(header={"user-agent": re.compile("^the-app")})) == 5
    assert len(asked.received(header={"Authorization": "***"})) == 4
    assert len(asked.received(body={"set": False})) == 1
    assert len(asked.received(body='{"set":true}')) == 2
    assert len(asked.received(body=re.compile("set"))) == 3
    assert asked.received("getRoomLinks", times=0) == []
    for number in ({"set": 1}, {"set": 0}):
        asked.received(body=number, times=0)  # True is no number in JSON


def test_a_failure_shows_the_nearest(asked: DocspacePortal) -> None:
    with pytest.raises(AssertionError) as raised:
        asked.received("externalShare", caller="owner@example.com", status=200, times=2)
    assert (
        str(raised.value)
        == """Expected the portal to have received externalShare from owner@example.com with status 200 2 times, but it has received once.
The requests that came nearest:
  #2 PUT /api/2.0/files/settings/external from owner@example.com: 200 {"set":true} (matches)
  #1 PUT /api/2.0/files/settings/external from owner@example.com: 503 {"set":true}, fault down (not with status 200)
  #3 PUT /api/2.0/files/settings/external from anonymous: 401 {"set":false} (not from owner@example.com, not with status 200)
  #4 GET /api/2.0/files/settings from owner@example.com: 200 (another call)
  #5 GET /nowhere from owner@example.com: 404 (another call)"""
    )
    with pytest.raises(
        AssertionError, match=r'not with header User-Agent "curl" but \["the-app/1\.0"\], not with header X-Id "a" but without it\)'
    ):
        asked.received("externalShare", header={"User-Agent": "curl", "X-Id": "a"})
    with pytest.raises(AssertionError, match="externalShare at least once and at most 2 times, but it has received 3 times"):
        asked.received("externalShare", at_least=1, at_most=2)
    with pytest.raises(AssertionError, match="a request at most 4 times, but it has received 5 times"):
        asked.received(at_most=4)
    asked.journal.clear()
    with pytest.raises(
        AssertionError, match=r'with body {"set": true} at least once, but it has received 0 times\.\nIt has received nothing'
    ):
        asked.received(body={"set": True})


def test_a_mistake_in_what_is_expected(docspace_portal: DocspacePortal) -> None:
    with pytest.raises(ValueError, match="times: must be 0 or more, not -1"):
        docspace_portal.received(times=-1)
    with pytest.raises(ValueError, match="leave it out"):
        docspace_portal.received(times=1, at_most=2)
    with pytest.raises(ValueError, match="at_least 3 is more than at_most 2"):
        docspace_portal.received(at_least=3, at_most=2)
    with pytest.raises(ControlError, match="operation"):
        docspace_portal.received("nothing")  # type: ignore[arg-type]


def test_the_types_are_those_of_the_contract(docspace_portal: DocspacePortal) -> None:
    new: contract.NewFault = {"operation": "externalShare", "status": 503}
    fault: contract.Fault = docspace_portal.faults.add(**new)
    assert fault["kind"] == "status"
