package host

import (
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func controlsFaults(s *controlClient) {
	main := s.host.Main()
	added, err := s.AddFaultWithResponse(s.Context(), control.NewFault{
		ID: ptr("twice"), Operation: ptr(control.OperationExternalShare), Status: ptr(503), RetryAfter: ptr("3s"), Times: ptr(2),
	})
	status(s, 201, added, err)
	if f := added.JSON201; f.Kind != control.FaultKindStatus || valueOf(f.RetryAfter) != "3s" || f.UsedUp || f.Probability != 1 {
		s.Errorf("got %+v", f)
	}
	for call := range 3 {
		code := mocktest.Send(s.host, http.MethodPut, mocktest.ExternalPath, `{"set":true}`, as(main, mockserver.RoleOwner)...).Code
		if (code == 503) != (call < 2) {
			s.Errorf("call %d: got %d", call, code)
		}
	}
	got, err := s.GetFaultWithResponse(s.Context(), "twice")
	status(s, 200, got, err)
	if f := got.JSON200; !f.UsedUp || f.Applied != 2 {
		s.Errorf("got %+v", f)
	}
	s.refused(409, http.MethodPost, "/__mock/faults", `{"id":"twice","kind":"hang"}`)
	s.refused(409, http.MethodPost, "/__mock/faults", `{"times":1}`)
	for body, want := range map[string]string{
		`{"kind":"status"}`:                                "status: is missing: use 400 to 599",
		`{"kind":"delay","delay":"9999999h"}`:              "delay: must be between 0s and 1h",
		`{"kind":"delay","delay":"99999999999999999999s"}`: "delay: must be between 0s and 1h",
		`{"status":503,"retryAfter":"9999999h"}`:           "retryAfter: must be whole seconds between 0s and 24h",
		`{"kind":"delay","delayMax":"9999999h"}`:           "delayMax: must be between the delay and 1h",
	} {
		if got := s.refused(409, http.MethodPost, "/__mock/faults", body).Message; got != want {
			s.Errorf("%s: got %s, want %s", body, got, want)
		}
	}
	odd := "a/b%2F"
	delayed, err := s.AddFaultWithResponse(s.Context(), control.NewFault{
		ID: &odd, Kind: ptr(control.FaultKindDelay), Delay: ptr("1ms"), DelayMax: ptr("2ms"), Seed: ptr(int64(7)), Probability: ptr(0.5), Header: ptr(true),
	})
	status(s, 201, delayed, err)
	list, err := s.ListFaultsWithResponse(s.Context())
	status(s, 200, list, err)
	if f := (*list.JSON200)[1]; f.ID != odd || valueOf(f.DelayMax) != "2ms" || f.Seed != 7 || f.Probability != 0.5 || !f.Header {
		s.Errorf("got %+v", f)
	}
	deleted, err := s.DeleteFaultWithResponse(s.Context(), odd)
	status(s, 204, deleted, err)
	s.refused(404, http.MethodGet, "/__mock/faults/a%2Fb%252F", "")
	s.refused(404, http.MethodDelete, "/__mock/faults/a%2Fb%252F", "")
	cleared, err := s.ClearFaultsWithResponse(s.Context())
	status(s, 204, cleared, err)
	if n := len(main.Faults()); n != 0 {
		s.Errorf("%d faults are left", n)
	}
}
