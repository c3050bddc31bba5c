package main

import (
	"bytes"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

func exports(url, key string) string {
	return "export DOCSPACE_URL=" + url + "\nexport DOCSPACE_API_KEY=" + key + "\n"
}

func TestEnv(t *testing.T) {
	fresh := mockserver.DefaultPortal().APIKeys[0].Key
	portal := writeFile(t, "users:\n  - {email: o@example.com, role: owner, tokens: [\"it's $HOME `x`\"]}\n")
	state := filepath.Join(t.TempDir(), "state.json")
	start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--portal", writeFile(t, "users: [{email: o@example.com, role: owner, tokens: [kept]}]\n"), "--state", state).stop()
	for _, test := range []struct {
		args, env []string
		want      string
	}{
		{nil, nil, exports("http://127.0.0.1:8092", fresh)},
		{[]string{"--addr", "[::]:80"}, nil, exports("'http://[::1]:80'", fresh)},
		{nil, []string{"MOCK_DOCSPACE_ADDR=127.0.0.1:9", "MOCK_DOCSPACE_TLS_CERT=x.pem", "MOCK_DOCSPACE_API_KEY=mine"}, exports("https://127.0.0.1:9", "mine")},
		{[]string{"--portal", portal}, nil, exports("http://127.0.0.1:8092", "'it'\\''s $HOME `x`'")},
		{[]string{"--portal", portal, "--api-key", "a", "--api-key", "b"}, nil, exports("http://127.0.0.1:8092", "a")},
		{[]string{"--tls-cert", "c", "--tls-key", "k"}, nil, exports("https://127.0.0.1:8092", fresh)},
		{[]string{"--tls-self-signed", "--tls-ca-out", "ca.pem", "--port-file", "not-there"}, nil, exports("https://127.0.0.1:8092", fresh)},
		{[]string{"--control-token", "a token"}, nil, exports("http://127.0.0.1:8092", fresh) + "export MOCK_DOCSPACE_CONTROL_TOKEN='a token'\n"},
		{[]string{"--profile", "v3.7.2", "--journal", "5", "--quiet", "--watch"}, []string{"MOCK_DOCSPACE_CONTRACT=off"}, exports("http://127.0.0.1:8092", fresh)},
		{[]string{"--portal", portal, "--state", state}, nil, exports("http://127.0.0.1:8092", "kept")},
		{[]string{"--portal", portal, "--state", state + "-not-there"}, nil, exports("http://127.0.0.1:8092", "'it'\\''s $HOME `x`'")},
	} {
		t.Run(strings.Join(append(test.args, test.env...), " "), func(t *testing.T) {
			code, stdout, stderr := runToEnd(t, test.env, append([]string{"env"}, test.args...)...)
			if code != exitOK || stdout != test.want || stderr != "" {
				t.Errorf("exit %d, stdout %s, stderr %s; want %s", code, stdout, stderr, test.want)
			}
		})
	}
}

func TestWrongEnv(t *testing.T) {
	keyless := writeFile(t, "users: [{email: o@example.com, role: owner, password: only}]\n")
	for _, test := range []struct {
		args, env []string
		want      string
	}{
		{[]string{"--addr", "x"}, nil, "--addr: "},
		{nil, []string{"MOCK_DOCSPACE_ADDR=x"}, "(from MOCK_DOCSPACE_ADDR)"},
		{nil, []string{"MOCK_DOCSPACE_UNIX=/run/x"}, "(from MOCK_DOCSPACE_UNIX)"},
		{[]string{"--portal", keyless}, nil, "--portal: "},
		{[]string{"--portal", "/nowhere"}, nil, "/nowhere: cannot be read"},
		{[]string{"--state", "/dev/null"}, nil, "/dev/null"},
		{[]string{"--api-key", ""}, nil, "--api-key: "},
		{[]string{"--ca", "ca.pem"}, nil, "unknown flag --ca"},
		{[]string{"now"}, nil, "now"},
	} {
		t.Run(strings.Join(append(test.args, test.env...), " "), func(t *testing.T) {
			code, stdout, stderr := runToEnd(t, test.env, append([]string{"env"}, test.args...)...)
			if code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, test.want) {
				t.Errorf("exit %d, stdout %q, stderr %q; want %q", code, stdout, stderr, test.want)
			}
		})
	}
}

func TestEnvTakesAllFlagsOfTheServer(t *testing.T) {
	parser, err := newParser(new(commands), io.Discard, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]map[string]bool{}
	for _, command := range parser.Model.Leaves(true) {
		kinds[command.Name] = map[string]bool{}
		for _, flag := range slices.Concat(command.AllFlags(false)...) {
			kinds[command.Name][flag.Name] = flag.IsBool()
		}
	}
	for flag, isBool := range kinds["serve"] {
		if kind, taken := kinds["env"][flag]; !taken || kind != isBool {
			t.Errorf("--%s: taken %t, without a value %t, want %t", flag, taken, kind, isBool)
		}
	}
}

// A shell reads the value that was quoted.
func TestEnvInAShell(t *testing.T) {
	for _, text := range []string{"plain", "", "it's", `a "b" $HOME`, "`id`;#\\", "two\nlines", "~", "*", "ä€", "--", "a=b", "'"} {
		var out bytes.Buffer
		shell := exec.CommandContext(t.Context(), "sh", "-c", "export V="+shellQuote(text)+`; printf %s "$V"`)
		shell.Stdout, shell.Stderr = &out, &out
		if err := shell.Run(); err != nil || out.String() != text {
			t.Errorf("%q arrives as %q (%v)", text, out.String(), err)
		}
	}
}
