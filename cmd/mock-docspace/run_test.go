package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// ended runs the program with a context that is over, so that it ends at once even if it gets as far as listening.
func ended(t *testing.T, env []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	for _, variable := range env {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs bytes.Buffer
	code = run(ctx, args, os.Environ(), &out, &errs)
	return code, out.String(), errs.String()
}

func file(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "portal.yaml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// One line tells what is wrong and where it was said.
func TestWrongUse(t *testing.T) {
	twice := file(t, "users: [{email: u@example.com, role: user}]\n")
	tests := []struct {
		name string
		args []string
		env  []string
		want []string
	}{
		{"unknown flag", []string{"--prot", "x"}, nil, []string{"--prot"}},
		{"flag of two lines", []string{"--a\nb"}, nil, []string{"--a b"}},
		{"unknown command", []string{"server"}, nil, []string{"server"}},
		{"too many arguments", []string{"serve", "now"}, nil, []string{"now"}},
		{"address", []string{"--addr", "8092"}, nil, []string{"--addr", "8092", "HOST:PORT"}},
		{"port", []string{"--addr", "127.0.0.1:70000"}, nil, []string{"--addr", "70000"}},
		{"named port", []string{"--addr=127.0.0.1:http"}, nil, []string{"--addr", "http"}},
		{"host", []string{"--addr", "http://127.0.0.1:1"}, nil, []string{"--addr"}},
		{"flag without value", []string{"--addr"}, nil, []string{"--addr"}},
		{"profile", []string{"--profile", "v9"}, nil, []string{"--profile", "v9", "documented or v3.7.2"}},
		{"log format", []string{"--log-format", "xml"}, nil, []string{"--log-format", "xml"}},
		{"quiet", []string{"--quiet=perhaps"}, nil, []string{"--quiet"}},
		{"empty key", []string{"--api-key", ""}, nil, []string{"--api-key", "empty"}},
		{"key of another", []string{"--api-key", "a\x01b"}, nil, []string{"--api-key", "control"}},
		{"key without an owner", []string{"--portal", twice, "--api-key", "x"}, nil, []string{"--api-key", "owner"}},
		{"empty portal", []string{"--portal", ""}, nil, []string{"--portal", "empty"}},
		{"empty profile", []string{"--profile", ""}, nil, []string{"--profile", "documented or v3.7.2"}},
		{"no such portal file", []string{"--portal", "/nowhere/portal.yaml"}, nil, []string{"/nowhere/portal.yaml: cannot be read"}},
		{"one file for portal and state", []string{"--portal", twice, "--state", twice}, nil, []string{"--state"}},
		{"nothing to watch", []string{"--watch"}, nil, []string{"--watch", "--portal"}},
		{"long socket file", []string{"--unix", strings.Repeat("x", 200)}, nil, []string{"--unix", "200"}},
		{"abstract socket", []string{"--unix", "@x"}, nil, []string{"--unix", "./@x"}},
		{"port of a socket file", []string{"serve", "--unix", "s", "--port-file", "p"}, nil, []string{"--port-file", "--addr"}},
		{"https over a socket file", []string{"serve", "--unix", "s", "--tls-self-signed"}, nil, []string{"--unix", "--addr"}},
		{"certificate without key", []string{"--tls-cert", "c"}, nil, []string{"--tls-cert", "--tls-key"}},
		{"key without certificate", []string{"--tls-key", "k"}, nil, []string{"--tls-key", "--tls-cert"}},
		{"two certificates", []string{"--tls-key", "k", "--tls-cert", "c", "--tls-self-signed"}, nil, []string{"--tls-self-signed"}},
		{"authority of another", []string{"--tls-ca-out", "ca.pem"}, nil, []string{"--tls-ca-out", "--tls-self-signed"}},
		{"control nowhere", []string{"--no-control", "--control-addr", "127.0.0.1:0"}, nil, []string{"--no-control", "--control-addr"}},
		{"token for nothing", []string{"--no-control", "--control-token", "t"}, nil, []string{"--no-control", "--control-token"}},
		{"control address", []string{"--control-addr", "x"}, nil, []string{"--control-addr", "HOST:PORT"}},
		{"control token", []string{"--control-token", "a b"}, nil, []string{"--control-token", "blanks"}},
		{"journal", []string{"--journal", "-1"}, nil, []string{"--journal"}},
		{"large journal", []string{"--journal", "1000001"}, nil, []string{"--journal", "1000000"}},
		{"contract", []string{"--contract", "maybe"}, nil, []string{"--contract", "maybe"}},
		{"MOCK_DOCSPACE_CONTRACT", nil, []string{"MOCK_DOCSPACE_CONTRACT=maybe"}, []string{"--contract", "MOCK_DOCSPACE_CONTRACT"}},
		{"MOCK_DOCSPACE_JOURNAL", nil, []string{"MOCK_DOCSPACE_JOURNAL=many"}, []string{"--journal", "MOCK_DOCSPACE_JOURNAL"}},
		{"MOCK_DOCSPACE_CONTROL_ADDR", nil, []string{"MOCK_DOCSPACE_CONTROL_ADDR=x"}, []string{"MOCK_DOCSPACE_CONTROL_ADDR"}},
		{"MOCK_DOCSPACE_TLS_CERT", nil, []string{"MOCK_DOCSPACE_TLS_CERT=c", "MOCK_DOCSPACE_TLS_KEY="}, []string{"(from MOCK_DOCSPACE_TLS_CERT)"}},
		{"MOCK_DOCSPACE_WATCH", nil, []string{"MOCK_DOCSPACE_WATCH=true"}, []string{"(from MOCK_DOCSPACE_WATCH)"}},
		{"MOCK_DOCSPACE_STATE", nil, []string{"MOCK_DOCSPACE_STATE=/nowhere/state.json"}, []string{"(from MOCK_DOCSPACE_STATE)", "/nowhere/state.json"}},
		{"MOCK_DOCSPACE_ADDR", nil, []string{"MOCK_DOCSPACE_ADDR=8092"}, []string{"MOCK_DOCSPACE_ADDR", "8092"}},
		{"MOCK_DOCSPACE_PROFILE", nil, []string{"MOCK_DOCSPACE_PROFILE=v9"}, []string{"MOCK_DOCSPACE_PROFILE", "v9"}},
		{"MOCK_DOCSPACE_LOG_FORMAT", nil, []string{"MOCK_DOCSPACE_LOG_FORMAT=xml"}, []string{"MOCK_DOCSPACE_LOG_FORMAT", "xml"}},
		{"MOCK_DOCSPACE_QUIET", nil, []string{"MOCK_DOCSPACE_QUIET=perhaps"}, []string{"MOCK_DOCSPACE_QUIET"}},
		{"MOCK_DOCSPACE_PORTAL", nil, []string{"MOCK_DOCSPACE_PORTAL=/nowhere/portal.yaml"}, []string{"/nowhere/portal.yaml"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			// Of two the later is taken, so the flag under test stands last.
			args := append([]string{}, test.args...)
			if len(test.env) == 0 && !strings.Contains(strings.Join(args, " "), "--addr") && !strings.HasPrefix(strings.Join(args, " "), "serve") {
				args = append([]string{"--addr", "127.0.0.1:0"}, args...)
			}
			code, stdout, stderr := ended(t, test.env, args...)
			if code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.HasSuffix(stderr, "\n") {
				t.Errorf("exit %d, stdout %q, stderr %q; want %d and one line", code, stdout, stderr, exitUsage)
			}
			for _, want := range test.want {
				if !strings.Contains(stderr, want) {
					t.Errorf("stderr %q, want %q in it", stderr, want)
				}
			}
		})
	}
}

func TestWrongPortalFile(t *testing.T) {
	for text, want := range map[string]string{
		"users:\n  - {email: a@b, role: king}\n": ":2:24: users[0].role: must be one of",
		"tenantId: 1\nnope: 2\n":                 `:2:1: unknown key "nope"`,
		"limits: {rateLimit: {perMinute: no}}":   ":1:33: limits.rateLimit.perMinute: expected a whole number",
		"users: [":                               ":1:8: ",
	} {
		name := file(t, text)
		for _, env := range []bool{false, true} {
			args, variables := []string{"--addr", "127.0.0.1:0", "--portal", name}, []string(nil)
			if env {
				args, variables = args[:2], []string{"MOCK_DOCSPACE_PORTAL=" + name}
			}
			code, stdout, stderr := ended(t, variables, args...)
			if code != exitUsage || stdout != "" || !strings.Contains(stderr, name+want) || strings.Count(stderr, "\n") != 1 {
				t.Errorf("%q: exit %d, stdout %q, stderr %q; want %s in one line", text, code, stdout, stderr, want)
			}
		}
	}
}

func TestVersion(t *testing.T) {
	for _, args := range [][]string{{"--version"}, {"serve", "--version"}, {"--addr", "bad", "--version"}} {
		code, stdout, stderr := ended(t, nil, args...)
		if code != exitOK || stdout != "mock-docspace "+mockserver.Version+"\n" || stderr != "" {
			t.Errorf("%v: exit %d, stdout %q, stderr %q", args, code, stdout, stderr)
		}
	}
}

func TestHelpTellsFlagsAndVariables(t *testing.T) {
	code, stdout, stderr := ended(t, nil, "--help")
	if code != exitOK || stderr != "" {
		t.Errorf("exit %d, stderr %q", code, stderr)
	}
	for _, flag := range []string{
		"portal", "profile", "api-key", "state", "watch", "addr", "unix", "port-file", "tls-self-signed", "tls-ca-out", "tls-cert", "tls-key",
		"control-addr", "no-control", "control-token", "journal", "contract", "log-format", "quiet",
	} {
		variable := "$MOCK_DOCSPACE_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
		if !strings.Contains(stdout, "  --"+flag) || !strings.Contains(stdout, variable) {
			t.Errorf("the help does not tell --%s and %s", flag, variable)
		}
	}
	for _, want := range []string{"--version", "The portal:", "Where it is reached:", "Steering and watching:", "healthcheck", "env", "portal check", "openapi"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("the help does not tell %s", want)
		}
	}
}

func TestHelpOfTheCommands(t *testing.T) {
	for _, args := range [][]string{{"healthcheck"}, {"env"}, {"portal", "check"}, {"openapi"}} {
		code, stdout, stderr := ended(t, nil, append(args, "--help")...)
		if code != exitOK || stderr != "" || !strings.HasPrefix(stdout, "Usage: mock-docspace "+strings.Join(args, " ")) || strings.Contains(stdout, "Other commands") {
			t.Errorf("%v: exit %d, stdout %s, stderr %s", args, code, stdout, stderr)
		}
	}
}

// Flag beats environment beats file beats default.
func TestWhatWins(t *testing.T) {
	name := file(t, "profile: v3.7.2\n")
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

// A cluster may set variables for a service of this name.
func TestUnknownVariablesAreOnlyWarnings(t *testing.T) {
	p := start(t, []string{"MOCK_DOCSPACE_PORT=tcp://10.0.0.1:80"}, "--addr", "127.0.0.1:0")
	if code := p.stop(); code != exitOK || !strings.Contains(p.stderr.String(), "MOCK_DOCSPACE_PORT") {
		t.Errorf("exit %d, stderr %q", code, p.stderr.String())
	}
}
