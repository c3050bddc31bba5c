package client_test

import (
	"context"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestLinkRefusals(t *testing.T) {
	const invalid, denied, argument, missing = "System.InvalidOperationException", "System.Security.SecurityException", "System.ArgumentException", "ASC.Common.Web.ItemNotFoundException"
	tests := map[string]struct {
		status        int
		message, kind string
		class         error // nil: only that of the status
	}{
		"limit":          {403, "The maximum number of links may not exceed 5", invalid, client.ErrLinkLimit},
		"access":         {403, "The role is not available for this user type", invalid, client.ErrLinkAccess},
		"denied":         {403, "Access denied", denied, client.ErrAccessDenied},
		"denied, German": {403, "Zugriff verweigert", denied, client.ErrAccessDenied},
		"kind of link":   {403, "Operation is not valid due to the current state of the object.", invalid, nil},
		"password":       {400, "Password must contain from 8 to 30 characters, only latin letters, no spaces", argument, client.ErrPasswordPolicy},
		"end":            {400, "Value does not fall within the expected range. (Parameter 'expirationDate')", argument, client.ErrExpirationDate},
		"argument":       {400, "Value does not fall within the expected range. (Parameter 'count')", argument, nil},
		"no entry":       {404, "Item not found", missing, client.ErrEntryNotFound},
		"no selector":    {404, "Selector '' not found", missing, client.ErrEntryNotFound},
	}
	statuses := map[int]error{400: client.ErrBadRequest, 403: client.ErrForbidden, 404: client.ErrNotFound}
	for name, test := range tests {
		for _, kind := range []string{`"` + test.kind + `"`, "null"} { // the reference names no types
			if name == "denied, German" && kind == "null" {
				continue
			}
			t.Run(name+" "+kind, func(t *testing.T) {
				portal, _ := scripted(t, nil, answer{status: test.status, body: errorJSON(test.status, test.message, kind)})
				_, err := portal.SetRoomLink(context.Background(), 10, client.LinkSpec{})
				classes := []error{statuses[test.status]}
				if test.class != nil {
					classes = append(classes, test.class)
				}
				mustBe(t, err, classes...)
				if e := asError(t, err); e.Message != test.message || e.Operation != "setRoomLink" {
					t.Errorf("got %+v", e)
				}
				_, err = portal.FilesSettings(context.Background())
				mustBe(t, err, statuses[test.status]) // other calls refuse other things
			})
		}
	}
}

// What is no sentence of the portal about links stays what its status says.
func TestRefusalsOfOthers(t *testing.T) {
	const tooLong = `{"response":{"title":"One or more validation errors occurred.","status":400,"errors":{"%":["The field is too long."]}},"status":1,"statusCode":400}`
	for name, test := range map[string]struct {
		answer answer
		kinds  []error
	}{
		"no such address":   {status(404), []error{client.ErrNotFound}},
		"scope of the key":  {status(403), []error{client.ErrForbidden}},
		"long password":     {answer{status: 400, body: strings.Replace(tooLong, "%", "RoomLink.Password", 1)}, []error{client.ErrBadRequest, client.ErrPasswordPolicy}},
		"long title":        {answer{status: 400, body: strings.Replace(tooLong, "%", "RoomLink.Title", 1)}, []error{client.ErrBadRequest}},
		"failure in itself": {answer{status: 500, body: errorJSON(500, "Access denied", `"System.Security.SecurityException"`)}, []error{client.ErrServer}},
	} {
		t.Run(name, func(t *testing.T) {
			portal, _ := scripted(t, nil, test.answer)
			_, err := portal.CreateFolderLink(context.Background(), 8, client.LinkSpec{})
			mustBe(t, err, test.kinds...)
		})
	}
}
