//go:build !race

package mockserver

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// A GET takes little more memory than a handler of net/http that sets the same headers: for the call, the address that it shows, and
// what the generated stub makes. The race detector allocates, too.
func TestAllocationsOfAGet(t *testing.T) {
	const most = 4
	s := newServer(t, WithProfile(ProfileV372))
	request := httptest.NewRequest("GET", mocktest.SettingsPath, nil)
	request.Header.Set("Authorization", "Bearer "+s.Key(RoleOwner))
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, request)
	bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for name, values := range answer.Header() {
			w.Header().Set(name, values[0])
		}
		_, _ = w.Write(answer.Body.Bytes())
	})
	allocations := func(handler http.Handler) float64 {
		return testing.AllocsPerRun(1000, func() { handler.ServeHTTP(sink{http.Header{}}, request) })
	}
	if ours, theirs := allocations(s), allocations(bare); ours > theirs+most {
		t.Errorf("%v allocations, and net/http needs %v", ours, theirs)
	}
}
