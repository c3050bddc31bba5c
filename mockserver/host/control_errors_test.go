package host

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
)

func TestControlFailureOf(t *testing.T) {
	for _, test := range []struct {
		err     error
		status  int
		path    string
		message string
	}{
		{conflict("at", "is wrong"), 409, "at", "at: is wrong"},
		{noPortal("mine"), 404, "", `there is no portal of the name "mine": POST /__mock/portals makes one`},
		{&strict.Error{Path: "a.b", Line: 2, Column: 3, Message: "a.b: is wrong"}, 400, "a.b", "a.b: is wrong"},
		{&strict.Error{Line: 2, Column: 3, Message: "is not valid JSON"}, 400, "", "the body is not valid JSON"},
		{&mockserver.PortalError{Path: "users[0].role", Message: "is wrong"}, 409, "users[0].role", "users[0].role: is wrong"},
		{&mockserver.FaultError{Path: "delay", Message: "is wrong"}, 409, "delay", "delay: is wrong"},
		{&mockserver.FilterError{Path: "status", Message: "is wrong"}, 409, "", "query parameter status: is wrong"},
		{&mockserver.NotFoundError{Kind: "link", ID: "7"}, 404, "", `no link has the id "7"`},
		{ErrPortalExists, 409, "", ErrPortalExists.Error()},
		{ErrTooManyPortals, 409, "", ErrTooManyPortals.Error()},
		{mockserver.ErrTooManySnapshots, 409, "", mockserver.ErrTooManySnapshots.Error()},
		{mockserver.ErrNoJournal, 409, "", mockserver.ErrNoJournal.Error()},
		{mockserver.ErrSnapshotName, 400, "", mockserver.ErrSnapshotName.Error()},
		{echo.ErrNotFound, 404, "", "there is no such call: GET /__mock/openapi.yaml lists those that there are"},
		{echo.ErrMethodNotAllowed, 405, "", "this path does not have this method: see the header Allow"},
		{echo.NewHTTPError(http.StatusBadRequest, "SECRET"), 400, "", "a parameter cannot be read: see /__mock/openapi.yaml"},
	} {
		for _, err := range []error{test.err, fmt.Errorf("wrapped: %w", test.err)} {
			got := controlFailureOf(err)
			if got == nil || got.status != test.status || valueOf(got.body.Path) != test.path || !strings.HasSuffix(got.body.Message, test.message) {
				t.Errorf("%v: got %+v, want %d %s", err, got, test.status, test.message)
				continue
			}
			if want := strings.Contains(test.err.Error(), ":2:3: "); (got.body.Line != nil) != want || want && (*got.body.Line != 2 || *got.body.Column != 3) {
				t.Errorf("%v: line %v, column %v", err, got.body.Line, got.body.Column)
			}
			if !strings.HasPrefix(got.Error(), fmt.Sprint(test.status, ": ")) {
				t.Errorf("%v: the error reads %s", err, got)
			}
		}
	}
	for _, err := range []error{errors.New("SECRET"), echo.NewHTTPError(http.StatusTeapot)} {
		if got := controlFailureOf(err); got != nil {
			t.Errorf("%v: got %+v", err, got)
		}
	}
}

// The caller has sent one user, API key, entry or link, and not the list of the portal.
func TestRecordMistake(t *testing.T) {
	for path, want := range map[string]string{
		"users[3].email": "email", "apiKeys[0].permissions[1]": "permissions[1]", "entries[12].members[0]": "members[0]", "links[0].key": "key",
		"links": "links", "limits.rateLimit.perMinute": "limits.rateLimit.perMinute", "portal.links[0].key": "portal.links[0].key",
	} {
		var mistake *mockserver.PortalError
		if err := recordMistake(&mockserver.PortalError{Path: path, Message: "is wrong"}); !errors.As(err, &mistake) || mistake.Path != want || mistake.Message != "is wrong" {
			t.Errorf("%s: got %v, want %s", path, err, want)
		}
	}
	other := errors.New("another")
	if got := recordMistake(other); !errors.Is(got, other) {
		t.Errorf("got %v", got)
	}
}

// What somebody is to do stands in the refusal, so its text is a promise.
func TestRefusalsSayWhatToDo(t *testing.T) {
	s := newControlClient(t, &coverage{seen: map[string]bool{}}, newHost(t, newServer(t)))
	for _, test := range []struct {
		status             int
		method, path, body string
		headers            []string
		want               string
	}{
		{400, "GET", "/__mock/journal?a=%zz", "", nil, "the query cannot be read: escape it as application/x-www-form-urlencoded"},
		{400, "GET", "/__mock/clock?a=1", "", nil, `unknown query parameter "a": this call takes none`},
		{400, "GET", "/__mock/journal/count?a=1", "", nil, `unknown query parameter "a": use operation, `},
		{400, "GET", "/__mock/journal?last=1&last=2", "", nil, "query parameter last stands there 2 times: give it once"},
		{400, "GET", "/__mock/journal?violated=yes", "", nil, "query parameter violated: expected true or false"},
		{413, "POST", "/__mock/links", strings.Repeat(" ", maxBody+1), nil, "the body is larger than 1048576 bytes"},
		{400, "POST", "/__mock/reset", `{"a":1}`, nil, "this call takes no body"},
		{400, "POST", "/__mock/links", "", nil, "the body is missing: send a JSON object"},
		{400, "POST", "/__mock/links", "[]", nil, "the body: expected an object"},
		{415, "POST", "/__mock/links", "{}", []string{"Content-Type", "text/plain"}, "Content-Type: expected application/json, got text/plain"},
		{415, "POST", "/__mock/links", "{}", []string{"Content-Type", ""}, "Content-Type: expected application/json, got none"},
		{415, "PATCH", "/__mock/state", "{}", []string{"Content-Type", "text/plain"}, "Content-Type: expected application/merge-patch+json or application/json, got text/plain"},
		{415, "POST", "/__mock/links", "{}", []string{"Content-Type", "application/json; charset=latin1"}, "Content-Type: the body must be UTF-8, not latin1"},
		{415, "POST", "/__mock/links", "\x1f\x8b\x08", []string{"Content-Encoding", "gzip"}, "Content-Encoding: the control API reads bodies as they are: send it without gzip"},
		{400, "POST", "/__mock/links", "[]", []string{"Content-Encoding", "identity"}, "the body: expected an object"},
		{404, "GET", "/portals/none/__mock/clock", "", nil, `there is no portal of the name "none": POST /__mock/portals makes one`},
		{404, "GET", "/__mock/nope", "", nil, "there is no such call: GET /__mock/openapi.yaml lists those that there are"},
		{405, "DELETE", "/__mock/clock", "", nil, "this path does not have this method: see the header Allow"},
		{403, "GET", "/__mock/clock", "", []string{"Origin", "http://evil.example"}, "the control API answers no web page of another site: leave the headers Origin and Sec-Fetch-Site out"},
		{403, "GET", "/__mock/clock", "", []string{"Host", "evil.example"}, `Host "evil.example" may be that of a web page: use an IP address or localhost, or give the server a token`},
		{404, "GET", "/__mock/metrics", "", nil, "this server has no metrics"},
		{404, "DELETE", "/__mock/snapshots/none", "", nil, `there is no snapshot of the name "none"`},
	} {
		if refusal := s.refused(test.status, test.method, test.path, test.body, test.headers...); !strings.HasPrefix(refusal.Message, test.want) {
			t.Errorf("%s %s: got %q, not %q", test.method, test.path, refusal.Message, test.want)
		}
	}
}
