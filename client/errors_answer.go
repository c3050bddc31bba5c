package client

import (
	"net/http"
	"time"
)

// refusal makes an *Error of an answer that is not a 200.
func (c *call) statusError(resp *http.Response, body []byte) *Error {
	e, shape := c.errorFrom(resp, body)
	// Too many wrong passwords: 403 from the server, without the exception's type (BruteForceLoginManager.cs,
	// ResponseWrapper.cs); 429 in the published reference. The message is localised and proves nothing. A 403 for the
	// role names a type, the other ones are not an ErrorApiResponse; the request limit's 429 tells the limit.
	if c.operation == opApplyPassword && shape == errorEnvelope {
		requestLimit := resp.Header.Get("X-RateLimit-Limit") != ""
		if e.StatusCode == http.StatusForbidden && e.Type == "" || e.StatusCode == http.StatusTooManyRequests && !requestLimit {
			e.kinds = append(e.kinds, ErrTooManyAttempts)
		}
	}
	if class := statusKind(e.StatusCode); class != nil {
		e.kinds = append(e.kinds, class)
	}
	switch {
	case e.StatusCode >= 200 && e.StatusCode <= 299:
		e.detail = "a portal answers these calls with 200"
	case e.StatusCode >= 300 && e.StatusCode <= 399:
		e.detail = "check the portal's address"
	case shape == foreign:
		e.detail = "the body is not the portal's; is a proxy in front of it?"
	}
	return e
}

// malformed makes an *Error of a 200 that is not an answer.
func (c *call) malformedError(resp *http.Response, body []byte, fault string) *Error {
	e, shape := c.errorFrom(resp, body)
	if shape == plainText {
		e.Message = "" // it is no message, but whatever stands at the wrong address
	}
	e.kinds = []error{ErrMalformedResponse}
	e.detail = fault
	return e
}

// describe takes from an answer what people want to know.
func (c *call) errorFrom(resp *http.Response, body []byte) (*Error, shape) {
	said := readErrorBody(resp.Header.Get("Content-Type"), body)
	clean := c.maskerWith(exchangeSecrets(resp)).line
	e := &Error{
		Operation:   c.operation,
		StatusCode:  resp.StatusCode,
		Message:     clean(said.message),
		Type:        clean(said.kind),
		ContentType: clean(resp.Header.Get("Content-Type")),
		Attempts:    c.attempt,
	}
	c.readHeader(e, resp)
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

// readHeader fills in what stands above the body, also above one that did not come to its end.
func (c *call) readHeader(e *Error, resp *http.Response) {
	e.RetryAfter = retryAfter(resp.Header.Get("Retry-After"), time.Now())
	e.RequestID = c.requestID(resp)
	e.RateLimit = readRateLimit(resp.Header)
}

// missingProperty is the error for a 200 whose response lacks a property without which it cannot be understood.
func (c *call) missingProperty(name string) *Error {
	return &Error{
		Operation: c.operation, StatusCode: http.StatusOK, Attempts: c.attempt, kinds: []error{ErrMalformedResponse},
		detail: "property response." + name + " is missing",
	}
}
