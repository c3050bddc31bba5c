package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

// putDisplayValue sends what the server does not read, to a portal below the address.
func putDisplayValue(t *testing.T, address string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, address+"/api/2.0/files/settings/external", strings.NewReader(`{"displayValue":true}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer YOUR_API_KEY")
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
}

const whyDisplayValue = "1: PUT /api/2.0/files/settings/external {\"displayValue\":true} by owner@example.com: 200\n\n" +
	"A104   A body without `set` switches off. The answer is 200.\n" +
	"       executed: framework.json: F003, F025, F316; bodies.json: body-Z2-0045 (profiles v3.7.2, v3.8,\n" +
	"       next)\n" +
	"A106   `displayValue` is ignored, whatever its value is.\n" +
	"       executed: framework.json: F011 (profiles v3.7.2, v3.8, next)\n" +
	"A101   The answer is the value that is now in force.\n" +
	"       executed: framework.json: F001, F002 (all profiles)\n" +
	"A121   Switching external sharing off also switches social media off.\n" +
	"       executed: sharing.json: VB169, VB170, VB185, VB186 (all profiles)\n\n" +
	"What each profile does with this request:\n" +
	"  documented  reads displayValue and set, so it takes this body as true and answers 200\n" +
	"              A107   `displayValue` switches in the same way as `set`.\n" +
	"                     reference: configure-external-file-sharing-settings (profile documented)\n" +
	"  v3.7.2      this answer\n" +
	"  v3.8, next  the same\n"

func TestWhy(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--profile", "v3.7.2")
	putDisplayValue(t, p.url)
	for _, id := range []string{"1", "last"} {
		if code, stdout, stderr := runToEnd(t, nil, "why", "--addr", p.url, id); code != exitOK || stdout != whyDisplayValue || stderr != "" {
			t.Errorf("%s: exit %d, %s\n%s", id, code, stderr, stdout)
		}
	}
	for _, test := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"2"}, exitFailure, "there is no request 2 yet: the last one is 1"},
		{[]string{"0"}, exitUsage, `ID: must be the number of a request, or last, not "0"`},
		{[]string{"first"}, exitUsage, `ID: must be the number of a request, or last, not "first"`},
		{nil, exitUsage, `expected "<id>"`},
		{[]string{"1", "--portal-name", "mine"}, exitFailure, `there is no portal of the name "mine": POST /__mock/portals makes one`},
		{[]string{"1", "--control-addr", "nowhere"}, exitUsage, "--control-addr: "},
	} {
		code, stdout, stderr := runToEnd(t, nil, append([]string{"why", "--addr", p.url}, test.args...)...)
		if code != test.code || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.HasPrefix(stderr, "mock-docspace: "+test.want) {
			t.Errorf("%v: exit %d, %s, want %s", test.args, code, stderr, test.want)
		}
	}
	p.stop()
	if code, _, stderr := runToEnd(t, nil, "why", "--addr", p.url, "1"); code != exitFailure || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, p.url+" does not answer: ") {
		t.Errorf("no server: exit %d, %s", code, stderr)
	}
}

// The control API may want a token, be at an address of its own, or not be there. The server may be at a socket file, and have no request.
func TestWhyElsewhere(t *testing.T) {
	for name, test := range map[string]struct {
		serve, ask []string
		want       string
	}{
		"a token":            {[]string{"--control-token", "t"}, []string{"--control-token", "t"}, ""},
		"no token":           {[]string{"--control-token", "t"}, nil, "--control-token: the control API wants its token\n"},
		"no control API":     {[]string{"--no-control"}, nil, "has no control API that explains requests: it answers 404 Not Found: give --control-addr when it is elsewhere\n"},
		"no journal":         {[]string{"--journal", "0"}, nil, "there is no journal: its size is 0\n"},
		"an address for tls": {[]string{"--tls-self-signed"}, []string{"--insecure"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t, nil, append([]string{"--addr", "127.0.0.1:0", "--quiet"}, test.serve...)...)
			_, _, stderr := runToEnd(t, nil, append([]string{"why", "--addr", p.url, "last"}, test.ask...)...)
			want := test.want
			if want == "" {
				want = "mock-docspace: the journal has no request\n"
			}
			if !strings.HasSuffix(stderr, want) || strings.Count(stderr, "\n") != 1 {
				t.Errorf("got %q, want %q", stderr, want)
			}
		})
	}
	socket := filepath.Join(t.TempDir(), "s")
	start(t, nil, "--unix", socket, "--quiet")
	if _, _, stderr := runToEnd(t, nil, "why", "--unix", socket, "last"); stderr != "mock-docspace: the journal has no request\n" {
		t.Errorf("a socket file: %s", stderr)
	}
	p := start(t, nil, "--addr", "127.0.0.1:0", "--control-addr", "127.0.0.1:0", "--quiet")
	_, _, stderr := runToEnd(t, nil, "why", "--addr", p.url, "--control-addr", "127.0.0.1:1", "1")
	if !strings.HasPrefix(stderr, "mock-docspace: http://127.0.0.1:1 does not answer: ") {
		t.Errorf("another address: %s", stderr)
	}
}

func TestWhyOfOthers(t *testing.T) {
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	if code, _, stderr := runToEnd(t, nil, "why", "--addr", other.URL, "1"); code != exitFailure || !strings.HasSuffix(stderr, "is something other than mock-docspace: it answers 404 Not Found\n") {
		t.Errorf("exit %d, %s", code, stderr)
	}
}

func TestPrintWhy(t *testing.T) {
	unsure, does := "hosted portals differ", "answers 404"
	var b strings.Builder
	printWhy(&b, control.Explanation{
		Request:  control.Request{Sequence: 3, Method: "GET", Path: "/x\n"},
		Claims:   []control.Claim{{Number: "A1301", Claim: "It is so.", Unsure: &unsure, Evidence: "source", Citation: "a.cs", Profiles: []control.Profile{"next"}}},
		Notes:    []string{"A fault took the answer away."},
		Profiles: []control.ProfileAnswer{{Profile: "documented", Does: &does}, {Profile: "v3.7.2"}, {Profile: "next", Own: true}},
	})
	const want = "3: GET /x  by nobody: no answer\n\nA fault took the answer away.\nA1301  It is so. Unsure: hosted portals differ.\n       source: a.cs (profile next)\n\n" +
		"What each profile does with this request:\n  documented  answers 404\n  v3.7.2      the same\n  next        this answer\n"
	if b.String() != want {
		t.Errorf("got %s, want %s", b.String(), want)
	}
}
