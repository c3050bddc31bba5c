package client_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// slog gets the fields of an error one by one.
func TestLogValues(t *testing.T) {
	policy := policyOf(true, false)
	kept := &client.NotInForceError{Operation: "externalShare", Asked: true}
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"*Error": {
			&client.Error{
				Operation: "externalShare", StatusCode: 429, Message: "no", Type: "T", Fields: map[string][]string{"$.set": {"x"}}, RetryAfter: 3 * time.Second,
				RequestID: "id-1", RateLimit: client.RateLimit{Limit: 9, Remaining: 0}, Attempts: 2,
			},
			`{"operation":"externalShare","status":429,"error":"docspace: externalShare: HTTP 429 Too Many Requests after 2 attempts: no","message":"no","type":"T",` +
				`"request_id":"id-1","fields":{"$.set":["x"]},"retry_after":3000000000,"rate_limit":9,"rate_limit_remaining":0,"attempts":2}`,
		},
		"short *Error": {
			&client.Error{Operation: "externalShare", Attempts: 1},
			`{"operation":"externalShare","status":0,"error":"docspace: externalShare"}`,
		},
		"*LinkError": {
			&client.LinkError{Status: 2, Share: &client.ExternalShare{}},
			`{"operation":"applyExternalSharePassword","link_status":2,"error":"docspace: applyExternalSharePassword: the link has expired (status 2)"}`,
		},
		"*NotInForceError": {
			kept,
			`{"operation":"externalShare","asked":true,"in_force":false,"error":"docspace: externalShare: asked for on, but off is in force"}`,
		},
		"*UpdateError": {
			&client.UpdateError{Step: "externalShare", InForce: &policy, Err: kept},
			`{"step":"externalShare","error":"docspace: externalShare: asked for on, but off is in force; in force now: external sharing on, social media off"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var text bytes.Buffer
			slog.New(slog.NewJSONHandler(&text, nil)).Info("x", "err", test.err)
			var line struct{ Err json.RawMessage }
			if err := json.Unmarshal(text.Bytes(), &line); err != nil || string(line.Err) != test.want {
				t.Errorf("got  %s\nwant %s", line.Err, test.want)
			}
		})
	}
}

func TestErrorCountsAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		portal, _ := scripted(t, nil, status(503))
		_, err := portal.FilesSettings(context.Background())
		if got, want := err.Error(), "docspace: getFilesSettings: the server failed (HTTP 503) after 3 attempts"; got != want {
			t.Errorf("got %q", got)
		}
	})
}

func TestRefusalText(t *testing.T) {
	portal, _ := serve(t, reply(403, jsonType, errorJSON(403, "Access denied", `"X"`)))
	_, err := portal.FilesSettings(context.Background())
	if got, want := err.Error(), "docspace: getFilesSettings: not allowed (HTTP 403): Access denied"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	portal, _ = serve(t, reply(405, "", ""))
	_, err = portal.FilesSettings(context.Background())
	if got, want := err.Error(), "docspace: getFilesSettings: HTTP 405 Method Not Allowed"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
