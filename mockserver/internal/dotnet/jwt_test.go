package dotnet

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func token(header, claims string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(header)) + "." + encode([]byte(claims)) + ".c2ln"
}

func TestIsJWT(t *testing.T) {
	for text, want := range map[string]bool{
		"a.b.c":       true,
		"a.b.":        true,
		"a.b.c.d.e":   true,
		"a..c.d.e":    true,
		"A-_.b.c":     true,
		"abc.def":     false,
		"a.b.c.d":     false,
		"a.b.c.d.":    false,
		"a.b.c.d.e.f": false,
		".b.c":        false,
		"a..c":        false,
		"a.b.c=":      false,
		" a.b.c":      false, //nolint:gocritic // the blank is the test
		"a.b.c,x":     false,
		"sk-key":      false,
		"":            false,
	} {
		if got := IsJWT(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func TestJWTThatCannotBeRead(t *testing.T) {
	const header, payload, malformed = "IDX12729: Unable to decode the header ", "IDX12723: Unable to decode the payload ", "IDX12709: CanReadToken() returned false. "
	for _, test := range []struct{ text, class, message string }{
		{"a.b.c", "System.ArgumentException", header},
		{"a.b.c.d.e", "System.ArgumentException", header},
		{token(`x`, `{}`), "System.ArgumentException", header},
		{token(`[]`, `{}`), "System.ArgumentException", header},
		{token("{\"a\":\"\xff\"}", `{}`), "System.ArgumentException", header},
		{token(`{}`, `x`), "System.ArgumentException", payload},
		{token(`{}`, `null`), "System.ArgumentException", payload},
		{"e30.b.c", "System.ArgumentException", payload},
		{" " + token(`{}`, `{}`), "Microsoft.IdentityModel.Tokens.SecurityTokenMalformedException", malformed},
	} {
		_, err := ReadJWT(test.text)
		var unreadable *JWTError
		if !errors.As(err, &unreadable) || unreadable.Class != test.class || !strings.HasPrefix(unreadable.Message, test.message) {
			t.Errorf("%s: got %v", test.text, err)
		}
	}
}

func TestJWTClaims(t *testing.T) {
	for claims, want := range map[string]string{
		`{}`:                                            "",
		`{"scope":"files:read files:write"}`:            "files:read files:write",
		`{"scope":["files:read","files:write"]}`:        "files:read|files:write",
		`{"scope":["files:read",5,null,["x"]]}`:         "files:read",
		`{"Scope":["files:read"],"SCOPE":"files:read"}`: "files:read|files:read",
		`{"scope":""}`:                                  "",
		`{"scope":5}`:                                   "",
		`{"scp":["x"]}`:                                 "",
	} {
		read, err := ReadJWT(token(`{"alg":"none"}`, claims))
		if got := strings.Join(read.Scopes(), "|"); err != nil || got != want {
			t.Errorf("%s: got %q, %v", claims, got, err)
		}
	}
	read, err := ReadJWT(token(`{}`, `{"sub":"{66FAA6E4-F133-11EA-B126-00FFEEC8B4EF}","iss":"https://a","aud":["x","y"]}`))
	if sub, ok := read.Subject(); err != nil || !ok || sub != "66faa6e4-f133-11ea-b126-00ffeec8b4ef" {
		t.Errorf("sub: got %q, %t, %v", sub, ok, err)
	}
	if read.Issuer() != "https://a" || !slices.Equal(read.Audience(), []string{"x", "y"}) {
		t.Errorf("got %q, %q", read.Issuer(), read.Audience())
	}
	for _, claims := range []string{`{}`, `{"sub":null}`, `{"sub":""}`, `{"sub":1}`, `{"sub":"owner@example.com"}`, `{"Sub":"66faa6e4-f133-11ea-b126-00ffeec8b4ef"}`} {
		read, err := ReadJWT(token(`{}`, claims))
		if sub, ok := read.Subject(); err != nil || ok {
			t.Errorf("%s: got %q, %v", claims, sub, err)
		}
	}
}

// The clock of the portal and that of the identity service may be two minutes apart.
func TestJWTLasts(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	at := func(seconds int) int { return 1_800_000_000 + seconds }
	for claims, want := range map[string]bool{
		fmt.Sprintf(`{"exp":%d}`, at(60)):                    true,
		fmt.Sprintf(`{"exp":%d}`, at(-120)):                  true,
		fmt.Sprintf(`{"exp":%d}`, at(-121)):                  false,
		fmt.Sprintf(`{"exp":%d.9}`, at(-121)):                false,
		fmt.Sprintf(`{"exp":%d,"nbf":%d}`, at(600), at(120)): true,
		fmt.Sprintf(`{"exp":%d,"nbf":%d}`, at(600), at(121)): false,
		fmt.Sprintf(`{"exp":%d,"nbf":%d}`, at(5), at(6)):     false,
		fmt.Sprintf(`{"exp":"%d"}`, at(60)):                  false,
		`{"exp":1e300}`:                                      true,
		`{"exp":-5}`:                                         false,
		`{"exp":null}`:                                       false,
		`{}`:                                                 false,
	} {
		read, err := ReadJWT(token(`{}`, claims))
		if got := read.Lasts(now); err != nil || got != want {
			t.Errorf("%s: got %t, %v", claims, got, err)
		}
	}
}
