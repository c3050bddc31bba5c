package mockserver

import (
	"net/http/httptest"
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
		h := test.rate.header()
		if got := h.Get("X-RateLimit-Limit") + " " + h.Get("X-RateLimit-Remaining") + " " + h.Get("X-RateLimit-Reset"); got != test.want || len(h) != 3 {
			t.Errorf("%+v: got %v", test.rate, h)
		}
	}
}
