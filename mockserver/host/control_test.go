package host

import (
	"net/http"
	"strings"
	"testing"

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
