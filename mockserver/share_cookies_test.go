package mockserver

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
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

func TestCookieValueIsEscaped(t *testing.T) {
	if got, want := dotnet.NewCookie("n", "a;b c", "/", true), "n=a%3Bb+c; path=/; secure; samesite=strict; httponly"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
