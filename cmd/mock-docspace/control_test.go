package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/onsi/gomega"
)

func TestControl(t *testing.T) {
	for what, test := range map[string]struct {
		flags []string
		want  int
	}{
		"on loopback":                     {nil, 200},
		"with the token of somebody else": {[]string{"--control-token", "other"}, 401},
		"with the token":                  {[]string{"--control-token", "mine"}, 200},
		"switched off":                    {[]string{"--no-control"}, 404},
	} {
		p := start(t, nil, append(test.flags, "--addr", "127.0.0.1:0")...)
		if got := p.get("/__mock/state", "X-Mock-Token", "mine").StatusCode; got != test.want {
			t.Errorf("%s: %d, want %d", what, got, test.want)
		}
		p.stop()
		if got := strings.Contains(p.stderr.String(), "\ncontrol  /__mock\n"); got != (test.want != 404) {
			t.Errorf("%s: told %t: %s", what, got, p.stderr)
		}
		if strings.Contains(p.stderr.String(), "token") {
			t.Errorf("%s: a token is told: %s", what, p.stderr)
		}
	}
}

// Beyond loopback there is always a token.
func TestMintedToken(t *testing.T) {
	told := regexp.MustCompile(`token=([A-Z2-7]{26})\n`)
	for _, flags := range [][]string{{"--addr", "0.0.0.0:0"}, {"--addr", "127.0.0.1:0", "--control-addr", "0.0.0.0:0"}} {
		p := start(t, nil, append(flags, "--quiet")...)
		p.url = strings.Replace(p.url, "[::]", "127.0.0.1", 1)
		match := told.FindStringSubmatch(p.stderr.String())
		if match == nil {
			t.Fatalf("%v: no token is told: %s", flags, p.stderr)
		}
		if len(flags) > 2 {
			continue
		}
		if got := p.get("/__mock/state").StatusCode; got != 401 {
			t.Errorf("without token: %d", got)
		}
		if got := p.get("/__mock/state", "Authorization", "Bearer "+match[1]).StatusCode; got != 200 {
			t.Errorf("with token: %d", got)
		}
		if got := p.get("/__mock/health").StatusCode; got != 200 {
			t.Errorf("health: %d", got)
		}
	}
	for _, flags := range [][]string{{"--no-control"}, {"--control-addr", "127.0.0.1:0"}, {"--control-token", "mine"}} {
		p := start(t, nil, append(flags, "--addr", "0.0.0.0:0", "--quiet")...)
		p.stop()
		if strings.Contains(p.stderr.String(), "token") {
			t.Errorf("%v: %s", flags, p.stderr)
		}
	}
}

func TestControlElsewhere(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--control-addr", "127.0.0.1:0")
	match := regexp.MustCompile(`\ncontrol  (http://127\.0\.0\.1:\d+)/__mock\n`).FindStringSubmatch(p.stderr.String())
	if match == nil {
		t.Fatalf("not told: %s", p.stderr)
	}
	if got := p.get("/__mock/state").StatusCode; got != 404 {
		t.Errorf("the portal has it too: %d", got)
	}
	portal := p.url
	p.url = match[1]
	if got := p.get(settings, "Authorization", "YOUR_API_KEY").StatusCode; got != 404 {
		t.Errorf("the portal is there too: %d", got)
	}
	answer, body := p.do("POST", "/__mock/portals", `{"name":"mine"}`)
	if answer.StatusCode != 201 || !strings.Contains(body, portal+"/portals/mine") {
		t.Fatalf("%d %s", answer.StatusCode, body)
	}
	p.url = portal
	if got := p.get("/portals/mine"+settings, "Authorization", "YOUR_API_KEY").StatusCode; got != 200 {
		t.Errorf("the new portal: %d", got)
	}
}

func TestNamedPortalsHaveTheOptionsOfTheProgram(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--profile", "v3.7.2", "--contract", "enforce", "--journal", "1")
	p.do("POST", "/__mock/portals", `{"name":"mine"}`)
	for _, prefix := range []string{"", "/portals/mine"} {
		if got := p.get(prefix + settings).StatusCode; got != 200 {
			t.Errorf("%s: the profile: %d", prefix, got)
		}
		if answer, body := p.do("PUT", prefix+settings+"/external", `{"set":"yes"}`, "Authorization", "YOUR_API_KEY"); answer.StatusCode != 400 || answer.Header.Get("X-Mock-Contract") == "" {
			t.Errorf("%s: the contract: %d %s", prefix, answer.StatusCode, body)
		}
		if answer, body := p.do("GET", prefix+"/__mock/journal/count", ""); answer.StatusCode != 409 {
			t.Errorf("%s: the journal: %d %s", prefix, answer.StatusCode, body)
		}
	}
	p.stop()
	if strings.Contains(p.stderr.String(), "/__mock/journal") {
		t.Errorf("control is logged: %s", p.stderr)
	}
}

func TestContractOff(t *testing.T) {
	p := start(t, []string{"MOCK_DOCSPACE_CONTRACT=off", "MOCK_DOCSPACE_JOURNAL=0"}, "--addr", "127.0.0.1:0", "--quiet")
	answer, _ := p.do("PUT", settings+"/external", `{"set":"yes"}`, "Authorization", "YOUR_API_KEY")
	if answer.Header.Get("X-Mock-Contract") != "" {
		t.Error("the contract is watched")
	}
}

// What hangs on purpose does not keep the program from ending.
func TestHangingRequestsEndWithTheProgram(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet")
	p.do("POST", "/__mock/portals", `{"name":"mine"}`)
	hanging := make(chan error, 2)
	for _, prefix := range []string{"", "/portals/mine"} {
		if answer, body := p.do("POST", prefix+"/__mock/faults", `{"id":"h","kind":"hang"}`); answer.StatusCode != 201 {
			t.Fatalf("%d %s", answer.StatusCode, body)
		}
		go func() {
			answer, err := p.try(prefix + settings)
			if err == nil {
				answer.Body.Close()
			}
			hanging <- err
		}()
		gomega.NewWithT(t).Eventually(func() string {
			_, body := p.do("GET", prefix+"/__mock/faults/h", "")
			return body
		}).Should(gomega.ContainSubstring(`"applied":1`))
	}
	begun := time.Now()
	if code := p.stop(); code != exitOK || time.Since(begun) > drainTimeout/2 {
		t.Errorf("exit %d after %s", code, time.Since(begun))
	}
	for range 2 {
		if err := <-hanging; err == nil {
			t.Error("it was answered")
		}
	}
}

func TestMetrics(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--journal", "3")
	p.do("POST", "/__mock/portals", `{"name":"mine"}`)
	p.do("POST", "/__mock/faults", `{"kind":"proxy","operation":"externalShareSocialMedia"}`)
	owner := []string{"Authorization", "YOUR_API_KEY"}
	p.get(settings, owner...)
	p.get("/portals/mine"+settings, owner...)
	p.do("PUT", settings+"/external", `{"displayValue":true,"more":1}`, owner...)
	p.do("PUT", settings+"/externalsocialmedia", `{}`, owner...)
	p.do("MADEUP", "/made-up", "")
	p.do("MADEUP2", "/made-up", "")
	g := gomega.NewWithT(t)
	var body string
	g.Eventually(func() string {
		_, body = p.do("GET", "/__mock/metrics", "")
		return body
	}).Should(gomega.ContainSubstring(`mock_docspace_requests_total{method="other",operation="none",status="404"} 2`))
	for _, want := range []string{
		`mock_docspace_requests_total{method="GET",operation="getFilesSettings",status="200"} 2`,
		`mock_docspace_requests_total{method="PUT",operation="externalShare",status="200"} 1`,
		`mock_docspace_requests_total{method="PUT",operation="externalShareSocialMedia",status="502"} 1`,
		`mock_docspace_request_duration_seconds_count{operation="getFilesSettings"} 2`,
		`mock_docspace_request_duration_seconds_bucket{operation="applyExternalSharePassword",le="30"} 0`,
		`mock_docspace_faults_applied_total{kind="proxy",operation="externalShareSocialMedia"} 1`,
		`mock_docspace_hints_total{operation="externalShare"} 1`,
		`mock_docspace_contract_violations_total{operation="externalShareSocialMedia"} 1`,
		`mock_docspace_portals 2`,
		`mock_docspace_journal_entries 4`,
		`mock_docspace_journal_dropped 2`,
		`mock_docspace_build_info{goversion="go`,
		`go_goroutines `,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	for _, secret := range []string{"MADEUP", "made-up", "YOUR_API_KEY", "mine"} {
		if strings.Contains(body, secret) {
			t.Errorf("%s is told", secret)
		}
	}
}
