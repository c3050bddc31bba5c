package mockserver

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// cookieCall is a call of a portal on 127.0.0.1 behind a proxy. partitioned is as of release 3.8.0.
func cookieCall(t *testing.T, p Portal, partitioned bool, query string, headers ...string) *call {
	t.Helper()
	s := newServer(t, WithPortal(p), WithClock(mocktest.NewClock().Now))
	current := *s.era().state.Load()
	profile := *current.profile
	profile.partitionedCookies = partitioned
	current.profile = &profile
	s.era().state.Store(&current)
	r := httptest.NewRequest("POST", mocktest.PasswordPath("key")+query, nil)
	r.Host, r.RemoteAddr = "127.0.0.1:18280", "127.0.0.1:1"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return newCall(r, s.era())
}

func TestNewCookie(t *testing.T) {
	const https = "X-Forwarded-Proto"
	none, lax, strict, shipped := "None", "Lax", "Strict", ""
	installed := Portal{BaseDomain: "localhost", SameSite: &none}
	lab := Portal{BaseDomain: "lab.test"}
	for _, test := range []struct {
		name    string
		portal  Portal
		query   string
		headers []string
		want    string
	}{
		{"cS-S01", installed, "", nil, "; path=/; samesite=strict; httponly"},
		{"cS-S02", installed, "", []string{https, "https"}, "; path=/; secure; samesite=none; httponly"},
		{"cX-X003D", installed, "", []string{https, "HTTPS"}, "; path=/; secure; samesite=none; httponly"},
		{"cX-X004D", installed, "", []string{https, "ftp"}, "; path=/; samesite=strict; httponly"},
		{"another scheme of the web", installed, "", []string{https, "wss"}, "; path=/; samesite=strict; httponly"},

		{"cS-S03", installed, "?origin=https://app.example", nil, "; path=/; secure; samesite=none; httponly"},
		{"cS-S04", installed, "?origin=http://app.example", []string{https, "https"}, "; path=/; samesite=strict; httponly"},
		{"cX-X110", installed, "?ORIGIN=https%3A%2F%2Fa.example", nil, "; path=/; secure; samesite=none; httponly"},
		{"an origin in capitals", installed, "?origin=HTTPS://A.example", nil, "; path=/; secure; samesite=none; httponly"},
		{"an origin that is no web page", installed, "?origin=mailto:a@b", []string{https, "https"}, "; path=/; samesite=strict; httponly"},
		{"an origin that is no address", installed, "?origin=https", []string{https, "https"}, "; path=/; secure; samesite=none; httponly"},
		{"an empty origin", installed, "?origin=", []string{https, "https"}, "; path=/; secure; samesite=none; httponly"},
		{"two origins", installed, "?origin=https://a.example&origin=https://b.example", nil, "; path=/; samesite=strict; httponly"},

		{"cS-S05", installed, "", []string{"Origin", "http://app.localhost"}, "; domain=.localhost; path=/; samesite=strict; httponly"},
		{"cS-S06", installed, "", []string{https, "https", "Origin", "https://app.localhost"}, "; domain=.localhost; path=/; secure; samesite=none; httponly"},
		{"the base domain itself", installed, "", []string{"Origin", "http://LOCALHOST:8080"}, "; domain=.localhost; path=/; samesite=strict; httponly"},
		{"cS-S07", installed, "", []string{"Origin", "http://app.lab.test"}, "; path=/; samesite=strict; httponly"},
		{"cS-S11", installed, "", []string{"Origin", "http://127.0.0.1"}, "; path=/; samesite=strict; httponly"},
		{"a name that only ends so", lab, "", []string{"Origin", "http://evillab.test"}, "; domain=.lab.test; path=/; samesite=strict; httponly"},
		{"a name that only begins so", lab, "", []string{"Origin", "http://lab.test.example"}, "; path=/; samesite=strict; httponly"},
		{"the host of the request", lab, "", []string{"Origin", "http://a.lab.test:81", "X-Forwarded-Host", "a.lab.test"}, "; path=/; samesite=strict; httponly"},
		{"another host of the domain", lab, "", []string{"Origin", "http://a.lab.test", "X-Forwarded-Host", "b.lab.test"}, "; domain=.lab.test; path=/; samesite=strict; httponly"},
		{"the host of the origin in the query", lab, "?origin=http://a.lab.test", []string{"Origin", "http://a.lab.test"}, "; path=/; samesite=strict; httponly"},
		{"an empty Origin", lab, "", []string{"Origin", ""}, "; path=/; samesite=strict; httponly"},
		{"no base domain", Portal{}, "", []string{"Origin", "http://app.localhost"}, "; path=/; samesite=strict; httponly"},

		{"Lax", Portal{SameSite: &lax}, "", nil, "; path=/; samesite=lax; httponly"},
		{"Lax over https", Portal{SameSite: &lax}, "", []string{https, "https"}, "; path=/; secure; samesite=lax; httponly"},
		{"Strict", Portal{SameSite: &strict}, "", nil, "; path=/; samesite=strict; httponly"},
		{"Strict over https", Portal{SameSite: &strict}, "", []string{https, "https"}, "; path=/; secure; samesite=strict; httponly"},
		{"as shipped", Portal{SameSite: &shipped}, "", nil, "; path=/; samesite=strict; httponly"},
		{"as shipped, over https", Portal{SameSite: &shipped}, "", []string{https, "https"}, "; path=/; secure; samesite=strict; httponly"},
		{"left out", Portal{}, "", []string{https, "https"}, "; path=/; secure; samesite=none; httponly"},
	} {
		for _, partitioned := range []bool{false, true} {
			want := "n=a%2Bb" + test.want
			if partitioned && strings.HasSuffix(want, "; secure; samesite=none; httponly") {
				want += "; Partitioned"
			}
			if got := cookieCall(t, test.portal, partitioned, test.query, test.headers...).newCookie("n", "a+b", time.Time{}); got != want {
				t.Errorf("%s: got %q, want %q", test.name, got, want)
			}
		}
	}
}

func TestDeletedCookies(t *testing.T) {
	lax := "Lax"
	const (
		first       = "n=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"
		old         = "n=; expires=Sun, 28 Jun 2026 12:00:00 GMT"
		partitioned = "; path=/; secure; samesite=none; Partitioned"
		domain      = "; domain=.localhost"
	)
	local := Portal{BaseDomain: "localhost"}
	for _, test := range []struct {
		name        string
		portal      Portal
		partitioned bool
		query       string
		want        []string
	}{
		{"v3.7.2", local, false, "?origin=https://app.localhost", []string{first}},
		{"http", Portal{}, true, "", []string{first}},
		{"https", Portal{SameSite: &lax}, true, "?origin=https://a.example", []string{first, old + partitioned}},
		{"http with a base domain", local, true, "", []string{first, old + domain + "; path=/"}},
		{"https with a base domain", local, true, "?origin=https://a.example", []string{first, old + partitioned, old + domain + "; path=/", old + domain + partitioned}},
	} {
		if got := cookieCall(t, test.portal, test.partitioned, test.query).deletedCookies("n"); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
