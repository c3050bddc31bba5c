package client_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
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

func TestFilesSettingsFromNewerPortal(t *testing.T) {
	portal, _ := serve(t, reply(200, jsonType, envelope(`{
		"externalShare": true, "externalShareSocialMedia": false, "brandNew": {"x": [1]},
		"defaultOrder": {"is_asc": false, "property": 99}, "automaticallyCleanUp": {"isAutoCleanUp": true, "gap": 77},
		"defaultSharingAccessRights": [2, 98], "extsConvertible": {".doc": [".docx"]}, "chunkUploadSize": 10485760
	}`)))
	settings, err := portal.FilesSettings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if !*settings.ExternalShare || *settings.ExternalShareSocialMedia || *settings.AutomaticallyCleanUp.Gap != 77 ||
		*settings.DefaultOrder.Property != 99 || settings.DefaultSharingAccessRights[1] != 98 ||
		settings.ExtsConvertible[".doc"][0] != ".docx" || *settings.ChunkUploadSize != 10485760 || settings.StoreOriginalFiles != nil {
		t.Errorf("got %+v", settings)
	}
}

func TestSwitchNotInForce(t *testing.T) {
	ctx := context.Background()
	for _, asked := range []bool{true, false} {
		for _, inForce := range []string{"true", "false"} {
			portal, _ := serve(t, reply(200, jsonType, envelope(inForce)))
			for operation, set := range map[string]func(context.Context, bool) (bool, error){
				"externalShare": portal.SetExternalShare, "externalShareSocialMedia": portal.SetExternalShareSocialMedia,
			} {
				got, err := set(ctx, asked)
				if got != (inForce == "true") {
					t.Errorf("%s(%v): got %v, want %s", operation, asked, got, inForce)
				}
				if asked == got {
					if err != nil {
						t.Errorf("%s(%v): %v", operation, asked, err)
					}
					continue
				}
				var kept *client.NotInForceError
				if !errors.As(err, &kept) || *kept != (client.NotInForceError{Operation: operation, Asked: asked, InForce: got}) {
					t.Errorf("%s(%v): got error %v", operation, asked, err)
				}
			}
		}
	}
}

func TestNotInForceText(t *testing.T) {
	for _, test := range []struct {
		err  client.NotInForceError
		want string
	}{
		{client.NotInForceError{Operation: "externalShare", Asked: true, InForce: false}, "docspace: externalShare: asked for on, but off is in force"},
		{client.NotInForceError{Operation: "externalShareSocialMedia", Asked: false, InForce: true}, "docspace: externalShareSocialMedia: asked for off, but on is in force"},
		{client.NotInForceError{Operation: "externalShareSocialMedia", Asked: true, InForce: false}, "docspace: externalShareSocialMedia: asked for on, but off is in force; " +
			"sharing to social networks can only be on while external sharing is on"},
	} {
		if got := test.err.Error(); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

func TestNothingIsSent(t *testing.T) {
	ctx := context.Background()
	portal, _ := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	var none context.Context
	for name, p := range map[string]*client.Portal{"nil portal": nil, "zero portal": {}, "nil context": portal} {
		t.Run(name, func(t *testing.T) {
			ctx := ctx
			if p == portal {
				ctx = none
			}
			_, err := p.FilesSettings(ctx)
			mustBe(t, err, client.ErrInvalidArgument)
			_, err = p.SetExternalShare(ctx, true)
			mustBe(t, err, client.ErrInvalidArgument)
			_, err = p.SetExternalShareSocialMedia(ctx, true)
			mustBe(t, err, client.ErrInvalidArgument)
			share, err := p.ApplyExternalSharePassword(ctx, "KEY", "pw-1")
			mustBe(t, err, client.ErrInvalidArgument)
			if share != nil {
				t.Error("there is a share")
			}
			_, _ = p.API(), p.String()
		})
	}
	_, err := portal.ApplyExternalSharePassword(ctx, "KEY", "\xff")
	mustBe(t, err, client.ErrInvalidArgument)
}

func TestConcurrentCalls(t *testing.T) {
	var served atomic.Int64
	portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		served.Add(1)
		answer := map[string]string{"GET": `{"externalShare":true}`, "PUT": "true", "POST": `{"status":4}`}[r.Method]
		reply(200, jsonType, envelope(answer))(w, r)
	}, client.WithAPIKey("sk-1"))
	ctx := context.Background()
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if s, err := portal.FilesSettings(ctx); err != nil || !*s.ExternalShare {
				t.Error(s, err)
			}
		})
		wg.Go(func() {
			if on, err := portal.SetExternalShare(ctx, true); err != nil || !on {
				t.Error(on, err)
			}
		})
		wg.Go(func() {
			if on, err := portal.SetExternalShareSocialMedia(ctx, false); !on || err == nil {
				t.Error(on, err)
			}
		})
		wg.Go(func() {
			if share, err := portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1"); share == nil || !errors.Is(err, client.ErrInvalidPassword) {
				t.Error(share, err)
			}
		})
	}
	wg.Wait()
	if served.Load() != 200 {
		t.Errorf("%d requests", served.Load())
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
