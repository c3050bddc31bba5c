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

func texts(violations []Violation) []string {
	var texts []string
	for _, v := range violations {
		texts = append(texts, v.String())
	}
	return texts
}

// brokenContracts are requests and the places in which they do not keep to openapi.yaml.
var brokenContracts = []struct {
	method, target, body, contentType string
	want                              []string
}{
	{"GET", mocktest.SettingsPath, "", "", nil},
	{"GET", mocktest.SettingsPath, `{"set":1}`, "text/plain", nil}, // no body is described
	{"GET", mocktest.SettingsPath + "?fields=a,b&x=y", "", "", nil},
	{"GET", mocktest.SettingsPath + "?fields=", "", "", []string{"/query/fields: must not be empty"}},
	{"GET", strings.ToUpper(mocktest.SettingsPath) + "/", "", "", nil},
	{"PUT", mocktest.ExternalPath, `{"set":true}`, "application/json", nil},
	{"PUT", mocktest.ExternalPath, `{"set":true,"displayValue":true,"x":1e999}`, "application/json; charset=utf-8", nil},
	{"PUT", "/API/2.0/Files/settings/External/", `{"set":true}`, "application/json", nil},
	{"PUT", mocktest.ExternalPath, `{}`, "application/json", []string{"/body: needs set or displayValue, with the same value where both are given"}},
	{"PUT", mocktest.ExternalPath, `{"set":true,"displayValue":false}`, "application/json", []string{"/body: needs set or displayValue, with the same value where both are given"}},
	{"PUT", mocktest.ExternalPath, `{"SET":true}`, "application/json", []string{"/body: needs set or displayValue, with the same value where both are given"}},
	{"PUT", mocktest.ExternalPath, `{"set":"secret"}`, "application/json", []string{"/body/set: must be true or false"}},
	{"PUT", mocktest.SocialPath, `{"set":1,"displayValue":null}`, "application/json", []string{"/body/displayValue: must not be null", "/body/set: must be true or false"}},
	{"PUT", mocktest.ExternalPath, `["secret"]`, "application/json", []string{"/body: must be an object"}},
	{"PUT", mocktest.ExternalPath, `{"secret`, "application/json", []string{"/body: is not valid JSON"}},
	{"PUT", mocktest.ExternalPath, `{"set":true} {}`, "application/json", []string{"/body: is not valid JSON"}},
	{"PUT", mocktest.ExternalPath, ``, "application/json", []string{"/body: is missing"}},
	{"PUT", mocktest.ExternalPath, " \n", "application/json", []string{"/body: is missing"}},
	{"PUT", mocktest.ExternalPath, `{"set":true}`, "text/json", []string{"/header/Content-Type: must be application/json"}},
	{"PUT", mocktest.ExternalPath, `{"set":true}`, "", []string{"/header/Content-Type: must be application/json"}},
	{"POST", mocktest.PasswordPath("x"), `{"password":"secret"}`, "application/json", nil},
	{"POST", mocktest.PasswordPath("x"), `{"password":null}`, "application/json", nil},
	{"POST", mocktest.PasswordPath("x"), `{}`, "application/json", nil},
	{"POST", mocktest.PasswordPath("x"), `{"password":12345}`, "application/json", []string{"/body/password: must be a text"}},
	{"GET", mocktest.ExternalPath, "", "", []string{"/method: only PUT is known here"}},
	{"GET", "/nope", "", "", []string{"/path: there is no such path"}},
	{"GET", "/api/2.0/files/10", "", "", []string{"/path: there is no such path"}},
}

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
					if profile == ProfileV372 {
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

func TestContractModesAreChecked(t *testing.T) {
	for _, mode := range []ContractMode{"", "Warn", "strict"} {
		if _, err := New(WithContract(mode)); err == nil || !strings.Contains(err.Error(), "warn") {
			t.Errorf("%q: %v", mode, err)
		}
	}
	s := newServer(t)
	if w := mocktest.Send(s, "GET", "/nope", ""); w.Header().Get("X-Mock-Contract") == "" {
		t.Error("nobody looks by default")
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

// The wording of `not` is that of one schema.
func TestOnlyOneSchemaForbids(t *testing.T) {
	for name, schema := range contractDocument().Components.Schemas {
		if schema.Value.Not != nil && name != "DisplayRequestDto" {
			t.Errorf("%s has a not of its own: schemaMessage does not know it", name)
		}
	}
}
