package client_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestUserAgent(t *testing.T) {
	portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.UserAgent() != "my-app/1.2" {
			t.Errorf("got %q", r.UserAgent())
		}
		reply(200, jsonType, envelope("{}"))(w, r)
	}, client.WithUserAgent("my-app/1.2"))
	if _, err := portal.FilesSettings(context.Background()); err != nil {
		t.Error(err)
	}
}

// Headers that an editor has set stay. The others are added.
func TestCommonHeaders(t *testing.T) {
	for name, test := range map[string]struct {
		edit              func(http.Header)
		accept, userAgent string
	}{
		"none set":   {func(http.Header) {}, "application/json", "mock-docspace-client"},
		"accept":     {func(h http.Header) { h.Set("Accept", "text/json") }, "text/json", "mock-docspace-client"},
		"user agent": {func(h http.Header) { h.Set("User-Agent", "mine") }, "application/json", "mine"},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, []client.Option{client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
				test.edit(r.Header)
				return nil
			})}, successOf("GET"))
			if err := callBy(portal, "GET"); err != nil {
				t.Fatal(err)
			}
			if h := s.sent[0].header; h.Get("Accept") != test.accept || h.Get("User-Agent") != test.userAgent {
				t.Errorf("sent %v", h)
			}
		})
	}
}
