package client

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// authorise adds the common headers. It adds the credentials when the request goes to the portal's own origin, unless a
// request editor has set some.
func authorise(home *url.URL, cfg *config) func(api.HttpRequestDoer) api.HttpRequestDoer {
	origin, host, cred := originOf(home), home.Host, cfg.credential
	return func(next api.HttpRequestDoer) api.HttpRequestDoer {
		return doerFunc(func(req *http.Request) (*http.Response, error) {
			value := ""
			atHome := req.URL.Scheme == home.Scheme && req.URL.Host == host || originOf(req.URL) == origin
			if cred.value != nil && atHome && !hasCredential(req.Header, cred.header) {
				var err error
				if value, err = credentialValue(req.Context(), cred); err != nil {
					callOf(req).attempts-- // nothing was sent
					return nil, err
				}
			}
			setHeaders(req, cfg.userAgent, cred.header, value)
			return next.Do(req)
		})
	}
}

// credentialValue gives the value of the header. It asks a token source for it, until the attempt ends.
func credentialValue(ctx context.Context, cred credential) (string, error) {
	if cred.secrets != nil { // the value is fixed
		return cred.value(ctx)
	}
	type result struct {
		value string
		err   error
		panic any
	}
	done := make(chan result, 1)
	go func() { // because the source may ignore its context
		var r result
		defer func() {
			r.panic = recover() // the caller's goroutine panics with it below
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
		return "", &Error{kinds: []error{ErrToken}, cause: &cause{err: func() error { return err }}} // without its text
	}
	return r.value, nil
}

// hasCredential says whether a request editor has set a credential in this header.
func hasCredential(h http.Header, header string) bool {
	for name, lines := range h {
		if !strings.EqualFold(name, header) { // an editor may spell it in any case
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
