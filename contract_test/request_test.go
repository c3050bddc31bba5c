package contract_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// request is one call, written without the client, which would refuse to send some of them.
type request struct {
	method string // GET when left out
	path   string // below /api/2.0/, escaped; from the root when it begins with a slash
	key    string // Authorization: Bearer …
	header http.Header
	body   string
	media  string // Content-Type; application/json for a body when left out, none for "-"
	off    bool   // does not match openapi.yaml on purpose
}

// answer is a response with its whole body.
type answer struct {
	*http.Response
	body []byte
}

// httpRequest is the request to a portal at this address.
func (r request) httpRequest(ctx context.Context, portal string) (*http.Request, error) {
	address := portal + r.path
	if !strings.HasPrefix(r.path, "/") {
		address = portal + "/api/2.0/" + r.path
	}
	req, err := http.NewRequestWithContext(ctx, r.method, address, strings.NewReader(r.body)) // "" is GET
	if err != nil {
		return nil, err
	}
	for name, values := range r.header {
		req.Header[name] = values
	}
	req.Host = r.header.Get("Host")
	if r.key != "" {
		req.Header.Set("Authorization", "Bearer "+r.key)
	}
	switch {
	case r.media == "-":
	case r.media != "":
		req.Header.Set("Content-Type", r.media)
	case req.Method != http.MethodGet:
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// call names the request like that of an answer.
func (r request) call() string {
	method := r.method
	if method == "" {
		method = http.MethodGet
	}
	return method + " " + pathWithoutKey("/api/2.0/"+r.path)
}

// call names the request of an answer without its secrets: the key of a link and the query are left out.
func (a answer) call() string {
	return a.Request.Method + " " + pathWithoutKey(a.Request.URL.Path)
}

// pathWithoutKey replaces the key of a link in a path.
func pathWithoutKey(path string) string {
	return shareKeyInPath.ReplaceAllString(path, "${1}{key}${2}${3}")
}

var shareKeyInPath = regexp.MustCompile(`(?i)(/files/share/).+?(/password)?(/?)$`)

// send sends a request, and checks it and its answer against openapi.yaml.
func (t *target) send(ctx context.Context, r request) answer {
	GinkgoHelper()
	req, err := r.httpRequest(context.WithValue(ctx, offContract{}, r.off), t.url)
	Expect(err).NotTo(HaveOccurred())
	call := req.Method + " " + pathWithoutKey(req.URL.Path)
	lastCall.Store(&call)
	resp, err := t.http.Do(req)
	if err != nil {
		fail(call + ": " + errors.Unwrap(err).Error()) // without the URL
	}
	body, err := wholeBody(resp)
	Expect(err).NotTo(HaveOccurred())
	return answer{resp, body}
}

// sendUnchecked sends a request whose answer is not described in openapi.yaml: a call of the control API, or one that fails
// on purpose.
func (t *target) sendUnchecked(ctx context.Context, r request) (answer, error) {
	GinkgoHelper()
	req, err := r.httpRequest(ctx, t.url)
	Expect(err).NotTo(HaveOccurred())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, err
	}
	body, err := wholeBody(resp)
	return answer{resp, body}, err
}

// withBody gives a request a body. An empty one becomes http.NoBody, because it would be sent with an unknown length.
func withBody(r *http.Request, body []byte) *http.Request {
	r.Body = http.NoBody
	if len(body) > 0 {
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	return r
}

// wholeBody reads the body of an answer, so that it can be read again.
func wholeBody(resp *http.Response) ([]byte, error) {
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return body, err
}

// decodeResponse reads the payload of a success envelope.
func (a answer) decodeResponse(into any) {
	GinkgoHelper()
	var envelope struct {
		Response json.RawMessage `json:"response"`
	}
	err := json.Unmarshal(a.body, &envelope)
	if err == nil {
		err = json.Unmarshal(envelope.Response, into)
	}
	if err != nil {
		fail(a.call() + ": response cannot be read: " + err.Error())
	}
}

// find is a value within a JSON body, by names and indexes. It is nil when the value does not exist.
func (a answer) find(path ...any) (any, error) {
	var value any
	if err := json.Unmarshal(a.body, &value); err != nil {
		return nil, fmt.Errorf("the body is not JSON: %.200q", a.body)
	}
	value, err := findIn(value, path...)
	if err != nil {
		return nil, fmt.Errorf("%w in %.200q", err, a.body)
	}
	return value, nil
}

// findIn is a value within one that was read from JSON.
func findIn(value any, path ...any) (any, error) {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, ok := value.(map[string]any)
			if !ok {
				return nil, fmt.Errorf("there is no object with %q", step)
			}
			value = object[step]
		case int:
			list, ok := value.([]any)
			if !ok || step >= len(list) {
				return nil, fmt.Errorf("there is no list with an entry %d", step)
			}
			value = list[step]
		}
	}
	return value, nil
}

// member is a value within a JSON body that must exist.
func (a answer) member(path ...any) any {
	GinkgoHelper()
	value, err := a.find(path...)
	Expect(err).NotTo(HaveOccurred(), a.call())
	return value
}

// names are the names of the properties of the response, in the order in which they were sent.
func (a answer) names() []string {
	GinkgoHelper()
	names, err := a.responseNames()
	Expect(err).NotTo(HaveOccurred())
	return names
}

// responseNames are the names of the properties of the body's response.
func (a answer) responseNames() ([]string, error) {
	var envelope struct {
		Response json.RawMessage `json:"response"`
	}
	if err := json.Unmarshal(a.body, &envelope); err != nil {
		return nil, fmt.Errorf("the body is not an envelope: %.200q", a.body)
	}
	return objectNames(envelope.Response)
}

func propertyNames(object []byte) []string {
	GinkgoHelper()
	names, err := objectNames(object)
	Expect(err).NotTo(HaveOccurred())
	return names
}

// objectNames are the names of the properties of a JSON object, in the order in which they were sent.
func objectNames(object []byte) ([]string, error) {
	dec := json.NewDecoder(bytes.NewReader(object))
	if first, err := dec.Token(); err != nil || first != json.Delim('{') {
		return nil, fmt.Errorf("the value is not an object: %.200q", object)
	}
	var names []string
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		names = append(names, name.(string))
		var skipped json.RawMessage
		if err := dec.Decode(&skipped); err != nil {
			return nil, err
		}
	}
	return names, nil
}

func quote(text string) string {
	quoted, _ := json.Marshal(text) // a text is never refused
	return string(quoted)
}
