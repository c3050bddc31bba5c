"""What a program sees that was written with the official Python SDK (docspace-api-sdk).

Each argument is PROFILE=URL: there is the portal of interop/portal.yaml, with its switches on, and follows the profile. One process
goes through all of them, because the SDK takes seconds to import.
"""

import sys
import unittest
import warnings
from datetime import datetime, timedelta, timezone
from urllib.parse import quote
from uuid import UUID

warnings.filterwarnings("ignore", message="Field name .* shadows")  # of the SDK's own models

from docspace_api_sdk import ApiClient, Configuration
from docspace_api_sdk.api.authentication.authentication_api import AuthenticationApi
from docspace_api_sdk.api.files.files_api import FilesApi
from docspace_api_sdk.api.files.folders_api import FoldersApi
from docspace_api_sdk.api.files.settings_api import SettingsApi
from docspace_api_sdk.api.files.sharing_api import SharingApi
from docspace_api_sdk.api.people.profiles_api import ProfilesApi
from docspace_api_sdk.api.rooms.rooms_api import RoomsApi
from docspace_api_sdk.exceptions import BadRequestException, ForbiddenException, NotFoundException, UnauthorizedException
from docspace_api_sdk.models.api_date_time import ApiDateTime
from docspace_api_sdk.models.auth_requests_dto import AuthRequestsDto
from docspace_api_sdk.models.create_room_request_dto import CreateRoomRequestDto
from docspace_api_sdk.models.date_to_auto_clean_up import DateToAutoCleanUp
from docspace_api_sdk.models.delete_room_request import DeleteRoomRequest
from docspace_api_sdk.models.display_request_dto import DisplayRequestDto
from docspace_api_sdk.models.external_share_request_param import ExternalShareRequestParam
from docspace_api_sdk.models.external_sharing_settings_request_dto import ExternalSharingSettingsRequestDto
from docspace_api_sdk.models.file_entry_type import FileEntryType
from docspace_api_sdk.models.file_link_request import FileLinkRequest
from docspace_api_sdk.models.file_share import FileShare
from docspace_api_sdk.models.folder_link_request import FolderLinkRequest
from docspace_api_sdk.models.folder_type import FolderType
from docspace_api_sdk.models.link_type import LinkType
from docspace_api_sdk.models.room_link_request import RoomLinkRequest
from docspace_api_sdk.models.room_type import RoomType
from docspace_api_sdk.models.sorted_by_type import SortedByType
from docspace_api_sdk.models.status import Status
from docspace_api_sdk.models.subject_type import SubjectType

ON, OFF = DisplayRequestDto(set=True), DisplayRequestDto(set=False)
FOLDER, FILE = 11, 10  # of portal.yaml


def client(token=None):
    return ApiClient(Configuration(host=URL, access_token=token))


def signed_in(token):
    """For the calls that anybody may make: the SDK sends no credentials with them, whatever its configuration has."""
    return sending("Authorization", f"Bearer {token}")


def sending(header, value):
    api = client()
    api.set_default_header(header, value)
    return api


class Until(ApiDateTime):
    """An end that the server reads. The SDK leaves the time out of an ApiDateTime that it sends."""

    def to_dict(self):
        return self.utc_time.isoformat()


def a_week_from_now():
    return datetime.now(timezone.utc) + timedelta(days=7)


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


class SignIn(unittest.TestCase):
    def sign_in(self, **request):
        request = {"user_name": "owner@example.com", "password": "Owner-pass-1"} | request
        return AuthenticationApi(client()).authenticate_me(AuthRequestsDto(**request)).response

    def is_signed_in(self, api):
        return AuthenticationApi(api).get_is_authentificated().response

    def test_the_token_is_good_for_all_calls(self):
        answer = self.sign_in()
        self.assertEqual((answer.sms, answer.tfa), (False, False))
        self.assertGreater(answer.expires, datetime.now(timezone.utc) + timedelta(days=360))
        me = ProfilesApi(client(answer.token)).get_self_profile().response
        self.assertEqual((me.email, me.is_owner, me.is_admin, me.is_visitor), ("owner@example.com", True, False, False))
        room = make_room("Mine", client(answer.token))
        self.assertEqual((room.title, room.created_by.id), ("Mine", me.id))
        self.assertEqual(self.sign_in(user_name=str(me.id)).tfa, False)

    def test_for_a_session_of_the_browser(self):
        self.assertEqual(self.sign_in(session=True).expires, datetime.min)  # without a zone

    def test_a_wrong_password(self):
        for wrong in {"password": "wrong"}, {"user_name": "nobody@example.com"}, {"password": None}:
            with self.subTest(wrong), self.assertRaises(UnauthorizedException):
                self.sign_in(**wrong)

    def test_nobody_is_signed_in(self):
        self.assertIs(self.is_signed_in(client()), False)
        with self.assertRaises(UnauthorizedException):
            ProfilesApi(client()).get_self_profile()

    def test_signing_out(self):
        """Of the SDK's own: it sends no credentials with this call, so that nothing ends."""
        token = self.sign_in().token
        wrapper = AuthenticationApi(client(token)).logout()
        self.assertEqual((wrapper.response, wrapper.status_code), (None, 200))
        self.assertIs(self.is_signed_in(signed_in(token)), True)

    def test_signing_out_with_the_token(self):
        """The server ends only the session of a cookie; the reference says that of the token too."""
        token = self.sign_in().token
        AuthenticationApi(signed_in(token)).logout()
        self.assertIs(self.is_signed_in(signed_in(token)), not DOCUMENTED)

    def test_signing_out_with_the_cookie(self):
        token = self.sign_in().token
        AuthenticationApi(sending("Cookie", f"asc_auth_key={quote(token, safe='')}")).logout()
        self.assertIs(self.is_signed_in(signed_in(token)), False)
        with self.assertRaises(UnauthorizedException):
            ProfilesApi(client(token)).get_self_profile()


class Rooms(unittest.TestCase):
    def test_one_is_made_and_read(self):
        made = make_room("Customers")
        self.assertEqual((made.title, made.room_type, made.in_room), ("Customers", RoomType.CustomRoom, True))
        self.assertEqual((made.file_entry_type, made.root_folder_type), (FileEntryType.Folder, FolderType.VirtualRooms))
        self.assertLessEqual(made.created.utc_time, datetime.now(timezone.utc))
        self.assertIs(made.security.edit_access, True)
        read = RoomsApi(signed_in("owner-token")).get_room_info(made.id).response
        self.assertEqual((read.id, read.title, read.created_by.display_name), (made.id, "Customers", made.created_by.display_name))

    def test_one_is_removed(self):
        room = make_room("Customers")
        key = put_link(room.id).response.shared_link.request_token
        remove_room(room.id)
        with self.assertRaises(NotFoundException):
            RoomsApi(signed_in("owner-token")).get_room_info(room.id)
        self.assertEqual(share_of(key).status, Status.Invalid)

    def test_they_are_listed(self):
        content = RoomsApi(client("owner-token")).get_rooms_folder().response
        self.assertIn("Marketing", [room.title for room in content.folders])
        self.assertEqual(content.total, len(content.folders))
        # The SDK takes what is in a list for a FileEntryBaseDto. That one has no ID, although the server sends it.
        self.assertFalse(hasattr(content.folders[0], "id"))

    def test_who_may(self):
        with self.assertRaises(UnauthorizedException):
            make_room("Mine", client())
        with self.assertRaises(ForbiddenException):
            make_room("Mine", client("user-token"))
        with self.assertRaises(UnauthorizedException):
            RoomsApi(client("owner-token")).get_room_info(10)  # without the token, see signed_in


def make_room(title, api=None):
    return RoomsApi(api or client("owner-token")).create_room(CreateRoomRequestDto(title=title, room_type=RoomType.CustomRoom)).response


def remove_room(room):
    RoomsApi(client("owner-token")).delete_room(room, DeleteRoomRequest(delete_after=False))


def put_link(room, **request):
    request = {"link_type": LinkType.External, "access": FileShare.Read} | request
    return RoomsApi(client("owner-token")).set_room_link(room, RoomLinkRequest(**request))


def share_of(key, **inside):
    return SharingApi(client()).get_external_share_data(key, **inside).response


class RoomLinks(unittest.TestCase):
    def setUp(self):
        self.api = RoomsApi(client("owner-token"))
        self.room = make_room("Customers")
        self.addCleanup(remove_room, self.room.id)

    def put(self, **request):
        return put_link(self.room.id, **request)

    def listed(self, *kind):
        return [share.shared_link.id for share in self.api.get_room_links(self.room.id, *kind).response]

    def test_with_a_password_and_an_end(self):
        end = a_week_from_now()
        share = self.put(title="For customers", password="Secret123!", expiration_date=Until(utc_time=end)).response
        self.assertEqual((share.access, share.subject_type), (FileShare.Read, SubjectType.ExternalLink))
        self.assertEqual((share.can_edit_internal, share.is_locked, share.is_owner), (True, False, False))
        link = share.shared_link
        self.assertEqual((link.title, link.link_type, link.primary, link.is_expired), ("For customers", LinkType.External, False, False))
        self.assertEqual(link.password, None if DOCUMENTED else "Secret123!")
        self.assertLess(abs(link.expiration_date.utc_time - end), timedelta(milliseconds=1))
        self.assertTrue(link.share_link.startswith(URL + "/s/"))
        self.assertEqual(self.listed(), [link.id])
        self.assertEqual((self.listed(LinkType.External), self.listed(LinkType.Invitation)), ([link.id], []))
        self.assertEqual(share_of(link.request_token).status, Status.RequiredPassword)

    def test_an_end_as_the_sdk_sends_it(self):
        """It sends an empty object, and the server wants a text."""
        with self.assertRaises(BadRequestException):
            self.put(expiration_date=ApiDateTime(utc_time=a_week_from_now()))
        self.assertEqual(self.listed(), [])

    def test_a_change_forgets_what_it_leaves_out(self):
        link = self.put(title="For customers", password="Secret123!").response.shared_link
        changed = self.put(link_id=link.id, title="For all").response.shared_link
        self.assertEqual((changed.id, changed.title, changed.password), (link.id, "For all", None))
        self.assertEqual(share_of(link.request_token).status, Status.Ok)

    def test_revoked(self):
        link = self.put().response.shared_link
        wrapper = self.put(link_id=link.id, access=FileShare.None_)
        self.assertEqual((wrapper.response, wrapper.count, wrapper.status_code), (None, 0, 200))
        self.assertEqual(self.listed(), [])
        self.assertEqual(share_of(link.request_token).status, Status.Invalid)

    def test_the_primary_one(self):
        share = self.api.get_rooms_primary_external_link(self.room.id).response
        self.assertEqual((share.subject_type, share.shared_link.primary), (SubjectType.PrimaryExternalLink, True))
        again = self.api.get_rooms_primary_external_link(self.room.id).response
        self.assertEqual(again.shared_link.id, share.shared_link.id)
        self.put(link_id=share.shared_link.id, access=FileShare.None_)
        if DOCUMENTED:
            with self.assertRaises(NotFoundException):
                self.api.get_rooms_primary_external_link(self.room.id)
        else:
            new = self.api.get_rooms_primary_external_link(self.room.id).response
            self.assertNotEqual(new.shared_link.id, share.shared_link.id)

    def test_who_may(self):
        for token, refusal in (None, UnauthorizedException), ("user-token", ForbiddenException):
            with self.subTest(token), self.assertRaises(refusal):
                RoomsApi(client(token)).set_room_link(self.room.id, RoomLinkRequest(link_type=LinkType.External, access=FileShare.Read))
        self.assertEqual(self.listed(), [])


class FolderAndFileLinks(unittest.TestCase):
    """The calls are the same for both, but for their names and the type of the request."""

    def setUp(self):
        folders, files = FoldersApi(client("owner-token")), FilesApi(client("owner-token"))
        self.kinds = (
            ("folder", FOLDER, FolderLinkRequest, folders.create_folder_primary_external_link, folders.get_folder_primary_external_link,
             folders.get_folder_links, folders.set_folder_primary_external_link, FoldersApi),
            ("file", FILE, FileLinkRequest, files.create_file_primary_external_link, files.get_file_primary_external_link,
             files.get_file_links, files.set_file_external_link, FilesApi),
        )

    def test_from_the_first_to_the_last(self):
        for name, entry, request, create, _, links, put, _ in self.kinds:
            with self.subTest(name):
                def listed():
                    return {share.shared_link.id for share in links(entry).response}

                primary = create(entry, request(access=FileShare.Read)).response.shared_link
                self.assertIs(primary.primary, True)
                other = put(entry, request(access=FileShare.Read, title="For all", password="Secret123!",
                                           expiration_date=Until(utc_time=a_week_from_now()))).response.shared_link
                self.assertEqual((other.title, other.primary, other.link_type), ("For all", False, LinkType.External))
                self.assertEqual(listed(), {primary.id, other.id})
                self.assertEqual(share_of(other.request_token).status, Status.RequiredPassword)
                put(entry, request(link_id=other.id, access=FileShare.Read))
                share = share_of(other.request_token)
                self.assertEqual((share.status, share.id), (Status.Ok, str(entry)))
                for link in primary, other:
                    self.assertIsNone(put(entry, request(link_id=link.id, access=FileShare.None_)).response)
                self.assertEqual(listed(), set())

    def test_an_end_as_the_sdk_sends_it(self):
        for name, entry, request, _, _, _, put, _ in self.kinds:
            with self.subTest(name), self.assertRaises(BadRequestException):
                put(entry, request(access=FileShare.Read, expiration_date=ApiDateTime(utc_time=a_week_from_now())))

    def test_the_primary_one_without_credentials(self):
        """The SDK sends none when it reads a primary link, see signed_in."""
        for name, entry, _, _, primary, _, _, _ in self.kinds:
            with self.subTest(name), self.assertRaises(UnauthorizedException if DOCUMENTED else ForbiddenException):
                primary(entry)


class Visitor(unittest.TestCase):
    def setUp(self):
        self.link = put_link(10, title="For customers", password="Secret123!").response.shared_link
        self.addCleanup(self.revoke)
        self.visitor = sending("Request-Token", self.link.request_token)

    def revoke(self):
        put_link(10, link_id=self.link.id, access=FileShare.None_)

    def unlock(self):
        """The SDK keeps no cookies, and ApiResponse.headers has only the last of several: the raw answer has them all."""
        param = ExternalShareRequestParam(password="Secret123!")
        answer = SharingApi(client()).apply_external_share_password_without_preload_content(self.link.request_token, param)
        cookies = [cookie.partition(";")[0] for cookie in answer.headers.getlist("Set-Cookie")]
        self.assertEqual([cookie.partition("=")[0] for cookie in cookies], [f"sharelink{self.link.id}", "anonymous_session_key"])
        self.visitor.set_default_header("Cookie", "; ".join(cookies))

    def assert_out(self):
        with self.assertRaises(ForbiddenException):
            FoldersApi(self.visitor).get_folder_by_folder_id(10)
        with self.assertRaises(UnauthorizedException):
            RoomsApi(self.visitor).get_room_info(10)
        with self.assertRaises(UnauthorizedException if DOCUMENTED else ForbiddenException):
            FilesApi(self.visitor).get_file_info(FILE)

    def test_from_the_key_to_the_file(self):
        share = share_of(self.link.request_token)
        self.assertEqual((share.status, share.id, share.title), (Status.RequiredPassword, "10", "Marketing"))
        self.assert_out()
        self.unlock()
        content = FoldersApi(self.visitor).get_folder_by_folder_id(10).response
        self.assertEqual((content.current.id, content.current.title), (10, "Marketing"))
        self.assertEqual(([folder.title for folder in content.folders], content.files), (["Offers"], []))
        self.assertEqual(content.current.request_token, self.link.request_token)
        self.assertEqual([part["title"] for part in content.path_parts], ["Marketing"])
        content = FoldersApi(self.visitor).get_folder_by_folder_id(FOLDER).response
        self.assertEqual([file.title for file in content.files], ["Offer.docx"])
        self.assertEqual(RoomsApi(self.visitor).get_room_info(10).response.title, "Marketing")
        self.assertEqual(FoldersApi(self.visitor).get_folder_info(FOLDER).response.title, "Offers")
        file = FilesApi(self.visitor).get_file_info(FILE).response
        self.assertEqual((file.title, file.file_exst, file.folder_id), ("Offer.docx", ".docx", FOLDER))
        self.assertEqual((file.security.read, file.security.edit), (True, False))

    def test_of_a_link_that_was_revoked(self):
        self.unlock()
        self.assertEqual(FilesApi(self.visitor).get_file_info(FILE).response.id, FILE)
        self.revoke()
        self.assertEqual(share_of(self.link.request_token).status, Status.Invalid)
        self.assert_out()

    def test_what_is_inside(self):
        share = share_of("KEY_FROM_URL", file_id=str(FILE))
        self.assertEqual((share.entity_id, share.entity_title, share.entity_type), (str(FILE), "Offer.docx", FileEntryType.File))
        share = share_of("KEY_FROM_URL", folder_id=str(FOLDER))
        self.assertEqual((share.entity_title, share.entity_type), ("Offers", FileEntryType.Folder))


class Policy(unittest.TestCase):
    NAMES = ("external_share", "default_share_link_internal", "external_share_apply_to_documents",
             "external_share_apply_to_rooms", "block_existing_links_on_restrict")

    def setUp(self):
        self.api = SettingsApi(client("owner-token"))
        self.addCleanup(self.api.external_share_social_media, ON)
        self.addCleanup(self.change, True, False, True, True, True)  # before social media

    def change(self, *values):
        request = ExternalSharingSettingsRequestDto(**dict(zip(self.NAMES, values)))
        return self.values(self.api.change_external_sharing_settings(request).response)

    def values(self, settings):
        return tuple(getattr(settings, name) for name in self.NAMES)

    def test_all_at_once(self):
        for wanted in (True, True, True, False, False), (False, True, False, True, True):
            with self.subTest(wanted):
                self.assertEqual(self.change(*wanted), wanted)
                settings = settings_of("owner-token")
                self.assertEqual((settings.external_share, settings.default_share_link_internal), wanted[:2])

    def test_what_is_left_out_is_off(self):
        self.assertEqual(self.change(True), (True, False, False, False, False))

    def test_links_that_are_there(self):
        key = put_link(make_room("Customers").id).response.shared_link.request_token
        self.change(False, False, True, True, True)
        self.assertEqual(share_of(key).status, Status.ExternalAccessDenied)
        self.change(False, False, True, True, False)
        self.assertEqual(share_of(key).status, Status.Ok)

    def test_no_body(self):
        if DOCUMENTED:
            # Links are internal while there are no others.
            self.assertEqual(self.values(self.api.change_external_sharing_settings().response), (False, True, False, False, False))
        else:
            with self.assertRaises(BadRequestException):
                self.api.change_external_sharing_settings()

    def test_who_may(self):
        for token, refusal in (None, UnauthorizedException), ("user-token", ForbiddenException):
            with self.subTest(token), self.assertRaises(refusal):
                SettingsApi(client(token)).change_external_sharing_settings(ExternalSharingSettingsRequestDto(external_share=False))
        self.assertIs(settings_of("owner-token").external_share, True)


if __name__ == "__main__":
    passed = True
    for portal in sys.argv[1:]:
        PROFILE, URL = portal.split("=", 1)
        DOCUMENTED = PROFILE == "documented"
        print(f"At {PROFILE}", file=sys.stderr)
        passed &= unittest.main(argv=sys.argv[:1], exit=False, verbosity=2).result.wasSuccessful()
    sys.exit(not passed)
