package main

// title and description are those of both collections.
const (
	title       = "mock-docspace"
	description = `The calls of ONLYOFFICE DocSpace's external sharing, in an order that tells a story: sign in, switch external sharing, make a room and a
link with a password, open the link as a visitor, revoke it. Run the whole from the top, or send single requests.

The variables fit the fresh portal of mock-docspace: start it with ` + "`mock-docspace`" + `. Then the requests work at once, in every profile, and as
often as you like. The tests of a request hold in the order of the story.

For a portal of your own change ` + "`baseUrl` and `apiKey`" + `, and take a portal for tests: the requests change what everybody there may share.`
)

// variable is a value that requests share.
type variable struct{ name, value, description string }

// variables are as on the fresh portal, so that each request also works alone.
var variables = []variable{
	{"baseUrl", "http://127.0.0.1:8092", "Address of the portal, without a slash at the end."},
	{"apiKey", "YOUR_API_KEY", "An API key of an administrator who makes the room."},
	{"userName", "owner@example.com", "Who signs in."},
	{"password", "Owner-pass-1", "The password of who signs in."},
	{"token", "{{apiKey}}", "What the requests send as credentials. Signing in puts the token of the session here, signing out the API key."},
	{"roomId", "10", "The room. Making a room puts its number here until it is removed."},
	{"newRoomId", "0", "The room that is removed. Only making a room puts a number here, so that no other room is."},
	{"shareKey", "KEY_FROM_URL", "The key of the share link. Making a link puts its key here."},
	{"linkId", "3fa85f64-5717-4562-b3fc-2c963f66afa6", "The ID of the share link. Making a link puts its ID here."},
	{"folderId", "11", "A folder that the person has made."},
	{"fileId", "12", "A file that the person has made."},
}

// chapter is a folder of requests.
type chapter struct {
	name, about string
	steps       []step
}

// step is one request, with what is expected of its answer.
type step struct {
	name      string
	operation string            // its operationId in the contract
	visitor   bool              // sent without credentials
	noCookies bool              // neither sends cookies nor keeps those of the answer
	path      map[string]string // the values of the path parameters
	query     map[string]string // the query parameters that are sent; the others are there, but off
	headers   []header
	cookie    header         // one that is sent although noCookies is set
	body      map[string]any // the example of the contract when it is nil
	expect    []expectation  // beside status 200
	keep      []kept         // variables that are set from the answer
	forget    []string       // variables that are again what they were at first
}

type header struct{ name, value string }

// expectation is the value that the answer has at a path. A text may have variables.
type expectation struct {
	path  string
	value any
}

// kept is a variable that is set to what the answer has at a path.
type kept struct{ variable, path string }

var (
	both      = map[string]any{"displayValue": true, "set": true}
	neither   = map[string]any{"displayValue": false, "set": false}
	room      = map[string]string{"id": "{{roomId}}"}
	folder    = map[string]string{"id": "{{folderId}}"}
	file      = map[string]string{"id": "{{fileId}}"}
	key       = map[string]string{"key": "{{shareKey}}"}
	inside    = map[string]string{"folderId": "{{roomId}}"}
	asVisitor = []header{{"Request-Token", "{{shareKey}}"}}
	newLink   = []kept{{"linkId", "response.sharedLink.id"}, {"shareKey", "response.sharedLink.requestToken"}}
	oldLink   = []string{"linkId", "shareKey"}
	revoked   = map[string]any{"linkId": "{{linkId}}", "linkType": 1, "access": 0}
)

// sessionCookie has the token of a session. Were it kept, visitors would send it too.
const sessionCookie = "asc_auth_key"

// story has each call of the contract at least once. What it makes it removes, so that it can be told again.
var story = []chapter{
	{
		"Sign in", "A person signs in. The requests after this are sent with the token of the session, until the person signs out.",
		[]step{
			{
				name: "Sign in", operation: "authenticateMe", visitor: true, noCookies: true,
				body: map[string]any{"userName": "{{userName}}", "password": "{{password}}"},
				keep: []kept{{"token", "response.token"}},
			},
			{name: "Is the session good", operation: "getIsAuthentificated", expect: []expectation{{"response", true}}},
			{name: "Who am I", operation: "getSelfProfile", expect: []expectation{{"response.email", "{{userName}}"}}},
		},
	},
	{
		"External sharing", "The switches of the portal. Sharing to social networks goes off with external sharing, and does not come back by itself.",
		[]step{
			{name: "Read the settings", operation: "getFilesSettings"},
			{name: "Switch external sharing off", operation: "externalShare", body: neither, expect: []expectation{{"response", false}}},
			{
				name: "Both switches are off", operation: "getFilesSettings", query: map[string]string{"fields": "externalShare,externalShareSocialMedia"},
				expect: []expectation{{"response.externalShare", false}, {"response.externalShareSocialMedia", false}},
			},
			{name: "Social networks stay off meanwhile", operation: "externalShareSocialMedia", body: both, expect: []expectation{{"response", false}}},
			{name: "Switch external sharing on", operation: "externalShare", body: both, expect: []expectation{{"response", true}}},
			{name: "Switch social networks on", operation: "externalShareSocialMedia", body: both, expect: []expectation{{"response", true}}},
			{name: "Set the whole policy", operation: "changeExternalSharingSettings"},
		},
	},
	{
		"A room and a protected link", "The person makes a room, and a link to it with a password.",
		[]step{
			{name: "Make a room", operation: "createRoom", expect: []expectation{{"response.title", "Customers"}}, keep: []kept{{"roomId", "response.id"}, {"newRoomId", "response.id"}}},
			{name: "Get the room", operation: "getRoomInfo", path: room, expect: []expectation{{"response.title", "Customers"}}},
			{name: "List the rooms", operation: "getRoomsFolder"},
			{name: "Get the primary link of the room", operation: "getRoomsPrimaryExternalLink", path: room},
			{name: "Make a link with a password", operation: "setRoomLink", path: room, keep: newLink},
			{name: "List the links of the room", operation: "getRoomLinks", path: room},
		},
	},
	{
		"What a visitor sees", "Anybody can open the link, here without an account. The password is asked for once: the portal remembers the visitor by a cookie.",
		[]step{
			{name: "The link wants a password", operation: "getExternalShareData", visitor: true, path: key, expect: []expectation{{"response.status", 3}}},
			{
				name: "Try a wrong password", operation: "applyExternalSharePassword", visitor: true, path: key,
				body: map[string]any{"password": "a guess"}, expect: []expectation{{"response.status", 4}},
			},
			{
				name: "Open the link", operation: "applyExternalSharePassword", visitor: true, path: key,
				expect: []expectation{{"response.status", 0}, {"response.title", "Customers"}},
			},
			{name: "List what is inside", operation: "getFolderByFolderId", visitor: true, path: inside, headers: asVisitor},
			{name: "Get the room as a visitor", operation: "getFolderInfo", visitor: true, path: inside, headers: asVisitor, expect: []expectation{{"response.title", "Customers"}}},
		},
	},
	{
		"Revoke the link", "A link is revoked by setting its access to 0. The visitor is out.",
		[]step{
			{name: "Revoke the link of the room", operation: "setRoomLink", path: room, body: revoked},
			{name: "There is no such link", operation: "getExternalShareData", visitor: true, path: key, expect: []expectation{{"response.status", 1}}},
			{name: "Remove the room", operation: "deleteRoom", path: map[string]string{"id": "{{newRoomId}}"}, forget: append([]string{"roomId", "newRoomId"}, oldLink...)},
		},
	},
	{
		"Links of a file", "Links of a file that is there. The primary link stays.",
		[]step{
			{name: "Get the file", operation: "getFileInfo", path: map[string]string{"fileId": "{{fileId}}"}},
			{name: "Make the primary link of the file", operation: "createFilePrimaryExternalLink", path: file},
			{name: "Get the primary link of the file", operation: "getFilePrimaryExternalLink", path: file},
			{name: "Make another link of the file", operation: "setFileExternalLink", path: file, keep: newLink},
			{name: "List the links of the file", operation: "getFileLinks", path: file},
			{name: "Revoke the other link of the file", operation: "setFileExternalLink", path: file, body: map[string]any{"linkId": "{{linkId}}", "access": 0}, forget: oldLink},
		},
	},
	{
		"Links of a folder", "Links of a folder that is there. The primary link stays.",
		[]step{
			{name: "Make the primary link of the folder", operation: "createFolderPrimaryExternalLink", path: folder},
			{name: "Get the primary link of the folder", operation: "getFolderPrimaryExternalLink", path: folder},
			{name: "Make another link of the folder", operation: "setFolderPrimaryExternalLink", path: folder, keep: newLink},
			{name: "List the links of the folder", operation: "getFolderLinks", path: folder},
			{name: "Revoke the other link of the folder", operation: "setFolderPrimaryExternalLink", path: folder, body: map[string]any{"linkId": "{{linkId}}", "access": 0}, forget: oldLink},
		},
	},
	{
		"Sign out", "The session ends. The requests are sent with the API key again.",
		[]step{
			{
				name: "Sign out", operation: "logout", noCookies: true,
				cookie: header{sessionCookie, "{{token}}"}, forget: []string{"token"},
			},
		},
	},
}
