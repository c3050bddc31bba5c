package main

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	fresh, suspect := writeFile(t, ""), writeFile(t, "links: [{key: secret-key, entry: \"99\"}]\napiKeys:\n  - {key: sk-1, user: owner@example.com, permissions: [filesread]}\n")
	code, stdout, stderr := runToEnd(t, nil, "portal", "check", fresh, suspect)
	if code != exitOK || stdout != fresh+": profile documented, 4 users, 4 API keys, 3 entries, 1 link\n"+suspect+": profile documented, 4 users, 1 API key, 3 entries, 1 link\n" {
		t.Errorf("exit %d, stdout %s", code, stdout)
	}
	for i, want := range []string{suspect + ":3:56: warning: apiKeys[0].permissions[0]: ", suspect + ":1:34: warning: links[0].entry: "} {
		if lines := strings.Split(stderr, "\n"); len(lines) != 3 || !strings.HasPrefix(lines[i], want) || strings.Contains(stderr, "secret-key") {
			t.Errorf("stderr %s, want %s", stderr, want)
		}
	}
}

// Warnings are mistakes with --strict, and so they are printed like ones.
func TestStrictCheck(t *testing.T) {
	fresh, suspect := writeFile(t, ""), writeFile(t, "users:\n  - {email: nobody, role: user}\n")
	code, stdout, stderr := runToEnd(t, []string{"MOCK_DOCSPACE_STRICT=perhaps"}, "portal", "check", suspect, fresh, "--strict")
	if code != exitUsage || !strings.HasPrefix(stdout, fresh+": profile ") || strings.Count(stdout, "\n") != 1 {
		t.Errorf("exit %d, stdout %s", code, stdout)
	}
	for i, want := range []string{suspect + `:2:13: users[0].email: "nobody" is no e-mail address`, suspect + ":2:3: users: nobody is the owner"} {
		if lines := strings.Split(stderr, "\n"); len(lines) != 3 || !strings.HasPrefix(lines[i], want) {
			t.Errorf("stderr %s, want %s", stderr, want)
		}
	}
	if code, _, stderr := runToEnd(t, nil, "portal", "check", suspect); code != exitOK || strings.Count(stderr, ": warning: ") != 2 {
		t.Errorf("exit %d, stderr %s", code, stderr)
	}
}

// Every file is checked, and the first mistake of each is printed.
func TestCheckOfWrongFiles(t *testing.T) {
	good, bad, worse := writeFile(t, "tenantId: 2\n"), writeFile(t, "tenantId: 2\nnope: 1\n"), writeFile(t, "users:\n  - {email: a@b, role: king}\n")
	code, stdout, stderr := runToEnd(t, nil, "portal", "check", bad, good, worse, "/nowhere")
	if code != exitUsage || !strings.HasPrefix(stdout, good+": ") || strings.Count(stdout, "\n") != 1 {
		t.Errorf("exit %d, stdout %s", code, stdout)
	}
	lines := strings.Split(stderr, "\n")
	for i, want := range []string{bad + ":2:1: unknown key", worse + ":2:24: users[0].role", "/nowhere: cannot be read"} {
		if len(lines) != 4 || !strings.HasPrefix(lines[i], want) {
			t.Errorf("stderr %s, want %s", stderr, want)
		}
	}
	for _, args := range [][]string{{"portal", "check"}, {"portal"}, {"portal", "chek", good}} {
		if code, stdout, stderr := runToEnd(t, nil, args...); code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v: exit %d, stdout %q, stderr %q", args, code, stdout, stderr)
		}
	}
}
