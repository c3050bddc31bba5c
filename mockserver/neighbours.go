package mockserver

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// neighbour is a path of the server beside the calls of the contract. The fake answers it as the server does as far as it goes
// without the data behind it: who is let in, and which methods there are.
type neighbour struct {
	path      string
	methods   []string
	elsewhere string            // what a portal answers there
	scopes    []string          // of which an API key needs one
	anonymous bool              // needs no account
	body      bool              // reads a body as JSON (recorded: VR060, VR067)
	refuse    func(*call) error // gives the refusal of a portal, nil when it would answer; a nil refuse refuses nobody
}

var neighbours = []neighbour{
	{path: "files/@my", methods: []string{http.MethodGet}, elsewhere: "the caller's documents", scopes: readScopes},
	{path: "files/@common", methods: []string{http.MethodGet}, elsewhere: "the common documents", scopes: readScopes},
	{path: "files/@root", methods: []string{http.MethodGet}, elsewhere: "the sections of the portal", scopes: readScopes},
	{path: "files/rooms/{id}", methods: []string{http.MethodPut}, elsewhere: "the room, changed", scopes: roomWriteScopes, body: true},
	{path: "files/folder/{folderId}", methods: []string{http.MethodDelete, http.MethodPost, http.MethodPut}, elsewhere: "the folder, removed, filled or changed", scopes: writeScopes, body: true},
	{path: "files/file/{fileId}", methods: []string{http.MethodDelete, http.MethodPut}, elsewhere: "the file, removed or changed", scopes: writeScopes, body: true},
	{path: "files/share", methods: []string{http.MethodGet}, elsewhere: "the folder of that id (GET files/{folderId})", scopes: readScopes, anonymous: true, refuse: folderNotFound},
	{path: "files/share", methods: []string{http.MethodDelete, http.MethodPost, http.MethodPut}, elsewhere: "the rights of people to files and folders", scopes: writeScopes, body: true},
	{path: "authentication/{code}", methods: []string{http.MethodPost}, elsewhere: "the second step of signing in, or 401 while no second factor is on", scopes: []string{scopeWrite}, anonymous: true, body: true,
		refuse: func(*call) error { return loginFailed() }}, // recorded: auth-A212
	{path: "authentication/setphone", methods: []string{http.MethodPost}, elsewhere: "the telephone of the person, changed", scopes: []string{scopeWrite}, body: true},
	{path: "authentication/confirm", methods: []string{http.MethodPost}, elsewhere: "what the link of a mail is good for", scopes: []string{scopeWrite}, anonymous: true, body: true},
	{path: "people/@self", methods: []string{http.MethodDelete, http.MethodPut}, elsewhere: "the person, removed or changed", scopes: accountWriteScopes, body: true},
	{path: "people/{userId}", methods: []string{http.MethodGet}, elsewhere: "the person with that id", scopes: accountReadScopes, refuse: personNotFound},
	{path: "people/{userId}", methods: []string{http.MethodDelete, http.MethodPut}, elsewhere: "the person, removed or changed", scopes: accountWriteScopes, body: true},
}

// answerNeighbour is the answer of a call that the fake does not have.
func (c *call) answerNeighbour(header http.Header) error {
	n := c.route.neighbour
	c.because("A602")
	c.note("mock-docspace does not have this call; a portal answers here with %s", n.elsewhere)
	switch {
	case c.caller == nil && !n.anonymous && !c.apiKey:
		return unauthenticated()
	case c.apiKey && !c.hasOne(n.scopes) && n.anonymous:
		return &filterProblem{status: http.StatusForbidden} // recorded: Z2-0832
	case c.apiKey && c.caller == nil:
		return unauthenticated()
	case c.apiKey && !c.hasOne(n.scopes):
		return &refusal{status: http.StatusForbidden}
	}
	if n.body {
		contentType := c.request.Header.Values(echo.HeaderContentType)
		if _, isJSON := dotnet.JSONInput(contentType); !isJSON {
			return &unsupportedMedia{contentType: dotnet.JoinValues(contentType)}
		}
	}
	header.Set(headerVersions, "2.0")
	if n.refuse != nil {
		if err := n.refuse(c); err != nil {
			return err
		}
	}
	return &refusal{status: http.StatusNotFound, message: "mock-docspace does not have this call"}
}

// services are the first segments of calls that a portal has, and the fake has none or few of.
var services = []string{"capabilities", "group", "modules", "people", "portal", "privacyroom", "security", "settings"}

// noteService hints at a call that a portal may have.
func (c *call) noteService() {
	if len(c.parts) > 2 && dotnet.EqualFold(c.parts[0], "api") && slices.ContainsFunc(services, func(name string) bool { return dotnet.EqualFold(c.parts[2], name) }) {
		c.note("mock-docspace does not have this call; a portal has more below /api/2.0/%s", strings.ToLower(c.parts[2]))
	}
}

// folderNotFound is the answer to a name that is no ID of a folder (FoldersController.cs; recorded: body-Z2-0198, body-Z2-0375).
func folderNotFound(c *call) error {
	if c.caller == nil {
		return accessDenied(foldersMethod)
	}
	return itemNotFound("Selector '' not found", foldersMethod)
}

// personNotFound refuses people who ask for somebody else without being administrators, and names of nobody (recorded: people-P069,
// people-P094).
func personNotFound(c *call) error {
	id, _ := dotnet.ParseGUID(c.route.parameter)
	u := c.state.usersByID[id]
	switch {
	case u == nil:
		return itemNotFound("The user could not be found", peopleMethod)
	case u != c.caller && !c.caller.admin():
		return accessDenied(peopleMethod)
	default:
		return nil
	}
}

const peopleMethod = "ASC.People.Api.UserController.…"
