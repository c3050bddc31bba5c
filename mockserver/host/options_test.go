package host

import (
	"errors"
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

func TestWithURL(t *testing.T) {
	for address, want := range map[string]string{
		"http://127.0.0.1:8092": "http://127.0.0.1:8092", "https://mock.example.com/": "https://mock.example.com", "https://mock.example.com/fake": "https://mock.example.com/fake",
		"": "", "8092": "", "mock.example.com": "", "http://": "", "http://%zz": "", "//mock.example.com": "",
	} {
		h, err := New(WithURL(address))
		if (err == nil) != (want != "") {
			t.Errorf("%q: %v", address, err)
		}
		if err == nil && h.options.url.String() != want {
			t.Errorf("%q: got %s, want %s", address, h.options.url, want)
		}
	}
}

// Without a main portal there is a fresh one, with the options of all.
func TestMainPortal(t *testing.T) {
	h, err := New(WithServerOptions(mockserver.WithProfile(mockserver.ProfileV372)), WithServerOptions(mockserver.WithJournal(0)))
	if err != nil || h.Main().State().Profile != mockserver.ProfileV372 {
		t.Fatalf("got %v", err)
	}
	if _, err := h.Main().CountRequests(mockserver.Filter{}); !errors.Is(err, mockserver.ErrNoJournal) {
		t.Errorf("got %v", err)
	}
	if _, err := New(WithServerOptions(mockserver.WithProfile("v9"))); err == nil {
		t.Error("a profile that is none was taken")
	}
}
