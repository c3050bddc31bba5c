package main

import (
	"strings"
	"testing"
)

func TestHelpNamesFlagsAndVariables(t *testing.T) {
	code, stdout, stderr := runToEnd(t, nil, "--help")
	if code != exitOK || stderr != "" {
		t.Errorf("exit %d, stderr %q", code, stderr)
	}
	for _, flag := range []string{
		"portal", "profile", "api-key", "state", "watch", "addr", "unix", "port-file", "tls-self-signed", "tls-ca-out", "tls-cert", "tls-key",
		"control-addr", "no-control", "control-token", "journal", "contract", "log-format", "quiet",
	} {
		variable := "$MOCK_DOCSPACE_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
		if !strings.Contains(stdout, "  --"+flag) || !strings.Contains(stdout, variable) {
			t.Errorf("the help does not have --%s and %s", flag, variable)
		}
	}
	for _, want := range []string{"--version", "The portal:", "Addresses and TLS:", "Control API, journal and contract:", "healthcheck", "env", "portal check", "profiles", "openapi", "why", "completion"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("the help does not have %s", want)
		}
	}
}

func TestHelpOfTheCommands(t *testing.T) {
	for _, args := range [][]string{{"healthcheck"}, {"env"}, {"portal", "check"}, {"profiles"}, {"openapi"}, {"why"}, {"completion"}} {
		code, stdout, stderr := runToEnd(t, nil, append(args, "--help")...)
		if code != exitOK || stderr != "" || !strings.HasPrefix(stdout, "Usage: mock-docspace "+strings.Join(args, " ")) || strings.Contains(stdout, "Other commands") {
			t.Errorf("%v: exit %d, stdout %s, stderr %s", args, code, stdout, stderr)
		}
	}
}

// A variable is for what a server and its clients have in common, and not for what one call prints.
func TestHelpNamesNoUselessVariables(t *testing.T) {
	for _, command := range []string{"openapi", "profiles"} {
		if _, stdout, _ := runToEnd(t, nil, command, "--help"); strings.Contains(stdout, "$") {
			t.Errorf("%s", stdout)
		}
	}
	code, stdout, _ := runToEnd(t, []string{"MOCK_DOCSPACE_CONTROL=perhaps", "MOCK_DOCSPACE_DIFF=x"}, "openapi")
	if code != exitOK || !strings.Contains(stdout, `"/api/2.0/files/settings"`) {
		t.Errorf("exit %d", code)
	}
}
