package mockserver

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// ASP.NET Core's formatters: JSON, text/json for who prefers it, and never a 406.
func TestAccept(t *testing.T) {
	const textJSON = "text/json; charset=utf-8"
	tests := map[string]string{
		"":                                    dotnet.ContentJSON,
		"*/*":                                 dotnet.ContentJSON,
		"application/json":                    dotnet.ContentJSON,
		"application/*":                       dotnet.ContentJSON,
		"text/json":                           textJSON,
		"text/*":                              textJSON,
		"TEXT/JSON":                           textJSON,
		"text/json;q=0.5, application/json":   dotnet.ContentJSON,
		"application/json;q=0.5, text/json":   textJSON,
		"text/json, application/json":         textJSON,
		"application/json, text/json":         dotnet.ContentJSON,
		"text/html, text/json":                textJSON,
		"text/json, */*;q=0.1":                dotnet.ContentJSON, // with */* nothing is looked at
		"application/xml":                     dotnet.ContentJSON,
		"image/png, text/html":                dotnet.ContentJSON,
		"nonsense":                            dotnet.ContentJSON,
		"text/html,application/xml;q=0.9,*/*": dotnet.ContentJSON,
	}
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		for accept, want := range tests {
			w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", append(as(s, RoleOwner), "Accept", accept)...)
			if w.Code != 200 || w.Header().Get("Content-Type") != want {
				t.Errorf("%q: got %d %q, want %q", accept, w.Code, w.Header().Get("Content-Type"), want)
			}
		}
	})
	s := newServer(t)
	w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", append(as(s, RoleOwner), "Accept", "text/html", "Accept", "text/json")...)
	if got := w.Header().Get("Content-Type"); got != textJSON {
		t.Errorf("two headers: got %q, want %q", got, textJSON)
	}
}

func TestContentLengthIsTheBodys(t *testing.T) {
	s := newServer(t)
	w := mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, as(s, RoleOwner)...)
	const want = `{"response":true,"count":1,"links":[{"href":"http://example.com/api/2.0/files/settings/external","action":"PUT"}],"status":0,"statusCode":200}`
	if w.Body.String() != want || w.Header().Get("Content-Length") != "142" {
		t.Errorf("got %s, Content-Length %s", w.Body, w.Header().Get("Content-Length"))
	}
}
