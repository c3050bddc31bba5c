package client

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"reflect"
	"time"

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
	slots      slots
	budget     *retryBudget // of retries
	guard      *guard       // of share links

	timeout        time.Duration // of a call
	attemptTimeout time.Duration // of each of its attempts
	retry          RetryPolicy
}

// optionFunc holds its values, secrets among them, where no printing reaches them.
type optionFunc func(*config) error

func (f optionFunc) apply(c *config) error { return f(c) }

// newConfig checks options and address together.
func newConfig(baseURL string, opts []Option) (*config, *url.URL, error) {
	c := &config{address: baseURL, timeout: defaultTimeout, attemptTimeout: defaultAttemptTimeout, userAgent: defaultUserAgent, slots: newSlots()}
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
	c.budget = newRetryBudget(c.retry.Budget)
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
