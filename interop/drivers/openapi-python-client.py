"""Makes the four calls with the client that openapi-python-client made, at the portal of interop/portal.yaml."""

import os
import unittest

from onlyoffice_doc_space_external_sharing_client import AuthenticatedClient, Client
from onlyoffice_doc_space_external_sharing_client.api.external_sharing import apply_external_share_password, external_share, external_share_social_media, get_files_settings
from onlyoffice_doc_space_external_sharing_client.models import (
    DateToAutoCleanUp,
    DisplayRequestDto,
    ExternalShareRequestParam,
    ExternalShareStatus,
    FileShare,
    SortedByType,
)

VISITOR = Client(base_url=os.environ["DOCSPACE_URL"])
OWNER = AuthenticatedClient(base_url=os.environ["DOCSPACE_URL"], token="owner-token")


def flags():
    settings = get_files_settings.sync(client=OWNER).response
    return settings.external_share, settings.external_share_social_media


class Calls(unittest.TestCase):
    def test_settings(self):
        settings = get_files_settings.sync(client=OWNER).response
        self.assertIn(".pdf", settings.exts_convertible[".docx"])
        self.assertEqual(settings.internal_formats["Document"], ".docx")
        self.assertEqual(settings.chunk_upload_size, 10 << 20)
        self.assertEqual(settings.default_sharing_access_rights, [FileShare.READ])
        self.assertEqual(settings.automatically_clean_up.gap, DateToAutoCleanUp.THIRTY_DAYS)
        self.assertEqual((FileShare.NO_ACCESS.value, DateToAutoCleanUp.NOT_SET.value), (0, 0))

    def test_order(self):
        order = get_files_settings.sync(client=OWNER).response.default_order
        self.assertEqual((order.is_asc, order.property_), (False, SortedByType.DATE_AND_TIME))
        order = get_files_settings.sync(client=OWNER, fields=["defaultOrder"]).response.default_order
        self.assertEqual(order.additional_properties, {"isAsc": False, "sortedBy": 0})

    def test_switches(self):
        on, off = DisplayRequestDto(set_=True), DisplayRequestDto(set_=False)
        self.assertEqual(flags(), (True, True))
        self.assertIs(external_share.sync(client=OWNER, body=off).response, False)
        self.assertEqual(flags(), (False, False))
        self.assertIs(external_share_social_media.sync(client=OWNER, body=on).response, False)
        self.assertIs(external_share.sync(client=OWNER, body=on).response, True)
        self.assertIs(external_share_social_media.sync(client=OWNER, body=on).response, True)
        self.assertEqual(flags(), (True, True))
        self.assertEqual(external_share.sync_detailed(client=VISITOR, body=off).status_code, 401)

    def test_password(self):
        def apply(password):
            body = ExternalShareRequestParam(password=password)
            return apply_external_share_password.sync("protected", client=VISITOR, body=body).response

        self.assertEqual(apply("wrong").status, ExternalShareStatus.INVALID_PASSWORD)
        share = apply("Secret123!")
        self.assertEqual((share.status, share.title, share.is_room), (ExternalShareStatus.OK, "Marketing", True))


if __name__ == "__main__":
    unittest.main()
