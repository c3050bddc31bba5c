package mockserver

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestFilter(t *testing.T) {
	s := newServer(t)
	addFault(t, s, Fault{ID: "f", Status: 503, Operation: ExternalShare, Times: 1})
	owner := as(s, RoleOwner)
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, owner...)
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, owner...)
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{}`, as(s, RoleUser)...)
	mocktest.Send(s, "GET", mocktest.SettingsPath, "", owner...)
	mocktest.Send(s, "GET", "/nope", "")
	addFault(t, s, Fault{Kind: FaultReset})
	if _, _, err := (reached{client: &http.Client{Transport: withoutCredentials{s.Transport()}}, url: "http://portal"}).get(t.Context(), s); err == nil {
		t.Fatal("there is an answer")
	}
	for _, test := range []struct {
		filter Filter
		want   []uint64
	}{
		{Filter{}, []uint64{1, 2, 3, 4, 5, 6}},
		{Filter{Operation: ExternalShare}, []uint64{1, 2, 3}},
		{Filter{Method: "GET"}, []uint64{4, 5, 6}},
		{Filter{Status: 503}, []uint64{1}},
		{Filter{Caller: "OWNER@example.com"}, []uint64{1, 2, 4}},
		{Filter{Fault: "f"}, []uint64{1}},
		{Filter{Violated: true}, []uint64{3, 5}},
		{Filter{After: 3}, []uint64{4, 5, 6}},
		{Filter{After: 2, Operation: ExternalShare, Violated: true}, []uint64{3}},
		{Filter{After: 6}, nil},
		{Filter{Status: 418}, nil},
		{Filter{Anonymous: true}, []uint64{5, 6}},
		{Filter{Unanswered: true}, []uint64{6}},
	} {
		requests, err := s.Requests(test.filter)
		var got []uint64
		for _, r := range requests {
			got = append(got, r.Sequence)
		}
		if !slices.Equal(got, test.want) || err != nil || count(t, s, test.filter) != len(test.want) {
			t.Errorf("%+v: %v, %v", test.filter, got, err)
		}
	}
}

// withoutCredentials is a client that has none.
type withoutCredentials struct{ http.RoundTripper }

func (t withoutCredentials) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Del("Authorization")
	return t.RoundTripper.RoundTrip(r)
}

// A question that nothing can answer is none.
func TestWrongFilter(t *testing.T) {
	s := newServer(t)
	for want, f := range map[string]Filter{
		"filter: operation: unknown operation \"nope\"": {Operation: "nope"},
		"filter: status: must be":                       {Status: 99},
		"filter: unanswered: does not":                  {Unanswered: true, Status: 200},
		"filter: anonymous: does not":                   {Anonymous: true, Caller: "owner@example.com"},
	} {
		_, err := s.CountRequests(f)
		_, listed := s.Requests(f)
		var wrong *FilterError
		if !errors.As(err, &wrong) || !errors.As(listed, &wrong) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v: %v, %v", f, err, listed)
		}
	}
}
