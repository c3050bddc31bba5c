"""The types of the control API. Generated from mockserver/control/openapi.yaml: do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Optional, TypedDict, Union

if TYPE_CHECKING:
    from typing_extensions import NotRequired, TypeAlias


class Error(TypedDict):
    """What is wrong with a request. Path, line and column are left out when the mistake has no place in the body."""

    message: str
    """One line that says what is wrong, where, and what to do."""
    path: NotRequired[str]
    """Place in the body, such as users[0].role."""
    line: NotRequired[int]
    """Line in the body, counted from 1."""
    column: NotRequired[int]
    """Column in the body, counted in characters from 1."""


class DroppedError(TypedDict):
    """Why the journal cannot answer. dropped and through are left out when no request was dropped."""

    message: str
    """One line that says what is wrong, and what to do."""
    dropped: NotRequired[int]
    """Number of dropped requests that could match."""
    through: NotRequired[int]
    """Sequence number of the last of them. Send it as `after` to get an answer."""


class Health(TypedDict):
    """The state of the server."""

    status: Literal["ok"]
    version: str
    """Version of mock-docspace."""


Profile: TypeAlias = Literal["documented", "v3.7.2", "v3.8", "next"]
"""
The source that the portal follows. `documented` is the published page and API reference. `v3.7.2` is the server
v3.7.2. `v3.8` and `next` are the server's branches release/v3.8.0 (at 99e9af98) and develop (at d45942e4) as of
2026-11-28. Neither is released.

"""


Role: TypeAlias = Literal["owner", "docSpaceAdmin", "roomAdmin", "user", "guest"]
"""The rights of a user. Only the owner and DocSpace administrators may change the sharing switches."""


EntryType: TypeAlias = Literal["room", "folder", "file"]
"""The kind of an entry."""


RoomType: TypeAlias = Literal[1, 2, 5, 6, 8, 9]
"""The kind of a room: 1 form filling, 2 collaboration, 5 custom, 6 public, 8 data, 9 AI."""


class Member1(TypedDict):
    """
    A user with rights to an entry: the e-mail address alone, or an object with `user`, the e-mail address, and
    `access`, what the user may do. `access` is 2 for read, 9 for manage the room, 10 for edit, and so on up to 11; 3 is
    nothing.

    """

    user: str
    """E-mail address of the user."""
    access: NotRequired[int]
    """What the user may do: 2 read, 9 manage the room, 10 edit and others; 3 is nothing."""


Member: TypeAlias = Union[str, Member1]
"""
A user with rights to an entry: the e-mail address alone, or an object with `user`, the e-mail address, and
`access`, what the user may do. `access` is 2 for read, 9 for manage the room, 10 for edit, and so on up to 11; 3 is
nothing.

"""


Section: TypeAlias = Literal["rooms", "documents", "trash", "archive"]
"""The part of the portal in which the entry is. Left out when it is that of the parent."""


Duration: TypeAlias = str
"""A duration in the form of Go, such as 250ms, 61s or 1h30m. The units are ns, us, µs, ms, s, m and h."""


class Identity(TypedDict):
    """The identity service of the portal. Without one, the signatures of access tokens are not checked."""

    issuer: str
    """Issuer of the tokens."""
    audience: str
    """Audience of the tokens."""
    jwks: dict[str, Any]
    """Public keys of the service, as a JSON Web Key Set."""


class Identity1(TypedDict):
    issuer: NotRequired[str]
    audience: NotRequired[str]
    jwks: NotRequired[dict[str, Any]]


class Settings1(TypedDict):
    externalShare: NotRequired[Optional[bool]]
    externalShareSocialMedia: NotRequired[Optional[bool]]
    enableThirdParty: NotRequired[Optional[bool]]
    defaultShareLinkInternal: NotRequired[Optional[bool]]
    externalShareApplyToDocuments: NotRequired[Optional[bool]]
    externalShareApplyToRooms: NotRequired[Optional[bool]]
    blockExistingLinksOnRestrict: NotRequired[Optional[bool]]


class PasswordAttempts(TypedDict):
    count: NotRequired[Optional[int]]
    window: NotRequired[Optional[str]]
    block: NotRequired[Optional[str]]


class RateLimit(TypedDict):
    enabled: NotRequired[Optional[bool]]
    perMinute: NotRequired[Optional[int]]
    concurrentReads: NotRequired[Optional[int]]
    concurrentWrites: NotRequired[Optional[int]]
    writesPerDay: NotRequired[Optional[int]]


class Limits1(TypedDict):
    passwordAttempts: NotRequired[Optional[PasswordAttempts]]
    rateLimit: NotRequired[Optional[RateLimit]]


class Settings(TypedDict):
    """The switches of the portal."""

    externalShare: bool
    """External links are allowed."""
    externalShareSocialMedia: bool
    """Share buttons of social networks are offered. This is the stored value; it is in force only while externalShare is true."""
    enableThirdParty: bool
    """Third-party storages can be connected."""
    defaultShareLinkInternal: bool
    """New links are internal unless the request asks otherwise."""
    externalShareApplyToDocuments: bool
    """While external sharing is off, it is also off for personal documents."""
    externalShareApplyToRooms: bool
    """While external sharing is off, it is also off for rooms."""
    blockExistingLinksOnRestrict: bool
    """While external sharing is off, links that were made before do not work either."""


class NewSettings(TypedDict):
    """Switches of the portal. A switch that is left out has the value of a fresh portal."""

    externalShare: NotRequired[bool]
    """External links are allowed."""
    externalShareSocialMedia: NotRequired[bool]
    """Share buttons of social networks are offered. This is the stored value; it is in force only while externalShare is true."""
    enableThirdParty: NotRequired[bool]
    """Third-party storages can be connected."""
    defaultShareLinkInternal: NotRequired[bool]
    """New links are internal unless the request asks otherwise."""
    externalShareApplyToDocuments: NotRequired[bool]
    """While external sharing is off, it is also off for personal documents."""
    externalShareApplyToRooms: NotRequired[bool]
    """While external sharing is off, it is also off for rooms."""
    blockExistingLinksOnRestrict: NotRequired[bool]
    """While external sharing is off, links that were made before do not work either."""


class PasswordAttemptsModel(TypedDict):
    """Limit of wrong passwords, for each link and client address."""

    count: int
    """Wrong passwords that are allowed within the window."""
    window: Duration
    block: Duration


class RateLimitModel(TypedDict):
    """Limit of requests, for each user or client address."""

    enabled: bool
    """The limit is in force."""
    perMinute: int
    """Requests within any 60 seconds."""
    concurrentReads: int
    """GET requests at the same time."""
    concurrentWrites: int
    """Other requests at the same time."""
    writesPerDay: int
    """POST and PUT requests within a day."""


class NewPasswordAttempts(TypedDict):
    """Limit of wrong passwords, for each link and client address."""

    count: NotRequired[int]
    """Wrong passwords that are allowed within the window. The default is 5."""
    window: NotRequired[str]
    """Time within which wrong passwords are counted, from 1s to 9999s. The default is 60s."""
    block: NotRequired[str]
    """Time for which further passwords are refused, from 1s to 9999s. The default is 60s."""


class NewRateLimit(TypedDict):
    """Limit of requests, for each user or client address."""

    enabled: NotRequired[bool]
    """The limit is in force. The default is false."""
    perMinute: NotRequired[int]
    """Requests within any 60 seconds. The default is 1500."""
    concurrentReads: NotRequired[int]
    """GET requests at the same time. The default is 50."""
    concurrentWrites: NotRequired[int]
    """Other requests at the same time. The default is 15."""
    writesPerDay: NotRequired[int]
    """POST and PUT requests within a day. The default is 10000."""


class Snapshot(TypedDict):
    """A saved copy of the data of a portal."""

    name: str
    saved: str
    """Time at which it was saved, on the portal's clock."""


class Link(TypedDict):
    """An external share link."""

    key: str
    """Key in the address of the link."""
    id: str
    """Id of the link. It is a GUID."""
    entry: str
    """Name of the entry to which the link leads, such as room/10 or its id alone. An entry that does not exist counts as deleted."""
    password: NotRequired[str]
    """Password of the link. Left out when there is none."""
    expires: NotRequired[str]
    """Time at which the link expires. Left out when it never expires."""
    internal: bool
    """Only people with an account can use the link."""
    title: NotRequired[str]
    """Title of the link, which the calls about links answer. Left out means the usual one, such as Shared link."""
    access: NotRequired[int]
    """What the link allows: 2 read, 5 review, 6 comment, 7 fill forms, 10 edit; an invitation also 9 manage the room and 11 create content. Left out means 2. The calls about links answer it, and lists are in its order."""
    primary: NotRequired[bool]
    """The link is the primary one of its entry: the one that the calls for the primary link answer."""
    denyDownload: NotRequired[bool]
    """The link does not allow downloads. The calls about links answer it."""
    invitation: NotRequired[bool]
    """The link invites people to the room. The calls about links list and change it, and its key opens nothing."""
    maxUses: NotRequired[int]
    """How many people can accept the invitation. Left out means any number. The calls about links answer it, and nobody accepts an invitation here."""


class NewLink(TypedDict):
    """A link to add."""

    key: NotRequired[str]
    """Key of the link. It is any text except . and .. alone. When it is left out, the server makes a key that looks like that of a real portal."""
    id: NotRequired[str]
    """A GUID. When it is left out, the server makes one."""
    entry: NotRequired[str]
    """Name of the entry to which the link leads, such as room/10 or its id alone. The default is the first entry of the portal."""
    password: NotRequired[str]
    """Password of the link. The default is none."""
    expires: NotRequired[str]
    """Time at which the link expires. The default is never."""
    internal: NotRequired[bool]
    """Only people with an account can use the link. The default is false."""
    title: NotRequired[str]
    """Title of the link, which the calls about links answer. The default is the usual one, such as Shared link."""
    access: NotRequired[int]
    """What the link allows: 2 read, 5 review, 6 comment, 7 fill forms, 10 edit; an invitation also 9 manage the room and 11 create content. The default is 2. The calls about links answer it, and lists are in its order."""
    primary: NotRequired[bool]
    """The link is the primary one of its entry: the one that the calls for the primary link answer. The default is false."""
    denyDownload: NotRequired[bool]
    """The link does not allow downloads. The default is false. The calls about links answer it."""
    invitation: NotRequired[bool]
    """The link invites people to the room. The default is false. The calls about links list and change it, and its key opens nothing."""
    maxUses: NotRequired[int]
    """How many people can accept the invitation. The default is any number. The calls about links answer it, and nobody accepts an invitation here."""


class LinkPatch(TypedDict):
    """A merge patch of a link. null removes a property."""

    key: NotRequired[Optional[str]]
    """With null the server makes a new key."""
    id: NotRequired[str]
    """It cannot be changed. The current value is allowed."""
    entry: NotRequired[Optional[str]]
    """With null it is the first entry of the portal."""
    password: NotRequired[Optional[str]]
    expires: NotRequired[Optional[str]]
    internal: NotRequired[Optional[bool]]
    title: NotRequired[Optional[str]]
    access: NotRequired[Optional[int]]
    primary: NotRequired[Optional[bool]]
    denyDownload: NotRequired[Optional[bool]]
    invitation: NotRequired[Optional[bool]]
    maxUses: NotRequired[Optional[int]]


class LinkStatus(TypedDict):
    """What a link answers, and what is counted for it."""

    id: str
    """Id of the link."""
    answer: Literal["ok", "invalid", "expired", "requiredPassword", "externalAccessDenied"]
    """What a visitor without an account gets who sends no password, as the status of ExternalShareDto says it."""
    wrongPasswords: int
    """Wrong passwords that count now, of the client address with the most. They count for the key as it is written in the link."""
    blockedUntil: NotRequired[str]
    """Latest time until which further passwords of a client address are refused, on the portal's clock. Left out when none are."""


class User(TypedDict):
    """A person who can sign in."""

    id: str
    """Id of the user. It is a GUID."""
    email: str
    """E-mail address of the user."""
    role: Role
    firstName: NotRequired[str]
    """First name. Left out when the user has none."""
    lastName: NotRequired[str]
    """Last name. Left out when the user has none."""
    password: NotRequired[str]
    """Password to sign in and for Basic authentication. Left out when the user has none."""
    tokens: NotRequired[list[str]]
    """Portal session tokens."""
    disabled: bool
    """The user cannot sign in."""
    culture: NotRequired[str]
    """Language of the user. It has no effect. Left out when it was not said."""


class Session(TypedDict):
    """A session of a user, which signing in has made."""

    token: str
    """The token of the session."""
    user: str
    """E-mail address of the user."""
    expires: NotRequired[str]
    """Time at which the session ends. Left out when it never ends."""
    loginEventId: NotRequired[int]
    """Number of the log in. Left out when it is 0."""


class NewUser(TypedDict):
    """A user to add."""

    id: NotRequired[str]
    """A GUID. When it is left out, the server makes one."""
    email: str
    """E-mail address without a colon. No other user can have the same address."""
    role: Role
    firstName: NotRequired[str]
    """First name. Without both names the portal shows the e-mail address before the @."""
    lastName: NotRequired[str]
    """Last name."""
    password: NotRequired[str]
    """Password to sign in and for Basic authentication. Without a password, both always fail."""
    tokens: NotRequired[list[str]]
    """Portal session tokens. Clients send them in the header Authorization or in the cookie asc_auth_key."""
    disabled: NotRequired[bool]
    """The user cannot sign in. The default is false."""
    culture: NotRequired[str]
    """Language of the user, such as de. It has no effect."""


class UserPatch(TypedDict):
    """A merge patch of a user. null removes a property."""

    id: NotRequired[str]
    """It cannot be changed. The current value is allowed."""
    email: NotRequired[str]
    role: NotRequired[Role]
    firstName: NotRequired[Optional[str]]
    lastName: NotRequired[Optional[str]]
    password: NotRequired[Optional[str]]
    tokens: NotRequired[Optional[list[str]]]
    disabled: NotRequired[Optional[bool]]
    culture: NotRequired[Optional[str]]


class APIKey(TypedDict):
    """An API key. It acts for a user, within its permissions."""

    key: str
    """The key itself. It begins with sk-."""
    user: str
    """E-mail address of the user for whom the key acts."""
    permissions: NotRequired[list[str]]
    """Permissions such as files:read. Without permissions, or with *, the key may do everything that its user may."""
    expires: NotRequired[str]
    """Time at which the key expires. Left out when it never expires."""
    active: NotRequired[bool]
    """The key can be used. Left out means true."""


class NewAPIKey(TypedDict):
    """An API key to add."""

    key: NotRequired[str]
    """The key itself. It begins with sk-. When it is left out, the server makes one that looks like that of a real portal."""
    user: str
    """E-mail address of the user for whom the key acts."""
    permissions: NotRequired[list[str]]
    """Permissions such as files:read. Without permissions, or with *, the key may do everything that its user may."""
    expires: NotRequired[str]
    """Time at which the key expires. The default is never."""
    active: NotRequired[bool]
    """The key can be used. The default is true."""


class PortalAPIKey(TypedDict):
    """An API key in a portal file. Its key is required."""

    key: str
    user: str
    """E-mail address of the user for whom the key acts."""
    permissions: NotRequired[list[str]]
    """Permissions such as files:read. Without permissions, or with *, the key may do everything that its user may."""
    expires: NotRequired[str]
    """Time at which the key expires. The default is never."""
    active: NotRequired[bool]
    """The key can be used. The default is true."""


class APIKeyPatch(TypedDict):
    """A merge patch of an API key. null removes a property."""

    key: NotRequired[str]
    """It cannot be changed. The current value is allowed."""
    user: NotRequired[str]
    permissions: NotRequired[Optional[list[str]]]
    expires: NotRequired[Optional[str]]
    active: NotRequired[Optional[bool]]


class Entry(TypedDict):
    """A room, folder or file to which links lead."""

    id: str
    """Id of the entry. Rooms and folders share one space of ids, and files have another."""
    title: str
    """Title of the entry."""
    type: EntryType
    roomType: NotRequired[RoomType]
    parent: NotRequired[str]
    """Name of the room or folder in which the entry is, such as room/10, or my: the personal documents of its maker. Left out when it was not said."""
    section: NotRequired[Section]
    createdBy: NotRequired[str]
    """E-mail address of the user who created the entry. Left out when there is none."""
    members: NotRequired[list[Member]]
    """Users with rights to the entry."""
    primaryRevoked: NotRequired[bool]
    """The primary link of the entry was revoked. Profile documented then answers 404 to the calls that would make it again; the others do not ask."""


class NewEntry(TypedDict):
    """An entry to add. Without a section, it is where its parent is. Without a parent too, a room is in rooms, and every other entry in documents."""

    id: NotRequired[str]
    """Id of the entry. When it is left out, the server takes a number that is not in use."""
    title: NotRequired[str]
    """Title of the entry."""
    type: EntryType
    roomType: NotRequired[RoomType]
    parent: NotRequired[str]
    """Name of the room or folder in which the entry is, such as room/10, or my: the personal documents of its maker. A room has none."""
    section: NotRequired[Section]
    createdBy: NotRequired[str]
    """E-mail address of the user who created the entry."""
    members: NotRequired[list[Member]]
    """Users with rights to the entry."""
    primaryRevoked: NotRequired[bool]
    """The primary link of the entry was revoked. Profile documented then answers 404 to the calls that would make it again; the others do not ask."""


class PortalEntry(TypedDict):
    """An entry in a portal file. Its id is required. Without a section, it is where its parent is. Without a parent too, a room is in rooms, and every other entry in documents."""

    id: str
    title: NotRequired[str]
    """Title of the entry."""
    type: EntryType
    roomType: NotRequired[RoomType]
    parent: NotRequired[str]
    """Name of the room or folder in which the entry is, such as room/10, or my: the personal documents of its maker. A room has none."""
    section: NotRequired[Section]
    createdBy: NotRequired[str]
    """E-mail address of the user who created the entry."""
    members: NotRequired[list[Member]]
    """Users with rights to the entry."""
    primaryRevoked: NotRequired[bool]
    """The primary link of the entry was revoked. Profile documented then answers 404 to the calls that would make it again; the others do not ask."""


class EntryPatch(TypedDict):
    """A merge patch of an entry. null removes a property."""

    id: NotRequired[str]
    """It cannot be changed. The current value is allowed."""
    title: NotRequired[Optional[str]]
    type: NotRequired[EntryType]
    roomType: NotRequired[Optional[Literal[1, 2, 5, 6, 8, 9]]]
    parent: NotRequired[Optional[str]]
    section: NotRequired[Optional[Literal["rooms", "documents", "trash", "archive"]]]
    createdBy: NotRequired[Optional[str]]
    members: NotRequired[Optional[list[Member]]]
    primaryRevoked: NotRequired[Optional[bool]]


class Clock(TypedDict):
    """The clock of a portal."""

    now: str
    """The time on the portal."""
    frozen: bool
    """The clock is stopped."""
    offset: str
    """Difference from the time of day, a duration in the form of Go. It is negative when the clock is behind."""


class FreezeClock(TypedDict):
    """The time at which the clock stops."""

    at: NotRequired[str]
    """Time from 1970 to 2200. The default is the time that the clock shows."""


class AdvanceClock(TypedDict):
    """The duration by which the clock moves."""

    by: str
    """A duration in the form of Go, such as 61s or -61s. The clock stays between 1970 and 2200."""


Operation: TypeAlias = Literal[
    "getFilesSettings",
    "externalShare",
    "externalShareSocialMedia",
    "applyExternalSharePassword",
    "getExternalShareData",
    "changeExternalSharingSettings",
    "getRoomsPrimaryExternalLink",
    "getRoomLinks",
    "setRoomLink",
    "getFilePrimaryExternalLink",
    "createFilePrimaryExternalLink",
    "getFileLinks",
    "setFileExternalLink",
    "getFolderPrimaryExternalLink",
    "createFolderPrimaryExternalLink",
    "getFolderLinks",
    "setFolderPrimaryExternalLink",
    "getFolderByFolderId",
    "getFolderInfo",
    "getFileInfo",
    "getRoomsFolder",
    "createRoom",
    "getRoomInfo",
    "deleteRoom",
    "authenticateMe",
    "getIsAuthentificated",
    "logout",
    "getSelfProfile",
]
"""One of the calls."""


FaultKind: TypeAlias = Literal["status", "rateLimit", "proxy", "reset", "hang", "truncated", "malformed", "empty", "contentType", "delay"]
"""
The effect of a fault. The first five replace the call, which then has no effect on the portal. The next four
damage the answer of the call; its effect stays.

- `status`: an error of DocSpace, with the body that the portal's profile has for this status
- `rateLimit`: 429 with `Retry-After`
- `proxy`: 502, 503 or 504 with the HTML page of a reverse proxy
- `reset`: the connection is reset
- `hang`: no answer until the client gives up or the fault is removed
- `truncated`: the connection ends in the middle of the body
- `malformed`: the body is not JSON
- `empty`: 200 without a body
- `contentType`: the body is declared as text/html
- `delay`: the call is made later

"""


class Fault(TypedDict):
    """A fault, and how often it was applied. Without an operation it is for any of the calls."""

    id: str
    """Id of the fault."""
    operation: NotRequired[Operation]
    kind: FaultKind
    status: NotRequired[int]
    """Status of the answer. Left out when the kind has none of its own."""
    retryAfter: NotRequired[Duration]
    delay: NotRequired[Duration]
    delayMax: NotRequired[Duration]
    times: int
    """Number of requests that the fault hits. 0 means that there is no limit."""
    probability: float
    """Probability that the fault hits a matching request, above 0 and at most 1."""
    seed: int
    """Seed of the random numbers for probability and delays."""
    header: bool
    """The fault hits only requests with the header X-Mock-Fault: ID."""
    matched: int
    """Number of requests that matched, until the fault was used up."""
    applied: int
    """Number of requests that the fault hit."""
    usedUp: bool
    """The fault has hit as many requests as times says. It hits no more."""


class NewFault(TypedDict):
    """
    A fault to add. Without an operation it is for any of the calls. Without a kind it is of kind `status` when
    it has a status, and else of kind `delay` when it has a delay.

    """

    id: NotRequired[str]
    """Id of the fault, in visible ASCII characters without the comma. When it is left out, the server makes one."""
    operation: NotRequired[Operation]
    kind: NotRequired[FaultKind]
    status: NotRequired[int]
    """Status of the answer. Kind status needs one from 400 to 599. Kind proxy allows 502 (the default), 503 and 504, and kind rateLimit 429. Other kinds have none."""
    retryAfter: NotRequired[str]
    """Value of Retry-After, in whole seconds from 0s to 24h, such as 3s. Only with status 429 or 503. With kind rateLimit the default is 1s."""
    delay: NotRequired[str]
    """Wait before anything else, from 0s to 1h, such as 250ms. It is real time, not time of the portal's clock. Every kind can have it."""
    delayMax: NotRequired[str]
    """Longest wait, at most 1h. Each wait is a random time from delay to delayMax. The default is delay."""
    times: NotRequired[int]
    """Number of requests that the fault hits. The default 0 means that there is no limit."""
    probability: NotRequired[float]
    """Probability that the fault hits a matching request. The default is 1, every request."""
    seed: NotRequired[int]
    """Seed of the random numbers for probability and delays. With the same seed a run can be repeated. The default is 0."""
    header: NotRequired[bool]
    """The fault hits only requests with the header X-Mock-Fault: ID. So tests that share a portal do not meet each other's faults. The default is false."""


class Claim(TypedDict):
    """A claim about DocSpace or about the fake, as in EVIDENCE.md."""

    number: str
    """Number of the claim, such as A104."""
    claim: str
    """What is claimed."""
    unsure: NotRequired[str]
    """The part of the claim that is only the best reading. Left out when there is none."""
    profiles: list[Profile]
    """Profiles in which the claim holds."""
    evidence: Literal["observed", "executed", "source", "reference", "ours"]
    """How the claim is known."""
    citation: str
    """Where that can be looked up."""


class ProfileAnswer(TypedDict):
    """What a profile would have done with a request."""

    profile: Profile
    own: bool
    """It is the profile that the portal had."""
    does: NotRequired[str]
    """What the profile does otherwise. Left out when it gives the same answer."""
    claims: list[Claim]
    """Claims that the profile follows where it does otherwise, as far as they are noted."""


class Violation(TypedDict):
    """A place where a request breaks the contract of the calls."""

    pointer: str
    """JSON pointer to the place in the request, such as /body/set."""
    message: str
    """What is wrong there."""


class Count(TypedDict):
    """A number of requests."""

    count: int


class NamedPortal(TypedDict):
    """How to reach a named portal."""

    name: str
    """Name of the portal."""
    url: str
    """Address of the portal."""
    keys: dict[str, str]
    """A key for each role that has one. Send it as Authorization: Bearer … to act as the first user of that role."""


class PortalPatch(TypedDict):
    """A merge patch of a portal. null restores the value of a fresh portal."""

    profile: NotRequired[Optional[Literal["documented", "v3.7.2", "v3.8", "next"]]]
    tenantId: NotRequired[Optional[int]]
    docDbKey: NotRequired[Optional[str]]
    baseDomain: NotRequired[Optional[str]]
    sameSite: NotRequired[Optional[str]]
    identity: NotRequired[Optional[Identity1]]
    passwordSalt: NotRequired[Optional[str]]
    users: NotRequired[Optional[list[NewUser]]]
    apiKeys: NotRequired[Optional[list[PortalAPIKey]]]
    entries: NotRequired[Optional[list[PortalEntry]]]
    links: NotRequired[Optional[list[NewLink]]]
    sessions: NotRequired[Optional[list[Session]]]
    loginEvents: NotRequired[Optional[int]]
    settings: NotRequired[Optional[Settings1]]
    limits: NotRequired[Optional[Limits1]]


class Limits(TypedDict):
    """Limits of a portal."""

    passwordAttempts: PasswordAttemptsModel
    rateLimit: RateLimitModel


class NewLimits(TypedDict):
    """Limits of a portal. A limit that is left out has the value of a fresh portal."""

    passwordAttempts: NotRequired[NewPasswordAttempts]
    rateLimit: NotRequired[NewRateLimit]


Snapshots: TypeAlias = list[Snapshot]


Links: TypeAlias = list[Link]


LinkStatuses: TypeAlias = list[LinkStatus]


Users: TypeAlias = list[User]


APIKeys: TypeAlias = list[APIKey]


Entries: TypeAlias = list[Entry]


Faults: TypeAlias = list[Fault]


class Request(TypedDict):
    """A request that the portal received. It shows *** in place of each secret."""

    sequence: int
    """Number of the request, from 1. No number is used twice."""
    time: str
    """Time of arrival, on the portal's clock."""
    operation: NotRequired[Operation]
    method: str
    """HTTP method."""
    path: str
    """Path of the request."""
    caller: NotRequired[str]
    """E-mail address of the user. Left out for callers without an account."""
    status: int
    """Status of the answer. It is 0 when there was no answer, or when there is none yet."""
    duration: Duration
    faults: NotRequired[list[str]]
    """Ids of the faults that were applied to the request."""
    hint: NotRequired[str]
    """How another profile would have answered. Left out when it would have answered the same."""
    violations: NotRequired[list[Violation]]
    """Places where the request breaks the contract of the calls."""
    header: dict[str, list[str]]
    """Header fields of the request."""
    body: NotRequired[str]
    """Body of the request, at most 16 KiB (16,384 bytes). Left out when it is empty."""
    bodyTruncated: NotRequired[bool]
    """The body was longer. Only its beginning is here, or *** when it was not looked through."""
    superseded: NotRequired[bool]
    """The portal got a whole new state while the request was under way: what it changed went to the state before. Left out otherwise."""
    claims: NotRequired[list[str]]
    """Numbers of the claims in EVIDENCE.md that decided the answer. Left out when none is noted."""
    traceId: NotRequired[str]
    """Trace id of the header traceparent. Left out when there is none."""


class Explanation(TypedDict):
    """Why a request got its answer."""

    request: Request
    claims: list[Claim]
    """The claims that decided the answer, in the order in which they did."""
    notes: list[str]
    """Sentences about what decided the answer besides claims or instead of them, such as a fault."""
    profiles: list[ProfileAnswer]
    """What each profile would have done."""


NamedPortals: TypeAlias = list[NamedPortal]


class Portal(TypedDict):
    """A portal. What has a default is not left out."""

    profile: Profile
    tenantId: int
    """Id of the portal in answers."""
    docDbKey: NotRequired[str]
    """Signs keys of links, tokens and remembered passwords. Left out when it is random."""
    baseDomain: NotRequired[str]
    """Domain of the installation, such as localhost. Left out when there is none."""
    sameSite: NotRequired[str]
    """SameSite of cookies: None, Lax, Strict, or "" as shipped, which is Strict. Left out means None."""
    identity: NotRequired[Identity]
    passwordSalt: NotRequired[str]
    """Salt of the portal for passwordHash when signing in."""
    users: Users
    apiKeys: APIKeys
    entries: Entries
    links: Links
    sessions: NotRequired[list[Session]]
    """Sessions that signing in has made. Left out when there are none."""
    loginEvents: NotRequired[int]
    """How often somebody has signed in. Left out when nobody has."""
    settings: Settings
    limits: Limits


class PortalFile(TypedDict):
    """
    A portal. A property that is left out has the value of a fresh portal. A list that is left out is that of a fresh
    portal, without references to users and entries that the portal does not have.

    """

    profile: NotRequired[Profile]
    tenantId: NotRequired[int]
    """Id of the portal in answers. The default is 1."""
    docDbKey: NotRequired[str]
    """Signs keys of links, tokens and remembered passwords. The default is random."""
    baseDomain: NotRequired[str]
    """Domain of the installation, such as localhost. The default is none."""
    sameSite: NotRequired[str]
    """SameSite of cookies: None, Lax, Strict, or "" as shipped, which is Strict. The default is None, as installers write it."""
    identity: NotRequired[Identity]
    passwordSalt: NotRequired[str]
    """Salt of the portal for passwordHash when signing in. The default is mock-docspace."""
    users: NotRequired[list[NewUser]]
    apiKeys: NotRequired[list[PortalAPIKey]]
    entries: NotRequired[list[PortalEntry]]
    links: NotRequired[list[NewLink]]
    sessions: NotRequired[list[Session]]
    """Sessions that signing in has made."""
    loginEvents: NotRequired[int]
    """How often somebody has signed in. The default is 0."""
    settings: NotRequired[NewSettings]
    limits: NotRequired[NewLimits]


Requests: TypeAlias = list[Request]


class NewPortal(TypedDict):
    """A named portal to add. Without the property portal it is a fresh portal."""

    name: NotRequired[str]
    """Name of the portal. When it is left out, the server makes one."""
    portal: NotRequired[PortalFile]
