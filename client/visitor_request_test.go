package client_test

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

// Unlock sends no credentials, for every kind of credential of the Portal.
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
				t.Error("ApplyExternalSharePassword sent no credentials")
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

// Unlock does not ask for a token.
func TestUnlockAsksNoSource(t *testing.T) {
	portal, _ := scripted(t, []client.Option{client.WithTokenSource(func(context.Context) (string, error) {
		t.Error("the source was called")
		return "tok", nil
	})}, successOf("POST"))
	if err := unlock(portal, "KEY", 1); err != nil {
		t.Error(err)
	}
}

// A request editor, or a doer that follows redirects, can lead to another origin. No cookies are sent there or kept from there.
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
