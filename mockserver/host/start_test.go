package host

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// fakeTB records how a test would have ended.
type fakeTB struct {
	fatal    string
	cleanups []func()
}

func (f *fakeTB) Helper()                        {}
func (f *fakeTB) Fatalf(format string, a ...any) { f.fatal = fmt.Sprintf(format, a...) }
func (f *fakeTB) Cleanup(done func())            { f.cleanups = append(f.cleanups, done) }

func TestStart(t *testing.T) {
	tb := &fakeTB{}
	h := Start(tb, WithServerOptions(mockserver.WithProfile(mockserver.ProfileV372)))
	mine := h.AddPortal("mine", mockserver.Portal{}, mockserver.WithProfile(mockserver.ProfileDocumented))
	if tb.fatal != "" || !strings.HasPrefix(h.URL, "http://127.0.0.1:") {
		t.Fatalf("%q, %s", tb.fatal, h.URL)
	}
	if h.AddPortal("mine", mockserver.Portal{}); tb.fatal != "AddPortal: "+ErrPortalExists.Error() {
		t.Errorf("the test ended with %q", tb.fatal)
	}
	get := func(url string) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), "GET", url+mocktest.SettingsPath, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			return 0
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	if main, named, other := get(h.URL), get(h.URL+"/portals/mine"), get(h.URL+"/portals/other"); main != 200 || named != 401 || other != 404 {
		t.Errorf("got %d, %d and %d", main, named, other)
	}

	// A request that hangs does not keep the test from ending.
	if _, err := mine.Fault(mockserver.Fault{Kind: mockserver.FaultHang}); err != nil {
		t.Fatal(err)
	}
	hanging := make(chan int)
	go func() { hanging <- get(h.URL + "/portals/mine") }()
	for mine.Faults()[0].Applied == 0 {
		runtime.Gosched()
	}
	for _, done := range tb.cleanups {
		done()
	}
	if code := <-hanging; code != 0 || get(h.URL) != 0 {
		t.Errorf("still listens after the test: got %d", code)
	}
}

// net/http alone refuses this path (recorded: F783).
func TestStartTakesMalformedEscapes(t *testing.T) {
	if status, err := mocktest.PostUnescaped(Start(t).URL, "/api/2.0/files/share/%zz/password"); err != nil || status != 200 {
		t.Errorf("got %d, %v", status, err)
	}
}

func TestStartEndsTheTest(t *testing.T) {
	tb := &fakeTB{}
	if h := Start(tb, WithControlToken("")); h != nil || !strings.HasPrefix(tb.fatal, "host.Start: WithControlToken: ") || len(tb.cleanups) > 0 {
		t.Errorf("got %v, %q", h, tb.fatal)
	}
}
