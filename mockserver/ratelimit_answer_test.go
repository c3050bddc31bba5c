package mockserver

import (
	"net/http/httptest"
	"strconv"
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

func TestRateLimitHeadersOnSuccess(t *testing.T) {
	names := []string{"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"}
	for _, enabled := range []bool{true, false} {
		eachProfile(t, func(t *testing.T, profile string) {
			clock := mocktest.NewClock()
			s := newServer(t, limited(func(l *RateLimit) { l.Enabled, l.PerMinute = enabled, 10 }), WithProfile(profile), WithClock(clock.Now))
			mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, RoleOwner)...)
			ok := mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, RoleOwner)...).Header()
			bad := mocktest.Send(s, "PUT", mocktest.ExternalPath, `{`, as(s, RoleOwner)...).Header()
			want := map[string]string{}
			if profile == ProfileDocumented {
				want = map[string]string{names[0]: "10", names[1]: "8", names[2]: strconv.FormatInt(clock.Now().Add(time.Minute).Unix(), 10)}
			}
			for _, name := range names {
				if got := ok.Get(name); got != want[name] {
					t.Errorf("enabled %t, 200: %s = %q, want %q", enabled, name, got, want[name])
				}
				if got := bad.Get(name); got != "" {
					t.Errorf("enabled %t, 400: %s = %q, want none", enabled, name, got)
				}
			}
		})
	}
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
