package main

import (
	"strings"
	"testing"
)

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
