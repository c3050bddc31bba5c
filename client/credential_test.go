package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestCookieCredential(t *testing.T) {
	for name, test := range map[string]struct {
		editor func(*http.Request)
		want   string
	}{
		"alone":               {func(*http.Request) {}, "asc_auth_key=SESSION=="},
		"beside another one":  {func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "lang", Value: "de"}) }, "lang=de; asc_auth_key=SESSION=="},
		"the editor's own":    {func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "asc_auth_key", Value: "own"}) }, "asc_auth_key=own"},
		"in lower case":       {func(r *http.Request) { r.Header["cookie"] = []string{"asc_auth_key=own"} }, "asc_auth_key=own"}, // as HTTP/2 spells it
		"the editor's header": {func(r *http.Request) { r.Header.Set("Authorization", "tok") }, "asc_auth_key=SESSION=="},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, []client.Option{client.WithCookie("SESSION=="), client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
				test.editor(r)
				return nil
			})}, successOf("GET"))
			if err := callBy(portal, "GET"); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(append(s.sent[0].header["Cookie"], s.sent[0].header["cookie"]...), "|"); got != test.want { //nolint:staticcheck // as above
				t.Errorf("sent %q, want %q", got, test.want)
			}
		})
	}
	for _, value := range []string{"", " ", "a b", "a;b", "a,b", `a"b`, `a\b`, "a\nb", "é"} {
		if _, err := client.New("https://portal.example", client.WithCookie(value)); err == nil || !strings.HasPrefix(err.Error(), "docspace: WithCookie: the value ") {
			t.Errorf("%q: %v", value, err)
		}
	}
}

// Each attempt asks for a token, because the token may have changed.
func TestTokenSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		count := 0
		portal, s := scripted(t, []client.Option{client.WithTokenSource(func(ctx context.Context) (string, error) {
			count++
			if end, ok := ctx.Deadline(); !ok || time.Until(end) != 15*time.Second {
				t.Errorf("it has until %v", end)
			}
			return fmt.Sprint("tok", count), nil
		})}, status(503), status(502), successOf("GET"))
		if err := callBy(portal, "GET"); err != nil {
			t.Fatal(err)
		}
		for i, r := range s.sent {
			if want := fmt.Sprint("Bearer tok", i+1); r.header.Get("Authorization") != want {
				t.Errorf("attempt %d had %q", i+1, r.header.Get("Authorization"))
			}
		}
		if count != 3 || len(s.sent) != 3 {
			t.Errorf("asked %d times, sent %d times", count, len(s.sent))
		}
	})
}

func TestTokenSourceFails(t *testing.T) {
	own := errors.New("own words")
	for name, source := range map[string]func(context.Context) (string, error){
		"error":            func(context.Context) (string, error) { return "tok", own },
		"no token":         func(context.Context) (string, error) { return "", nil },
		"line break":       func(context.Context) (string, error) { return "tok\r\nX: y", nil },
		"blank at the end": func(context.Context) (string, error) { return "tok ", nil },
	} {
		for _, method := range []string{"GET", "PUT", "POST"} {
			t.Run(name+" "+method, func(t *testing.T) {
				portal, s := scripted(t, []client.Option{client.WithTokenSource(source)}, successOf(method))
				err := callBy(portal, method)
				mustBe(t, err, client.ErrToken)
				if len(s.sent) > 0 || errors.Is(err, own) != (name == "error") || strings.Contains(err.Error(), "own words") || strings.Contains(err.Error(), "tok\\r") {
					t.Errorf("sent %d times: %v", len(s.sent), err)
				}
				if e := asError(t, err); e.Attempts != 0 {
					t.Errorf("sent %d times, it says", e.Attempts)
				}
			})
		}
	}
	if _, err := client.New("https://portal.example", client.WithTokenSource(nil)); err == nil || !strings.Contains(err.Error(), "WithTokenSource: the function is nil") {
		t.Errorf("got %v", err)
	}
}

// A source that hangs has only the time of the attempt, even when it ignores its context.
func TestTokenSourceHangs(t *testing.T) {
	for name, wait := range map[string]func(ctx context.Context, over chan struct{}){
		"polite": func(ctx context.Context, _ chan struct{}) { <-ctx.Done() },
		"deaf":   func(_ context.Context, over chan struct{}) { <-over },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				over := make(chan struct{})
				defer close(over)
				portal, s := scripted(t, []client.Option{client.WithAttemptTimeout(2 * time.Second), client.WithTokenSource(func(ctx context.Context) (string, error) {
					wait(ctx, over)
					return "", ctx.Err()
				})}, successOf("GET"))
				began := time.Now()
				err := callBy(portal, "GET")
				mustBe(t, err, client.ErrToken)
				if took := time.Since(began); took != 2*time.Second || !errors.Is(err, context.DeadlineExceeded) || len(s.sent) > 0 {
					t.Errorf("got %v after %v", err, took)
				}
				ctx, cancel := context.WithCancel(context.Background())
				time.AfterFunc(time.Second, cancel)
				began = time.Now()
				_, err = portal.FilesSettings(ctx)
				mustBe(t, err, client.ErrToken)
				if took := time.Since(began); took != time.Second || !errors.Is(err, context.Canceled) {
					t.Errorf("got %v after %v", err, took)
				}
			})
		})
	}
}

// A panic of a token source is raised again in the goroutine of the caller, who can recover from it.
func TestTokenSourcePanics(t *testing.T) {
	portal := newPortal(t, "https://portal.example", client.WithTokenSource(func(context.Context) (string, error) { panic("own words") }))
	defer func() {
		if said := recover(); said != "own words" {
			t.Errorf("recovered %v", said)
		}
	}()
	callBy(portal, "GET")
}
