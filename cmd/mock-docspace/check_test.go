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
	for i, want := range []string{suspect + ": warning: apiKeys[0].permissions[0]: ", suspect + ": warning: links[0].entry: "} {
		if lines := strings.Split(stderr, "\n"); len(lines) != 3 || !strings.HasPrefix(lines[i], want) || strings.Contains(stderr, "secret-key") {
			t.Errorf("stderr %s, want %s", stderr, want)
		}
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
