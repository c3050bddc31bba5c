package mockserver

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// CookiesManager.cs: a session cookie for the whole site, not for scripts, not across sites, over https only if it came so.
func TestCookieAttributes(t *testing.T) {
	for _, test := range []struct {
		proto  string
		secure bool
	}{{"", false}, {"http", false}, {"https", true}} {
		s := newServer(t, WithPortal(protected()))
		r := httptest.NewRequest("POST", mocktest.PasswordPath("protected"), strings.NewReader(passwordBody(rightPW)))
		r.RemoteAddr = "127.0.0.1:1"
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-Forwarded-Proto", test.proto)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		cookies := w.Result().Cookies()
		if len(cookies) != 2 || cookies[0].Name != "sharelink"+mocktest.LinkID || cookies[1].Name != sessionCookie {
			t.Fatalf("got %v", cookies)
		}
		for _, c := range cookies {
			if c.Path != "/" || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Secure != test.secure || c.MaxAge != 0 || !c.Expires.IsZero() || c.Domain != "" {
				t.Errorf("over %q: %s", test.proto, c.Raw)
			}
			if c.Valid() != nil || c.Value == "" {
				t.Errorf("not a cookie: %s", c.Raw)
			}
		}
		// The password can be read out of the cookie, as on the server; the session is a signed GUID.
		var password, session string
		if !s.secret.verify(cookies[0].Value, &password) || password != rightPW {
			t.Errorf("the cookie remembers %q", password)
		}
		if !s.secret.verify(cookies[1].Value, &session) || !guid.MatchString(session) {
			t.Errorf("the session is %q", session)
		}
	}
}

func TestSessionsDiffer(t *testing.T) {
	s := newServer(t)
	a, b := mocktest.Send(s, "POST", mocktest.PasswordPath("KEY_FROM_URL"), `{}`), mocktest.Send(s, "POST", mocktest.PasswordPath("KEY_FROM_URL"), `{}`)
	if a.Header().Get("Set-Cookie") == b.Header().Get("Set-Cookie") {
		t.Error("two visitors get the same session")
	}
}

func TestCookiesOfTheShare(t *testing.T) {
	const remember, session, cookie = "sharelink" + mocktest.LinkID + "=", sessionCookie + "=", "sharelink" + mocktest.LinkID
	tests := []struct {
		name     string
		changes  []func(*Portal)
		role     Role
		password string
		cookie   string // sent along
		want     string
	}{
		{"right, anonymous", nil, "", rightPW, "", remember + " " + session},
		{"right, with a session", nil, "", rightPW, sessionCookie + "=x", remember},
		{"right, signed in", nil, RoleUser, rightPW, "", remember},
		{"right, restricted", []func(*Portal){restricted()}, "", rightPW, "", remember},
		{"right, trash", []func(*Portal){in(SectionTrash)}, "", rightPW, "", remember},
		{"no password", []func(*Portal){noPassword}, "", "", "", session},
		{"no password, signed in", []func(*Portal){noPassword}, RoleUser, "", "", ""},
		{"none posted", nil, "", "", "", ""},
		{"wrong", nil, "", "x", "", ""},
		{"wrong, with a stale cookie", nil, "", "x", cookie + "=stale", "-" + cookie},
		{"wrong, with another link's cookie", nil, "", "x", "sharelink0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a01=stale", ""},
		{"none posted, with a stale cookie", nil, "", "", cookie + "=stale", ""},
		{"expired", []func(*Portal){longAgo}, "", rightPW, cookie + "=stale", ""},
	}
	for _, test := range tests {
		s := newServer(t, WithPortal(protected(test.changes...)), WithClock(mocktest.NewClock().Now))
		headers := []string{"Cookie", test.cookie}
		if test.role != "" {
			headers = append(headers, as(s, test.role)...)
		}
		w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(test.password), headers...)
		if got := setCookies(w); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// The longer form of a key brings the password along (ExternalShare.cs).
func TestKeysWithThePassword(t *testing.T) {
	s := newServer(t, WithPortal(protected()), WithProfile(ProfileDocumented))
	key := func(id, password string) string {
		return s.secret.tokenWithPassword(id, s.secret.passwordKey(password))
	}
	post := func(key, password string, headers ...string) api.ExternalShareStatus {
		return share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(key), passwordBody(password), headers...)).Status
	}
	for _, test := range []struct {
		name, key, password string
		want                api.ExternalShareStatus
	}{
		{"none posted", key(mocktest.LinkID, rightPW), "", ok},
		{"whatever is posted", key(mocktest.LinkID, rightPW), "x", ok},
		{"of another password", key(mocktest.LinkID, "old"), "", required},
		{"of another password, right posted", key(mocktest.LinkID, "old"), rightPW, ok},
		{"of another link", key("0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a01", rightPW), "", invalid},
		{"of another portal", secret("x").tokenWithPassword(mocktest.LinkID, secret("x").passwordKey(rightPW)), "", invalid},
	} {
		if got := post(test.key, test.password); got != test.want {
			t.Errorf("%s: status %d, want %d", test.name, got, test.want)
		}
	}
	if got := post(key(mocktest.LinkID, rightPW), "Another-one1", as(s, RoleOwner)...); got != ok || s.State().Links[0].Password != "Another-one1" {
		t.Errorf("set by the owner: status %d, password %q", got, s.State().Links[0].Password)
	}
	if got := post(key(mocktest.LinkID, rightPW), ""); got != required {
		t.Errorf("after the change: status %d, want 3", got)
	}
}

// A changed password makes what visitors remember worthless.
func TestDocumentedProfileSetsThePassword(t *testing.T) {
	const posted = "Another-one1"
	tests := []struct {
		name   string
		change func(*Portal)
		role   Role
		sets   bool
		status api.ExternalShareStatus
	}{
		{"owner", nil, RoleOwner, true, ok},
		{"administrator", nil, RoleDocSpaceAdmin, true, ok},
		{"user", nil, RoleUser, false, wrong},
		{"guest", nil, RoleGuest, false, wrong},
		{"anonymous", nil, "", false, wrong},
		{"a link without password", noPassword, RoleOwner, true, ok},
		{"a user, a link without password", noPassword, RoleUser, false, ok},
		{"an internal link", internal, RoleOwner, true, ok},
		{"in the trash", in(SectionTrash), RoleOwner, false, invalid},
		{"in the archive", in(SectionArchive), RoleOwner, false, invalid},
		{"entry gone", toNothing, RoleOwner, false, invalid},
		{"expired", longAgo, RoleOwner, false, expired},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			change := test.change
			if change == nil {
				change = func(*Portal) {}
			}
			s := newServer(t, WithPortal(protected(change)), WithProfile(ProfileDocumented), WithClock(mocktest.NewClock().Now))
			var headers []string
			if test.role != "" {
				headers = as(s, test.role)
			}
			before := s.State().Links[0].Password
			w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(posted), headers...)
			if got := share(t, w); got.Status != test.status {
				t.Errorf("status %d, want %d", got.Status, test.status)
			}
			want := before
			if test.sets {
				want = posted
			}
			if got := s.State().Links[0].Password; got != want {
				t.Errorf("the link has the password %q, want %q", got, want)
			}
			// A password that was not stored must not be remembered as if it fitted.
			if !test.sets && strings.Contains(setCookies(w), "sharelink"+mocktest.LinkID+"=") {
				t.Errorf("a password that is not the link's is remembered: %s", setCookies(w))
			}
		})
	}
}

func TestDocumentedProfileChecksTheNewPassword(t *testing.T) {
	s := newServer(t, WithPortal(protected()), WithProfile(ProfileDocumented))
	old := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(rightPW)).Result().Cookies()[0]
	mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody("Another-one1"), as(s, RoleOwner)...)
	for password, want := range map[string]api.ExternalShareStatus{"Another-one1": ok, rightPW: wrong, "": required} {
		if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(password), "Cookie", old.Name+"="+old.Value)); got.Status != want {
			t.Errorf("%q: status %d, want %d", password, got.Status, want)
		}
	}
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), `{}`, as(s, RoleOwner)...)); got.Status != required || s.State().Links[0].Password != "Another-one1" {
		t.Errorf("an empty password of the owner: status %d, password %q", got.Status, s.State().Links[0].Password)
	}
	s.Reset()
	if got := s.State().Links[0].Password; got != rightPW {
		t.Errorf("after Reset the password is %q", got)
	}
}

// A portal refuses a link password of more than 255 UTF-16 units, where one is set.
func TestLengthOfAPasswordThatIsSet(t *testing.T) {
	for _, test := range []struct {
		profile, password string
		want              int
	}{
		{ProfileDocumented, strings.Repeat("x", 255), 200},
		{ProfileDocumented, strings.Repeat("x", 256), 400},
		{ProfileDocumented, strings.Repeat("é", 255), 200},
		{ProfileDocumented, strings.Repeat("😀", 128), 400},
		{ProfileV372, strings.Repeat("x", 256), 200}, // where it is only compared
	} {
		s := newServer(t, WithPortal(protected()), WithProfile(test.profile))
		w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(test.password), as(s, RoleOwner)...)
		if w.Code != test.want || w.Code == 400 && !strings.Contains(w.Body.String(), `"Body: $.password: has 256 characters, the password of a link has at most 255"`) {
			t.Errorf("%s, %d bytes: %d %s", test.profile, len(test.password), w.Code, w.Body)
		}
		if got := s.State().Links[0].Password; got != rightPW && test.want == 400 {
			t.Errorf("it was set all the same")
		}
		if w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(test.password)); w.Code != 200 {
			t.Errorf("%s: from a visitor: %d", test.profile, w.Code)
		}
	}
}

// A password that is only checked takes no turn with changes of the portal.
func TestCheckingAPasswordWaitsForNoWriter(t *testing.T) {
	s := newServer(t, WithPortal(protected()))
	s.writing.Lock()
	defer s.writing.Unlock()
	for _, password := range []string{"wrong", rightPW, ""} {
		if w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(password)); w.Code != 200 {
			t.Errorf("%q: %d", password, w.Code)
		}
	}
}

// A body that cannot be read does not count as an attempt (SecurityController.cs).
func TestBadBodiesAreNoAttempts(t *testing.T) {
	s := newServer(t, WithPortal(protected()))
	for range 9 {
		mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), `{"password":1}`)
		mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), `x`, "Content-Type", "", "Content-Type", "text/plain")
	}
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(rightPW))); got.Status != api.ExternalShareStatusOk {
		t.Errorf("status %d, want 0", got.Status)
	}
}

func TestShareBodies(t *testing.T) {
	for _, test := range []struct {
		name, entry, want string
		headers           []string
	}{
		{"file", "30", `{"status":0,"id":"30","title":"Offer.docx","type":2,"tenantId":1,"shared":false,"linkId":"` + mocktest.LinkID + `","isAuthenticated":false,"isRoomMember":false}`, nil},
		{"folder", "20", `{"status":0,"id":"20","title":"Contracts","type":1,"tenantId":1,"isRoom":false,"shared":false,"linkId":"` + mocktest.LinkID + `","isAuthenticated":false,"isRoomMember":false}`, nil},
		{"room", "10", `{"status":0,"id":"10","title":"Marketing","type":1,"tenantId":1,"isRoom":true,"shared":true,"linkId":"` + mocktest.LinkID + `","isAuthenticated":true,"isRoomMember":true}`,
			[]string{"Authorization", "YOUR_API_KEY"}},
		{"gone", "99", `{"status":1,"tenantId":0,"shared":false,"linkId":"00000000-0000-0000-0000-000000000000","isAuthenticated":false,"isRoomMember":false}`, nil},
	} {
		s := newServer(t, WithPortal(protected(link(func(l *Link) { l.Entry = test.entry }))))
		if got := response(t, mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(rightPW), test.headers...)); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}
