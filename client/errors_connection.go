package client

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// cause lets errors.Is and errors.As look at what net/http or the caller's doer reported, without its text: that one
// often has the address in it, and so a share key.
type cause struct {
	text string       // scrubbed
	err  func() error // a function, so that printing does not reach it
}

func newCause(scrub masker, err error) *cause {
	return &cause{text: scrub.line(causeText(err)), err: func() error { return err }}
}

func (c *call) newCause(err error) *cause {
	return &cause{text: c.clean(causeText(err)), err: func() error { return err }}
}

func (c *cause) Error() string { return c.text }

func (c *cause) Is(target error) bool { return errors.Is(c.err(), target) }

// As skips every *url.Error on the way, since those spell the address out.
func (c *cause) As(target any) bool { return errors.As(withoutURL(c.err()), target) }

func withoutURL(err error) error {
	for {
		var spelled *url.Error
		if !errors.As(err, &spelled) {
			return err
		}
		err = spelled.Err
	}
}

// connectionError makes an *Error of what went wrong below: without an answer (status 0) or in the middle of one.
func (c *call) connectionError(req *http.Request, status int, detail string, err error) *Error {
	scrub := c.maskerWith(requestSecrets(req))
	var refusal *redirectRefusal
	if errors.As(err, &refusal) {
		e := &Error{StatusCode: refusal.status, kinds: []error{ErrRedirect}, detail: refusal.reason}
		if refusal.target != nil {
			e.cause = newCause(scrub, refusal.target)
		}
		return e
	}
	if strings.HasPrefix(causeText(err), "failed to parse Location header") { // net/http has no other sign of it
		return &Error{StatusCode: status, kinds: []error{ErrRedirect}, detail: "its address cannot be read", cause: newCause(scrub, err)}
	}
	kinds := []error{ErrConnection}
	if class := statusKind(status); status != 0 && (status < 200 || status > 299) && class != nil {
		kinds = append(kinds, class)
	}
	return &Error{
		StatusCode: status, kinds: kinds, detail: detail,
		cause: newCause(scrub, err),
	}
}

// causeText leaves out the "Post "https://…":" that net/http puts in front.
func causeText(err error) string {
	var spelled *url.Error
	if errors.As(err, &spelled) {
		return spelled.Err.Error()
	}
	return err.Error()
}
