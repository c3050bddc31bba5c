package client_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestServerTextIsOneShortLine(t *testing.T) {
	long := "one\r\ntwo\x1b[31m\u202e" + strings.Repeat("é", 400)
	for _, body := range []struct{ contentType, text string }{
		{"text/plain", long},
		{jsonType, `{"error":{"message":"one\r\ntwo\u001b[31m\u202e` + strings.Repeat("é", 400) + `"}}`},
	} {
		portal, _ := serve(t, reply(403, body.contentType, body.text))
		_, err := portal.FilesSettings(context.Background())
		mustBe(t, err, client.ErrForbidden)
		message := asError(t, err).Message
		if !strings.HasPrefix(message, "one two [31m é") || !strings.HasSuffix(message, "é…") || len([]rune(message)) != 300 {
			t.Errorf("got %q", message)
		}
	}
}

// A portal at another address answers 404, so the error says which one was asked, without secrets.
func TestNotFoundNamesTheAddress(t *testing.T) {
	ctx := context.Background()
	html := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(404)
		io.WriteString(w, "<html>not found</html>")
	}
	for _, handler := range []http.HandlerFunc{reply(404, "", ""), reply(404, jsonType, errorJSON(404, "nothing here", "null")), html} {
		_, server := serve(t, handler)
		portal := newPortal(t, server.URL+"/doc%20space/a%2Fb", client.WithAPIKey("sk-S3CRET"))
		for call, path := range map[string]string{
			"GET":  "GET /doc%20space/a%2Fb/api/2.0/files/settings",
			"PUT":  "PUT /doc%20space/a%2Fb/api/2.0/files/settings/external",
			"POST": "POST /doc%20space/a%2Fb/api/2.0/files/share/***/password",
		} {
			err := callBy(portal, call)
			mustBe(t, err, client.ErrNotFound)
			if text := err.Error(); !strings.Contains(text, "(HTTP 404): "+path) || strings.Contains(text, "KEY") {
				t.Errorf("got %q", text)
			}
		}
		_, err := portal.Visitor().Open(ctx, "S3CRET/kéy", client.WithLinkPassword("pw-1"))
		if text := err.Error(); !strings.Contains(text, "GET /doc%20space/a%2Fb/api/2.0/files/share/***") || strings.Contains(text, "S3CRET") || strings.Contains(text, "%C3") {
			t.Errorf("got %q", text)
		}
	}
	other := newPortal(t, "http://127.0.0.1", client.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 404, Request: &http.Request{}}, nil
	})))
	if err := callBy(other, "GET"); err.Error() != "docspace: getFilesSettings: the portal has no such address (HTTP 404)" {
		t.Errorf("got %q", err)
	}
}
