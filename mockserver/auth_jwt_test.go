package mockserver

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// jwt is the header Authorization with an access token that makes these claims.
func jwt(claims string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return "Bearer " + encode([]byte(`{"alg":"none"}`)) + "." + encode([]byte(claims)) + "." + encode([]byte("signature"))
}

func TestJWT(t *testing.T) {
	s := newServer(t, WithPortal(authPortal()), WithClock(mocktest.NewClock().Now))
	now := mocktest.NewClock().Now().Unix()
	lasting := func(claims string) string { return fmt.Sprintf(`{"exp":%d,%s}`, now+60, claims) }
	for claims, want := range map[string]string{
		lasting(`"sub":"` + ownerID + `","scope":"files:write"`):                  "owner@example.com files:write",
		lasting(`"sub":"` + ownerID + `","scope":"openid files:write"`):           "owner@example.com openid files:write",
		lasting(`"sub":"` + ownerID + `","scope":["files:write","rooms:read"]`):   "owner@example.com files:write rooms:read",
		lasting(`"sub":"` + strings.ToUpper(userID) + `","Scope":"*:write"`):      "user@example.com *:write",
		lasting(`"sub":"{` + ownerID + `}"`):                                      "owner@example.com",
		lasting(`"sub":"` + strings.ReplaceAll(ownerID, "-", "") + `"`):           "owner@example.com",
		lasting(`"sub":"00000000-0000-0000-0000-000000000001","scope":"*:write"`): "",
		fmt.Sprintf(`{"sub":%q,"exp":%d}`, ownerID, now-120):                      "owner@example.com",
		fmt.Sprintf(`{"sub":%q,"exp":%d}`, ownerID, now-121):                      "",
		fmt.Sprintf(`{"sub":%q,"exp":%d,"nbf":%d}`, ownerID, now+600, now+121):    "",
		fmt.Sprintf(`{"sub":%q}`, ownerID):                                        "", // never ends
		fmt.Sprintf(`{"sub":"owner","exp":%d}`, now-3600):                         "", // over and without a subject
	} {
		if c, _, err := identified(s, "Authorization", jwt(claims)); err != nil || whom(c) != want {
			t.Errorf("%s: got %q, %v, want %q", claims, whom(c), err, want)
		}
	}
	for _, claims := range []string{`"a":1`, `"scope":"files:write"`, `"sub":"owner"`, `"sub":1`, `"sub":""`} {
		c, _, err := identified(s, "Authorization", jwt(lasting(claims)))
		var thrown *exception
		if !errors.As(err, &thrown) || thrown.status != http.StatusUnauthorized || thrown.traced || c.caller != nil {
			t.Errorf("%s: got %v", claims, err)
		}
	}
}

// A scope that is a text of two opens nothing.
func TestJWTScopesAreComparedWhole(t *testing.T) {
	s := newServer(t, WithPortal(authPortal()))
	for scope, want := range map[string]int{`"files:write"`: 200, `["openid","*:write"]`: 200, `"openid files:write"`: 403, `"FILES:WRITE"`: 403, `[]`: 403} {
		w := mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, "Authorization", jwt(`{"exp":4e9,"sub":"`+ownerID+`","scope":`+scope+`}`))
		if w.Code != want {
			t.Errorf("%s: got %d, want %d", scope, w.Code, want)
		}
	}
}

// What only looks like an access token is refused on every path.
func TestJWTThatCannotBeRead(t *testing.T) {
	const header, payload, malformed = `"message":"IDX12729: Unable to decode the header `, `"message":"IDX12723: Unable to decode the payload `, `"type":"Microsoft.IdentityModel.Tokens.SecurityTokenMalformedException"`
	s := newServer(t)
	for _, test := range []struct{ authorization, origin, want, allowed string }{
		{"Bearer a.b.c", "", header, ""},
		{"Bearer a.b.c.d.e", "", header, ""},
		{"Bearer e30.b.c", "", payload, ""},
		{"Bearer  e30.e30.c", "", malformed, ""},
		{"Bearer  a.b.c", "", malformed, ""},
		{"Bearer a.b.c", "https://app.example", header, ""}, // it fails before an origin is allowed
		{"Bearer  a.b.c", "https://app.example", header, ""},
		{"Bearer  e30.e30.c", "https://app.example", malformed, "*"},
	} {
		for _, path := range []string{mocktest.SettingsPath, "/api/2.0/files/settings/nope"} {
			w := mocktest.Send(s, "GET", path, "", "Authorization", test.authorization, "Cookie", "asc_auth_key=YOUR_API_KEY", "Origin", test.origin)
			if w.Code != 400 || !strings.Contains(w.Body.String(), test.want) || !strings.Contains(w.Body.String(), `"hresult":-2147024809`) || w.Header().Get("Access-Control-Allow-Origin") != test.allowed {
				t.Errorf("%s from %q: got %d %v %s", test.authorization, test.origin, w.Code, w.Header(), w.Body)
			}
		}
	}
}
