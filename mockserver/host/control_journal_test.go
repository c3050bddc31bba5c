package host

import (
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func controlsJournal(s *controlClient) {
	s = newControlClient(s, s.seen, newHost(s, newServer(s, mockserver.WithJournal(3))))
	main := s.host.Main()
	for range 2 {
		mocktest.Send(s.host, http.MethodPut, mocktest.ExternalPath, `{"set":true}`, as(main, mockserver.RoleOwner)...)
	}
	mocktest.Send(s.host, http.MethodGet, mocktest.SettingsPath, "", as(main, mockserver.RoleUser)...)
	list, err := s.ListRequestsWithResponse(s.Context(), &control.ListRequestsParams{Operation: ptr(control.OperationExternalShare)})
	status(s, 200, list, err)
	if requests := *list.JSON200; len(requests) != 2 || valueOf(requests[0].Caller) != "owner@example.com" || requests[0].Status != 200 || requests[1].Sequence != 2 {
		s.Errorf("got %+v", requests)
	}
	count, err := s.CountRequestsWithResponse(s.Context(), &control.CountRequestsParams{Caller: ptr("user@example.com"), Method: ptr("GET"), Status: ptr(200)})
	status(s, 200, count, err)
	if count.JSON200.Count != 1 {
		s.Errorf("got %+v", count.JSON200)
	}

	mocktest.Send(s.host, http.MethodGet, mocktest.SettingsPath, "") // drops the first
	dropped, err := s.CountRequestsWithResponse(s.Context(), nil)
	status(s, 409, dropped, err)
	if d := dropped.JSON409; valueOf(d.Dropped) != 1 || valueOf(d.Through) != 1 {
		s.Errorf("got %+v", d)
	}
	lost, err := s.ListRequestsWithResponse(s.Context(), nil)
	status(s, 409, lost, err)
	last, err := s.ListRequestsWithResponse(s.Context(), &control.ListRequestsParams{Last: ptr(1), Operation: ptr(control.OperationExternalShare)})
	status(s, 200, last, err)
	if requests := *last.JSON200; len(requests) != 1 || requests[0].Sequence != 2 {
		s.Errorf("got %+v", requests)
	}
	after, err := s.CountRequestsWithResponse(s.Context(), &control.CountRequestsParams{After: ptr(int64(1))})
	status(s, 200, after, err)
	if after.JSON200.Count != 3 {
		s.Errorf("got %+v", after.JSON200)
	}
	why, err := s.ExplainRequestWithResponse(s.Context(), 2)
	status(s, 200, why, err)
	if w := why.JSON200; w.Request.Sequence != 2 || len(w.Claims) != 2 || w.Claims[0].Number != "A103" || w.Claims[0].Evidence != control.ClaimEvidenceExecuted || len(w.Claims[0].Profiles) != 4 ||
		len(w.Notes) != 0 || len(w.Profiles) != 4 || !w.Profiles[0].Own || w.Profiles[0].Does != nil {
		s.Errorf("got %+v", w)
	}
	s.refused(404, http.MethodGet, "/__mock/journal/1/why", "")
	s.refused(400, http.MethodGet, "/__mock/journal/last/why", "")
	cleared, err := s.ClearRequestsWithResponse(s.Context())
	status(s, 204, cleared, err)
	status(s, 200, must(s.CountRequestsWithResponse(s.Context(), nil)), nil)

	for _, query := range []string{"unanswered=true&status=200", "anonymous=true&caller=a", "unanswered=true&status=200&last=1"} {
		s.refused(409, http.MethodGet, "/__mock/journal?"+query, "")
	}
	must(main.Fault(mockserver.Fault{Kind: mockserver.FaultReset, Times: 1, Operation: mockserver.ExternalShareSocialMedia}))
	mocktest.Send(s.host, http.MethodGet, mocktest.SettingsPath, "")
	mocktest.Send(s.host, http.MethodGet, mocktest.SettingsPath, "", as(main, mockserver.RoleUser)...)
	func() {
		defer func() { _ = recover() }() // as net/http does
		mocktest.Send(s.host, http.MethodPut, mocktest.SocialPath, `{"set":true}`, as(main, mockserver.RoleOwner)...)
	}()
	for _, params := range []control.CountRequestsParams{{Anonymous: ptr(true), Operation: ptr(control.OperationGetFilesSettings)}, {Unanswered: ptr(true)}} {
		count, err := s.CountRequestsWithResponse(s.Context(), &params)
		status(s, 200, count, err)
		if count.JSON200.Count != 1 {
			s.Errorf("%+v: got %d", params, count.JSON200.Count)
		}
	}
	for _, query := range []string{
		"anonymous=1", "unanswered=yes", "oper=x", "status=9", "status=a", "status=", "status=1e2", "after=-1", "after=99999999999999999999", "violated=maybe", "violated=1",
		"operation=any", "last=0", "caller=", "status=200&status=201", "traceId=x", "%zz=1", "status=200;caller=x",
	} {
		s.refused(400, http.MethodGet, "/__mock/journal?"+query, "")
	}
	for query, want := range map[string]string{
		"after=9223372036854775808":   "query parameter after: must be at most 9223372036854775807",
		"after=99999999999999999999":  "query parameter after: must be at most 9223372036854775807",
		"last=99999999999999999999":   "query parameter last: must be from 1 to 1000000",
		"last=-99999999999999999999":  "query parameter last: must be from 1 to 1000000",
		"status=99999999999999999999": "query parameter status: must be from 100 to 599",
	} {
		if refusal := s.refused(400, http.MethodGet, "/__mock/journal?"+query, ""); refusal.Message != want {
			s.Errorf("%s: got %q", query, refusal.Message)
		}
	}
	none := newControlClient(s, s.seen, newHost(s, newServer(s, mockserver.WithJournal(0))))
	for _, path := range []string{"/__mock/journal/count", "/__mock/journal", "/__mock/journal?last=5", "/__mock/journal/1/why"} {
		if refusal := none.refused(409, http.MethodGet, path, ""); refusal.Message != mockserver.ErrNoJournal.Error() {
			s.Errorf("%s: %s", path, refusal.Message)
		}
	}
}
