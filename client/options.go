package client

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"reflect"
	"strings"
	"time"
	"unicode"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// Option is a setting of [New]: one of this package's With functions. A wrong value is an error of New.
type Option interface {
	apply(*config) error
}

// config is what the options leave behind.
type config struct {
	address    string // of the portal
	doer       api.HttpRequestDoer
	editors    []api.RequestEditorFn
	credential credential
	insecure   bool
	unguarded  bool
	userAgent  string
	logger     *slog.Logger
	hooks      Hooks
	turns      turns
	budget     *bucket // of retries
	guard      *guard  // of share links

	timeout        time.Duration // of a call
	attemptTimeout time.Duration // of each of its attempts
	retry          RetryPolicy
}

// optionFunc holds its values, secrets among them, where no printing reaches them.
type optionFunc func(*config) error

func (f optionFunc) apply(c *config) error { return f(c) }

// newConfig checks options and address together.
func newConfig(baseURL string, opts []Option) (*config, *url.URL, error) {
	c := &config{address: baseURL, timeout: defaultTimeout, attemptTimeout: defaultAttemptTimeout, userAgent: defaultUserAgent, turns: newTurns()}
	c.doer = newHTTPClient()
	for i, opt := range opts {
		if isNil(opt) {
			return nil, nil, fmt.Errorf("docspace: option %d is nil; leave it out", i+1)
		}
		if err := opt.apply(c); err != nil {
			return nil, nil, err
		}
	}
	c.retry = c.retry.withDefaults()
	c.budget = newBucket(c.retry.Budget)
	c.guard = newGuard(c.unguarded, c.retry.MaxRetryAfter)
	home, err := parseBaseURL(c.address)
	if err == nil {
		err = checkScheme(home, c)
	}
	if err != nil {
		return nil, nil, err
	}
	return c, home, nil
}

// WithHTTPClient sends requests with this client. Of a *http.Client it uses a copy, whose CheckRedirect is asked after this
// package's own redirect rule. Any other doer is used as it is, and must itself keep credentials from other origins when it follows
// redirects.
func WithHTTPClient(doer api.HttpRequestDoer) Option {
	return optionFunc(func(c *config) error {
		if isNil(doer) {
			return errors.New("docspace: WithHTTPClient: the client is nil; leave the option out to get the default one")
		}
		c.doer = doer
		return nil
	})
}

// WithBaseURL replaces the address of the portal, that of [FromEnv] above all.
func WithBaseURL(address string) Option {
	return optionFunc(func(c *config) error {
		if _, err := url.Parse(address); err != nil { // whose text repeats the address
			return errors.New("docspace: WithBaseURL: it is not a URL; expected something like https://yourportal.onlyoffice.com")
		}
		c.address = address
		return nil
	})
}

// WithRequestEditorFn changes each request before it is sent. Several editors run in the order in which they are given.
func WithRequestEditorFn(edit api.RequestEditorFn) Option {
	return optionFunc(func(c *config) error {
		if edit == nil {
			return errors.New("docspace: WithRequestEditorFn: the function is nil; leave the option out")
		}
		c.editors = append(c.editors, edit)
		return nil
	})
}

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
		return c.setCredential("WithCookie", session(value), err)
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
		return c.setCredential("WithTokenSource", source(token), err)
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

// WithRetry says how often and how patiently calls are repeated, see [RetryPolicy].
func WithRetry(policy RetryPolicy) Option {
	return optionFunc(func(c *config) error {
		c.retry = policy
		return policy.check()
	})
}

// WithLogger has one line written for each call when it is over: operation, status, attempt (which one was the last) and
// duration, the request's id and the error where there are any. Level Info, or Warn when it ended in an error; a call that
// is tried again adds a line at level Debug. Nothing in them is secret.
func WithLogger(logger *slog.Logger) Option {
	return optionFunc(func(c *config) error {
		if logger == nil {
			return errors.New("docspace: WithLogger: the logger is nil; leave the option out")
		}
		c.logger = logger
		return nil
	})
}

// WithHooks has functions called around each attempt, for metrics above all. They must not call the same Portal.
func WithHooks(hooks Hooks) Option {
	return optionFunc(func(c *config) error {
		c.hooks = hooks
		return nil
	})
}

// WithoutAttemptGuard lets [Visitor.Unlock] send every password, also the one that locks the link for this address.
func WithoutAttemptGuard() Option {
	return optionFunc(func(c *config) error {
		c.unguarded = true
		return nil
	})
}

// WithAttemptTimeout bounds each attempt of a call, so that one which hangs leaves time for the next; 15 seconds unless
// given.
func WithAttemptTimeout(timeout time.Duration) Option {
	return optionFunc(func(c *config) error {
		if timeout <= 0 {
			return fmt.Errorf("docspace: WithAttemptTimeout: %v is not a time to wait; give more than zero", timeout)
		}
		c.attemptTimeout = timeout
		return nil
	})
}

// WithTimeout bounds each call, its retries and the reading of its answer included; 60 seconds unless given. An earlier
// deadline of the call's context still holds.
func WithTimeout(timeout time.Duration) Option {
	return optionFunc(func(c *config) error {
		if timeout <= 0 {
			return fmt.Errorf("docspace: WithTimeout: %v is not a time to wait; give more than zero", timeout)
		}
		c.timeout = timeout
		return nil
	})
}

// WithUserAgent replaces the User-Agent header "mock-docspace-client".
func WithUserAgent(userAgent string) Option {
	return optionFunc(func(c *config) error {
		if err := checkHeaderText("text", userAgent); err != nil {
			return fmt.Errorf("docspace: WithUserAgent: %w", err)
		}
		c.userAgent = userAgent
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

// checkHeaderText refuses what a header would not carry as it is. Its errors name the value, never quote it.
func checkHeaderText(name, value string) error {
	switch {
	case strings.TrimSpace(value) == "":
		return fmt.Errorf("the %s is empty", name)
	case strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }):
		return fmt.Errorf("the %s contains a line break or another character that cannot be seen; it was probably copied with it", name)
	case strings.TrimSpace(value) != value:
		return fmt.Errorf("the %s begins or ends with a blank; it was probably copied with it", name)
	}
	return nil
}

// isNil also sees a nil pointer or function inside an interface.
func isNil(value any) bool {
	if value == nil {
		return true
	}
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.Pointer, reflect.Func, reflect.Map, reflect.Chan, reflect.Slice:
		return v.IsNil()
	default:
		return false
	}
}
