package mockserver

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestSession(t *testing.T) {
	s := newServer(t, WithPortal(authPortal()))
	for _, test := range []struct{ name, authorization, cookies, want string }{
		{"as Bearer", "Bearer user-token", "", "user@example.com *:write"},
		{"without Bearer", "user-token", "", "user@example.com *:write"},
		{"as cookie", "", "other=x; asc_auth_key=user-token", "user@example.com *:write"},
		{"a cookie before a header", "Bearer YOUR_API_KEY", "asc_auth_key=user-token", "user@example.com *:write"},
		{"an empty cookie beside a header", "Bearer YOUR_API_KEY", "asc_auth_key=", "owner@example.com *:write"},
		{"a bad cookie beside a good header", "Bearer YOUR_API_KEY", "asc_auth_key=bad", ""},
		{"in another case", "Bearer USER-TOKEN", "", ""},
		{"of a disabled user", "Bearer gone-token", "", ""},
		{"nothing", "", "", ""},
		{"Bearer alone", "Bearer ", "", ""},
	} {
		if c, _, err := identified(s, "Authorization", test.authorization, "Cookie", test.cookies); err != nil || whom(c) != test.want {
			t.Errorf("%s: got %q, %v, want %q", test.name, whom(c), err, test.want)
		}
	}
}

// Cookies of a portal beside others are deleted under the path that they were set for.
func TestBadCookiesAreDeletedWhereTheyHold(t *testing.T) {
	s := newServer(t)
	r := httptest.NewRequest("GET", mocktest.SettingsPath, nil)
	r.Header.Set("Cookie", "socketio.sid=x; asc_auth_key=bad; other=y")
	c, answer := newCall(r, s.current.Load(), s.clock.Now()), http.Header{}
	c.cookiePath = "/portals/mine/"
	if err := c.identify(answer); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"asc_auth_key=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/portals/mine/",
		"socketio.sid=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/portals/mine/",
	}
	if got := answer.Values("Set-Cookie"); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
