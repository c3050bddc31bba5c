package host

import (
	"net/http"
	"strings"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

func controlsClock(s *controlClient) {
	clock := s.host.Main().Clock()
	at := time.Date(2030, 1, 1, 12, 0, 0, 0, time.FixedZone("", 3600))
	frozen, err := s.FreezeClockWithResponse(s.Context(), control.FreezeClock{At: &at})
	status(s, 200, frozen, err)
	if c := frozen.JSON200; !c.Frozen || !c.Now.Equal(at) || !clock.Now().Equal(at) {
		s.Errorf("got %+v", c)
	}
	advanced, err := s.AdvanceClockWithResponse(s.Context(), control.AdvanceClock{By: "61s"})
	status(s, 200, advanced, err)
	if c := advanced.JSON200; !c.Frozen || !c.Now.Equal(at.Add(61*time.Second)) {
		s.Errorf("got %+v", c)
	}
	status(s, 200, must(s.AdvanceClockWithResponse(s.Context(), control.AdvanceClock{By: "-1m1s"})), nil)
	if !clock.Now().Equal(at) {
		s.Errorf("got %s", clock.Now())
	}
	resumed, err := s.ResumeClockWithResponse(s.Context())
	status(s, 200, resumed, err)
	if c := resumed.JSON200; c.Frozen || c.Now.Before(at) || !strings.Contains(c.Offset, "h") {
		s.Errorf("got %+v", c)
	}
	if code, answer, _ := s.raw(http.MethodPost, "/__mock/clock/freeze", ""); code != 200 || !strings.Contains(answer, `"frozen":true`) {
		s.Errorf("freeze without a body: got %d %s", code, answer)
	}
	read, err := s.GetClockWithResponse(s.Context())
	status(s, 200, read, err)
	before := clock.Now()
	for _, by := range []string{"2000000h", "-2000000h", "9000000h"} {
		status(s, 409, must(s.AdvanceClockWithResponse(s.Context(), control.AdvanceClock{By: by})), nil)
	}
	for _, by := range []string{"9999999h", "9223372036s", "9223372036854775807ns", "9223372036854775808ns", "-99999999999999999999s"} {
		if got := s.refused(409, http.MethodPost, "/__mock/clock/advance", `{"by":"`+by+`"}`).Message; got != "by: the clock stays between 1970 and 2200" {
			s.Errorf("%s: got %s", by, got)
		}
	}
	far := time.Date(2500, 1, 1, 0, 0, 0, 0, time.UTC)
	status(s, 409, must(s.FreezeClockWithResponse(s.Context(), control.FreezeClock{At: &far})), nil)
	if !clock.Now().Equal(before) {
		s.Errorf("a refused call has moved the clock to %s", clock.Now())
	}
	const long = 999999999 * time.Second
	status(s, 200, must(s.AdvanceClockWithResponse(s.Context(), control.AdvanceClock{By: "999999999s"})), nil)
	if !clock.Now().Equal(before.Add(long)) {
		s.Errorf("got %s", clock.Now())
	}
}
