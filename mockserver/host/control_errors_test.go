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
