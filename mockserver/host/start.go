package host

import (
	"github.com/mock-docspace/mock-docspace/internal/kestrel"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

// TestHost is a [Host] that listens on loopback until its test ends.
type TestHost struct {
	*Host
	URL string // such as http://127.0.0.1:40123; a named portal is at URL + "/portals/" + name

	tb mockserver.TB
}

// Start makes a [Host] for a test and listens on a free port of loopback. It ends the test on an error, and closes the host when
// the test ends.
func Start(tb mockserver.TB, opts ...Option) *TestHost {
	tb.Helper()
	h, err := New(opts...)
	if err != nil {
		tb.Fatalf("host.Start: %v", err)
		return nil
	}
	listener := kestrel.NewServer(h)
	tb.Cleanup(func() {
		h.Close() // a hanging request would keep the listener open
		listener.Close()
	})
	return &TestHost{Host: h, URL: listener.URL, tb: tb}
}

// AddPortal is [Host.AddPortal], and ends the test on an error.
func (t *TestHost) AddPortal(name string, p mockserver.Portal, opts ...mockserver.Option) *mockserver.Server {
	t.tb.Helper()
	added, err := t.Host.AddPortal(name, p, opts...)
	if err != nil {
		t.tb.Fatalf("AddPortal: %v", err)
	}
	return added
}
