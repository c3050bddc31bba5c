package mockserver

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func limited(change func(*RateLimit)) Option {
	p := Portal{}
	p.Limits.RateLimit.Enabled = true
	change(&p.Limits.RateLimit)
	return WithPortal(p)
}

func TestRateLimiterIsOffOnAFreshPortal(t *testing.T) {
	s := newServer(t, WithClock(mocktest.NewClock().Now))
	var last *httptest.ResponseRecorder
	for range 1600 {
		last = mocktest.Send(s, "GET", mocktest.SettingsPath+"?fields=externalShare", "", as(s, RoleOwner)...)
	}
	if last.Code != 200 || last.Header().Get("X-RateLimit-Remaining") != "0" {
		t.Errorf("got %d, remaining %q", last.Code, last.Header().Get("X-RateLimit-Remaining"))
	}
}

func TestRateHeader(t *testing.T) {
	for _, test := range []struct {
		rate rate
		want string
	}{
		{rate{limit: 10, remaining: 9, reset: time.Unix(1_700_000_000, 999_999_999)}, "10 9 1700000000"},
		{rate{limit: 10, remaining: -1, reset: time.Unix(0, 0)}, "10 0 0"},
	} {
		h := http.Header{}
		test.rate.setHeaders(h)
		if got := h.Get("X-RateLimit-Limit") + " " + h.Get("X-RateLimit-Remaining") + " " + h.Get("X-RateLimit-Reset"); got != test.want || len(h) != 3 {
			t.Errorf("%+v: got %v", test.rate, h)
		}
	}
}

// Only the day tells when it ends, but for the profile of the reference.
func TestRateRefusal(t *testing.T) {
	documented, _ := profileByName(ProfileDocumented)
	v372, _ := profileByName(ProfileV372)
	reset := time.Unix(1_700_000_000, 0)
	minute := rate{refused: true, limit: 1500, reset: reset, retryAfter: 1500 * time.Millisecond}
	atATime := rate{refused: true, limit: 15, reset: reset}
	day := rate{refused: true, tellsEnd: true, limit: 10000, reset: reset, retryAfter: 24 * time.Hour}
	for _, test := range []struct {
		name                     string
		rate                     rate
		profile                  *profile
		limit, retryAfter, reset string
	}{
		{"minute", minute, v372, "1500", "", ""},
		{"at a time", atATime, v372, "15", "", ""},
		{"day", day, v372, "10000", "86400", "1700000000"},
		{"minute", minute, documented, "1500", "2", "1700000000"},
		{"at a time", atATime, documented, "15", "1", "1700000000"},
		{"day", day, documented, "10000", "86400", "1700000000"},
	} {
		var refused *refusal
		if !errors.As(test.rate.refusal(test.profile), &refused) || refused.status != 429 {
			t.Fatalf("%s: got %+v", test.name, refused)
		}
		h := refused.header
		got := []string{h.Get("X-RateLimit-Limit"), h.Get("X-RateLimit-Remaining"), h.Get("Retry-After"), h.Get("X-RateLimit-Reset")}
		if want := []string{test.limit, "0", test.retryAfter, test.reset}; !slices.Equal(got, want) {
			t.Errorf("%s, %s: got %q, want %q", test.name, test.profile.name, got, want)
		}
	}
}

// Every other path has a place in the minute, also those that lead nowhere.
func TestHealthCheckIsNotLimited(t *testing.T) {
	s := newServer(t, limited(func(l *RateLimit) { l.PerMinute = 1 }), WithProfile(ProfileV372), WithClock(mocktest.NewClock().Now))
	for _, test := range []struct {
		path string
		code int
	}{{"/health", 404}, {"/Health", 404}, {"/ready", 404}, {"/health", 404}, {"/ready", 429}} {
		if w := mocktest.Send(s, "GET", test.path, ""); w.Code != test.code {
			t.Errorf("%s: got %d, want %d", test.path, w.Code, test.code)
		}
	}
}
