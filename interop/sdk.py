"""What a program sees that was written with the official Python SDK (docspace-api-sdk).

The portal of interop/portal.yaml is at DOCSPACE_URL, with its switches on, and follows PROFILE.
"""

import os
import unittest
import warnings
from uuid import UUID

warnings.filterwarnings("ignore", message="Field name .* shadows")  # of the SDK's own models

from docspace_api_sdk import ApiClient, Configuration
from docspace_api_sdk.api.files.settings_api import SettingsApi
from docspace_api_sdk.api.files.sharing_api import SharingApi
from docspace_api_sdk.exceptions import BadRequestException, ForbiddenException, UnauthorizedException
from docspace_api_sdk.models.date_to_auto_clean_up import DateToAutoCleanUp
from docspace_api_sdk.models.display_request_dto import DisplayRequestDto
from docspace_api_sdk.models.external_share_request_param import ExternalShareRequestParam
from docspace_api_sdk.models.file_entry_type import FileEntryType
from docspace_api_sdk.models.sorted_by_type import SortedByType
from docspace_api_sdk.models.status import Status

DOCUMENTED = os.environ["PROFILE"] == "documented"
ON, OFF = DisplayRequestDto(set=True), DisplayRequestDto(set=False)


def client(token=None):
    return ApiClient(Configuration(host=os.environ["DOCSPACE_URL"], access_token=token))


def signed_in(token):
    """For the reading and the password call, with which the SDK sends no credentials, whatever its configuration has."""
    api = client()
    api.set_default_header("Authorization", f"Bearer {token}")
    return api


def settings_of(token):
    return SettingsApi(signed_in(token)).get_files_settings().response


class Settings(unittest.TestCase):
    def test_decodes_every_kind_of_value(self):
        settings = settings_of("owner-token")
        self.assertIs(settings.external_share, True)
        self.assertIs(settings.external_share_social_media, True)
        self.assertIn(".docx", settings.exts_web_edited)
        self.assertIn(".pdf", settings.exts_convertible[".docx"])
        self.assertEqual(settings.internal_formats.document, ".docx")
        self.assertEqual(settings.chunk_upload_size, 10 << 20)
        self.assertEqual(settings.default_sharing_access_rights, [2])
        self.assertEqual(settings.automatically_clean_up.gap, DateToAutoCleanUp.ThirtyDays)
        self.assertEqual(settings.default_order.var_property, SortedByType.DateAndTime)

    def test_without_credentials(self):
        api = SettingsApi(client("owner-token"))  # which is not sent, see signed_in
        if DOCUMENTED:
            with self.assertRaises(UnauthorizedException):
                api.get_files_settings()
        else:
            self.assertIs(api.get_files_settings().response.store_original_files, False)
            self.assertIs(settings_of("owner-token").store_original_files, True)


class Switches(unittest.TestCase):
    def setUp(self):
        self.api = SettingsApi(client("owner-token"))
        self.addCleanup(self.api.external_share_social_media, ON)
        self.addCleanup(self.api.external_share, ON)  # before social media

    def flags(self):
        settings = settings_of("owner-token")
        return settings.external_share, settings.external_share_social_media

    def test_external_sharing_takes_social_media_with_it(self):
        wrapper = self.api.external_share(OFF)
        self.assertEqual((wrapper.response, wrapper.count, wrapper.status, wrapper.status_code), (False, 1, 0, 200))
        self.assertEqual(wrapper.links[0].action, "PUT")
        self.assertEqual(self.flags(), (False, False))
        self.assertIs(self.api.external_share_social_media(ON).response, False)
        self.assertIs(self.api.external_share(ON).response, True)
        self.assertEqual(self.flags(), (True, False))

    def test_social_media(self):
        self.assertIs(self.api.external_share_social_media(OFF).response, False)
        self.assertEqual(self.flags(), (True, False))
        self.assertIs(self.api.external_share_social_media(ON).response, True)
        self.assertEqual(self.flags(), (True, True))

    def test_no_body_is_refused(self):
        with self.assertRaises(BadRequestException):
            self.api.external_share()
        self.assertEqual(self.flags(), (True, True))

    def test_who_may(self):
        with self.assertRaises(UnauthorizedException):
            SettingsApi(client()).external_share(OFF)
        with self.assertRaises(ForbiddenException):
            SettingsApi(client("user-token")).external_share(OFF)
        self.assertEqual(self.flags(), (True, True))


class Password(unittest.TestCase):
    def apply(self, key, password, api=None):
        param = ExternalShareRequestParam(password=password)
        return SharingApi(api or client()).apply_external_share_password(key, param).response

    def test_the_right_one(self):
        share = self.apply("protected", "Secret123!")
        self.assertEqual(share.status, Status.Ok)
        self.assertEqual((share.id, share.title, share.type, share.is_room), ("10", "Marketing", FileEntryType.Folder, True))
        self.assertEqual(share.link_id, UUID("3fa85f64-5717-4562-b3fc-2c963f66afa7"))
        self.assertEqual((share.is_authenticated, share.is_room_member, share.shared), (False, False, False))

    def test_a_wrong_one(self):
        share = self.apply("protected", "wrong")
        self.assertEqual(share.status, Status.InvalidPassword)
        self.assertEqual((share.tenant_id, share.link_id, share.title), (0, UUID(int=0), None))

    def test_links_that_lead_nowhere(self):
        self.assertEqual(self.apply("no/such key", "Secret123!").status, Status.Invalid)
        self.assertEqual(self.apply("expired", "Secret123!").status, Status.Expired)

    def test_of_the_owner(self):
        """The published page says that the call sets the password; the server only checks it."""
        self.assertEqual(self.apply("KEY_FROM_URL", "Another-1!", signed_in("owner-token")).status, Status.Ok)
        visitor = self.apply("KEY_FROM_URL", "")
        self.assertEqual(visitor.status, Status.RequiredPassword if DOCUMENTED else Status.Ok)


if __name__ == "__main__":
    unittest.main(verbosity=2)
