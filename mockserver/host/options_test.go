package host

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

func TestOptions(t *testing.T) {
	main := newServer(t)
	for name, option := range map[string]Option{
		"nil": nil, "token": WithControlToken(""), "metrics": WithMetrics(nil), "logger": WithControlLogger(nil), "limit": WithPortalLimit(-1), "idle": WithPortalIdle(-1),
	} {
		if _, err := New(WithMain(main), option); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if _, err := New(WithMain(nil)); err == nil {
		t.Error("no portal is taken")
	}
	h := newHost(t, main, WithServerOptions(mockserver.WithProfile(mockserver.ProfileV372)), WithPortalIdle(0))
	if got := addPortal(t, h, "a", mockserver.Portal{Profile: mockserver.ProfileDocumented}).State().Profile; got != mockserver.ProfileV372 {
		t.Errorf("got %s", got)
	}
	if _, ok := h.Portal("a"); !ok || h.Main() != main {
		t.Error("a portal is missing")
	}
}
