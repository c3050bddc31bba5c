package dotnet

import (
	"testing"
	"time"
)

func TestCookie(t *testing.T) {
	for _, test := range []struct {
		cookie Cookie
		want   string
	}{
		{Cookie{Name: "n", Value: "v", Path: "/"}, "n=v; path=/"},
		{Cookie{Name: "n", Value: "a;b c", Path: "/portals/mine/", SameSite: "strict", HTTPOnly: true}, "n=a%3Bb%20c; path=/portals/mine/; samesite=strict; httponly"},
		{Cookie{Name: "n", Value: "Az09-._~!*'()+/=", Path: "/"}, "n=Az09-._~%21%2A%27%28%29%2B%2F%3D; path=/"},
		{Cookie{Name: "n", Value: "ü\r\n", Path: "/"}, "n=%C3%BC%0D%0A; path=/"},
		// recorded: cS-S06
		{Cookie{Name: "n", Value: "v", Domain: ".localhost", Path: "/", Secure: true, SameSite: "none", HTTPOnly: true}, "n=v; domain=.localhost; path=/; secure; samesite=none; httponly"},
		{
			Cookie{Name: "n", Expires: time.Date(2026, 11, 25, 16, 3, 5, 9, time.FixedZone("", 3600)), Domain: ".localhost", Path: "/", Secure: true, SameSite: "none", Partitioned: true},
			"n=; expires=Wed, 25 Nov 2026 15:03:05 GMT; domain=.localhost; path=/; secure; samesite=none; Partitioned",
		},
	} {
		if got := test.cookie.String(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestDeletedCookie(t *testing.T) {
	if got, want := DeletedCookie("n", "/portals/mine/"), "n=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/portals/mine/"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
