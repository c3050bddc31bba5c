package mockserver

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func authPortal() Portal {
	p, inactive := DefaultPortal(), false
	p.Users[2].Tokens = []string{"user-token"}
	p.Users = append(p.Users,
		User{Email: "gone@example.com", Role: RoleDocSpaceAdmin, Password: "Gone-pass-1", Tokens: []string{"gone-token"}, Disabled: true},
		User{Email: "roomadmin@example.com", Role: RoleRoomAdmin, Tokens: []string{"roomadmin-token"}},
		User{Email: "nopass@example.com", Role: RoleOwner})
	key := func(name, user string, permissions ...string) {
		p.APIKeys = append(p.APIKeys, APIKey{Key: "sk-" + name, User: user, Permissions: permissions})
	}
	for _, scope := range []string{"files:read", "files:write", "rooms:read", "*:read", "*"} {
		key(scope, "owner@example.com", scope)
	}
	key("everything", "owner@example.com")
	key("user", "user@example.com")
	key("gone", "gone@example.com")
	now := mocktest.NewClock().Now()
	p.APIKeys = append(p.APIKeys,
		APIKey{Key: "sk-expired", User: "owner@example.com", Expires: now},
		APIKey{Key: "sk-lasting", User: "owner@example.com", Expires: now.Add(time.Second)},
		APIKey{Key: "sk-inactive", User: "owner@example.com", Active: &inactive})
	return p
}

// Sections of the evidence: BaseStartup.cs chooses the scheme; *AuthHandler.cs, AuthorizationExtension.cs and
// ApiKeyScopesFilter.cs decide.
func TestWhoMayDoWhat(t *testing.T) {
	const yes, no, role, noScope, problem = "200", "401", "403 error", "403 empty", "403 problem"
	// get is the settings call, put the two switches, post the password call.
	type outcomes struct{ get, put, post string }
	var (
		admin     = outcomes{yes, yes, yes}
		member    = outcomes{yes, role, yes}
		nobody    = outcomes{"visitor", no, yes}
		badAPIKey = outcomes{"bad key", no, problem}
		thrown    = outcomes{"401 error", "401 error", "401 error"}
		crash     = outcomes{"500 error", "500 error", "500 error"}
	)
	tests := []struct {
		name          string
		authorization string
		cookie        string
		want          outcomes
	}{
		{"nothing", "", "", nobody},
		{"token, Bearer", "Bearer YOUR_API_KEY", "", admin},
		{"token, raw", "YOUR_API_KEY", "", admin},
		{"token, cookie", "", "YOUR_API_KEY", admin},
		{"the cookie comes first", "Bearer user-token", "YOUR_API_KEY", admin},
		{"the cookie comes first, bad", "Bearer YOUR_API_KEY", "bad", nobody},
		{"bad token", "Bearer bad", "", nobody},
		{"bad token, raw", "bad", "", nobody},
		{"lower-case bearer", "bearer YOUR_API_KEY", "", nobody},
		{"a user's token", "Bearer user-token", "", member},
		{"a room administrator's token", "Bearer roomadmin-token", "", member},
		{"a disabled user's token", "Bearer gone-token", "", nobody},

		{"Basic", basic("owner@example.com", "Owner-pass-1"), "", admin},
		{"Basic, e-mail in another case", basic("Owner@Example.com", "Owner-pass-1"), "", admin},
		{"Basic, a user", basic("user@example.com", "User-pass-1"), "", member},
		{"Basic, administrator", basic("admin@example.com", "Admin-pass-1"), "", admin},
		{"Basic, wrong password", basic("owner@example.com", "owner-pass-1"), "", nobody},
		{"Basic, unknown", basic("nobody@example.com", "x"), "", nobody},
		{"Basic, a user without password", basic("nopass@example.com", ""), "", nobody},
		{"Basic, disabled", basic("gone@example.com", "Gone-pass-1"), "", nobody},
		{"Basic beside a good cookie", basic("owner@example.com", "x"), "YOUR_API_KEY", nobody},
		{"lower-case basic", "b" + basic("owner@example.com", "Owner-pass-1")[1:], "", nobody},
		{"Basic, not base64", "Basic !!!", "", crash},
		{"Basic, no colon", "Basic " + base64.StdEncoding.EncodeToString([]byte("owner")), "", crash},

		{"API key", "Bearer sk-everything", "", admin},
		{"API key with *", "Bearer sk-*", "", admin},
		{"API key of a user", "Bearer sk-user", "", member},
		{"API key that still lasts", "Bearer sk-lasting", "", admin},
		{"API key, raw", "sk-everything", "", nobody},
		{"API key, unknown", "Bearer sk-nope", "", badAPIKey},
		{"API key, expired", "Bearer sk-expired", "", badAPIKey},
		{"API key, inactive", "Bearer sk-inactive", "", badAPIKey},
		{"API key of a disabled user", "Bearer sk-gone", "", badAPIKey},
		{"API key as cookie", "", "sk-everything", nobody},
		{"API key beats the cookie", "Bearer sk-nope", "YOUR_API_KEY", badAPIKey},
		{"API key, files:read", "Bearer sk-files:read", "", outcomes{yes, noScope, problem}},
		{"API key, *:read", "Bearer sk-*:read", "", outcomes{yes, noScope, problem}},
		{"API key, files:write", "Bearer sk-files:write", "", admin},
		{"API key, rooms:read", "Bearer sk-rooms:read", "", outcomes{problem, noScope, problem}},

		{"JWT", jwt(`{"sub":"` + ownerID + `","scope":"openid files:write"}`), "", admin},
		{"JWT, list of scopes", jwt(`{"sub":"` + ownerID + `","scope":["files:write"]}`), "", admin},
		{"JWT of a user", jwt(`{"sub":"` + strings.ToUpper(userID) + `","scope":"*:write"}`), "", member},
		{"JWT, scope missing", jwt(`{"sub":"` + ownerID + `","scope":"rooms:read"}`), "", outcomes{yes, noScope, yes}},
		{"JWT, no scope at all", jwt(`{"sub":"` + ownerID + `"}`), "", outcomes{yes, noScope, yes}},
		{"JWT without subject", jwt(`{"scope":"files:write"}`), "", thrown},
		{"JWT, subject no GUID", jwt(`{"sub":"owner","scope":"files:write"}`), "", thrown},
		{"JWT of nobody", jwt(`{"sub":"00000000-0000-0000-0000-000000000001","scope":"files:write"}`), "", nobody},
		{"JWT, expired", jwt(fmt.Sprintf(`{"sub":%q,"scope":"files:write","exp":%d}`, ownerID, mocktest.NewClock().Now().Unix())), "", nobody},
	}
	calls := []struct{ method, path, body string }{
		{"GET", mocktest.SettingsPath, ""}, {"PUT", mocktest.ExternalPath, `{"set":true}`}, {"PUT", mocktest.SocialPath, `{"set":true}`}, {"POST", mocktest.PasswordPath("KEY_FROM_URL"), `{}`},
	}
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithPortal(authPortal()), WithProfile(profile), WithClock(mocktest.NewClock().Now))
		for _, test := range tests {
			for _, call := range calls {
				headers := []string{"Authorization", test.authorization, "Cookie", ""}
				if test.cookie != "" {
					headers[3] = "asc_auth_key=" + test.cookie
				}
				want := map[string]string{"GET": test.want.get, "PUT": test.want.put, "POST": test.want.post}[call.method]
				switch documented := profile == ProfileDocumented; {
				case want == "visitor" && !documented:
					want = yes
				case want == "bad key" && !documented:
					want = problem
				case (want == "visitor" || want == "bad key" || want == no) && documented:
					want = "401 error"
				case want == no:
					want = "401 empty"
				}
				w := mocktest.Send(s, call.method, call.path, call.body, headers...)
				if got := seen(w); got != want {
					t.Errorf("%s: %s %s: got %s, want %s", test.name, call.method, call.path, got, want)
				}
				challenge := ""
				if strings.HasPrefix(test.authorization, "Basic ") && w.Code != 500 && want != role {
					challenge = "Basic" // on a 200 too; the exception handler clears it
				}
				if got := w.Header().Get("WWW-Authenticate"); got != challenge {
					t.Errorf("%s: %s %s: WWW-Authenticate %q, want %q", test.name, call.method, call.path, got, challenge)
				}
			}
		}
	})
}

func TestJWTWithoutSubjectSaysSo(t *testing.T) {
	eachProfile(t, func(t *testing.T, profile string) {
		w := mocktest.Send(newServer(t, WithProfile(profile)), "GET", mocktest.SettingsPath, "", "Authorization", jwt(`{}`))
		want := `{"error":{"message":"Claim 'sub' is not present in JWT","type":null,"stack":null,"hresult":0},"status":1,"statusCode":401}`
		if w.Code != 401 || w.Body.String() != want {
			t.Errorf("got %d %s", w.Code, w.Body)
		}
	})
}

// CookieAuthHandler.cs: what failed is taken out of the browser.
func TestBadCookiesAreDeleted(t *testing.T) {
	for _, test := range []struct{ cookie, authorization, want string }{
		{"asc_auth_key=bad", "", "-asc_auth_key"},
		{"asc_auth_key=bad; socketio.sid=x", "", "-asc_auth_key -socketio.sid"},
		{"socketio.sid=x", "Bearer bad", "-socketio.sid"},
		{"asc_auth_key=YOUR_API_KEY; socketio.sid=x", "", ""},
		{"other=x", "", ""},
		{"asc_auth_key=bad", "Bearer sk-nope", ""},
	} {
		eachProfile(t, func(t *testing.T, profile string) {
			s := newServer(t, WithProfile(profile))
			for _, call := range [][3]string{{"PUT", mocktest.ExternalPath, `{"set":true}`}, {"GET", mocktest.SettingsPath, ""}} {
				w := mocktest.Send(s, call[0], call[1], call[2], "Cookie", test.cookie, "Authorization", test.authorization)
				if got := setCookies(w); got != test.want {
					t.Errorf("%s on %s: got %q (%d), want %q", test.cookie, call[1], got, w.Code, test.want)
				}
			}
		})
	}
	w := mocktest.Send(newServer(t), "GET", mocktest.SettingsPath, "", "Cookie", "asc_auth_key=bad")
	if got, want := w.Header().Get("Set-Cookie"), "asc_auth_key=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
