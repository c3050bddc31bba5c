package client

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// authCookie is the cookie in which a portal keeps a session (CookieAuthHandler.cs).
const authCookie = "asc_auth_key"

// credential is one header, and the texts in it that no error may say. Both are functions, so that no printing reaches
// what they hold. The zero one is a visitor's.
type credential struct {
	header  string
	value   func(context.Context) (string, error)
	secrets func() []string
}

func fixed(header, value string, secrets ...string) credential {
	return credential{
		header:  header,
		value:   func(context.Context) (string, error) { return value, nil },
		secrets: func() []string { return secrets },
	}
}

func bearer(token string) credential { return fixed("Authorization", "Bearer "+token, token) }

func basic(email, password string) credential {
	pair := base64.StdEncoding.EncodeToString([]byte(email + ":" + password))
	return fixed("Authorization", "Basic "+pair, pair, password)
}

func session(value string) credential { return fixed("Cookie", authCookie+"="+value, value) }

// source asks for a token at every attempt. Those who keep tokens know when one is stale.
func source(token func(context.Context) (string, error)) credential {
	return credential{header: "Authorization", value: func(ctx context.Context) (string, error) {
		text, err := token(ctx)
		if err == nil {
			err = checkHeaderText("token", text)
		}
		return "Bearer " + text, err
	}}
}

// authorise adds the headers that every call has, and the credentials when the request goes to the portal itself. What a
// request editor has set stays.
func authorise(home *url.URL, cfg *config) func(api.HttpRequestDoer) api.HttpRequestDoer {
	origin, host, cred := originOf(home), home.Host, cfg.credential
	return func(next api.HttpRequestDoer) api.HttpRequestDoer {
		return doerFunc(func(req *http.Request) (*http.Response, error) {
			value := ""
			atHome := req.URL.Scheme == home.Scheme && req.URL.Host == host || originOf(req.URL) == origin
			if cred.value != nil && atHome && !hasCredential(req.Header, cred.header) {
				var err error
				if value, err = ask(req.Context(), cred); err != nil {
					callOf(req).attempt-- // it was not sent
					return nil, err
				}
			}
			setHeaders(req, cfg.userAgent, cred.header, value)
			return next.Do(req)
		})
	}
}

// ask gets the value of the header within the time of the attempt.
func ask(ctx context.Context, cred credential) (string, error) {
	if cred.secrets != nil { // fixed
		return cred.value(ctx)
	}
	type result struct {
		value string
		err   error
		panic any
	}
	done := make(chan result, 1)
	go func() { // it may not look at its context
		var r result
		defer func() {
			r.panic = recover() // it belongs to the caller's goroutine
			done <- r
		}()
		r.value, r.err = cred.value(ctx)
	}()
	var r result
	select {
	case r = <-done:
	case <-ctx.Done():
		r.err = ctx.Err()
	}
	if r.panic != nil {
		panic(r.panic)
	}
	if r.err != nil {
		err := r.err
		return "", &Error{classes: []error{ErrToken}, cause: &cause{err: func() error { return err }}} // without its text
	}
	return r.value, nil
}

func hasCredential(h http.Header, header string) bool {
	for name, lines := range h {
		if !strings.EqualFold(name, header) { // an editor may spell it in any way
			continue
		}
		if header != "Cookie" {
			return strings.Join(lines, "") != ""
		}
		for _, line := range lines {
			if cookies, err := http.ParseCookie(line); err == nil && slices.ContainsFunc(cookies, isSession) {
				return true
			}
		}
	}
	return false
}

func isSession(cookie *http.Cookie) bool { return cookie.Name == authCookie }

// setHeaders gives the request headers of its own: those it has, the common ones, and one more unless its value is empty.
// Cookies that are there already stay.
func setHeaders(req *http.Request, userAgent, header, value string) {
	own := make(http.Header, len(req.Header)+3)
	for name, values := range req.Header {
		own[name] = values
	}
	values := [3]string{"application/json", userAgent, value}
	set := func(i int, name string) {
		if own.Get(name) == "" {
			own[name] = values[i : i+1 : i+1]
		}
	}
	set(0, "Accept")
	set(1, "User-Agent")
	if value != "" {
		if header == "Cookie" && own.Get(header) != "" {
			values[2] = strings.Join(own[header], "; ") + "; " + value
			delete(own, header)
		}
		set(2, header)
	}
	req.Header = own
}
