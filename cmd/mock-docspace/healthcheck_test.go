package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// runHealthcheck runs the command.
func runHealthcheck(t *testing.T, args ...string) (code int, stderr string) {
	t.Helper()
	var stdout, errs output
	code = run(t.Context(), parent{}, append([]string{"healthcheck"}, args...), nil, &stdout, &errs)
	if stdout.String() != "" {
		t.Errorf("stdout %q", stdout.String())
	}
	return code, errs.String()
}

func TestHealthcheck(t *testing.T) {
	for what, flags := range map[string][]string{"with control": nil, "without": {"--no-control"}, "elsewhere": {"--control-addr", "127.0.0.1:0"}, "with a token": {"--control-token", "t"}} {
		p := start(t, nil, append(flags, "--addr", "127.0.0.1:0", "--quiet")...)
		for _, address := range []string{p.url, strings.TrimPrefix(p.url, "http://"), p.url + "/"} {
			if code, stderr := runHealthcheck(t, "--addr", address); code != exitOK || stderr != "" {
				t.Errorf("%s, %s: exit %d, %s", what, address, code, stderr)
			}
		}
		p.stop()
		if code, stderr := runHealthcheck(t, "--addr", p.url); code != exitFailure || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, p.url+" does not answer: ") {
			t.Errorf("%s: exit %d, %s", what, code, stderr)
		}
	}
}

func TestHealthcheckOverSocketFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	if code, stderr := runHealthcheck(t, "--unix", path); code != exitFailure || !strings.Contains(stderr, "unix:"+path+" does not answer") {
		t.Errorf("exit %d, %s", code, stderr)
	}
	start(t, nil, "--unix", path, "--quiet")
	if code, stderr := runHealthcheck(t, "--unix", path); code != exitOK || stderr != "" {
		t.Errorf("exit %d, %s", code, stderr)
	}
}

func TestHealthcheckOverTLS(t *testing.T) {
	ca := filepath.Join(t.TempDir(), "ca.pem")
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--tls-self-signed", "--tls-ca-out", ca)
	address := strings.TrimPrefix(p.url, "https://")
	for _, test := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"--addr", p.url, "--ca", ca}, exitOK, ""},
		{[]string{"--addr", p.url, "--insecure"}, exitOK, ""},
		{[]string{"--addr", address, "--tls-self-signed", "--tls-ca-out", ca}, exitOK, ""},
		{[]string{"--addr", address, "--tls-self-signed"}, exitFailure, "give --ca FILE or --insecure"},
		{[]string{"--addr", address}, exitFailure, "something other than mock-docspace"},
		{[]string{"--addr", p.url, "--ca", ca + "-not-there"}, exitUsage, "--ca: "},
		{[]string{"--addr", p.url, "--ca", writeFile(t, "text")}, exitUsage, "--ca: "},
	} {
		code, stderr := runHealthcheck(t, test.args...)
		if code != test.code || !strings.Contains(stderr, test.want) || (code != exitOK) != (strings.Count(stderr, "\n") == 1) {
			t.Errorf("%v: exit %d, %s; want %d, %s", test.args, code, stderr, test.code, test.want)
		}
	}
	for variable, value := range map[string]string{"ADDR": address, "TLS_SELF_SIGNED": "true", "TLS_CA_OUT": ca} {
		t.Setenv(envPrefix+"_"+variable, value)
	}
	if code, stderr := runHealthcheck(t); code != exitOK {
		t.Errorf("with the variables of the server: exit %d, %s", code, stderr)
	}
}

func TestHealthcheckOfOthers(t *testing.T) {
	status := http.StatusOK
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/portals/ill/__mock/health" {
			w.Header().Set("X-Mock-Docspace", "1")
			status = http.StatusServiceUnavailable
		}
		w.WriteHeader(status)
	}))
	defer other.Close()
	for address, want := range map[string]string{other.URL: "something other than mock-docspace", other.URL + "/portals/ill": "not healthy: 503"} {
		if code, stderr := runHealthcheck(t, "--addr", address); code != exitFailure || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, want) {
			t.Errorf("exit %d, %s", code, stderr)
		}
	}
	if code, stderr := runHealthcheck(t, "--addr", "127.0.0.1:0"); code != exitUsage || !strings.Contains(stderr, "--addr: port 0") {
		t.Errorf("exit %d, %s", code, stderr)
	}
}

// The healthcheck does not wait for ever.
func TestHealthcheckOfWhatNeverAnswers(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	begun := time.Now()
	code, stderr := runHealthcheck(t, "--addr", silent.Addr().String())
	if took := time.Since(begun); code != exitFailure || !strings.Contains(stderr, "within 3s") || took < healthTimeout || took > 3*healthTimeout {
		t.Errorf("exit %d after %s, %s", code, took, stderr)
	}
}
