package mockserver

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// compared is what of an answer the profiles are compared by. Trace ids, signatures, and X-RateLimit-* differ anyway. The constants
// of next count only where they were asked for.
func compared(w *httptest.ResponseRecorder) string {
	h := w.Header()
	body := w.Body.String()
	if strings.Contains(body, "extsArchive") {
		body = constants.ReplaceAllString(body, "")
	}
	return strings.Join([]string{w.Result().Status, traceIDs.ReplaceAllString(body, "TRACE"), setCookies(w),
		h.Get("Content-Type"), h.Get("Retry-After"), h.Get("Allow"), h.Get("WWW-Authenticate")}, "\n")
}

var constants = regexp.MustCompile(`"extsFilesVectorized":[^]]*],"maxVectorizationFileSize":\d+`)

// A hint names exactly the profiles that answer differently.
func TestHints(t *testing.T) {
	const put, post = mocktest.ExternalPath, "/api/2.0/files/share/protected/password"
	const owner, user = "YOUR_API_KEY", "Bearer user-token"
	tests := []struct {
		name, method, path, body, authorization, contentType string
		headers                                              []string
	}{
		{"settings", "GET", mocktest.SettingsPath, "", owner, "", nil},
		{"settings, anonymous", "GET", mocktest.SettingsPath, "", "", "", nil},
		{"settings, bad token", "GET", mocktest.SettingsPath, "", "bad", "", nil},
		{"settings, bad Basic", "GET", mocktest.SettingsPath, "", basic("a", "b"), "", nil},
		{"settings, bad API key", "GET", mocktest.SettingsPath, "", "Bearer sk-nope", "", nil},
		{"settings, scope missing", "GET", mocktest.SettingsPath, "", "Bearer sk-rooms:read", "", nil},
		{"settings, JWT without subject", "GET", mocktest.SettingsPath, "", jwt(`{}`), "", nil},
		{"settings, unreadable Basic", "GET", mocktest.SettingsPath, "", "Basic !", "", nil},
		{"settings, fields", "GET", mocktest.SettingsPath + "?fields=defaultOrder", "", owner, "", nil},

		{"flag, set", "PUT", put, `{"set":true}`, owner, "application/json", nil},
		{"flag, off", "PUT", put, `{"set":false}`, owner, "application/json", nil},
		{"flag, both", "PUT", put, `{"set":true,"displayValue":true}`, owner, "application/json", nil},
		{"flag, displayValue", "PUT", put, `{"displayValue":true}`, owner, "application/json", nil},
		{"flag, displayValue off", "PUT", put, `{"displayValue":false}`, owner, "application/json", nil},
		{"flag, different", "PUT", put, `{"set":true,"displayValue":false}`, owner, "application/json", nil},
		{"flag, neither", "PUT", put, `{}`, owner, "application/json", nil},
		{"flag, wrong displayValue", "PUT", put, `{"set":true,"displayValue":1}`, owner, "application/json", nil},
		{"flag, wrong set", "PUT", put, `{"set":1}`, owner, "application/json", nil},
		{"flag, malformed", "PUT", put, `{`, owner, "application/json", nil},
		{"flag, media type", "PUT", put, `{"set":true}`, owner, "text/plain", nil},
		{"flag, anonymous", "PUT", put, `{"set":true}`, "", "application/json", nil},
		{"flag, user", "PUT", put, `{"set":true}`, user, "application/json", nil},
		{"flag, user, displayValue", "PUT", put, `{"displayValue":true}`, user, "application/json", nil},
		{"flag, user, neither", "PUT", put, `{}`, user, "application/json", nil},
		{"flag, scope missing", "PUT", put, `{"set":true}`, "Bearer sk-files:read", "application/json", nil},
		{"flag, too large", "PUT", put, strings.Repeat(" ", maxBody+1), owner, "application/json", nil},

		{"flag, displayValue repeats the state", "PUT", "off " + mocktest.SocialPath, `{"displayValue":false}`, owner, "application/json", nil},
		{"flag, displayValue while sharing is off", "PUT", "off " + mocktest.SocialPath, `{"displayValue":true}`, owner, "application/json", nil},

		{"password, right", "POST", post, mocktest.PasswordBody(rightPW), "", "application/json", nil},
		{"password, wrong", "POST", post, mocktest.PasswordBody("x"), "", "application/json", nil},
		{"password, none", "POST", post, `{}`, "", "application/json", nil},
		{"password, user, right", "POST", post, mocktest.PasswordBody(rightPW), user, "application/json", nil},
		{"password, user, wrong", "POST", post, mocktest.PasswordBody("x"), user, "application/json", nil},
		{"password, owner, right", "POST", post, mocktest.PasswordBody(rightPW), owner, "application/json", nil},
		{"password, owner, another", "POST", post, mocktest.PasswordBody("x"), owner, "application/json", nil},
		{"password, owner, none", "POST", post, `{}`, owner, "application/json", nil},
		{"password, owner, link without", "POST", "/api/2.0/files/share/open/password", mocktest.PasswordBody("x"), owner, "application/json", nil},
		{"password, owner, trash", "POST", "/api/2.0/files/share/trash/password", mocktest.PasswordBody("x"), owner, "application/json", nil},
		{"password, owner, unknown", "POST", "/api/2.0/files/share/nope/password", mocktest.PasswordBody("x"), owner, "application/json", nil},
		{"password, malformed", "POST", post, `{`, "", "application/json", nil},
		{"password, bad API key", "POST", post, `{}`, "Bearer sk-nope", "application/json", nil},

		{"settings, link visitor", "GET", mocktest.SettingsPath, "", "", "", []string{"Request-Token", "protected"}},
		{"settings, visitor of nothing", "GET", mocktest.SettingsPath, "", "", "", []string{"Request-Token", "nope"}},
		{"settings, link visitor by share", "GET", mocktest.SettingsPath + "?share=open", "", "", "", nil},
		{"settings, visitor of the trash", "GET", mocktest.SettingsPath + "?share=trash", "", "", "", nil},
		{"settings, constants", "GET", mocktest.SettingsPath + "?fields=extsFilesVectorized", "", owner, "", nil},
		{"settings, other fields", "GET", mocktest.SettingsPath + "?fields=externalShare", "", owner, "", nil},
		{"settings, bad cookie", "GET", mocktest.SettingsPath, "", "", "", []string{"Cookie", "asc_auth_key=bad"}},
		{"settings, bad cookie over https", "GET", mocktest.SettingsPath + "?origin=https://x.example", "", "", "", []string{"Cookie", "asc_auth_key=bad; socketio.sid=x"}},
		{"flag, bad cookie over https", "PUT", put + "?origin=https://x.example", `{"set":true}`, "", "application/json", []string{"Cookie", "asc_auth_key=bad"}},
		{"password, right, over https", "POST", post + "?origin=https://x.example", mocktest.PasswordBody(rightPW), "", "application/json", nil},
		{"password, wrong, over https", "POST", post + "?origin=https://x.example", mocktest.PasswordBody("x"), "", "application/json", []string{"Cookie", "sharelink" + mocktest.LinkID + "=old"}},
		{"another path, bad cookie over https", "GET", "/nope?origin=https://x.example", "", "", "", []string{"Cookie", "asc_auth_key=bad"}},

		{"flag, user, bad session over https", "PUT", put + "?origin=https://x.example", `{"set":true}`, user, "application/json", []string{"Cookie", "asc_auth_key=bad; socketio.sid=x"}},
		{"bad Basic, bad cookie", "POST", "/api/2.0/files/share/%20/password?origin=https://x.example", `{}`, "", "application/json", []string{"Cookie", "asc_auth_key=bad"}},

		{"unknown path", "GET", "/nope", "", "", "", nil},
		{"wrong method", "GET", put, "", "", "", nil},
		{"preflight", "OPTIONS", put, "", "", "", nil},
	}
	portal := protected(func(p *Portal) {
		p.Entries = append(p.Entries, Entry{ID: "40", Title: "Old", Type: EntryFolder, Section: SectionTrash})
		p.Links = append(p.Links, Link{Key: "open", ID: mocktest.LinkID[:35] + "1", Entry: "20"}, Link{Key: "trash", ID: mocktest.LinkID[:35] + "2", Entry: "40", Password: rightPW})
		p.Users[2].Tokens = []string{"user-token"}
		for _, scope := range []string{"rooms:read", "files:read"} {
			p.APIKeys = append(p.APIKeys, APIKey{Key: "sk-" + scope, User: "owner@example.com", Permissions: []string{scope}})
		}
	})
	for _, test := range tests {
		answers := map[string]*httptest.ResponseRecorder{}
		for _, profile := range ProfileNames() {
			s := newServer(t, WithPortal(portal), WithProfile(profile), WithClock(mocktest.NewClock().Now))
			path, off := strings.CutPrefix(test.path, "off ")
			if off {
				mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":false}`, "Authorization", owner)
			}
			headers := []string{"Content-Type", "", "Content-Type", test.contentType}
			if test.authorization != "" {
				headers = append(headers, "Authorization", test.authorization)
			}
			answers[profile] = mocktest.Send(s, test.method, path, test.body, append(headers, test.headers...)...)
		}
		for _, profile := range ProfileNames() {
			hint := answers[profile].Header().Get(headerHint)
			for _, other := range ProfileNames() {
				differ := compared(answers[profile]) != compared(answers[other])
				if named := slices.Contains(namesIn(hint), other); named != differ {
					t.Errorf("%s, %s: the answer of %s differs: %t, hint %q (%d and %d)", test.name, profile, other, differ, hint, answers[profile].Code, answers[other].Code)
				}
			}
		}
	}
}

// namesIn are the profiles that a hint names.
func namesIn(hint string) []string {
	var names []string
	for part := range strings.SplitSeq(hint, "; ") {
		words := strings.FieldsFunc(part, func(r rune) bool { return r == ' ' || r == ',' })
		for i, word := range words {
			known := slices.Contains(ProfileNames(), word)
			if i > 0 && word != "and" && !known {
				break
			}
			if known {
				names = append(names, word)
			}
		}
	}
	return names
}

// Profiles that do the same are named together, and a verb agrees with its subject.
func TestHintsNameProfilesTogether(t *testing.T) {
	const bad = "asc_auth_key=bad"
	size := mocktest.SettingsPath + "?fields=maxVectorizationFileSize"
	for _, test := range []struct{ profile, method, path, body, headers, want string }{
		{ProfileDocumented, "PUT", mocktest.ExternalPath, `{}`, "owner", "profiles v3.7.2, v3.8 and next read nothing but set, so they take this body as false and answer 200"},
		{ProfileV372, "PUT", mocktest.ExternalPath, `{"displayValue":true}`, "owner", "profile documented reads displayValue and set, so it takes this body as true and answers 200"},
		{ProfileV372, "PUT", mocktest.ExternalPath, `{"set":true}`, "owner", ""},
		{ProfileV372, "GET", mocktest.SettingsPath, "", "owner", ""},
		{ProfileV372, "GET", size, "", "owner", `profile next has {"maxVectorizationFileSize":31457280} here`},
		{ProfileNext, "GET", size, "", "owner", `profiles documented, v3.7.2 and v3.8 have {"maxVectorizationFileSize":10485760} here`},
		{ProfileV372, "GET", mocktest.SettingsPath + "?fields=externalShare", "", "owner", ""},
		{ProfileV372, "GET", size, "", "", `profile documented refuses this call without valid credentials, with 401; profile next has {"maxVectorizationFileSize":31457280} here`},
		{ProfileV372, "GET", size + "&origin=https://x.example", "", bad, "profile documented refuses this call without valid credentials, with 401; profile v3.8 deletes the cookie asc_auth_key with 2 Set-Cookie; profile next does not delete the cookie asc_auth_key"},
		{ProfileV38, "PUT", mocktest.ExternalPath + "?origin=https://x.example", `{"set":true}`, bad, "profile documented answers this 401 as an ErrorApiResponse with a message; profile v3.7.2 deletes the cookie asc_auth_key with one Set-Cookie"},
		{ProfileV372, "GET", mocktest.SettingsPath + "?fields=externalShare&share=protected", "", "", ""},
		{ProfileV372, "POST", "/api/2.0/files/share/protected/password?origin=https://x.example", mocktest.PasswordBody(rightPW), "", "profiles v3.8 and next add Partitioned to the cookie sharelink" + mocktest.LinkID},
		{ProfileNext, "POST", "/api/2.0/files/share/protected/password?origin=https://x.example", mocktest.PasswordBody(rightPW), "", "profiles documented and v3.7.2 do not add Partitioned to the cookie sharelink" + mocktest.LinkID},
	} {
		s := newServer(t, WithPortal(protected()), WithProfile(test.profile))
		headers := []string{"Content-Type", "application/json"}
		switch test.headers {
		case "owner":
			headers = append(headers, as(s, RoleOwner)...)
		case bad:
			headers = append(headers, "Cookie", bad)
		}
		if hint := mocktest.Send(s, test.method, test.path, test.body, headers...).Header().Get(headerHint); hint != test.want {
			t.Errorf("%s %s %s at %s\ngot  %q\nwant %q", test.method, test.path, test.body, test.profile, hint, test.want)
		}
	}
}

// A hint is about what was decided first, a detail gives way to a decision, and a note to neither.
func TestTheFirstDifferenceStays(t *testing.T) {
	v372, _ := profileByName(ProfileV372)
	v38, _ := profileByName(ProfileV38)
	c, h := &call{}, http.Header{}
	if c.writeHint(h); len(h) != 0 {
		t.Errorf("a header without a hint: %v", h)
	}
	for _, step := range []struct {
		say  func()
		want string
	}{
		{func() { c.differsInDetail(v372, "{does|do} %d", 1) }, "profile v3.7.2 does 1"},
		{func() { c.differsInDetail(v372, "{does|do} %d", 2) }, "profile v3.7.2 does 1"},
		{func() { c.differs(v372, "{has|have} %s", "{a|b}") }, "profile v3.7.2 has {a|b}"},
		{func() { c.differs(v372, "{does|do} %d", 4) }, "profile v3.7.2 has {a|b}"},
		{func() { c.differs(v38, "{has|have} %s", "{a|b}") }, "profiles v3.7.2 and v3.8 have {a|b}"},
		{func() { c.note("none of %d", 4) }, "none of 4"},
		{func() { c.differs(v38, "{does|do} %d", 5) }, "none of 4"},
	} {
		step.say()
		if c.writeHint(h); h.Get(headerHint) != step.want {
			t.Errorf("got %v, want %s", h, step.want)
		}
	}
}

// setCookies are the cookies of an answer in their order, as "name=" or "-name" for a deleted one, with Partitioned.
func setCookies(w *httptest.ResponseRecorder) string {
	var names []string
	for _, c := range w.Result().Cookies() {
		name := c.Name + "="
		if c.Value == "" && !c.Expires.IsZero() {
			name = "-" + c.Name
		}
		if c.Partitioned {
			name += " Partitioned"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}
