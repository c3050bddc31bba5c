package client_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

// The other calls are made by an account, so their cookies are not kept.
func TestOnlyUnlockFillsTheJar(t *testing.T) {
	portal, _ := scripted(t, nil, cookied(`{"status":0}`, "asc_auth_key=x; path=/"))
	portal.FilesSettings(context.Background())
	portal.ApplyExternalSharePassword(context.Background(), "KEY", "pw-1")
	if kept := portal.VisitorJar().Cookies(address(t, "https://portal.example/")); len(kept) > 0 {
		t.Errorf("kept %d cookies", len(kept))
	}
	if err := unlock(portal, "KEY", 1); err != nil || len(portal.VisitorJar().Cookies(address(t, "https://portal.example/"))) != 1 {
		t.Errorf("kept none: %v", err)
	}
}

func TestVisitorJarHasOneOrigin(t *testing.T) {
	portal, _ := scripted(t, nil, cookied(`{"status":0}`, "sharelink1=x; path=/", "wide=x; path=/; domain=portal.example"))
	if err := unlock(portal, "KEY", 1); err != nil {
		t.Fatal(err)
	}
	jar := portal.VisitorJar()
	for _, home := range []string{"https://portal.example", "https://PORTAL.example:443/filehandler.ashx?x=1"} {
		if cookies := jar.Cookies(address(t, home)); len(cookies) != 2 {
			t.Errorf("%s gets %d cookies", home, len(cookies))
		}
	}
	for _, other := range []string{
		"http://portal.example", "http://portal.example:443", "https://portal.example:8443", "https://a.portal.example", "https://example",
		"https://portal.example.", "https://portal.example.evil.example", "ws://portal.example", "//portal.example",
	} {
		if cookies := jar.Cookies(address(t, other)); len(cookies) > 0 {
			t.Errorf("%s gets %d cookies", other, len(cookies))
		}
		jar.SetCookies(address(t, other), []*http.Cookie{{Name: "planted", Value: "x", Path: "/", Domain: "portal.example"}})
	}
	if cookies := jar.Cookies(address(t, "https://portal.example")); len(cookies) != 2 {
		t.Errorf("another origin has planted one: %d cookies", len(cookies))
	}
	if jar := (*client.Portal)(nil).VisitorJar(); jar != nil {
		t.Error("no Portal has a jar")
	}
}

// A http.Client with the jar can open the entry of the link.
func TestVisitorJarInHTTPClient(t *testing.T) {
	portal, server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			reply(200, jsonType, envelope(`{"status":0}`), "Set-Cookie", "sharelink1=let-me-in; path=/")(w, r)
			return
		}
		if cookie, err := r.Cookie("sharelink1"); err != nil || cookie.Value != "let-me-in" || r.Header.Get("Authorization") != "" {
			w.WriteHeader(http.StatusForbidden)
		}
	}, client.WithAPIKey("sk-1"))
	visitor := &http.Client{Jar: portal.VisitorJar()}
	for _, want := range []int{403, 200} { // before Unlock, and after it
		resp, err := visitor.Get(server.URL + "/filehandler.ashx?action=download&fileid=1")
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("got %d, want %d", resp.StatusCode, want)
		}
		if err := unlock(portal, "KEY", 1); err != nil {
			t.Fatal(err)
		}
	}
}

// A server that sets many cookies does not make later requests too large.
func TestVisitorJarIsBounded(t *testing.T) {
	n := 0
	var longest int
	portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		longest = max(longest, len(r.Header.Get("Cookie")))
		for range 100 {
			n++
			w.Header().Add("Set-Cookie", fmt.Sprintf("c%d=%s; path=/", n, strings.Repeat("x", 100)))
		}
		w.Header().Add("Set-Cookie", "long="+strings.Repeat("x", 8<<10))
		reply(200, jsonType, envelope(`{"status":0}`))(w, r)
	})
	for range 10 {
		if _, err := portal.Unlock(context.Background(), "KEY", ""); err != nil {
			t.Fatal(err)
		}
	}
	if longest < 100 || longest > 16<<10 {
		t.Errorf("%d bytes of cookies", longest)
	}
}
