package host

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// TestControl makes every call of the control API and meets every status that its contract documents.
func TestControl(t *testing.T) {
	covered := &coverage{seen: map[string]bool{}}
	for name, test := range map[string]func(*steering){
		"process":   controlsProcess,
		"state":     controlsState,
		"snapshots": controlsSnapshots,
		"links":     controlsLinks,
		"users":     controlsUsers,
		"API keys":  controlsAPIKeys,
		"entries":   controlsEntries,
		"clock":     controlsClock,
		"faults":    controlsFaults,
		"journal":   controlsJournal,
		"portals":   controlsPortals,
		"refusals":  controlsRefusals,
		"bodies":    controlsBodies,
	} {
		t.Run(name, func(t *testing.T) { test(steer(t, covered, newHost(t, newServer(t)))) })
	}
	doc, err := controlDoc()
	if err != nil {
		t.Fatal(err)
	}
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			for code := range operation.Responses.Map() {
				if id := operation.OperationID + " " + code; !covered.seen[id] {
					t.Errorf("no test has met %s %s: %s", method, path, id)
				}
			}
		}
	}
}

func controlsProcess(s *steering) {
	health, err := s.GetHealthWithResponse(s.Context())
	status(s, 200, health, err)
	if health.JSON200.Status != control.HealthStatusOk || health.JSON200.Version != mockserver.Version {
		s.Errorf("got %+v", health.JSON200)
	}
	ready, err := s.GetReadyWithResponse(s.Context())
	status(s, 200, ready, err)
	contract, err := s.GetContractWithResponse(s.Context())
	status(s, 200, contract, err)
	if !strings.HasPrefix(string(contract.Body), "openapi: 3.0.3") {
		s.Errorf("got %.60s", contract.Body)
	}
	metrics, err := s.GetMetricsWithResponse(s.Context())
	status(s, 404, metrics, err)

	h := newHost(s, newServer(s), WithMetrics(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		fmt.Fprint(w, "mock_docspace_portals 1\n")
	})))
	metrics, err = steer(s, s.seen, h).GetMetricsWithResponse(s.Context())
	status(s, 200, metrics, err)
	if string(metrics.Body) != "mock_docspace_portals 1\n" {
		s.Errorf("got %q", metrics.Body)
	}
	if code, body, _ := s.raw(http.MethodHead, "/__mock/health", ""); code != 200 {
		s.Errorf("HEAD: got %d %s", code, body)
	}
}

func TestControlRoutes(t *testing.T) {
	s := steer(t, &coverage{seen: map[string]bool{}}, newHost(t, newServer(t)))
	for _, path := range []string{"/__mock", "/__mock/", "/__mock/nope", "/__mock/links/" + mocktest.LinkID + "/nope", "/__mock/state/"} {
		s.refused(404, http.MethodGet, path, "")
	}
	status, _, header := s.raw(http.MethodPut, "/__mock/links", "{}")
	if status != 405 || !strings.Contains(header.Get("Allow"), "POST") {
		t.Errorf("got %d, Allow %q", status, header.Get("Allow"))
	}
	if header.Get("Cache-Control") != "no-store" || header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("got %v", header)
	}
	if n := len(s.host.Main().LastRequests(10)); n != 0 {
		t.Errorf("the journal has %d requests to the control API", n)
	}
	status, _, _ = s.raw(http.MethodOptions, "/__mock/links", "", "Origin", "http://localhost:3000", "Access-Control-Request-Method", "POST")
	if status != 403 {
		t.Errorf("preflight: got %d", status)
	}
}
