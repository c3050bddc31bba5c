package main

import (
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"github.com/onsi/gomega"
)

func TestQuiet(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet")
	p.get("/api/2.0/files/settings", "Authorization", "YOUR_API_KEY")
	p.get("/nope")
	p.stop()
	if got := p.stderr.String(); got != "" {
		t.Errorf("stderr %q", got)
	}
}

// The warnings about other machines are printed with --quiet too.
func TestQuietDoesNotSilenceWarnings(t *testing.T) {
	p := start(t, nil, "--addr", "0.0.0.0:0", "--quiet")
	p.stop()
	if got := p.stderr.String(); strings.Count(got, "\n") != 2 || !strings.Contains(got, "listening beyond loopback") || !strings.Contains(got, "token=") {
		t.Errorf("stderr %q, want the two warnings", got)
	}
}

func TestJSONLog(t *testing.T) {
	name := writeFile(t, "entries: []\nlinks: [{key: dangling, entry: \"99\"}]\nusers: [{email: owner@example.com, role: owner, disabled: true}]\n")
	for _, args := range [][]string{nil, {"--portal", name}, {"--quiet"}, {"--addr", "0.0.0.0:0"}} {
		p := start(t, []string{"MOCK_DOCSPACE_PORT=tcp://10.0.0.1:80"}, append([]string{"--addr", "127.0.0.1:0", "--log-format", "json"}, args...)...)
		p.url = strings.Replace(p.url, "0.0.0.0", "127.0.0.1", 1)
		p.get("/nope")
		p.get("/api/2.0/files/settings", "Authorization", "Basic !")
		p.stop()
		for _, line := range strings.Split(strings.TrimSpace(p.stderr.String()), "\n") {
			var value struct{ Time, Level, Msg string }
			if err := json.Unmarshal([]byte(line), &value); err != nil || value.Time == "" || value.Level == "" || value.Msg == "" {
				t.Errorf("%v: not a JSON line: %q", args, line)
			}
		}
	}
}

// The announcement has keys on purpose. The lines about requests have none.
func TestRequestsAreLoggedWithoutSecrets(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		p := start(t, nil, "--addr", "127.0.0.1:0", "--log-format", format)
		announced := len(p.stderr.String())
		const password = "/api/2.0/files/share/KEY_FROM_URL/password"
		p.do("POST", password+"?share=PLANTED-SHARE", `{"password":"PLANTED-PASSWORD"}`, "Cookie", "asc_auth_key=PLANTED-COOKIE", "Request-Token", "PLANTED-TOKEN")
		p.do("POST", password, `{"password":"PLANTED-PASSWORD"}`, "Authorization", "Bearer YOUR_API_KEY")
		p.do("POST", password, `{"password":`, "Authorization", "Bearer sk-PLANTED")
		p.get("/api/2.0/files/settings?asc_auth_key=PLANTED", "Authorization", "Basic UExBTlRFRA==")
		p.stop()
		log := p.stderr.String()[announced:]
		if strings.Count(log, "\n") != 4 {
			t.Errorf("not a line for each of the 4 requests:\n%s", log)
		}
		for _, secret := range []string{"PLANTED", "KEY_FROM_URL", "YOUR_API_KEY", "UExBTlRFRA"} {
			if strings.Contains(log, secret) {
				t.Errorf("%s in the log:\n%s", secret, log)
			}
		}
	}
}

// A panic is a mistake of the program, so it is logged even though it is net/http that reports it. Mistakes of clients are not.
func TestPanicsAreLogged(t *testing.T) {
	var log output
	server := newHTTPServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("on purpose") }), nil, (&outputFlags{Quiet: true}).logger(&log))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(listener)
	defer server.Close()
	if answer, err := http.Get("http://" + listener.Addr().String()); err == nil {
		answer.Body.Close()
		t.Error("it was answered")
	}
	gomega.NewWithT(t).Eventually(log.String).Should(gomega.And(gomega.ContainSubstring("level=ERROR"), gomega.ContainSubstring("on purpose")))
	logged := log.String()
	server.ErrorLog.Print("http: TLS handshake error from 127.0.0.1:1: EOF")
	if log.String() != logged {
		t.Errorf("logged %q", log.String()[len(logged):])
	}
}

// Nothing that a portal file or a client says can move the cursor of a terminal, hide, or look like another line.
func TestLogsCannotBeForged(t *testing.T) {
	const hidden = "\u0085\u009b2J\u200b\u202e\u2028\u2066\ufeff\u00ad"
	name := writeFile(t, `
users: [{email: owner@example.com, role: owner, password: "pw`+hidden+`", tokens: ["token"]}]
entries: [{id: 1, title: "title`+hidden+`", type: room}]
links: [{key: "key`+hidden+`", entry: room/1, password: "pw`+hidden+`"}]
`)
	for _, format := range []string{"text", "json"} {
		p := start(t, nil, "--addr", "127.0.0.1:0", "--portal", name, "--log-format", format)
		for _, path := range []string{"/x" + hidden, "/api/2.0/" + hidden, settings + "?fields=" + hidden, "/\x1b[2J\r\n\x7f"} {
			p.get((&url.URL{Path: path}).EscapedPath(), "User-Agent", "agent"+hidden, "X-Request-Id", hidden)
		}
		_, journal := p.do("GET", "/__mock/journal", "")
		_, state := p.do("GET", "/__mock/state", "")
		p.stop()
		for what, text := range map[string]string{"the log": p.stderr.String(), "the journal": journal, "the state": state} {
			for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
				if at := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }); at >= 0 {
					t.Errorf("%s, %s: %q", format, what, line)
				}
			}
			if !strings.Contains(text, `\u202e`) {
				t.Errorf("%s, %s does not have it: %s", format, what, text)
			}
		}
	}
	wrong := writeFile(t, "users: [{email: \"a"+hidden+"\", role: \"b"+hidden+"\"}]")
	for _, args := range [][]string{{"--portal", wrong}, {"portal", "check", wrong}, {"--addr", hidden}, {"--unix", "no/such" + hidden}, {"--" + hidden}, {"portal", "check", "no" + hidden}} {
		code, stdout, stderr := runToEnd(t, nil, args...)
		if code == exitOK || stdout != "" || strings.ContainsFunc(strings.TrimSuffix(stderr, "\n"), func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("%q: exit %d, stdout %q, stderr %q", args, code, stdout, stderr)
		}
	}
}
