package mockserver

import "github.com/mock-docspace/mock-docspace/internal/kestrel"

// TB is the part of [testing.TB] that [Start] needs. Ginkgo's GinkgoTB() has these methods too.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// TestServer is a [Server] that listens on loopback until its test ends.
type TestServer struct {
	*Server
	URL string // such as http://127.0.0.1:40123

	// An app that sends a key as Authorization: Bearer … signs in as the first user of that role. A key is "" when the
	// portal has no such user, see [Server.Key].
	OwnerKey, AdminKey, UserKey, GuestKey string

	tb TB
}

// Start makes a [Server] for a test, and listens on a free port of loopback. It stops the test with Fatalf on an error. When
// the test ends, the server closes.
func Start(tb TB, opts ...Option) *TestServer {
	tb.Helper()
	s, err := New(opts...)
	if err != nil {
		tb.Fatalf("mockserver.Start: %v", err)
		return nil
	}
	listener := kestrel.NewServer(s)
	tb.Cleanup(func() {
		s.Close() // a hanging request would keep the listener open
		listener.Close()
	})
	return &TestServer{
		Server: s, URL: listener.URL, tb: tb,
		OwnerKey: s.Key(RoleOwner), AdminKey: s.Key(RoleDocSpaceAdmin), UserKey: s.Key(RoleUser), GuestKey: s.Key(RoleGuest),
	}
}

// AddUser is [Server.AddUser]. It stops the test with Fatalf on an error.
func (t *TestServer) AddUser(u User) User {
	t.tb.Helper()
	added, err := t.Server.AddUser(u)
	if err != nil {
		t.tb.Fatalf("AddUser: %v", err)
	}
	return added
}

// AddLink is [Server.AddLink]. It stops the test with Fatalf on an error.
func (t *TestServer) AddLink(l Link) Link {
	t.tb.Helper()
	added, err := t.Server.AddLink(l)
	if err != nil {
		t.tb.Fatalf("AddLink: %v", err)
	}
	return added
}

// AddAPIKey is [Server.AddAPIKey]. It stops the test with Fatalf on an error.
func (t *TestServer) AddAPIKey(k APIKey) APIKey {
	t.tb.Helper()
	added, err := t.Server.AddAPIKey(k)
	if err != nil {
		t.tb.Fatalf("AddAPIKey: %v", err)
	}
	return added
}

// AddEntry is [Server.AddEntry]. It stops the test with Fatalf on an error.
func (t *TestServer) AddEntry(e Entry) Entry {
	t.tb.Helper()
	added, err := t.Server.AddEntry(e)
	if err != nil {
		t.tb.Fatalf("AddEntry: %v", err)
	}
	return added
}

// Fault is [Server.Fault]. It stops the test with Fatalf on an error.
func (t *TestServer) Fault(f Fault) FaultState {
	t.tb.Helper()
	added, err := t.Server.Fault(f)
	if err != nil {
		t.tb.Fatalf("Fault: %v", err)
	}
	return added
}
