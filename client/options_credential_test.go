package client_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestCredentials(t *testing.T) {
	for name, test := range map[string]struct {
		opt  client.Option
		want string
	}{
		"API key":      {client.WithAPIKey("sk-1"), "Bearer sk-1"},
		"session key":  {client.WithAPIKey("YOUR_API_KEY"), "Bearer YOUR_API_KEY"},
		"odd key":      {client.WithAPIKey("a b/é+="), "Bearer a b/é+="},
		"portal token": {client.WithPortalToken("tok"), "Bearer tok"},
		"Basic":        {client.WithBasicAuth("owner@example.com", "Owner:pass 1"), "Basic b3duZXJAZXhhbXBsZS5jb206T3duZXI6cGFzcyAx"},
		"visitor":      {client.WithTimeout(time.Minute), ""},
		"own header": {client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
			r.Header.Set("Authorization", "tok")
			return nil
		}), "tok"},
	} {
		t.Run(name, func(t *testing.T) {
			portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if got := strings.Join(r.Header.Values("Authorization"), "|"); got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
				reply(200, jsonType, envelope("{}"))(w, r)
			}, test.opt)
			if _, err := portal.FilesSettings(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
}
