package mockserver

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// compared is what of an answer the profiles are compared by. Trace ids, signatures, and X-RateLimit-* differ anyway.
func compared(w *httptest.ResponseRecorder) string {
	h := w.Header()
	return strings.Join([]string{w.Result().Status, traceIDs.ReplaceAllString(w.Body.String(), "TRACE"), setCookies(w),
		h.Get("Content-Type"), h.Get("Retry-After"), h.Get("Allow"), h.Get("WWW-Authenticate")}, "\n")
}

// A hint stands exactly where the other profile answers differently.
func TestHints(t *testing.T) {
	const put, post = mocktest.ExternalPath, "/api/2.0/files/share/protected/password"
	const owner, user = "YOUR_API_KEY", "Bearer user-token"
	tests := []struct{ name, method, path, body, authorization, contentType string }{
		{"settings", "GET", mocktest.SettingsPath, "", owner, ""},
		{"settings, anonymous", "GET", mocktest.SettingsPath, "", "", ""},
		{"settings, bad token", "GET", mocktest.SettingsPath, "", "bad", ""},
		{"settings, bad Basic", "GET", mocktest.SettingsPath, "", basic("a", "b"), ""},
		{"settings, bad API key", "GET", mocktest.SettingsPath, "", "Bearer sk-nope", ""},
		{"settings, scope missing", "GET", mocktest.SettingsPath, "", "Bearer sk-rooms:read", ""},
		{"settings, JWT without subject", "GET", mocktest.SettingsPath, "", jwt(`{}`), ""},
		{"settings, unreadable Basic", "GET", mocktest.SettingsPath, "", "Basic !", ""},
		{"settings, fields", "GET", mocktest.SettingsPath + "?fields=defaultOrder", "", owner, ""},

		{"flag, set", "PUT", put, `{"set":true}`, owner, "application/json"},
		{"flag, off", "PUT", put, `{"set":false}`, owner, "application/json"},
		{"flag, both", "PUT", put, `{"set":true,"displayValue":true}`, owner, "application/json"},
		{"flag, displayValue", "PUT", put, `{"displayValue":true}`, owner, "application/json"},
		{"flag, displayValue off", "PUT", put, `{"displayValue":false}`, owner, "application/json"},
		{"flag, different", "PUT", put, `{"set":true,"displayValue":false}`, owner, "application/json"},
		{"flag, neither", "PUT", put, `{}`, owner, "application/json"},
		{"flag, wrong displayValue", "PUT", put, `{"set":true,"displayValue":1}`, owner, "application/json"},
		{"flag, wrong set", "PUT", put, `{"set":1}`, owner, "application/json"},
		{"flag, malformed", "PUT", put, `{`, owner, "application/json"},
		{"flag, media type", "PUT", put, `{"set":true}`, owner, "text/plain"},
		{"flag, anonymous", "PUT", put, `{"set":true}`, "", "application/json"},
		{"flag, user", "PUT", put, `{"set":true}`, user, "application/json"},
		{"flag, user, displayValue", "PUT", put, `{"displayValue":true}`, user, "application/json"},
		{"flag, user, neither", "PUT", put, `{}`, user, "application/json"},
		{"flag, scope missing", "PUT", put, `{"set":true}`, "Bearer sk-files:read", "application/json"},
		{"flag, too large", "PUT", put, strings.Repeat(" ", maxBody+1), owner, "application/json"},

		{"flag, displayValue repeats the state", "PUT", "off " + mocktest.SocialPath, `{"displayValue":false}`, owner, "application/json"},
		{"flag, displayValue while sharing is off", "PUT", "off " + mocktest.SocialPath, `{"displayValue":true}`, owner, "application/json"},

		{"password, right", "POST", post, mocktest.PasswordBody(rightPW), "", "application/json"},
		{"password, wrong", "POST", post, mocktest.PasswordBody("x"), "", "application/json"},
		{"password, none", "POST", post, `{}`, "", "application/json"},
		{"password, user, right", "POST", post, mocktest.PasswordBody(rightPW), user, "application/json"},
		{"password, user, wrong", "POST", post, mocktest.PasswordBody("x"), user, "application/json"},
		{"password, owner, right", "POST", post, mocktest.PasswordBody(rightPW), owner, "application/json"},
		{"password, owner, another", "POST", post, mocktest.PasswordBody("x"), owner, "application/json"},
		{"password, owner, none", "POST", post, `{}`, owner, "application/json"},
		{"password, owner, link without", "POST", "/api/2.0/files/share/open/password", mocktest.PasswordBody("x"), owner, "application/json"},
		{"password, owner, trash", "POST", "/api/2.0/files/share/trash/password", mocktest.PasswordBody("x"), owner, "application/json"},
		{"password, owner, unknown", "POST", "/api/2.0/files/share/nope/password", mocktest.PasswordBody("x"), owner, "application/json"},
		{"password, malformed", "POST", post, `{`, "", "application/json"},
		{"password, bad API key", "POST", post, `{}`, "Bearer sk-nope", "application/json"},

		{"unknown path", "GET", "/nope", "", "", ""},
		{"wrong method", "GET", put, "", "", ""},
		{"preflight", "OPTIONS", put, "", "", ""},
	}
	portal := protected(func(p *Portal) {
		p.Entries = append(p.Entries, Entry{ID: "40", Title: "Old", Type: EntryFolder, Section: SectionTrash})
		p.Links = append(p.Links, Link{Key: "open", Entry: "20"}, Link{Key: "trash", Entry: "40", Password: rightPW})
		p.Users[2].Tokens = []string{"user-token"}
		for _, scope := range []string{"rooms:read", "files:read"} {
			p.APIKeys = append(p.APIKeys, APIKey{Key: "sk-" + scope, User: "owner@example.com", Permissions: []string{scope}})
		}
	})
	for _, test := range tests {
		var answers []*httptest.ResponseRecorder
		for _, profile := range ProfileNames() {
			s := newServer(t, WithPortal(portal), WithProfile(profile), WithClock(mocktest.NewClock().Now))
			path, off := strings.CutPrefix(test.path, "off ")
			if off {
				mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":false}`, "Authorization", owner)
			}
			answers = append(answers, mocktest.Send(s, test.method, path, test.body, "Authorization", test.authorization, "Content-Type", "", "Content-Type", test.contentType))
		}
		differ := compared(answers[0]) != compared(answers[1])
		for i, profile := range ProfileNames() {
			hint := answers[i].Header().Get(headerHint)
			if (hint != "") != differ {
				t.Errorf("%s, %s: hint %q, but the answers differ: %t (%d and %d)", test.name, profile, hint, differ, answers[0].Code, answers[1].Code)
			}
			if hint != "" && !strings.Contains(hint, ProfileNames()[1-i]) {
				t.Errorf("%s, %s: %q does not name the other profile", test.name, profile, hint)
			}
		}
	}
}

// A hint is about what was decided first.
func TestTheFirstHintStays(t *testing.T) {
	c, h := &call{}, http.Header{}
	if c.writeHint(h); len(h) != 0 {
		t.Errorf("a header without a hint: %v", h)
	}
	c.hintf("profile %s is first", "a")
	c.hintf("profile %s is second", "b")
	if c.writeHint(h); h.Get(headerHint) != "profile a is first" {
		t.Errorf("got %v", h)
	}
}

// setCookies are the cookies of an answer in their order, as "name=" or "-name" for a deleted one.
func setCookies(w *httptest.ResponseRecorder) string {
	var names []string
	for _, c := range w.Result().Cookies() {
		if c.Value == "" && !c.Expires.IsZero() {
			names = append(names, "-"+c.Name)
			continue
		}
		names = append(names, c.Name+"=")
	}
	return strings.Join(names, " ")
}
