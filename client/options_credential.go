package client

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// WithAPIKey sends "Authorization: Bearer key". API keys begin with "sk-". A portal takes any other text as a session token.
func WithAPIKey(key string) Option {
	return optionFunc(func(c *config) error {
		return c.setCredential("WithAPIKey", bearer(key), checkHeaderText("key", key))
	})
}

// WithPortalToken sends a session token of the portal, as "Authorization: Bearer token".
func WithPortalToken(token string) Option {
	return optionFunc(func(c *config) error {
		return c.setCredential("WithPortalToken", bearer(token), checkHeaderText("token", token))
	})
}

// WithBasicAuth sends the e-mail address and the password of an account with every call.
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
		if err == nil && strings.ContainsFunc(value, notInCookie) {
			err = errors.New("the value contains a character that a cookie cannot carry")
		}
		return c.setCredential("WithCookie", sessionCookie(value), err)
	})
}

func notInCookie(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`",;\`, r) }

// WithTokenSource sends "Authorization: Bearer token" with the token that the function gives, such as an OAuth 2.0 access token.
// Each attempt calls the function, and several calls may do so at once. Its context ends with the attempt. The function keeps a
// token while it is valid, and returns when its context ends. It must not call the Portal that it is for, because that may be
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

// WithInsecureHTTP lets credentials travel over plain http to another machine. Everybody on the way can read them. Without this
// option [New] refuses such an address. A visitor does not need it, and neither does a portal on this machine.
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
