package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

// cookied is an answer that sets cookies.
func cookied(response string, cookies ...string) answer {
	a := ok(response)
	a.header = http.Header{"Set-Cookie": cookies}
	return a
}

// Whatever a portal is asked with, Unlock asks as nobody.
func TestUnlockSendsNoCredentials(t *testing.T) {
	const secret = "S3CRET"
	edited := func(edit func(*http.Request)) client.Option {
		return client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error { edit(r); return nil })
	}
	jar, _ := cookiejar.New(nil)
	jar.SetCookies(address(t, "https://portal.example"), []*http.Cookie{{Name: "asc_auth_key", Value: secret}})
	for name, opt := range map[string]client.Option{
		"key":             client.WithAPIKey(secret),
		"token":           client.WithPortalToken(secret),
		"Basic":           client.WithBasicAuth("a@b", secret),
		"cookie":          client.WithCookie(secret),
		"source":          client.WithTokenSource(func(context.Context) (string, error) { return secret, nil }),
		"editor":          edited(func(r *http.Request) { r.Header.Set("Authorization", secret) }),
		"editor's cookie": edited(func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "asc_auth_key", Value: secret}) }),
		"in lower case": edited(func(r *http.Request) {
			r.Header["authorization"] = []string{secret}
			r.Header["cookie"] = []string{"asc_auth_key=" + secret}
		}), // as HTTP/2 spells it
		"user info": edited(func(r *http.Request) { r.URL.User = url.UserPassword("a@b", secret) }),
		"jar":       nil,
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{answers: []answer{successOf("POST")}}
			given := &http.Client{Transport: s}
			var opts []client.Option
			if opt == nil {
				given.Jar = jar
			} else {
				opts = append(opts, opt)
			}
			portal := newPortal(t, "https://portal.example", append(opts, client.WithHTTPClient(given))...)
			ctx := context.Background()
			if _, err := portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1"); err != nil {
				t.Fatal(err)
			}
			if _, err := portal.Unlock(ctx, "KEY", "pw-1"); err != nil {
				t.Fatal(err)
			}
			credentials := func(r sent) (all []string) {
				for name, values := range r.header {
					if strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Cookie") {
						all = append(all, values...)
					}
				}
				return all
			}
			if all := credentials(s.sent[0]); len(all) == 0 {
				t.Error("the other way has none")
			}
			if all := credentials(s.sent[1]); len(all) > 0 {
				t.Errorf("sent %q", all)
			}
			for _, header := range []string{"Accept", "User-Agent", "Content-Type"} {
				if s.sent[1].header.Get(header) != s.sent[0].header.Get(header) {
					t.Errorf("%s is %q", header, s.sent[1].header.Get(header))
				}
			}
			if s.sent[1].body != `{"password":"pw-1"}` || given.Jar != nil && len(jar.Cookies(address(t, "https://portal.example"))) != 1 {
				t.Errorf("sent %s", s.sent[1].body)
			}
		})
	}
}

// A token is not even asked for.
func TestUnlockAsksNoSource(t *testing.T) {
	portal, _ := scripted(t, []client.Option{client.WithTokenSource(func(context.Context) (string, error) {
		t.Error("the source was called")
		return "tok", nil
	})}, successOf("POST"))
	if err := unlock(portal, "KEY", 1); err != nil {
		t.Error(err)
	}
}

func TestUnlockKeepsCookies(t *testing.T) {
	portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1")},
		cookied(`{"status":4}`, "anonymous_session_key=a1; path=/; httponly"),
		cookied(`{"status":0}`, "sharelink1=b1; path=/; secure", "elsewhere=x; path=/other"),
		cookied(`{"status":0}`, "sharelink1=b2; path=/", "anonymous_session_key=; path=/; max-age=0"),
		ok(`{"status":0}`))
	for range 4 {
		portal.Unlock(context.Background(), "KEY", "pw-1")
	}
	portal.ApplyExternalSharePassword(context.Background(), "KEY", "pw-1")
	for i, want := range []string{"", "anonymous_session_key=a1", "anonymous_session_key=a1; sharelink1=b1", "sharelink1=b2", ""} {
		if got := strings.Join(s.sent[i].header.Values("Cookie"), "; "); got != want {
			t.Errorf("request %d has cookies %q, want %q", i+1, got, want)
		}
	}
	other, s := scripted(t, nil, ok(`{"status":0}`)) // another Portal is another visitor
	if err := unlock(other, "KEY", 1); err != nil || s.sent[0].header.Get("Cookie") != "" {
		t.Errorf("got %v, sent %q", err, s.sent[0].header)
	}
}

// Cookies of the other calls are an account's, and stay out.
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

// A request editor, or a doer that follows redirects by itself, can lead elsewhere. Cookies neither go there nor come from there.
func TestCookiesStayAtHome(t *testing.T) {
	const home, elsewhere = "https://portal.example", "https://other.example"
	target := ""
	var sent []string
	portal := newPortal(t, home,
		client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
			if target == "editor" {
				r.URL = address(t, elsewhere+r.URL.Path)
			}
			return nil
		}),
		client.WithHTTPClient(doer(func(r *http.Request) (*http.Response, error) {
			sent = append(sent, r.URL.Host+" "+r.Header.Get("Cookie"))
			resp := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {jsonType}, "Set-Cookie": {"who=" + r.URL.Host + "; path=/"}}}
			resp.Body = io.NopCloser(strings.NewReader(envelope(`{"status":0}`)))
			if target == "doer" {
				moved := r.Clone(r.Context())
				moved.URL = address(t, elsewhere)
				resp.Request = moved
				resp.Header.Set("Set-Cookie", "who=planted; path=/")
			}
			return resp, nil
		})))
	for _, target = range []string{"", "editor", "doer", ""} {
		if err := unlock(portal, "KEY", 1); err != nil {
			t.Fatal(err)
		}
	}
	want := "portal.example , other.example , portal.example who=portal.example, portal.example who=portal.example"
	if got := strings.Join(sent, ", "); got != want {
		t.Errorf("sent %s\nwant %s", got, want)
	}
}

// What the jar is for: a http.Client opens what the link leads to.
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
	for _, want := range []int{403, 200} { // before and after
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

// Who was let in stays in, and nobody else is.
func TestVisitorsAreApart(t *testing.T) {
	portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, err := r.Cookie("sharelink1")
		if err == nil || strings.Contains(string(body), "right") {
			w.Header().Set("Set-Cookie", "sharelink1=x; path=/")
			reply(200, jsonType, envelope(`{"status":0}`))(w, r)
			return
		}
		reply(200, jsonType, envelope(`{"status":4}`))(w, r)
	})
	ctx := context.Background()
	first, second := portal.Visitor(), portal.Visitor()
	for _, test := range []struct {
		visitor  *client.Visitor
		password string
		open     bool
	}{
		{first, "wrong", false}, {first, "right", true}, {first, "wrong", true},
		{second, "wrong", false}, {second, "wrong", false}, {portal.Visitor(), "", false},
	} {
		if _, err := test.visitor.Unlock(ctx, "KEY", test.password); (err == nil) != test.open {
			t.Errorf("%q: %v", test.password, err)
		}
	}
	if _, err := portal.Unlock(ctx, "KEY", "wrong"); !errors.Is(err, client.ErrInvalidPassword) {
		t.Errorf("the portal's own visitor: %v", err)
	}
	if _, err := portal.Visitor().Unlock(ctx, "KEY", "wrong"); !errors.Is(err, client.ErrTooManyAttempts) {
		t.Errorf("five wrong ones are five of all visitors together: %v", err)
	}
	if _, err := new(client.Visitor).Unlock(ctx, "KEY", ""); !errors.Is(err, client.ErrInvalidArgument) {
		t.Errorf("got %v", err)
	}
}

// A server that sets ever more cookies does not make every further request too large.
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
