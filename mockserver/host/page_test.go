package host

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

const browserAccept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

// The page and all its files are there, for each portal, and name nothing that is not.
func TestPage(t *testing.T) {
	h := newHost(t, newServer(t))
	addPortal(t, h, "mine", mockserver.Portal{})
	linked := regexp.MustCompile(`(?:src|href)="(page/[^"]+)"|from '\./([^']+)'`)
	for _, base := range []string{"http://localhost:8092/__mock/", "http://localhost:8092/portals/mine/__mock/", "http://mine.localhost:8092/__mock/"} {
		checked := map[string]bool{}
		var check func(name string)
		check = func(name string) {
			if checked[name] {
				return
			}
			checked[name] = true
			w := mocktest.Send(h, http.MethodGet, base+name, "", "Sec-Fetch-Site", "same-origin")
			if w.Code != 200 || w.Body.Len() == 0 {
				t.Fatalf("%s%s: got %d", base, name, w.Code)
			}
			for _, match := range linked.FindAllStringSubmatch(w.Body.String(), -1) {
				if match[1] != "" {
					check(match[1])
				} else {
					check("page/" + match[2])
				}
			}
		}
		check("")
		files, err := fs.Glob(os.DirFS("page"), "*.*s")
		if err != nil || len(files) == 0 {
			t.Fatalf("got %v, %v", files, err)
		}
		for _, file := range files {
			if !checked["page/"+file] {
				t.Errorf("the page does not use %s", file)
			}
		}
	}
	if n := len(h.Main().LastRequests(10)); n != 0 {
		t.Errorf("the journal has %d requests for the page", n)
	}
}

// A page of this machine could be asked to show anything: so it loads nothing of others, runs nothing that is not a file of its own, and
// nobody frames it.
func TestPageHeaders(t *testing.T) {
	h := newHost(t, newServer(t))
	for path, contentType := range map[string]string{
		"/__mock/": "text/html; charset=utf-8", "/__mock/page/main.js": "text/javascript; charset=utf-8", "/__mock/page/page.css": "text/css; charset=utf-8",
		"/__mock/page/icon.svg": "image/svg+xml", "/": "text/html; charset=utf-8",
	} {
		w := mocktest.Send(h, http.MethodGet, "http://localhost:8092"+path, "", "Accept", browserAccept)
		header := w.Header()
		for name, want := range map[string]string{
			"Content-Type": contentType, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin",
			mockserver.HeaderVersion: mockserver.Version, "Access-Control-Allow-Origin": "", "Set-Cookie": "",
		} {
			if got := header.Get(name); got != want || w.Code != 200 {
				t.Errorf("%s: %d, %s is %q, not %q", path, w.Code, name, got, want)
			}
		}
		policy := header.Get("Content-Security-Policy")
		for _, directive := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, directive) {
				t.Errorf("%s: the policy %q has no %s", path, policy, directive)
			}
		}
		if inline := regexp.MustCompile(`(?i)\sstyle=|\son[a-z]+=|<style|<script[^>]*>[^<]|https?://`).FindString(w.Body.String()); inline != "" && strings.HasPrefix(contentType, "text/html") {
			t.Errorf("%s: has %q", path, inline)
		}
		if path == "/" {
			continue
		}
		again := mocktest.Send(h, http.MethodGet, "http://localhost:8092"+path, "", "If-None-Match", header.Get("ETag"))
		if again.Code != http.StatusNotModified || header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: got %d, Cache-Control %q", path, again.Code, header.Get("Cache-Control"))
		}
	}
	// net/http leaves the body of a HEAD out.
	server := httptest.NewServer(h)
	defer server.Close()
	for _, path := range []string{"/__mock/", "/__mock/page/about.json"} {
		answer, err := server.Client().Head(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != 200 || answer.ContentLength <= 0 {
			t.Errorf("HEAD %s: got %d, %d bytes", path, answer.StatusCode, answer.ContentLength)
		}
	}
}

// The page follows the rules of the control API. Only the token is not needed for its files, because the page asks for it.
func TestPageAccess(t *testing.T) {
	open, locked := newHost(t, newServer(t)), newHost(t, newServer(t), WithControlToken("token"))
	off := newHost(t, newServer(t), WithoutControl())
	for _, test := range []struct {
		name    string
		h       http.Handler
		method  string
		target  string
		headers []string
		want    int
	}{
		{"loopback", open, "GET", "http://127.0.0.1:8092/__mock/", nil, 200},
		{"without the slash", open, "GET", "http://127.0.0.1:8092/__mock", nil, 307},
		{"typed into a browser", open, "GET", "http://localhost:8092/__mock/", []string{"Sec-Fetch-Site", "none"}, 200},
		{"a link of another site", open, "GET", "http://localhost:8092/__mock/", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a script of another site", open, "GET", "http://localhost:8092/__mock/page/main.js", []string{"Origin", "https://evil.example.com"}, 403},
		{"a rebound name", open, "GET", "http://evil.example.com:8092/__mock/", nil, 403},
		{"a rebound name, a file", open, "GET", "http://evil.example.com:8092/__mock/page/about.json", nil, 403},
		{"a rebound name, without the slash", open, "GET", "http://evil.example.com:8092/__mock", nil, 403},
		{"with a token, any host, without it", locked, "GET", "http://mock-docspace:8092/__mock/", nil, 200},
		{"with a token, a file", locked, "GET", "http://mock-docspace:8092/__mock/page/main.js", nil, 200},
		{"with a token, a link of another site", locked, "GET", "http://mock-docspace:8092/__mock/", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"with a token, the data", locked, "GET", "http://mock-docspace:8092/__mock/state", nil, 401},
		{"a file that there is not", open, "GET", "http://localhost:8092/__mock/page/none.js", nil, 404},
		{"a folder", open, "GET", "http://localhost:8092/__mock/page/", nil, 404},
		{"the way out", open, "GET", "http://localhost:8092/__mock/page/..%2fpage.go", nil, 404},
		{"the source", open, "GET", "http://localhost:8092/__mock/page/page.go", nil, 404},
		{"another method", open, "POST", "http://localhost:8092/__mock/", nil, 404},
		{"a portal that there is not", open, "GET", "http://localhost:8092/portals/nobody/__mock/", nil, 404},
		{"switched off", off, "GET", "http://localhost:8092/__mock/", nil, 404},
		{"its own address", off.Control(), "GET", "http://localhost:8093/__mock/", nil, 200},
	} {
		w := mocktest.Send(test.h, test.method, test.target, "", append(test.headers, "Accept", browserAccept)...)
		if w.Code != test.want {
			t.Errorf("%s: got %d %.200s, want %d", test.name, w.Code, w.Body, test.want)
		}
		if w.Code == 307 && w.Header().Get("Location") != "/__mock/" {
			t.Errorf("%s: got %v", test.name, w.Header())
		}
	}
}

// People are told what this is. Programs get what they always got.
func TestWelcome(t *testing.T) {
	h := newHost(t, newServer(t))
	addPortal(t, h, "mine", mockserver.Portal{})
	for _, test := range []struct{ name, method, target, accept, want string }{
		{"a browser", "GET", "http://localhost:8092/", browserAccept, `href="/__mock/"`},
		{"a browser at a portal", "GET", "http://localhost:8092/portals/mine/", browserAccept, `href="/portals/mine/__mock/"`},
		{"a browser at a portal without the slash", "GET", "http://localhost:8092/portals/mine", browserAccept, `href="/portals/mine/__mock/"`},
		{"a browser at a portal's host", "GET", "http://mine.localhost:8092/", browserAccept, `href="/__mock/"`},
		{"a program", "GET", "http://localhost:8092/", "*/*", "No such call"},
		{"a program without Accept", "GET", "http://localhost:8092/", "", "No such call"},
		{"a program that wants JSON", "GET", "http://localhost:8092/", "application/json", "No such call"},
		{"a program that wants no HTML", "GET", "http://localhost:8092/", "text/html;q=0, application/json", "No such call"},
		{"a program that likes JSON better", "GET", "http://localhost:8092/", "application/json, text/html;q=0.5", "No such call"},
		{"a program that likes both", "GET", "http://localhost:8092/", "text/html, application/vnd.api+json, */*;q=0.1", "No such call"},
		{"a program that wants no HTML, in decimals", "GET", "http://localhost:8092/", "text/html;q=0.000", "No such call"},
		{"a program that cannot count", "GET", "http://localhost:8092/", "text/html;q=x", "No such call"},
		{"a form", "POST", "http://localhost:8092/", browserAccept, "No such call"},
		{"a browser elsewhere", "GET", "http://localhost:8092/rooms", browserAccept, "No such call"},
		{"a browser at no portal", "GET", "http://localhost:8092/portals/nobody/", browserAccept, "there is no portal"},
	} {
		w := mocktest.Send(h, test.method, test.target, "", "Accept", test.accept)
		if isPage := w.Code == 200; !strings.Contains(w.Body.String(), test.want) || isPage != strings.HasPrefix(test.want, "href") {
			t.Errorf("%s: got %d %s", test.name, w.Code, w.Body)
		}
	}
	w := mocktest.Send(newHost(t, newServer(t), WithoutControl()), "GET", "http://localhost:8092/", "", "Accept", browserAccept)
	if w.Code != 200 || strings.Contains(w.Body.String(), "<a ") || !strings.Contains(w.Body.String(), "not at this address") {
		t.Errorf("without the control API: got %d %s", w.Code, w.Body)
	}
	elsewhere := newHost(t, newServer(t), WithoutControl())
	addPortal(t, elsewhere, "mine", mockserver.Portal{})
	for path, want := range map[string]string{"/": "/__mock/", "/portals/mine/": "/portals/mine/__mock/"} {
		w := mocktest.Send(elsewhere.Control(), "GET", "http://localhost:8093"+path, "", "Accept", browserAccept)
		if w.Code != 307 || w.Header().Get("Location") != want {
			t.Errorf("a browser at %s of the control API's own address, where no portal is: got %d %v", path, w.Code, w.Header())
		}
	}
}

// What the page has to know beside the portal: which calls there are, and where they are when the control API has another address.
func TestPageAbout(t *testing.T) {
	h := newHost(t, newServer(t), WithURL("http://127.0.0.1:9000"))
	var told struct {
		Version, Address string
		Calls            []struct{ Operation, Method, Path string }
	}
	w := mocktest.Send(h, http.MethodGet, "http://localhost:8092/__mock/page/about.json", "")
	if err := json.Unmarshal(w.Body.Bytes(), &told); err != nil {
		t.Fatal(err)
	}
	if told.Version != mockserver.Version || told.Address != "http://127.0.0.1:9000" || len(told.Calls) != len(mockserver.Operations()) {
		t.Errorf("got %+v", told)
	}
	if first := told.Calls[0]; first.Operation != "getFilesSettings" || first.Method != "GET" || first.Path != mocktest.SettingsPath {
		t.Errorf("got %+v", first)
	}
}
