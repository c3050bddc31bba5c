package client

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
)

// refusal makes an *Error of an answer that is not a 200.
func (c *call) refusal(resp *http.Response, body []byte) *Error {
	e, shape := c.describe(resp, body)
	// Too many wrong passwords: 403 from the server, without the exception's type (BruteForceLoginManager.cs,
	// ResponseWrapper.cs); 429 in the published reference. The message is localised and proves nothing. A 403 for the
	// role names a type, the other ones are not an ErrorApiResponse; the request limit's 429 tells the limit.
	if c.operation == opApplyPassword && shape == errorEnvelope {
		requestLimit := resp.Header.Get("X-RateLimit-Limit") != ""
		if e.StatusCode == http.StatusForbidden && e.Type == "" || e.StatusCode == http.StatusTooManyRequests && !requestLimit {
			e.classes = append(e.classes, ErrTooManyAttempts)
		}
	}
	if class := statusClass(e.StatusCode); class != nil {
		e.classes = append(e.classes, class)
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
func (c *call) malformed(resp *http.Response, body []byte, fault string) *Error {
	e, shape := c.describe(resp, body)
	if shape == plainText {
		e.Message = "" // it is no message, but whatever stands at the wrong address
	}
	e.classes = []error{ErrMalformedResponse}
	e.detail = fault
	return e
}

// describe takes from an answer what people want to know.
func (c *call) describe(resp *http.Response, body []byte) (*Error, shape) {
	said := readErrorBody(resp.Header.Get("Content-Type"), body)
	clean := c.scrubberWith(exchangeSecrets(resp)).line
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

// shape is what kind of body an answer other than success has.
type shape int

const (
	empty         shape = iota
	errorEnvelope       // ErrorApiResponse
	problem             // problem details, bare or in a success envelope
	plainText           // the address restriction answers so
	foreign             // HTML and all else
)

// maxFields is how many paths an error names, and how many messages for each.
const maxFields = 20

// maxPlainText is the longest text that passes for a message.
const maxPlainText = 4 << 10

type errorBody struct {
	shape   shape
	message string
	kind    string
	fields  map[string][]string
	trace   string // the server's own id of the request; only problem details have it
}

// readErrorBody never fails: an error is reported with as much as can be read of its body.
func readErrorBody(contentType string, body []byte) errorBody {
	if len(body) > maxErrorBody {
		return errorBody{shape: foreign}
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return errorBody{shape: empty}
	}
	media, _, _ := mime.ParseMediaType(contentType)
	switch {
	case media == "text/plain":
		if len(body) > maxPlainText {
			return errorBody{shape: foreign}
		}
		return errorBody{shape: plainText, message: string(body)}
	case media != "application/json" && media != "text/json" && !strings.HasSuffix(media, "+json"):
		return errorBody{shape: foreign}
	}
	type problemDetails struct {
		Title  string              `json:"title"`
		Detail string              `json:"detail"`
		Errors map[string][]string `json:"errors"`
		Trace  string              `json:"traceId"`
	}
	// Piece by piece, so that one odd property does not hide the others.
	var parts map[string]json.RawMessage
	if json.Unmarshal(body, &parts) != nil {
		return errorBody{shape: foreign}
	}
	var exception struct {
		Message string `json:"message"`
		Type    string `json:"type"`
	}
	if raw, ok := parts["error"]; ok && isObject(raw) {
		_ = json.Unmarshal(raw, &exception) // what it could read counts
		return errorBody{shape: errorEnvelope, message: exception.Message, kind: exception.Type}
	}
	source := json.RawMessage(body)
	if raw, ok := parts["response"]; ok && isObject(raw) {
		source = raw
	}
	var details problemDetails
	_ = json.Unmarshal(source, &details) // what it could read counts
	said := errorBody{shape: problem, message: details.Title, fields: details.Errors, trace: details.Trace}
	if details.Detail != "" {
		said.message = details.Detail
	}
	for _, path := range sortedKeys(details.Errors) {
		if messages := details.Errors[path]; len(messages) > 0 {
			said.message = messages[0]
			break
		}
	}
	return said
}

func isObject(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '{' }

func sortedKeys(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
