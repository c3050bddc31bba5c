package host

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

func controlsProcess(s *controlClient) {
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
	metrics, err = newControlClient(s, s.seen, h).GetMetricsWithResponse(s.Context())
	status(s, 200, metrics, err)
	if string(metrics.Body) != "mock_docspace_portals 1\n" {
		s.Errorf("got %q", metrics.Body)
	}
	if code, body, _ := s.raw(http.MethodHead, "/__mock/health", ""); code != 200 {
		s.Errorf("HEAD: got %d %s", code, body)
	}
}
