package main

import (
	"strings"
	"testing"
)

// One line says what is wrong, and names the flag or the variable.
func TestWrongUse(t *testing.T) {
	twice := writeFile(t, "users: [{email: u@example.com, role: user}]\n")
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
		{"profile", []string{"--profile", "v9"}, nil, []string{"--profile", "v9", "documented, v3.7.2, v3.8 or next"}},
		{"log format", []string{"--log-format", "xml"}, nil, []string{"--log-format", "xml"}},
		{"quiet", []string{"--quiet=perhaps"}, nil, []string{"--quiet"}},
		{"empty key", []string{"--api-key", ""}, nil, []string{"--api-key", "empty"}},
		{"key of another", []string{"--api-key", "a\x01b"}, nil, []string{"--api-key", "control"}},
		{"key without an owner", []string{"--portal", twice, "--api-key", "x"}, nil, []string{"--api-key", "owner"}},
		{"empty portal", []string{"--portal", ""}, nil, []string{"--portal", "empty"}},
		{"empty profile", []string{"--profile", ""}, nil, []string{"--profile", "documented, v3.7.2, v3.8 or next"}},
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
		{"journal", []string{"--journal", "-1"}, nil, []string{"--journal: must be 0 or more, and at most 1000000, not -1\n"}},
		{"journal of a variable", nil, []string{"MOCK_DOCSPACE_JOURNAL=-1"}, []string{"--journal: must be 0 or more, and at most 1000000, not -1 (from MOCK_DOCSPACE_JOURNAL)\n"}},
		{"less than no connections", []string{"--max-connections", "-5"}, nil, []string{"--max-connections: must be between 1 and 1000000, not -5\n"}},
		{"less than no rounds", []string{"--password-rounds", "-1"}, nil, []string{"--password-rounds: must be between 1 and 100000, not -1\n"}},
		{"less than no memory", []string{"--max-memory", "-1"}, nil, []string{"--max-memory: must be between 64 and 1048576 MiB, not -1\n"}},
		{"a part of a number", []string{"--journal", "-1.5"}, nil, []string{`--journal: must be a whole number, not "-1.5"`}},
		{"a number for an address", []string{"--addr", "-1"}, nil, []string{`--addr: "-1" is not HOST:PORT`}},
		{"a number without a flag", []string{"-1"}, nil, []string{"unknown flag -1"}},
		{"a number after the flags", []string{"serve", "--", "-1"}, nil, []string{"unexpected argument -1"}},
		{"no connections", []string{"--max-connections", "0"}, nil, []string{"--max-connections", "1000000"}},
		{"little memory", []string{"--max-memory", "63"}, nil, []string{"--max-memory", "64", "63"}},
		{"too much memory", []string{"--max-memory", "1048577"}, nil, []string{"--max-memory", "1048576"}},
		{"a number beyond all", []string{"--journal", "99999999999999999999"}, nil, []string{`--journal: "99999999999999999999" is too large or too small`}},
		{"a number with an exponent", []string{"--journal", "1e3"}, nil, []string{`--journal: must be a whole number, not "1e3"`}},
		{"a number beyond all, of a variable", nil, []string{"MOCK_DOCSPACE_JOURNAL=-99999999999999999999"}, []string{`--journal: "-99999999999999999999" is too large or too small (from MOCK_DOCSPACE_JOURNAL)`}},
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
			// Of two flags the later one counts, so the flag under test stands last.
			args := append([]string{}, test.args...)
			if len(test.env) == 0 && !strings.Contains(strings.Join(args, " "), "--addr") && !strings.HasPrefix(strings.Join(args, " "), "serve") {
				args = append([]string{"--addr", "127.0.0.1:0"}, args...)
			}
			code, stdout, stderr := runToEnd(t, test.env, args...)
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

// What is not known or missing names the help that lists what there is.
func TestUnknownNames(t *testing.T) {
	for _, test := range []struct{ args, want string }{
		{"version", "unexpected argument version: mock-docspace --help lists what there is\n"},
		{"--verbose", "unknown flag --verbose: mock-docspace --help lists what there is\n"},
		{"serve now", "unexpected argument now: mock-docspace --help lists what there is\n"},
		{"env --verbose", "unknown flag --verbose: mock-docspace env --help lists what there is\n"},
		{"portal", "expected \"check\": mock-docspace portal --help lists what there is\n"},
		{"portal check", "expected \"<file> ...\": mock-docspace portal check --help lists what there is\n"},
		{"--portal-file x", "unknown flag --portal-file, did you mean \"--port-file\"?\n"},
	} {
		code, stdout, stderr := runToEnd(t, nil, strings.Fields(test.args)...)
		if code != exitUsage || stdout != "" || stderr != "mock-docspace: "+test.want {
			t.Errorf("%s: exit %d, stdout %q, stderr %q, want %q", test.args, code, stdout, stderr, test.want)
		}
	}
}

func TestEmptyFlags(t *testing.T) {
	for _, test := range []struct {
		environ []string
		args    []string
		want    string
	}{
		{nil, []string{"--state", ""}, "--state: the value is empty"},
		{nil, []string{"--unix="}, "--unix: the value is empty"},
		{nil, []string{"--control-token", ""}, "--control-token: the value is empty"},
		{[]string{"MOCK_DOCSPACE_STATE="}, nil, "--state: the value is empty: leave it out (from MOCK_DOCSPACE_STATE)"},
	} {
		code, stdout, stderr := runToEnd(t, test.environ, test.args...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, test.want) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v %v: exit %d, %q", test.environ, test.args, code, stderr)
		}
	}
}
