package main

import (
	"strings"
	"testing"
)

func TestAnotherKeyOfTheOwner(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--api-key", "sk-mine", "--api-key", "a,token", "--api-key", "YOUR_API_KEY")
	for _, key := range []string{"sk-mine", "a,token", "YOUR_API_KEY"} {
		if answer, body := p.do("PUT", "/api/2.0/files/settings/external", `{"set":true}`, "Authorization", "Bearer "+key); answer.StatusCode != 200 {
			t.Errorf("%s: %d %s", key, answer.StatusCode, body)
		}
	}
	p.stop()
	q := start(t, []string{"MOCK_DOCSPACE_API_KEY=from-env"}, "--addr", "127.0.0.1:0")
	if answer := q.get("/api/2.0/files/settings", "Authorization", "Bearer from-env"); answer.StatusCode != 200 {
		t.Errorf("from the environment: %d", answer.StatusCode)
	}
}

func TestWrongPortalFile(t *testing.T) {
	for text, want := range map[string]string{
		"users:\n  - {email: a@b, role: king}\n": ":2:24: users[0].role: must be one of",
		"tenantId: 1\nnope: 2\n":                 `:2:1: unknown key "nope"`,
		"limits: {rateLimit: {perMinute: no}}":   ":1:33: limits.rateLimit.perMinute: expected a whole number",
		"users: [":                               ":1:8: ",
	} {
		name := writeFile(t, text)
		for _, env := range []bool{false, true} {
			args, variables := []string{"--addr", "127.0.0.1:0", "--portal", name}, []string(nil)
			if env {
				args, variables = args[:2], []string{"MOCK_DOCSPACE_PORTAL=" + name}
			}
			code, stdout, stderr := runToEnd(t, variables, args...)
			if code != exitUsage || stdout != "" || !strings.Contains(stderr, name+want) || strings.Count(stderr, "\n") != 1 {
				t.Errorf("%q: exit %d, stdout %q, stderr %q; want %s in one line", text, code, stdout, stderr, want)
			}
		}
	}
}

// The program serves a portal file with a probable mistake, and logs a warning.
func TestWarnings(t *testing.T) {
	name := writeFile(t, "links: [{key: secret-key, entry: \"99\"}]\napiKeys:\n  - {key: sk-1, user: owner@example.com, permissions: [files:read, filesread]}\n")
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--portal", name)
	p.stop()
	got := p.stderr.String()
	if strings.Count(got, "\n") != 2 || !strings.Contains(got, "apiKeys[0].permissions[1]") || !strings.Contains(got, "links[0]") || strings.Contains(got, "secret-key") {
		t.Errorf("stderr %q, want one warning each", got)
	}
}
