package client

import (
	"cmp"
	"net/http"
	"strings"
)

// statusError makes an *Error of an answer that is not a 200.
func (c *call) statusError(resp *http.Response, body []byte) *Error {
	e, shape := c.errorFrom(resp, body)
	if shape == errorEnvelope && c.tooManyAttempts(resp, e) {
		e.kinds = append(e.kinds, ErrTooManyAttempts)
	}
	if kind := c.refusal(e, shape); kind != nil {
		e.kinds = append(e.kinds, kind)
	}
	if kind := statusKind(e.StatusCode); kind != nil {
		e.kinds = append(e.kinds, kind)
	}
	switch {
	case e.StatusCode >= 200 && e.StatusCode <= 299:
		e.detail = "a portal answers these calls with 200"
	case e.StatusCode >= 300 && e.StatusCode <= 399:
		e.detail = "check the portal's address"
	case shape == foreignBody:
		e.detail = "the body is not the portal's; is a proxy in front of it?"
	}
	if e.StatusCode == http.StatusNotFound {
		e.detail = strings.Trim(c.addressOf(resp)+": "+e.detail, ": ")
	}
	return e
}

// addressOf is the path that was asked for, without secrets: the address of the portal may have a wrong prefix, or lack one.
func (c *call) addressOf(resp *http.Response) string {
	if resp.Request.URL == nil {
		return "" // a doer of the caller may answer with any request
	}
	return c.maskerWith(exchangeSecrets(resp)).line(cmp.Or(resp.Request.Method, http.MethodGet) + " " + resp.Request.URL.EscapedPath())
}

// tooManyAttempts tells the answer after too many wrong passwords from other refusals of a password call or a log in. The server sends a
// 403 without an exception type (BruteForceLoginManager.cs, ResponseWrapper.cs). The published reference has 429. The message
// proves nothing, because it is translated. A 403 because of the role names a type. A 429 of the request limit has a header
// with the limit.
func (c *call) tooManyAttempts(resp *http.Response, e *Error) bool {
	if c.operation != opApplyPassword && c.operation != opSignIn {
		return false
	}
	switch e.StatusCode {
	case http.StatusForbidden:
		return e.Type == ""
	case http.StatusTooManyRequests:
		return resp.Header.Get("X-RateLimit-Limit") == ""
	default:
		return false
	}
}

// malformedError makes an *Error of a 200 that is not the answer of the contract.
func (c *call) malformedError(resp *http.Response, body []byte, fault string) *Error {
	e, shape := c.errorFrom(resp, body)
	if shape == plainText {
		e.Message = "" // the text of some page at a wrong address is no message
	}
	e.kinds = []error{ErrMalformedResponse}
	e.detail = fault
	return e
}

// missingProperty makes the error for a 200 whose response lacks a property that it must have.
func (c *call) missingProperty(name string) *Error {
	return &Error{
		Operation: c.operation, StatusCode: http.StatusOK, Attempts: c.attempts, kinds: []error{ErrMalformedResponse},
		detail: "property response." + name + " is missing",
	}
}

// errorFrom fills an *Error from the header and the body of an answer, and says what kind of body it is.
func (c *call) errorFrom(resp *http.Response, body []byte) (*Error, bodyShape) {
	said := readErrorBody(resp.Header.Get("Content-Type"), body)
	clean := c.maskerWith(exchangeSecrets(resp)).line
	e := &Error{
		Operation:   c.operation,
		StatusCode:  resp.StatusCode,
		Message:     clean(said.message),
		Type:        clean(said.exception),
		ContentType: clean(resp.Header.Get("Content-Type")),
		Attempts:    c.attempts,
	}
	c.readErrorHeader(e, resp)
	if e.RequestID == "" {
		e.RequestID = clean(said.trace)
	}
	for i, path := range sortedKeys(said.fields) {
		if i == maxFields {
			break
		}
		if e.Fields == nil {
			e.Fields = map[string][]string{}
		}
		for _, message := range said.fields[path][:min(len(said.fields[path]), maxFields)] {
			e.Fields[clean(path)] = append(e.Fields[clean(path)], clean(message))
		}
	}
	return e, said.shape
}

// readErrorHeader fills in the facts of the header. They count even when the body broke off.
func (c *call) readErrorHeader(e *Error, resp *http.Response) {
	e.RetryAfter = retryAfter(resp.Header.Get("Retry-After"), c.cfg.clock.Now())
	e.RequestID = c.requestID(resp)
	e.RateLimit = c.rateLimit(resp)
}
