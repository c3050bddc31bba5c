package mockserver

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestOptionsAreRefused(t *testing.T) {
	for want, option := range map[string]Option{
		"an option is nil": nil, "WithName: ": WithName(""), "WithProfile: ": WithProfile(""), "v9": WithProfile("v9"), "WithClock: ": WithClock(nil), "WithLogger: ": WithLogger(nil),
		"WithChanged: ": WithChanged(nil), "WithObserver: ": WithObserver(nil), "between 0 and 1000000, not -1": WithJournal(-1), "not 1000001": WithJournal(maxJournal + 1),
		`unknown mode "strict": use one of [warn enforce off]`: WithContract("strict"), "portal: tenantId: ": WithPortal(Portal{TenantID: -1}),
	} {
		if s, err := New(option); s != nil || err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, %v, want %s", s, err, want)
		}
	}
}

func TestProfileOptionWins(t *testing.T) {
	for _, opts := range [][]Option{
		{WithProfile(ProfileV372), WithPortal(Portal{Profile: ProfileDocumented})}, {WithPortal(Portal{Profile: ProfileDocumented}), WithProfile(ProfileV372)}, {WithPortal(Portal{Profile: ProfileV372})},
	} {
		if got := newServer(t, opts...).State().Profile; got != ProfileV372 {
			t.Errorf("got %s", got)
		}
	}
}

func TestNameIsInTheLog(t *testing.T) {
	log, logger := logged()
	for _, opts := range [][]Option{{logger, WithName("mine")}, {WithName("mine"), logger}} {
		log.Reset()
		mocktest.Send(newServer(t, opts...), "GET", "/", "")
		if !strings.Contains(log.String(), `"portal":"mine"`) {
			t.Errorf("got %s", log)
		}
	}
}
