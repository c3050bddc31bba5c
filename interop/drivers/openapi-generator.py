"""Makes the four calls with the client that OpenAPI Generator made for python, at the portal of interop/portal.yaml."""

import os
import unittest

from openapi_client import ApiClient, Configuration, ExternalSharingApi
from openapi_client.exceptions import UnauthorizedException
from openapi_client.models import (
    DateToAutoCleanUp,
    DisplayRequestDto,
    ExternalShareRequestParam,
    ExternalShareStatus,
    FileShare,
    SortedByType,
)


def client(token=None):
    return ApiClient(Configuration(host=os.environ["DOCSPACE_URL"], access_token=token))


class Calls(unittest.TestCase):
    owner = ExternalSharingApi(client("owner-token"))

    def flags(self):
        settings = self.owner.get_files_settings().response
        return settings.external_share, settings.external_share_social_media

    def test_settings(self):
        settings = self.owner.get_files_settings().response
        self.assertIn(".pdf", settings.exts_convertible[".docx"])
        self.assertEqual(settings.internal_formats["Document"], ".docx")
        self.assertEqual(settings.chunk_upload_size, 10 << 20)
        self.assertEqual(settings.default_sharing_access_rights, [FileShare.Read])
        self.assertEqual(settings.automatically_clean_up.gap, DateToAutoCleanUp.ThirtyDays)
        self.assertEqual((FileShare.NoAccess.value, DateToAutoCleanUp.NotSet.value), (0, 0))

    def test_order(self):
        order = self.owner.get_files_settings().response.default_order
        self.assertEqual((order.is_asc, order.var_property), (False, SortedByType.DateAndTime))
        order = self.owner.get_files_settings(fields=["defaultOrder"]).response.default_order
        self.assertEqual(order.additional_properties, {"isAsc": False, "sortedBy": 0})

    def test_switches(self):
        on, off = DisplayRequestDto(set=True), DisplayRequestDto(set=False)
        self.assertEqual(self.flags(), (True, True))
        self.assertIs(self.owner.external_share(off).response, False)
        self.assertEqual(self.flags(), (False, False))
        self.assertIs(self.owner.external_share_social_media(on).response, False)
        self.assertIs(self.owner.external_share(on).response, True)
        self.assertIs(self.owner.external_share_social_media(on).response, True)
        self.assertEqual(self.flags(), (True, True))
        with self.assertRaises(UnauthorizedException):
            ExternalSharingApi(client()).external_share(off)

    def test_password(self):
        def apply(password):
            param = ExternalShareRequestParam(password=password)
            return ExternalSharingApi(client()).apply_external_share_password("protected", param).response

        self.assertEqual(apply("wrong").status, ExternalShareStatus.InvalidPassword)
        share = apply("Secret123!")
        self.assertEqual((share.status, share.title, share.is_room), (ExternalShareStatus.Ok, "Marketing", True))


if __name__ == "__main__":
    unittest.main()
