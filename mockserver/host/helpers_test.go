package host

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

const rightPassword = "Secret123!"

func newServer(t testing.TB, opts ...mockserver.Option) *mockserver.Server {
	t.Helper()
	s, err := mockserver.New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// as is the header of somebody with the default portal's key for the role.
func as(s *mockserver.Server, role mockserver.Role) []string {
	return []string{"Authorization", "Bearer " + s.Key(role)}
}

// share gives the share of an answer to the password call.
func share(t testing.TB, w *httptest.ResponseRecorder) api.ExternalShareDto {
	t.Helper()
	var wrapper struct{ Response api.ExternalShareDto }
	if err := json.Unmarshal(w.Body.Bytes(), &wrapper); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%v in %d %s", err, w.Code, w.Body)
	}
	return wrapper.Response
}

// protected is a portal with one link that has a password.
func protected(change ...func(*mockserver.Portal)) mockserver.Portal {
	p := mockserver.DefaultPortal()
	p.Links = []mockserver.Link{{Key: "protected", ID: mocktest.LinkID, Password: rightPassword}}
	for _, c := range change {
		c(&p)
	}
	return p
}

// logged keeps what a portal logs, as JSON.
func logged() (*bytes.Buffer, mockserver.Option) {
	log, logger := mocktest.Logger()
	return log, mockserver.WithLogger(logger)
}

func addPortal(t testing.TB, h *Host, name string, p mockserver.Portal) *mockserver.Server {
	t.Helper()
	s, err := h.AddPortal(name, p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func hang(t testing.TB, s *mockserver.Server) {
	t.Helper()
	if _, err := s.Fault(mockserver.Fault{Kind: mockserver.FaultDelay, Delay: time.Hour}); err != nil {
		t.Fatal(err)
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
