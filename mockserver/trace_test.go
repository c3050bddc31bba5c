package mockserver

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestTraceID(t *testing.T) {
	const trace, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
	for header, want := range map[string]string{
		"00-" + trace + "-" + parent + "-01":                             trace,
		"00-" + trace + "-" + parent + "-ff":                             trace,
		"cc-" + trace + "-" + parent + "-01":                             trace, // a later version
		"cc-" + trace + "-" + parent + "-01-more":                        trace,
		"cc-" + trace + "-" + parent + "-01.more":                        "",
		"00-" + trace + "-" + parent + "-01-more":                        "",
		"ff-" + trace + "-" + parent + "-01":                             "",
		"00-" + strings.Repeat("0", 32) + "-" + parent + "-01":           "",
		"00-" + trace + "-" + strings.Repeat("0", 16) + "-01":            "",
		"00-" + strings.ToUpper(trace) + "-" + parent + "-01":            "",
		"00-" + trace + "-" + parent:                                     "",
		"00-" + trace + "0-" + parent + "-01":                            "",
		trace:                                                            "",
		"":                                                               "",
		"cc-" + trace + "-" + parent + "-01-" + strings.Repeat("x", 600): "",
	} {
		log, option := logged()
		s := newServer(t, option)
		mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Traceparent", header)
		if got := s.LastRequests(1)[0].TraceID; got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
		if inLog := strings.Contains(log.String(), `"trace_id":"`+trace+`"`); inLog != (want != "") || strings.Contains(log.String(), `"trace_id":""`) {
			t.Errorf("%q: the log says %s", header, log)
		}
	}
	s := newServer(t)
	twice := "00-" + trace + "-" + parent + "-01"
	mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Traceparent", twice, "Traceparent", twice)
	if got := s.LastRequests(1)[0].TraceID; got != "" {
		t.Errorf("two headers: %q", got)
	}
	mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Traceparent", twice)
	if n, err := s.CountRequests(Filter{TraceID: trace}); n != 1 || err != nil {
		t.Errorf("counted %d, %v", n, err)
	}
}
