package client

import (
	"encoding/base64"
	"net/http"
)

// credential gives the Authorization header and the texts in it that no error may say. It is a function, so that no
// printing reaches what it holds. nil is a visitor.
type credential func() (header string, secret []string)

func bearer(token string) credential {
	return func() (string, []string) { return "Bearer " + token, []string{token} }
}

func basic(email, password string) credential {
	return func() (string, []string) {
		pair := base64.StdEncoding.EncodeToString([]byte(email + ":" + password))
		return "Basic " + pair, []string{pair, password}
	}
}

func (c credential) secrets() []string {
	if c == nil {
		return nil
	}
	_, secret := c()
	return secret
}

// authorise adds the headers that every call has, and the credentials when the request goes to the portal itself. What a
// request editor has set stays.
func authorise(home string, cfg *config, next HttpRequestDoer) HttpRequestDoer {
	return doerFunc(func(req *http.Request) (*http.Response, error) {
		req = req.Clone(req.Context())
		setDefault(req.Header, "Accept", "application/json")
		setDefault(req.Header, "User-Agent", cfg.userAgent)
		if cfg.credential != nil && originOf(req.URL) == home {
			header, _ := cfg.credential()
			setDefault(req.Header, "Authorization", header)
		}
		return next.Do(req)
	})
}

func setDefault(h http.Header, name, value string) {
	if h.Get(name) == "" {
		h.Set(name, value)
	}
}
