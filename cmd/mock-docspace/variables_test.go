package main

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// A flag overrides its variable, the variable overrides the portal file, and the file overrides the default.
func TestFlagsOverrideVariablesAndFiles(t *testing.T) {
	name := writeFile(t, "profile: v3.7.2\n")
	const documented, v372 = mockserver.ProfileDocumented, mockserver.ProfileV372
	for _, test := range []struct{ flag, env, portal, want string }{
		{"", "", "", documented},
		{"", "", name, v372},
		{"", documented, name, documented},
		{v372, documented, "", v372},
	} {
		args := []string{"--addr", "127.0.0.1:0"}
		if test.flag != "" {
			args = append(args, "--profile", test.flag)
		}
		if test.portal != "" {
			args = append(args, "--portal", test.portal)
		}
		var variables []string
		if test.env != "" {
			variables = append(variables, "MOCK_DOCSPACE_PROFILE="+test.env)
		}
		p := start(t, variables, args...)
		status := p.get("/api/2.0/files/settings").StatusCode
		if want := map[string]int{documented: 401, v372: 200}[test.want]; status != want {
			t.Errorf("%+v: anonymous settings are answered with %d, want %d", test, status, want)
		}
		if code := p.stop(); code != exitOK {
			t.Errorf("%+v: exit %d", test, code)
		}
	}
}

// Who starts the program is told where it is by a variable, which is nothing to warn of.
func TestVariablesOfOthersAreNoWarnings(t *testing.T) {
	p := start(t, []string{"MOCK_DOCSPACE_PROGRAM=bin/mock-docspace", "MOCK_DOCSPACE_RELEASES=http://127.0.0.1:1"}, "--addr", "127.0.0.1:0", "--quiet")
	if code := p.stop(); code != exitOK || p.stderr.String() != "" {
		t.Errorf("exit %d, stderr %q", code, p.stderr.String())
	}
}

// A cluster may set variables for a service of this name, so unknown ones are no error.
func TestUnknownVariablesAreOnlyWarnings(t *testing.T) {
	p := start(t, []string{"MOCK_DOCSPACE_PORT=tcp://10.0.0.1:80"}, "--addr", "127.0.0.1:0")
	if code := p.stop(); code != exitOK || !strings.Contains(p.stderr.String(), "MOCK_DOCSPACE_PORT") {
		t.Errorf("exit %d, stderr %q", code, p.stderr.String())
	}
}
