package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// Within the same origin a GET follows every redirect, a PUT follows those that keep method and body, and a POST follows none.
func TestRedirectSameOrigin(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, method := range []string{"GET", "PUT", "POST"} {
			t.Run(fmt.Sprint(method, status), func(t *testing.T) {
				var seen []string
				portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
					body, _ := io.ReadAll(r.Body)
					seen = append(seen, r.Method+" "+string(body)+" "+r.Header.Get("Authorization"))
					if r.URL.Path != "/moved" {
						w.Header().Set("Location", "/moved")
						w.WriteHeader(status)
						return
					}
					reply(200, jsonType, envelope(map[string]string{"GET": "{}", "PUT": "true"}[r.Method]))(w, r)
				}, client.WithAPIKey("sk-1"))
				followed := method == "GET" || method == "PUT" && status >= 307
				err := callBy(portal, method)
				if followed {
					if err != nil || len(seen) != 2 || seen[0] != seen[1] {
						t.Errorf("got %v, seen %q", err, seen)
					}
					return
				}
				mustBe(t, err, client.ErrRedirect)
				if e := asError(t, err); e.StatusCode != status {
					t.Errorf("got status %d", e.StatusCode)
				}
				if len(seen) != 1 {
					t.Errorf("seen %q", seen)
				}
			})
		}
	}
}

// Nothing is sent to another origin after a redirect.
func TestRedirectOtherOrigin(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the other origin got %s %s, Authorization %q", r.Method, r.URL, r.Header.Get("Authorization"))
	}))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, method := range []string{"GET", "PUT", "POST"} {
			portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", other.URL+"/?"+r.Header.Get("Authorization"))
				w.WriteHeader(status)
			}, client.WithAPIKey("sk-SECRET"))
			err := callBy(portal, method)
			mustBe(t, err, client.ErrRedirect)
			if strings.Contains(err.Error(), "SECRET") {
				t.Errorf("got %q", err)
			}
		}
	}
}

func TestRedirectDowngradeAndUserInfo(t *testing.T) {
	tests := map[string]string{
		"https://portal.example/again":    "",
		"https://PORTAL.example:443/x":    "",
		"http://portal.example/x":         "it leads to another origin; if that is the portal, make the Portal with its address: http://portal.example:80",
		"https://portal.example:444/x":    "address: https://portal.example:444",
		"https://evil.portal.example/x":   "it leads to another origin",
		"https://u:p4ss@portal.example/x": "it carries a user name or password",
	}
	for location, want := range tests {
		portal := newPortal(t, "https://portal.example", client.WithHTTPClient(&http.Client{
			Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
				w := httptest.NewRecorder()
				if r.URL.Path == "/api/2.0/files/settings" {
					reply(302, "", "", "Location", location)(w, r)
				} else {
					reply(200, jsonType, envelope("{}"))(w, r)
				}
				resp := w.Result()
				resp.Request = r
				return resp, nil
			}),
		}), client.WithAPIKey("sk-1"))
		_, err := portal.FilesSettings(context.Background())
		if want == "" {
			if err != nil {
				t.Errorf("%s: %v", location, err)
			}
			continue
		}
		mustBe(t, err, client.ErrRedirect)
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "p4ss") {
			t.Errorf("%s: got %q", location, err)
		}
	}
}

func TestRedirectLoop(t *testing.T) {
	count := 0
	portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		count++
		http.Redirect(w, r, r.URL.Path, http.StatusTemporaryRedirect)
	})
	mustBe(t, callBy(portal, "GET"), client.ErrRedirect)
	if count != 6 {
		t.Errorf("%d requests", count)
	}
}

// The caller's own rule is asked after ours. It can refuse more, and never allow more.
func TestRedirectOwnRule(t *testing.T) {
	own := errors.New("own words")
	for name, test := range map[string]struct {
		location string
		rule     func(*http.Request, []*http.Request) error
		class    error
	}{
		"refuses":         {"/moved", func(*http.Request, []*http.Request) error { return own }, own},
		"takes the 302":   {"/moved", func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, client.ErrRedirect},
		"allows too much": {"http://other.invalid/", func(*http.Request, []*http.Request) error { return nil }, client.ErrRedirect},
	} {
		t.Run(name, func(t *testing.T) {
			seen := 0
			portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				seen++
				http.Redirect(w, r, test.location, http.StatusFound)
			}, client.WithHTTPClient(&http.Client{CheckRedirect: test.rule}))
			err := callBy(portal, "GET")
			if !errors.Is(err, test.class) || seen != 1 {
				t.Errorf("got %v, sent %d times", err, seen)
			}
			mustBe(t, err, client.ErrRedirect)
		})
	}
}

// A Location that cannot be read is a redirect that was not followed. The call is not repeated.
func TestRedirectToNowhere(t *testing.T) {
	seen := 0
	portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen++
		reply(302, "", "", "Location", "http://%zz")(w, r)
	})
	mustBe(t, callBy(portal, "GET"), client.ErrRedirect)
	if seen != 1 {
		t.Errorf("sent %d times", seen)
	}
}

func TestHTTPClientIsCopied(t *testing.T) {
	given := &http.Client{Timeout: time.Minute}
	newPortal(t, "https://portal.example", client.WithHTTPClient(given), client.WithTimeout(time.Second))
	if given.CheckRedirect != nil || given.Transport != nil || given.Timeout != time.Minute {
		t.Error("the caller's client was changed")
	}
}
