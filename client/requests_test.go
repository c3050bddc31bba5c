package client_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestWhatIsSent(t *testing.T) {
	ctx := context.Background()
	tests := map[string]struct {
		call                     func(*client.Portal) error
		answer                   string
		method, path, body, kind string
	}{
		"settings": {
			func(p *client.Portal) error { _, err := p.FilesSettings(ctx); return err },
			`{"externalShare":true}`, "GET", "/api/2.0/files/settings", "", "",
		},
		"external on": {
			func(p *client.Portal) error { _, err := p.SetExternalShare(ctx, true); return err },
			`true`, "PUT", "/api/2.0/files/settings/external", `{"set":true,"displayValue":true}`, "application/json",
		},
		"external off": {
			func(p *client.Portal) error { _, err := p.SetExternalShare(ctx, false); return err },
			`false`, "PUT", "/api/2.0/files/settings/external", `{"set":false,"displayValue":false}`, "application/json",
		},
		"social media": {
			func(p *client.Portal) error { _, err := p.SetExternalShareSocialMedia(ctx, true); return err },
			`true`, "PUT", "/api/2.0/files/settings/externalsocialmedia", `{"set":true,"displayValue":true}`, "application/json",
		},
		"password": {
			func(p *client.Portal) error {
				_, err := p.ApplyExternalSharePassword(ctx, "KEY", "Secret123!")
				return err
			},
			`{"status":0}`, "POST", "/api/2.0/files/share/KEY/password", `{"password":"Secret123!"}`, "application/json",
		},
		"no password": {
			func(p *client.Portal) error { _, err := p.ApplyExternalSharePassword(ctx, "KEY", ""); return err },
			`{"status":0}`, "POST", "/api/2.0/files/share/KEY/password", `{"password":""}`, "application/json",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var count int
			portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				count++
				body, _ := io.ReadAll(r.Body)
				if r.Method != test.method || r.URL.EscapedPath() != test.path || string(body) != test.body {
					t.Errorf("got %s %s %s", r.Method, r.URL.EscapedPath(), body)
				}
				for name, want := range map[string]string{
					"Authorization": "Bearer sk-1", "Accept": "application/json",
					"User-Agent": "mock-docspace-client", "Content-Type": test.kind,
				} {
					if got := r.Header.Get(name); got != want {
						t.Errorf("%s: got %q, want %q", name, got, want)
					}
				}
				reply(200, jsonType, envelope(test.answer))(w, r)
			}, client.WithAPIKey("sk-1"))
			if err := test.call(portal); err != nil {
				t.Error(err)
			}
			if count != 1 {
				t.Errorf("%d requests", count)
			}
		})
	}
}

func TestPathPrefix(t *testing.T) {
	for _, prefix := range []string{"", "/", "/docspace", "/docspace/", "/a%2Fb/c"} {
		var got string
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			got = r.URL.EscapedPath()
			reply(200, jsonType, envelope(`{}`))(w, r)
		}))
		portal := newPortal(t, server.URL+prefix)
		if _, err := portal.FilesSettings(context.Background()); err != nil {
			t.Error(err)
		}
		server.Close()
		want := map[string]string{"": "", "/": "", "/docspace": "/docspace", "/docspace/": "/docspace", "/a%2Fb/c": "/a%2Fb/c"}[prefix]
		if got != want+"/api/2.0/files/settings" {
			t.Errorf("prefix %q: got %s", prefix, got)
		}
	}
}

func TestRequestEditor(t *testing.T) {
	own := errors.New("own words")
	portal := newPortal(t, "https://portal.example", client.WithRequestEditorFn(func(context.Context, *http.Request) error { return own }))
	_, err := portal.FilesSettings(context.Background())
	mustBe(t, err)
	if !errors.Is(err, own) {
		t.Errorf("got %v", err)
	}
}
