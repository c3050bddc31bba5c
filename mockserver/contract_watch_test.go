package mockserver

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

func TestContractWatch(t *testing.T) {
	for _, mode := range ContractModes() {
		eachProfile(t, func(t *testing.T, profile string) {
			for _, test := range brokenContracts {
				log, option := logged()
				plain := newServer(t, WithProfile(profile), WithContract(ContractOff), WithClock(mocktest.NewClock().Now))
				s := newServer(t, WithProfile(profile), WithContract(mode), WithClock(mocktest.NewClock().Now), option)
				headers := append(as(s, RoleOwner), "Content-Type", "", "Content-Type", test.contentType)
				without := mocktest.Send(plain, test.method, test.target, test.body, headers...)
				w := mocktest.Send(s, test.method, test.target, test.body, headers...)
				name := fmt.Sprintf("%s: %s %s %s", mode, test.method, test.target, test.body)

				want := test.want
				if mode == ContractOff {
					want = nil
				}
				entry := s.LastRequests(1)[0]
				if got := texts(entry.Violations); !slices.Equal(got, want) {
					t.Errorf("%s: got %q, want %q", name, got, want)
				}
				all := strings.Join(want, "; ")
				if got := w.Header().Get("X-Mock-Contract"); got != all {
					t.Errorf("%s: the header says %q", name, got)
				}
				var line struct{ Contract string }
				if json.Unmarshal(log.Bytes(), &line) != nil || line.Contract != all {
					t.Errorf("%s: the log says %q", name, log)
				}
				if strings.Contains(all, "secret") {
					t.Errorf("%s: tells a value", name)
				}

				if mode == ContractEnforce && want != nil && entry.Operation != "" {
					key := `"message":"` + all + `"`
					if profile != ProfileDocumented {
						key = `"errors":{"` + strings.SplitN(want[0], ":", 2)[0] + `":["` + all + `"]}`
					}
					if w.Code != 400 || !strings.Contains(w.Body.String(), key) || !s.State().Settings.ExternalShare {
						t.Errorf("%s: %d %s", name, w.Code, w.Body)
					}
				} else if w.Code != without.Code || traceIDs.ReplaceAllString(w.Body.String(), "") != traceIDs.ReplaceAllString(without.Body.String(), "") {
					t.Errorf("%s: %d %.200s, without the watch %d %.200s", name, w.Code, w.Body, without.Code, without.Body)
				}
			}
		})
	}
}

// Every request is looked at, also one that is refused earlier or fails on purpose; who may call is not what is looked at.
func TestContractOfRefusedRequests(t *testing.T) {
	for _, mode := range []ContractMode{ContractWarn, ContractEnforce} {
		s := newServer(t, WithContract(mode), limited(func(l *RateLimit) { l.PerMinute = 1 }))
		addFault(t, s, Fault{ID: "f", Status: 503, Header: true})
		for _, test := range []struct {
			want    int
			headers []string
		}{
			{401, nil},
			{429, nil}, // the one before has used up the minute
			{503, []string{"X-Mock-Fault", "f"}},
			{500, []string{"Authorization", "Basic !"}},
		} {
			w := mocktest.Send(s, "PUT", mocktest.ExternalPath, `{}`, test.headers...)
			if got := s.LastRequests(1)[0]; w.Code != test.want || w.Header().Get("X-Mock-Contract") == "" || len(got.Violations) != 1 || got.Body != `{}` {
				t.Errorf("%s: %d, %q, %+v", mode, w.Code, w.Header().Get("X-Mock-Contract"), got)
			}
		}
		if w := mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`); w.Header().Get("X-Mock-Contract") != "" {
			t.Errorf("%s: credentials: %q", mode, w.Header().Get("X-Mock-Contract"))
		}
		if w := mocktest.Send(s, "OPTIONS", mocktest.ExternalPath, "", "Origin", "https://app.example", "Access-Control-Request-Method", "PUT"); w.Code != 204 || w.Header().Get("X-Mock-Contract") != "" {
			t.Errorf("%s: preflight: %d, %q", mode, w.Code, w.Header().Get("X-Mock-Contract"))
		}
	}
}

func TestContractHeaderIsCut(t *testing.T) {
	var many []Violation
	for range 100 {
		many = append(many, Violation{"/body/é", "must be a text"})
	}
	if got := text.Shorten(joinViolations(many), maxContractHeader); len(got) > maxContractHeader || !strings.HasSuffix(got, "...") {
		t.Errorf("%d bytes, %q", len(got), got)
	}
}

// `fields` does not hide what the contract refuses. The journal shows it all the same.
func TestContractAndFields(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV372), WithContract(ContractEnforce))
	w := mocktest.Send(s, "PUT", mocktest.ExternalPath+"?fields=status", `{}`, as(s, RoleOwner)...)
	if path := s.LastRequests(1)[0].Path; w.Code != 400 || !strings.Contains(w.Body.String(), `"errors":{"/body":`) || path != mocktest.ExternalPath+"?fields=status" {
		t.Errorf("%s: got %d %s", path, w.Code, w.Body)
	}
}
