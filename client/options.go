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

// Option is a setting of [New], made by one of this package's With functions. New gives an error for a wrong value.
type Option interface {
	apply(*config) error
}

// config is the sum of the options, with what the calls of one Portal share.
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
	clock      Clock
	budget     *retryBudget
	guard      *guard

	timeout        time.Duration // of a call
	attemptTimeout time.Duration // of each of its attempts
	retry          RetryPolicy
}

// optionFunc is a function, so that printing cannot show its values, such as a key.
type optionFunc func(*config) error

func (f optionFunc) apply(c *config) error { return f(c) }

// newConfig applies the options, and checks them together with the address.
func newConfig(baseURL string, opts []Option) (*config, *url.URL, error) {
	c := &config{
		address: baseURL, doer: newHTTPClient(), userAgent: defaultUserAgent, slots: newSlots(), clock: timeOfDay{},
		timeout: defaultTimeout, attemptTimeout: defaultAttemptTimeout,
	}
	for i, opt := range opts {
		if isNil(opt) {
			return nil, nil, fmt.Errorf("docspace: option %d is nil; leave it out", i+1)
		}
		if err := opt.apply(c); err != nil {
			return nil, nil, err
		}
	}
	c.retry = c.retry.withDefaults()
	c.budget = newRetryBudget(c.retry.Budget, c.clock)
	c.guard = newGuard(c.unguarded, c.retry.MaxRetryAfter, c.clock)
	home, err := parseBaseURL(c.address)
	if err == nil {
		err = checkScheme(home, c)
	}
	if err != nil {
		return nil, nil, err
	}
	return c, home, nil
}

// WithHTTPClient sends requests with this client. It copies a *http.Client. The copy has this package's redirect rule, and asks
// the client's own CheckRedirect after it. It uses any other doer unchanged. Such a doer must keep credentials from other
// origins when it follows redirects.
func WithHTTPClient(doer api.HttpRequestDoer) Option {
	return optionFunc(func(c *config) error {
		if isNil(doer) {
			return errors.New("docspace: WithHTTPClient: the client is nil; leave the option out to get the default one")
		}
		c.doer = doer
		return nil
	})
}

// WithBaseURL replaces the address of the portal. It is useful with [FromEnv].
func WithBaseURL(address string) Option {
	return optionFunc(func(c *config) error {
		if _, err := url.Parse(address); err != nil { // the text of this error repeats the address
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

// WithRetry sets how often calls are repeated, and after which waits. See [RetryPolicy].
func WithRetry(policy RetryPolicy) Option {
	return optionFunc(func(c *config) error {
		c.retry = policy
		return policy.check()
	})
}

// WithLogger writes one line for each call when it ends. The line has the operation, the status, the number of the last
// attempt and the duration. It has the request id and the error when there are any. Its level is Info, or Warn when the call
// failed. Each retry adds a line of level Debug. The lines contain no secrets.
func WithLogger(logger *slog.Logger) Option {
	return optionFunc(func(c *config) error {
		if logger == nil {
			return errors.New("docspace: WithLogger: the logger is nil; leave the option out")
		}
		c.logger = logger
		return nil
	})
}

// WithHooks calls functions before and after each attempt, for example to count them. They must not call the same Portal.
func WithHooks(hooks Hooks) Option {
	return optionFunc(func(c *config) error {
		c.hooks = hooks
		return nil
	})
}

// WithoutAttemptGuard lets [Visitor.Unlock] send every password, even one that locks the link for this address.
func WithoutAttemptGuard() Option {
	return optionFunc(func(c *config) error {
		c.unguarded = true
		return nil
	})
}

// WithAttemptTimeout sets the time for each attempt of a call, so that an attempt that hangs leaves time for another one. The
// default is 15 seconds.
func WithAttemptTimeout(timeout time.Duration) Option {
	return optionFunc(func(c *config) error {
		c.attemptTimeout = timeout
		return checkTimeout("WithAttemptTimeout", timeout)
	})
}

// WithTimeout sets the time for each call, with its retries and the reading of its answer. The default is 60 seconds. An
// earlier deadline of the call's context still counts.
func WithTimeout(timeout time.Duration) Option {
	return optionFunc(func(c *config) error {
		c.timeout = timeout
		return checkTimeout("WithTimeout", timeout)
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

func checkTimeout(option string, timeout time.Duration) error {
	if timeout <= 0 {
		return fmt.Errorf("docspace: %s: %v is not a time to wait; give more than zero", option, timeout)
	}
	return nil
}

// isNil also finds a nil pointer or a nil function inside an interface.
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
