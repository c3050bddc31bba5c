package mockserver

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestSession(t *testing.T) {
	p := authPortal()
	p.Users[2].Tokens = append(p.Users[2].Tokens, "2eYU+x/y=")
	s := newServer(t, WithPortal(p))
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
		{"in a cookie in capitals", "", "ASC_Auth_Key=user-token", "user@example.com *:write"},
		{"in the last cookie", "", "asc_auth_key=bad; asc_auth_key=user-token", "user@example.com *:write"},
		{"before an empty cookie", "", "asc_auth_key=user-token; asc_auth_key=", "user@example.com *:write"},
		{"before a bad cookie", "", "asc_auth_key=user-token; ASC_AUTH_KEY=bad", ""},
		{"in quotes", "", `asc_auth_key="user-token"`, ""},
		{"a cookie that cannot be read beside a header", "YOUR_API_KEY", "asc_auth_key= user-token", "owner@example.com *:write"},
		{"with escapes", "Bearer 2eYU%2bx/y%3D", "", "user@example.com *:write"},
		{"with a blank for a plus", "Bearer 2eYU x/y=", "", "user@example.com *:write"},
		{"with escapes in a cookie", "", "asc_auth_key=2eYU%2Bx%2Fy%3D", "user@example.com *:write"},
		{"with escaped escapes in a cookie", "", "asc_auth_key=2eYU%252Bx/y=", "user@example.com *:write"},
		{"with an escaped blank in a cookie", "", "asc_auth_key=2eYU%20x/y=", "user@example.com *:write"},
		{"with Bearer in a cookie", "", "asc_auth_key=Bearer%20user-token", "user@example.com *:write"},
		{"with Bearer somewhere", "xBeareruser-token", "", "user@example.com *:write"},
		{"with Bearer and two blanks", "Bearer  user-token", "", ""},
		{"with Bearer twice", "Bearer Bearer user-token", "", ""},
		{"of another scheme", "Token user-token", "", ""},
		{"without its end", "Bearer 2eYU+x/y", "", ""},
		{"Bearer alone", "Bearer ", "", ""},
	} {
		if c, _, err := identified(s, "Authorization", test.authorization, "Cookie", test.cookies); err != nil || whom(c) != test.want {
			t.Errorf("%s: got %q, %v, want %q", test.name, whom(c), err, test.want)
		}
	}
}

// A cookie that cannot be read is as one that was not sent.
func TestBadCookiesAreDeleted(t *testing.T) {
	s := newServer(t, WithPortal(authPortal()))
	const token, socket = "asc_auth_key=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/", "socketio.sid=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"
	for _, test := range []struct {
		cookies, authorization string
		want                   []string
	}{
		{"asc_auth_key=bad", "", []string{token}},
		{"ASC_AUTH_KEY=bad; SocketIO.sid=x", "", []string{token, socket}},
		{"socketio.sid=x", "", []string{socket}},
		{`asc_auth_key="x"`, "", []string{token}},
		{"asc_auth_key=sk-user", "", []string{token}},
		{"asc_auth_key=gone-token", "Bearer user-token", []string{token}},
		{"asc_auth_key=", "", nil},
		{"asc_auth_key", "", nil},
		{"asc_auth_key= bad", "", nil},
		{"asc_auth_key=a b", "", nil},
		{"x=1, asc_auth_key=bad", "", nil},
		{"asc_auth_key=bad; socketio.sid=x", "Bearer sk-nope", nil},
		{"asc_auth_key=bad; socketio.sid=x", basic("user@example.com", "x"), nil},
		{"asc_auth_key=bad; socketio.sid=x", jwt(`{"exp":1}`), nil},
	} {
		_, answer, err := identified(s, "Cookie", test.cookies, "Authorization", test.authorization)
		if got := answer.Values("Set-Cookie"); err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s, %s: got %q, %v", test.cookies, test.authorization, got, err)
		}
	}
}

// Cookies of a portal beside others are deleted under the path that they were set for.
func TestBadCookiesAreDeletedWhereTheyHold(t *testing.T) {
	s := newServer(t)
	r := httptest.NewRequest("GET", mocktest.SettingsPath, nil)
	r.Header.Set("Cookie", "socketio.sid=x; asc_auth_key=bad; other=y")
	c, answer := newCall(r, s.era()), http.Header{}
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
