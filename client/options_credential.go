package client

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// WithAPIKey sends "Authorization: Bearer key". API keys begin with "sk-"; a portal takes any other text for a session
// token.
func WithAPIKey(key string) Option {
	return optionFunc(func(c *config) error {
		return c.setCredential("WithAPIKey", bearer(key), checkHeaderText("key", key))
	})
}

// WithPortalToken sends a portal session token, as "Authorization: Bearer token".
func WithPortalToken(token string) Option {
	return optionFunc(func(c *config) error {
		return c.setCredential("WithPortalToken", bearer(token), checkHeaderText("token", token))
	})
}

// WithBasicAuth signs in with the e-mail address and password of an account, on every call.
func WithBasicAuth(email, password string) Option {
	return optionFunc(func(c *config) error {
		err := checkHeaderText("e-mail address", email)
		switch {
		case err != nil:
		case strings.Contains(email, ":"):
			err = errors.New("the e-mail address contains a colon, which Basic cannot carry")
		case password == "":
			err = errors.New("the password is empty")
		}
		return c.setCredential("WithBasicAuth", basic(email, password), err)
	})
}

// WithCookie sends the value of the cookie asc_auth_key, in which a portal keeps the session of a browser.
func WithCookie(value string) Option {
	return optionFunc(func(c *config) error {
		err := checkHeaderText("value", value)
		odd := func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`",;\`, r) }
		if err == nil && strings.ContainsFunc(value, odd) {
			err = errors.New("the value contains a character that a cookie cannot carry")
		}
		return c.setCredential("WithCookie", sessionCookie(value), err)
	})
}

// WithTokenSource sends "Authorization: Bearer token" with what the function gives: an OAuth 2.0 access token, above all.
// It is called at each attempt, by several calls at once, with a context that ends with the attempt; it keeps a token as
// long as that is good, and gives up when its context ends. It must not call the Portal that it is for, which may be
// waiting for it. Its error ends the call, see [ErrToken].
func WithTokenSource(token func(context.Context) (string, error)) Option {
	return optionFunc(func(c *config) error {
		var err error
		if token == nil {
			err = errors.New("the function is nil")
		}
		return c.setCredential("WithTokenSource", tokenSource(token), err)
	})
}

// WithInsecureHTTP lets credentials go over plain http to another machine, where everybody on the way can read them.
// Without it [New] refuses such an address; for visitors, and for this machine, it is not needed.
func WithInsecureHTTP() Option {
	return optionFunc(func(c *config) error {
		c.insecure = true
		return nil
	})
}

func (c *config) setCredential(option string, cred credential, err error) error {
	if err != nil {
		return fmt.Errorf("docspace: %s: %w", option, err)
	}
	if c.credential.value != nil {
		return fmt.Errorf("docspace: %s: there is a credential already; give one of them, once", option)
	}
	c.credential = cred
	return nil
}
