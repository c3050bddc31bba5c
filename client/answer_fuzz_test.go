package client_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/mock-docspace/mock-docspace/client"
)

// readers are calls of every kind of answer.
var readers = []func(context.Context, *client.Portal) error{
	func(ctx context.Context, p *client.Portal) error { _, err := p.FilesSettings(ctx); return err },
	func(ctx context.Context, p *client.Portal) error { _, err := p.SharingPolicy(ctx); return err },
	func(ctx context.Context, p *client.Portal) error { _, err := p.SetExternalShare(ctx, true); return err },
	func(ctx context.Context, p *client.Portal) error {
		_, err := p.ApplyExternalSharePassword(ctx, "KEY", "pw-1")
		return err
	},
	func(ctx context.Context, p *client.Portal) error { _, err := p.Visitor().Open(ctx, "KEY"); return err },
	func(ctx context.Context, p *client.Portal) error { _, err := p.RoomLink(ctx, 1); return err },
	func(ctx context.Context, p *client.Portal) error { _, err := p.Room(ctx, 1); return err },
	func(ctx context.Context, p *client.Portal) error { _, err := p.File(ctx, 1); return err },
	func(ctx context.Context, p *client.Portal) error {
		_, err := p.ExternalSharingSettings(ctx)
		return err
	},
	func(ctx context.Context, p *client.Portal) error {
		_, err := p.SignIn(ctx, "a@b.c", "pw-1")
		return err
	},
	func(ctx context.Context, p *client.Portal) error {
		for _, err := range p.RoomLinks(ctx, 1) {
			return err
		}
		return nil
	},
	func(ctx context.Context, p *client.Portal) error {
		for _, err := range p.Entries(ctx, 1) {
			return err
		}
		return nil
	},
}

// Whatever a server answers is a result or an error of this package, in one printable line and without secrets.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []struct {
		status                   int
		contentType, body, extra string
	}{
		{200, jsonType, envelope(`{"status":0}`), ""},
		{200, jsonType, envelope(`true`), ""},
		{200, jsonType, envelope(`{"id":1,"title":"x","folders":[],"files":[],"current":{},"total":99999999999999999999}`), ""},
		{200, jsonType, envelope(`[{"sharedLink":{"id":"x","requestToken":"KEY","expirationDate":"9999-12-31T23:59:59"}}]`), ""},
		{200, jsonType, `{"response":{"token":"t","expires":"0001-01-01"}}`, "a=b; Max-Age=99999999999999999999"},
		{403, jsonType, errorJSON(403, "no\u202e", `"System.Security.SecurityException"`), ""},
		{400, problemType, `{"title":"x","errors":{"$":["a","b"]},"traceId":"\u0085"}`, "9223372036854775808"},
		{429, "", "", "99999999999999999999"},
		{404, "text/html", "<html>KEY pw-1", "Fri, 31 Dec 9999 23:59:59 GMT"},
		{302, "", "", "//other.example/\x7f"},
		{200, jsonType, strings.Repeat("[", 20000), ""},
		{503, "text/plain", "\x1b[2J", "-1"},
	} {
		f.Add(seed.status, seed.contentType, seed.body, seed.extra)
	}
	f.Fuzz(func(t *testing.T, status int, contentType, body, extra string) {
		if status < 100 || status > 999 {
			return
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		portal := newPortal(t, "https://portal.example", client.WithAPIKey("sk-S3CRET-KEY"), client.WithRetry(client.RetryPolicy{Attempts: 1}), client.WithHTTPClient(doer(func(r *http.Request) (*http.Response, error) {
			header := http.Header{}
			for _, name := range []string{"Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Request-Id", "Set-Cookie", "Location"} {
				header.Set(name, extra)
			}
			header.Set("Content-Type", contentType)
			return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), ContentLength: -1, Request: r}, nil
		})))
		for i, read := range readers {
			err := read(ctx, portal)
			if err == nil {
				continue
			}
			text := err.Error()
			if !strings.HasPrefix(text, "docspace: ") || strings.Contains(text, "S3CRET") || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
				t.Errorf("%d: %q", i, text)
			}
			var failure *client.Error
			if errors.As(err, &failure) && (failure.RetryAfter < 0 || failure.RateLimit.Limit < 0 || failure.RateLimit.Remaining < 0 || failure.RateLimit.Reset.Year() > 9999) {
				t.Errorf("%d: %+v", i, failure)
			}
		}
	})
}
