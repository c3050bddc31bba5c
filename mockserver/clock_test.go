package mockserver

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestClock(t *testing.T) {
	base := mocktest.NewClock()
	c := newClock(base.Now)
	start := base.Now()
	is := func(want time.Duration) {
		t.Helper()
		if got := c.Now().Sub(start); got != want {
			t.Errorf("at %v, want %v", got, want)
		}
	}
	is(0)
	c.Advance(time.Hour)
	is(time.Hour)
	base.Advance(time.Second)
	is(time.Hour + time.Second) // it goes on
	c.Freeze()
	base.Advance(time.Second)
	is(time.Hour + time.Second)
	c.Advance(-time.Minute)
	is(59*time.Minute + time.Second)
	c.Resume()
	is(59*time.Minute + time.Second) // from where it stood
	base.Advance(time.Second)
	is(59*time.Minute + 2*time.Second)
	c.Resume() // it runs already
	is(59*time.Minute + 2*time.Second)
	c.Set(start.Add(-time.Hour))
	is(-time.Hour)
	c.Reset()
	is(2*time.Second + time.Second)
}

// Beyond its bounds, times could not be written, and durations overflow.
func TestClockHasBounds(t *testing.T) {
	const long = 290 * 365 * 24 * time.Hour
	for _, frozen := range []bool{false, true} {
		c := newClock(mocktest.NewClock().Now)
		if frozen {
			c.Freeze()
		}
		for _, test := range []struct {
			move func()
			want time.Time
		}{
			{func() { c.Set(time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)) }, latestClock},
			{func() { c.Advance(1) }, latestClock},
			{func() { c.Advance(-time.Second - 1) }, latestClock.Add(-time.Second - 1)},
			{func() { c.Advance(-long) }, earliestClock},
			{func() { c.Advance(time.Nanosecond) }, earliestClock.Add(1)},
			{func() { c.Set(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)) }, earliestClock},
			{func() { c.Advance(long) }, latestClock},
			{func() { c.Advance(long) }, latestClock},
		} {
			if test.move(); !c.Now().Equal(test.want) {
				t.Errorf("frozen %t: at %s, want %s", frozen, c.Now(), test.want)
			}
		}
	}
}

// Expiry follows the clock.
func TestClockExpiresLinks(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV372))
	link, err := s.AddLink(Link{Expires: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"status":0`, `"status":2`} {
		w := mocktest.Send(s, "POST", mocktest.PasswordPath(link.Key), `{"password":""}`)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("got %s, want %s", w.Body, want)
		}
		s.Clock().Advance(2 * time.Hour)
	}
}
