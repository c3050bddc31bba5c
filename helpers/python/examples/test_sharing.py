import pytest
from app import share_externally  # your app


def test_the_app_tries_again_when_the_portal_is_down(docspace_portal):
    docspace_portal.faults.add(operation="externalShare", status=503, times=1)
    assert share_externally(docspace_portal.url, docspace_portal.keys["owner"], False) is False
    docspace_portal.received("externalShare", times=2)


@pytest.mark.docspace_portal(profile="v3.7.2", settings={"externalShare": False})
def test_sharing_is_off_for_a_user(docspace_portal):
    with pytest.raises(PermissionError):
        share_externally(docspace_portal.url, docspace_portal.keys["user"], True)
    docspace_portal.received("externalShare", caller="user@example.com", status=403, times=1)
    assert docspace_portal.state()["settings"]["externalShare"] is False
