package client_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestLinkOutcomes(t *testing.T) {
	for status, class := range []error{
		nil, client.ErrLinkNotFound, client.ErrLinkExpired, client.ErrPasswordRequired, client.ErrInvalidPassword,
		client.ErrExternalAccessDenied, client.ErrUnknownStatus, client.ErrUnknownStatus,
	} {
		portal, _ := serve(t, reply(200, jsonType, envelope(fmt.Sprintf(
			`{"status":%d,"id":"10","title":"Marketing","type":9,"tenantId":1,"isRoom":true,"shared":false,
			"linkId":"3fa85f64-5717-4562-b3fc-2c963f66afa6","isAuthenticated":true,"isRoomMember":false,"new":1}`, status))))
		share, err := portal.ApplyExternalSharePassword(context.Background(), "KEY", "pw-1")
		if share == nil || int(share.Status) != status || *share.Title != "Marketing" || *share.Type != 9 || !share.IsAuthenticated ||
			share.LinkID.String() != "3fa85f64-5717-4562-b3fc-2c963f66afa6" {
			t.Fatalf("status %d: got share %+v", status, share)
		}
		if class == nil {
			if err != nil {
				t.Errorf("status 0: %v", err)
			}
			continue
		}
		mustBe(t, err, class)
		var link *client.LinkError
		if !errors.As(err, &link) || int(link.Status) != status || link.Share != share {
			t.Errorf("status %d: got %#v", status, err)
		}
	}
}

func TestLinkErrorText(t *testing.T) {
	err := &client.LinkError{Status: client.ExternalShareStatusInvalidPassword, Share: &client.ExternalShare{}}
	if got, want := err.Error(), "docspace: applyExternalSharePassword: the password is wrong (status 4)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTooManyAttempts(t *testing.T) {
	const localised = "Sie haben zu oft versucht, Ihr Passwort einzugeben"
	tests := map[string]struct {
		status      int
		contentType string
		body        string
		classes     []error
	}{
		"server":          {403, jsonType, errorJSON(403, localised, "null"), []error{client.ErrTooManyAttempts, client.ErrForbidden}},
		"reference":       {429, jsonType, errorJSON(429, localised, "null"), []error{client.ErrTooManyAttempts, client.ErrRateLimited}},
		"request limit":   {429, "", "", []error{client.ErrRateLimited}},
		"role":            {403, jsonType, errorJSON(403, "Access denied", `"System.Security.SecurityException"`), []error{client.ErrForbidden}},
		"scope":           {403, problemType, `{"title":"Forbidden","status":403,"traceId":"00-1"}`, []error{client.ErrForbidden}},
		"policy":          {403, "", "", []error{client.ErrForbidden}},
		"address":         {403, "text/plain", "The access to the portal is restricted", []error{client.ErrForbidden}},
		"proxy":           {403, "text/html", "<h1>Forbidden</h1>", []error{client.ErrForbidden}},
		"proxy with JSON": {403, jsonType, `{"error":"forbidden"}`, []error{client.ErrForbidden}},
		"not signed in":   {401, jsonType, errorJSON(401, "x", "null"), []error{client.ErrUnauthorized}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			portal, _ := serve(t, reply(test.status, test.contentType, test.body))
			share, err := portal.ApplyExternalSharePassword(context.Background(), "KEY", "pw-1")
			mustBe(t, err, test.classes...)
			if share != nil {
				t.Error("there is a share")
			}
			_, err = portal.SetExternalShare(context.Background(), true)
			if errors.Is(err, client.ErrTooManyAttempts) {
				t.Error("a switch has no passwords to count")
			}
		})
	}
}
