package mockserver

import (
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestObserver(t *testing.T) {
	var seen []Observation
	s := newServer(t, WithProfile(ProfileDocumented), WithJournal(0), WithObserver(func(o Observation) { seen = append(seen, o) }))
	owner := as(s, RoleOwner)
	if _, err := s.Fault(Fault{Operation: ExternalShareSocialMedia, Status: 503, Delay: time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	mocktest.Send(s, "GET", mocktest.SettingsPath, "", owner...)
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"displayValue":true}`, owner...)
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":"yes"}`, owner...)
	mocktest.Send(s, "PUT", mocktest.SocialPath, `{"set":true}`, owner...)
	mocktest.Send(s, "DELETE", mocktest.SettingsPath, "")
	mocktest.Send(s, "BREW", "/nope", "")

	for i := range seen {
		if seen[i].Duration <= 0 {
			t.Errorf("%+v: no duration", seen[i])
		}
		seen[i].Duration = 0
	}
	if want := []Observation{
		{Operation: GetFilesSettings, Method: "GET", Status: 200},
		{Operation: ExternalShare, Method: "PUT", Status: 200, Hint: true},
		{Operation: ExternalShare, Method: "PUT", Status: 400, Hint: true, Violations: 1},
		{Operation: ExternalShareSocialMedia, Method: "PUT", Status: 503, Faults: []FaultKind{FaultStatus}},
		{Method: "DELETE", Status: 405, Hint: true, Violations: 1},
		{Method: "BREW", Status: 404, Hint: true, Violations: 1},
	}; !reflect.DeepEqual(seen, want) {
		t.Errorf("got\n%+v, want\n%+v", seen, want)
	}
}

func TestObserverOfWhatIsNotAnswered(t *testing.T) {
	seen := make(chan Observation, 2)
	s := Start(t, WithObserver(func(o Observation) { seen <- o }))
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // which tries nothing twice
	for _, kind := range []FaultKind{FaultReset, FaultTruncated} {
		s.Fault(Fault{Kind: kind, Times: 1})
		if answer, err := client.Get(s.URL + mocktest.SettingsPath); err == nil {
			answer.Body.Close()
		}
		if o := <-seen; len(o.Faults) != 1 || o.Faults[0] != kind || (o.Status == 0) != (kind == FaultReset) {
			t.Errorf("%s: %+v", kind, o)
		}
	}
}
