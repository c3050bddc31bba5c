package client

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"time"
	"unicode"
)

// Option is a setting of [New]: one of this package's With functions. The generated ones, [WithHTTPClient] and
// [WithRequestEditorFn] among them, are options too. A wrong value is an error of New.
//
// [WithHTTPClient] with a *http.Client uses a copy of it, whose CheckRedirect is asked after this package's own redirect
// rule. Any other doer is used as it is, and has to keep credentials from other origins itself when it follows redirects.
type Option interface {
	apply(*config) error
}

// config is what the options leave behind.
type config struct {
	generated  Client // what the generated options write to
	credential credential
	timeout    time.Duration
	userAgent  string
}

// optionFunc holds its values, secrets among them, where no printing reaches them.
type optionFunc func(*config) error

func (f optionFunc) apply(c *config) error { return f(c) }

func newConfig(baseURL string, opts []Option) (*config, error) {
	c := &config{timeout: defaultTimeout, userAgent: defaultUserAgent}
	c.generated.Server = baseURL // WithBaseURL replaces it here, before it is checked
	c.generated.Client = &http.Client{}
	for i, opt := range opts {
		if isNil(opt) {
			return nil, fmt.Errorf("docspace: option %d is nil; leave it out", i+1)
		}
		if err := opt.apply(c); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// apply makes the generated options usable with [New].
func (o ClientOption) apply(c *config) error {
	if err := o(&c.generated); err != nil {
		var parse *url.Error
		if errors.As(err, &parse) { // its text repeats the address
			return errors.New("docspace: WithBaseURL: it is not a URL; expected something like https://yourportal.onlyoffice.com")
		}
		return fmt.Errorf("docspace: option: %w", err)
	}
	if isNil(c.generated.Client) {
		return errors.New("docspace: WithHTTPClient: the client is nil; leave the option out to get the default one")
	}
	for _, edit := range c.generated.RequestEditors {
		if edit == nil {
			return errors.New("docspace: WithRequestEditorFn: the function is nil; leave the option out")
		}
	}
	return nil
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

// WithTimeout bounds each call, the reading of its answer included; 30 seconds unless given. An earlier deadline of the
// call's context still holds.
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
	if c.credential != nil {
		return fmt.Errorf("docspace: %s: there is a credential already; give one of WithAPIKey, WithPortalToken and WithBasicAuth, once", option)
	}
	c.credential = cred
	return nil
}

// checkHeaderText refuses what a header would not carry as it is. Its errors name the value, never quote it.
func checkHeaderText(name, value string) error {
	switch {
	case strings.TrimSpace(value) == "":
		return fmt.Errorf("the %s is empty", name)
	case strings.ContainsFunc(value, unicode.IsControl):
		return fmt.Errorf("the %s contains a line break or another control character; it was probably copied with it", name)
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
