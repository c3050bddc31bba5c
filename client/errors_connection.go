package client

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// cause lets errors.Is and errors.As match an error of net/http or of the caller's doer, without its text. That text often
// has the address in it, and so a share key.
type cause struct {
	text string       // without secrets
	err  func() error // a function, so that printing cannot show the error
}

func newCause(mask masker, err error) *cause {
	return &cause{text: mask.line(causeText(err)), err: func() error { return err }}
}

func (c *cause) Error() string { return c.text }

func (c *cause) Is(target error) bool { return errors.Is(c.err(), target) }

// As skips every *url.Error, because it has the address in its text.
func (c *cause) As(target any) bool { return errors.As(withoutURL(c.err()), target) }

func withoutURL(err error) error {
	for {
		var withURL *url.Error
		if !errors.As(err, &withURL) {
			return err
		}
		err = withURL.Err
	}
}

// causeText leaves out the text "Post "https://…":" that net/http puts before its errors.
func causeText(err error) string {
	var withURL *url.Error
	if errors.As(err, &withURL) {
		return withURL.Err.Error()
	}
	return err.Error()
}

// connectionError makes an *Error of a failure below: before an answer came (status 0) or in the middle of one.
func (c *call) connectionError(req *http.Request, status int, detail string, err error) *Error {
	mask := c.maskerWith(requestSecrets(req))
	var refusal *redirectRefusal
	if errors.As(err, &refusal) {
		e := &Error{StatusCode: refusal.status, kinds: []error{ErrRedirect}, detail: refusal.reason}
		if refusal.target != nil {
			e.cause = newCause(mask, refusal.target)
		}
		return e
	}
	if strings.HasPrefix(causeText(err), "failed to parse Location header") { // net/http has no type for it
		return &Error{StatusCode: status, kinds: []error{ErrRedirect}, detail: "its address cannot be read", cause: newCause(mask, err)}
	}
	kinds := []error{ErrConnection}
	if kind := statusKind(status); status != 0 && (status < 200 || status > 299) && kind != nil {
		kinds = append(kinds, kind)
	}
	return &Error{StatusCode: status, kinds: kinds, detail: detail, cause: newCause(mask, err)}
}
