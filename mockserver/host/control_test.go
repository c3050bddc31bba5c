package host

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// TestControl makes every call of the control API and meets every status that its contract documents.
func TestControl(t *testing.T) {
	covered := &coverage{seen: map[string]bool{}}
	for name, test := range map[string]func(*controlClient){
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
		t.Run(name, func(t *testing.T) { test(newControlClient(t, covered, newHost(t, newServer(t)))) })
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
	s := newControlClient(t, &coverage{seen: map[string]bool{}}, newHost(t, newServer(t)))
	for _, path := range []string{"/__mock/nope", "/__mock/page", "/__mock/page/", "/__mock/page/none.js", "/__mock/links/" + mocktest.LinkID + "/nope", "/__mock/state/"} {
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

// One line for each request has the path as the contract spells it: an API key may stand in the real one.
func TestControlLog(t *testing.T) {
	log, logger := mocktest.Logger()
	h := newHost(t, newServer(t), WithControlLogger(logger))
	addPortal(t, h, "mine", mockserver.Portal{})
	for _, test := range []struct{ method, target, path, portal string }{
		{"GET", "/portals/mine/__mock/apiKeys/sk-secret", "/__mock/apiKeys/:key", "mine"},
		{"DELETE", "/portals/mine/__mock/links/secret", "/__mock/links/:id", "mine"},
		{"GET", "/portals/none/__mock/state", "/__mock/state", "none"},
	} {
		log.Reset()
		w := mocktest.Send(h, test.method, "http://localhost"+test.target, "")
		var line struct {
			Level, Msg, Method, Path, Portal string
			Status                           int
		}
		if err := json.Unmarshal(log.Bytes(), &line); err != nil || strings.Count(log.String(), "\n") != 1 || strings.Contains(log.String(), "secret") {
			t.Fatalf("%s: %v in %s", test.target, err, log)
		}
		if line.Level != "DEBUG" || line.Msg != "control" || line.Method != test.method || line.Path != test.path || line.Portal != test.portal || line.Status != w.Code {
			t.Errorf("%s: got %+v after a %d", test.target, line, w.Code)
		}
	}
}

// A mistake in the fake is a 500 that tells nothing, and not the end of the program.
func TestPanicsOfTheControlAPI(t *testing.T) {
	log, logger := mocktest.Logger()
	h := newHost(t, newServer(t), WithControlLogger(logger), WithMetrics(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("sk-secret") })))
	w := mocktest.Send(h, "GET", "http://localhost/__mock/metrics", "")
	if w.Code != 500 || strings.TrimSpace(w.Body.String()) != `{"message":"mock-docspace failed; please report it with its log"}` || w.Header().Get(mockserver.HeaderVersion) != mockserver.Version {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), `"msg":"panic"`) || !strings.Contains(log.String(), "sk-secret") {
		t.Errorf("got %s", log)
	}
}
