package mockserver

import (
	"testing"
)

func TestOptionsAreRefused(t *testing.T) {
	for name, option := range map[string]Option{"nil": nil, "profile": WithProfile(""), "unknown profile": WithProfile("v9"), "clock": WithClock(nil), "logger": WithLogger(nil), "changed": WithChanged(nil)} {
		if s, err := New(option); err == nil || s != nil {
			t.Errorf("%s: got %v, %v", name, s, err)
		}
	}
}

func TestProfileOptionWins(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV372), WithPortal(Portal{Profile: ProfileDocumented}))
	if got := s.State().Profile; got != ProfileV372 {
		t.Errorf("got %s", got)
	}
}

func TestObserverIsAFunction(t *testing.T) {
	if _, err := New(WithObserver(nil)); err == nil {
		t.Error("no error")
	}
}
