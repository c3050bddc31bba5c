package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/onsi/gomega"
)

func TestAnnounce(t *testing.T) {
	name := writeFile(t, `
profile: v3.7.2
users:
  - {email: owner@example.com, role: owner, tokens: [owner-token]}
  - {email: gone@example.com, role: user, disabled: true, tokens: [gone-token]}
apiKeys:
  - {key: sk-read, user: owner@example.com, permissions: ["files:read"]}
entries:
  - {id: "1", title: Plans 100% %d, type: folder}
links:
  - {key: locked, entry: "1", password: Secret123!}
  - {key: nowhere, entry: "9"}
  - {key: "two\nlines", entry: "1"}
  - {entry: "1"}
`)
	p := start(t, nil, "--addr", "127.0.0.1:0", "--portal", name)
	p.stop()
	lines := map[string]bool{}
	for _, line := range strings.Split(p.stderr.String(), "\n") {
		lines[strings.Join(strings.Fields(line), " ")] = true
	}
	for _, want := range []string{
		"profile v3.7.2",
		"route GET /api/2.0/files/settings",
		"route PUT /api/2.0/files/settings/external",
		"route PUT /api/2.0/files/settings/externalsocialmedia",
		"route POST /api/2.0/files/share/{key}/password",
		"user owner@example.com owner (no password)",
		"key owner@example.com owner-token",
		"user gone@example.com user (disabled)",
		"key owner@example.com sk-read [files:read]",
		`link locked to folder "Plans 100% %d" password Secret123!`,
		`link "two\nlines" to folder "Plans 100% %d" no password`,
		"link nowhere to entry 9, which does not exist no password",
	} {
		if !lines[want] {
			t.Errorf("not announced: %s\n%s", want, p.stderr)
		}
	}
	if strings.Contains(p.stderr.String(), "gone-token") {
		t.Error("the key of a disabled user is announced")
	}
	if strings.Count(p.stderr.String(), "\nlink ") != 4 {
		t.Errorf("a link with a minted key is not announced:\n%s", p.stderr)
	}
}

// The address of the page is one that a browser on this machine opens.
func TestAnnouncePage(t *testing.T) {
	for _, test := range []struct {
		flags []string
		want  string
	}{
		{[]string{"--addr", "127.0.0.1:0"}, `http://127\.0\.0\.1:\d+/__mock/`},
		{[]string{"--addr", "0.0.0.0:0"}, `http://127\.0\.0\.1:\d+/__mock/`},
		{[]string{"--addr", "127.0.0.1:0", "--tls-self-signed"}, `https://127\.0\.0\.1:\d+/__mock/`},
		{[]string{"--addr", "127.0.0.1:0", "--control-addr", "127.0.0.1:0"}, `http://127\.0\.0\.1:\d+/__mock/`},
		{[]string{"--addr", "127.0.0.1:0", "--no-control"}, ""},
	} {
		p := start(t, nil, test.flags...)
		p.stop()
		got := regexp.MustCompile(`(?m)^page +(.*)$`).FindStringSubmatch(p.stderr.String())
		if (got == nil) != (test.want == "") || got != nil && !regexp.MustCompile("^"+test.want+"$").MatchString(got[1]) {
			t.Errorf("%v: announced %q, want %s", test.flags, got, test.want)
		}
	}
}

// JSON logs are mostly collected somewhere, so passwords are masked.
func TestAnnounceInJSONHasNoPasswords(t *testing.T) {
	name := writeFile(t, "users: [{email: owner@example.com, role: owner, password: PLANTED-1, tokens: [t]}]\nlinks: [{key: locked, password: PLANTED-2}]\nentries: [{id: a, title: b, type: file}]\n")
	p := start(t, nil, "--addr", "127.0.0.1:0", "--portal", name, "--log-format", "json")
	hangUp(t)
	gomega.NewWithT(t).Eventually(p.stderr.String).Should(gomega.ContainSubstring("was loaded again"))
	p.stop()
	if got := p.stderr.String(); !strings.Contains(got, `"method":"GET"`) || strings.Contains(got, `"method":"GET `) {
		t.Errorf("stderr: %s", got)
	}
	if got := p.stderr.String(); strings.Contains(got, "PLANTED") || strings.Count(got, `"password":"***"`) == 0 || strings.Count(got, `"password":"password ***"`) == 0 {
		t.Errorf("stderr: %s", got)
	}
}

// Whoever collects the lines in JSON reads them by the names of their values.
func TestAnnounceInJSONHasTheSameNames(t *testing.T) {
	name := writeFile(t, `
users:
  - {email: owner@example.com, role: owner, tokens: [owner-token]}
  - {email: gone@example.com, role: user, disabled: true}
apiKeys:
  - {key: sk-read, user: owner@example.com, permissions: ["files:read"]}
entries: [{id: "1", title: Plans, type: folder}]
links: [{key: open, entry: "1"}]
`)
	p := start(t, nil, "--addr", "127.0.0.1:0", "--portal", name, "--log-format", "json")
	p.stop()
	got := map[string]bool{}
	for line := range strings.Lines(p.stderr.String()) {
		var values map[string]any
		if err := json.Unmarshal([]byte(line), &values); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		message, _ := values["msg"].(string)
		for _, usual := range []string{"time", "level", "msg"} {
			delete(values, usual)
		}
		text, _ := json.Marshal(values) // it was JSON
		got[message+" "+string(text)] = true
	}
	for _, want := range []string{
		`profile {"name":"documented"}`,
		`route {"method":"GET","path":"/api/2.0/files/settings"}`,
		`user {"email":"owner@example.com","password":"(no password)","role":"owner"}`,
		`user {"email":"gone@example.com","key":"(disabled)","role":"user"}`,
		`key {"email":"owner@example.com","key":"owner-token"}`,
		`key {"email":"owner@example.com","key":"sk-read","permissions":["files:read"]}`,
		`link {"key":"open","password":"no password","target":"to folder \"Plans\""}`,
	} {
		if !got[want] {
			t.Errorf("not announced: %s\n%s", want, p.stderr)
		}
	}
}
