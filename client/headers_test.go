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
