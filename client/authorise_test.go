package client_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

// No kind of credential goes to another origin. A token source is not asked for that.
func TestCredentialsOfAllKindsStayAtHome(t *testing.T) {
	for kind, credential := range map[string]client.Option{
		"key": client.WithAPIKey("sk-1"), "Basic": client.WithBasicAuth("a@b", "c"), "cookie": client.WithCookie("x"),
		"source": client.WithTokenSource(func(context.Context) (string, error) {
			t.Error("the source was asked")
			return "tok", nil
		}),
	} {
		for _, elsewhere := range []string{"http://portal.example", "https://portal.example:444", "https://a.portal.example", "https://portal.example."} {
			portal, s := scripted(t, []client.Option{credential, client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
				r.URL = address(t, elsewhere+r.URL.Path)
				return nil
			})}, successOf("GET"))
			if err := callBy(portal, "GET"); err != nil {
				t.Fatal(err)
			}
			if h := s.sent[0].header; h.Get("Authorization") != "" || h.Get("Cookie") != "" {
				t.Errorf("%s: %s got %v", kind, elsewhere, h)
			}
		}
	}
}

// A credential that an editor has set stays, and no other one is added.
func TestEditorsHeaderStays(t *testing.T) {
	for _, name := range []string{"Authorization", "authorization"} {
		for kind, credential := range map[string]client.Option{
			"key": client.WithAPIKey("sk-1"), "Basic": client.WithBasicAuth("a@b", "c"),
			"source": client.WithTokenSource(func(context.Context) (string, error) { return "tok", nil }),
		} {
			portal, s := scripted(t, []client.Option{credential, client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
				r.Header[name] = []string{"Own x"}
				return nil
			})}, successOf("GET"))
			if err := callBy(portal, "GET"); err != nil {
				t.Fatal(err)
			}
			var all []string
			for sent, values := range s.sent[0].header {
				if strings.EqualFold(sent, name) {
					all = append(all, values...)
				}
			}
			if strings.Join(all, "|") != "Own x" {
				t.Errorf("%s with %s: sent %q", kind, name, all)
			}
		}
	}
}

// A request editor can send a call to another origin. The portal's credentials are not sent there.
func TestCredentialsStayAtHome(t *testing.T) {
	for _, elsewhere := range []string{"http://portal.example", "https://portal.example:444", "https://other.example"} {
		target, _ := url.Parse(elsewhere + "/api")
		portal := newPortal(t, "https://portal.example", client.WithAPIKey("sk-1"),
			client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error { r.URL = target; return nil }),
			client.WithHTTPClient(doer(func(r *http.Request) (*http.Response, error) {
				if r.URL.String() != target.String() || r.Header.Get("Authorization") != "" {
					t.Errorf("%s got Authorization %q", r.URL, r.Header.Get("Authorization"))
				}
				return &http.Response{StatusCode: 401}, nil
			})))
		mustBe(t, callBy(portal, "GET"), client.ErrUnauthorized)
	}
}
