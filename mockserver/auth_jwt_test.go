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
	for claims, want := range map[string]string{
		`{"sub":"` + ownerID + `","scope":"openid  files:write"}`:          "owner@example.com openid files:write",
		`{"sub":"` + ownerID + `","scope":["files:write","rooms:read"]}`:   "owner@example.com files:write rooms:read",
		`{"sub":"` + strings.ToUpper(userID) + `","scope":"*:write"}`:      "user@example.com *:write",
		`{"sub":"` + ownerID + `"}`:                                        "owner@example.com",
		`{"sub":"` + ownerID + `","scope":5}`:                              "owner@example.com",
		`{"sub":"` + ownerID + `","scope":["files:write",5]}`:              "owner@example.com",
		`{"sub":"00000000-0000-0000-0000-000000000001","scope":"*:write"}`: "",
		fmt.Sprintf(`{"sub":%q,"exp":%d}`, ownerID, now+1):                 "owner@example.com",
		fmt.Sprintf(`{"sub":%q,"exp":%d.5}`, ownerID, now):                 "owner@example.com",
		fmt.Sprintf(`{"sub":%q,"exp":%d}`, ownerID, now):                   "",
		fmt.Sprintf(`{"sub":%q,"exp":"%d"}`, ownerID, now):                 "owner@example.com", // a text is no time
	} {
		if c, _, err := identified(s, "Authorization", jwt(claims)); err != nil || whom(c) != want {
			t.Errorf("%s: got %q, %v, want %q", claims, whom(c), err, want)
		}
	}
	for _, claims := range []string{`{}`, `{"scope":"files:write"}`, `{"sub":"owner"}`, `{"sub":1}`, `{"sub":"{` + ownerID + `}"}`} {
		c, _, err := identified(s, "Authorization", jwt(claims))
		var thrown *exception
		if !errors.As(err, &thrown) || thrown.status != http.StatusUnauthorized || thrown.traced || c.caller != nil {
			t.Errorf("%s: got %v", claims, err)
		}
	}
}

func TestIsJWT(t *testing.T) {
	claims := func(text string) string { return "e30." + base64.RawURLEncoding.EncodeToString([]byte(text)) }
	for token, want := range map[string]bool{
		claims(`{}`) + ".sig": true,
		claims(`{}`) + ".":    true, // not signed
		claims(`{}`):          false,
		claims(`[]`) + ".sig": false,
		claims(`x`) + ".sig":  false,
		claims(`{}`) + ".a.b": false,
		"." + claims(`{}`):    false,
		"a.b.c":               false,
		"e30.e30=.sig":        false,
		"sk-key":              false,
		"":                    false,
	} {
		if got := isJWT(token); got != want {
			t.Errorf("%q: %t, want %t", token, got, want)
		}
	}
}
