package client_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestPortalText(t *testing.T) {
	for want, portal := range map[string]*client.Portal{
		"DocSpace portal https://portal.example/docspace": newPortal(t, "https://portal.example/docspace/", client.WithAPIKey("sk-1")),
		"DocSpace portal (none)":                          nil,
	} {
		if got := portal.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNewSendsNothing(t *testing.T) {
	portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1")}, status(500))
	if portal.Visitor().Jar().Cookies(&url.URL{Scheme: "https", Host: "portal.example"}) != nil || portal.API() == nil || len(s.sent) > 0 {
		t.Errorf("sent %s", s.requests())
	}
}

// idle counts how often its idle connections are closed.
type idle struct {
	http.RoundTripper
	closed int
}

func (i *idle) CloseIdleConnections() { i.closed++ }

func TestCloseIdleConnections(t *testing.T) {
	transport := &idle{}
	newPortal(t, "https://portal.example", client.WithHTTPClient(&http.Client{Transport: transport})).CloseIdleConnections()
	if transport.closed != 1 {
		t.Errorf("closed %d times", transport.closed)
	}
	newPortal(t, "https://portal.example", client.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) { return nil, nil }))).CloseIdleConnections() // a doer without connections
	(*client.Portal)(nil).CloseIdleConnections()
}
