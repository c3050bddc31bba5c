package main

import (
	"regexp"
	"strings"
	"testing"
)

func TestControl(t *testing.T) {
	for what, test := range map[string]struct {
		flags []string
		want  int
	}{
		"on loopback":        {nil, 200},
		"with a wrong token": {[]string{"--control-token", "other"}, 401},
		"with the token":     {[]string{"--control-token", "mine"}, 200},
		"switched off":       {[]string{"--no-control"}, 404},
	} {
		p := start(t, nil, append(test.flags, "--addr", "127.0.0.1:0")...)
		if got := p.get("/__mock/state", "X-Mock-Token", "mine").StatusCode; got != test.want {
			t.Errorf("%s: %d, want %d", what, got, test.want)
		}
		p.stop()
		if got := strings.Contains(p.stderr.String(), "\ncontrol  /__mock\n"); got != (test.want != 404) {
			t.Errorf("%s: announced %t: %s", what, got, p.stderr)
		}
		if strings.Contains(p.stderr.String(), "token") {
			t.Errorf("%s: a token is printed: %s", what, p.stderr)
		}
	}
}

// Beyond loopback the control API always needs a token.
func TestMintedToken(t *testing.T) {
	printed := regexp.MustCompile(`token=([A-Z2-7]{26})\n`)
	for _, flags := range [][]string{{"--addr", "0.0.0.0:0"}, {"--addr", "127.0.0.1:0", "--control-addr", "0.0.0.0:0"}} {
		p := start(t, nil, append(flags, "--quiet")...)
		p.url = strings.Replace(p.url, "0.0.0.0", "127.0.0.1", 1)
		match := printed.FindStringSubmatch(p.stderr.String())
		if match == nil {
			t.Fatalf("%v: no token is printed: %s", flags, p.stderr)
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
		t.Fatalf("not announced: %s", p.stderr)
	}
	if got := p.get("/__mock/state").StatusCode; got != 404 {
		t.Errorf("the portal's address has the control API too: %d", got)
	}
	portal := p.url
	p.url = match[1]
	if got := p.get(settings, "Authorization", "YOUR_API_KEY").StatusCode; got != 404 {
		t.Errorf("the control address has the portal too: %d", got)
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
		t.Errorf("a request to the control API is logged: %s", p.stderr)
	}
}

func TestContractOff(t *testing.T) {
	p := start(t, []string{"MOCK_DOCSPACE_CONTRACT=off", "MOCK_DOCSPACE_JOURNAL=0"}, "--addr", "127.0.0.1:0", "--quiet")
	answer, _ := p.do("PUT", settings+"/external", `{"set":"yes"}`, "Authorization", "YOUR_API_KEY")
	if answer.Header.Get("X-Mock-Contract") != "" {
		t.Error("the contract is checked")
	}
}
