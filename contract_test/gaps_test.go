package contract_test

// gap is a known difference between the fake and a portal.
type gap struct {
	number   string
	text     string
	recorded bool // recorded answers show it; the exceptions among them name it
}

var gaps = []gap{
	{"G01", "The fake has the calls of `openapi.yaml`. At the calls beside them (the sections, other people, and what changes rooms, or changes or removes folders, files and people) it says who is let in and which methods there are, and a hint says what a portal answers. It has no `/health`, `/ready` and `/openapi`. It keeps no file operations: a room is gone when the call that removes it is answered.", true},
	{"G02", "Messages are in English. The server writes some of them in the language of the caller, so who has `culture: de` is answered in German there. Here `culture` has no effect. Stack traces are cut to their beginning.", true},
	{"G03", "What the server says about a wrong body can depend on how the request arrives: how much of a body of more than 4 KiB it quotes after a wrong literal, and whether it looks into a list before it refuses it. The fake goes by the length, and does not look into the list.", true},
	{"G04", "The fake asks no identity service. Without `identity` in the portal file it does not check the signature, algorithm, issuer and audience of OAuth access tokens. With it, it does not ask whether a token was revoked. CORS is `*` for them, not the origins of their app.", false},
	{"G05", "The request limiter is off, as shipped. When it is switched on, it also limits loopback addresses, which the shipped configuration leaves out.", false},
	{"G06", "The portal's own filters (suspended, unpaid, restricted to addresses) never refuse anything. `openapi.yaml` describes what they would answer.", false},
	{"G07", "Link passwords that are set at `documented` need not meet the portal's password rules.", false},
	{"G08", "A portal keeps an audit trail, notifies its web clients of changes, and adds opened links to lists. The fake does none of this.", false},
	{"G09", "The fake does not imitate what a reverse proxy adds or removes in front of a portal (compression, its own headers, bodies of 502 and 503).", false},
	{"G10", "The configuration of hosted portals (limits of requests, origins, cookies) is not public. The fake is like a self-hosted portal.", false},
	{"G11", "Social media that is stored as on while external sharing is off cannot be seen from outside. `docspace-contract` cannot restore that.", false},
	{"G12", "The state is in memory. It is lost when the process ends, unless it is kept in a file.", false},
	{"G13", "Answers are framed as Go's server does it: the names of headers have other letter case and another order, and most bodies have a Content-Length instead of chunks.", false},
	{"G14", "What the server refuses before it looks at a call (bad request lines, targets and headers, 414, 431, 505), Go's server refuses in its own way or lets pass. So it does with malformed escapes in the path of a request that comes before the answer to the one before it. In front of a portal stands nginx, which answers most of these itself.", true},
	{"G15", "A recording does not say all that was stored at the server before it. The fake begins with what the recording says.", true},
	{"G16", "The fake checks a password at once. At a portal that takes a while, in which a right password counts as a wrong one: there, more than five right ones sent at the same time block the address.", false},
	{"G17", "The server refuses some calls without a look at their body (401, 404, 405). The fake waits for the body that a call declares, so that the journal has it, unless it is too large.", false},
	{"G18", "A portal is always self-hosted, with an empty `baseDomain` too: it is at every host, and reads Origin as an address. A server as shipped, without a base domain, does not look at Origin, and there is no portal where `origin` in the query names another host.", false},
	{"G19", "A portal file does not say when entries were made, and how large files are. All entries and accounts have one time, files are empty, who has no names is called by the first part of the e-mail address, and pictures, colours and the numbers of sections are constant. Entries are listed in the order of the portal. To members all files of others are new.", false},
	{"G20", "Lists of entries read `count` and `startIndex`, and the list of rooms `searchArea` too. They do not filter and sort, and a hint says so. Sections (`@my`, `@root`) are not listed. Nothing is uploaded, edited or moved, and there is no storage of third parties. A new room has a title and a type: quotas, tags, pictures, lifetimes, watermarks and encrypted rooms are not kept.", false},
	{"G21", "The rights in `security` of room managers, content creators and links that allow more than reading are a best reading, and so is the section of rooms as `current`.", false},
	{"G22", "A portal has a service for files, one for people and one for the rest, each at an address of its own behind nginx. The fake is all of them at one address.", true},
	{"G23", "Signing in knows passwords only. There is no second factor, no single sign-on, no LDAP, no captcha and no key from a mail. Sessions last a year, and nothing but signing out, the control API and the clock ends them.", false},
	{"G24", "Some properties always have the value of a fresh portal. Of rooms and folders these are mute, tags, logo (but for its colour), pinned, private, indexing, denyDownload, usedSpace, saveFormAsXLSX, sendFormToExternalDB and isFavorite; of files version, versionGroup, contentLength, pureContentLength, editingBy, mute, thumbnailStatus, formFillingStatus and lastOpened; of both created and updated; of people status, activationStatus, department, isLDAP, mobilePhoneActivationStatus, isSSO, theme, usedSpace, registrationDate, hasAvatar and the pictures, and they have no groups.", false},
}
