package contract_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

var recordedVariable = regexp.MustCompile(`\{\{(\w+)\}\}`)

// fill puts the values of the file into a text.
func (f *recordedFile) fill(text string) string {
	return recordedVariable.ReplaceAllStringFunc(text, func(name string) string {
		if value, known := f.Vars[name[2:len(name)-2]]; known {
			return value
		}
		return name
	})
}

// body is the body that is sent, and whether there is one.
func (r *wireRequest) body(file *recordedFile) ([]byte, bool) {
	switch {
	case r.Body != nil:
		return []byte(file.fill(*r.Body)), true
	case r.Bytes != nil:
		return r.Bytes, true
	}
	return nil, false
}

// value is a part of the answer: a text in its body, or a cookie that it sets.
func (w *wireResponse) value(where string) string {
	kind, name, _ := strings.Cut(where, ":")
	if kind == "cookie" {
		for _, h := range w.Headers {
			value, found := strings.CutPrefix(h[1], name+"=")
			if found && strings.EqualFold(h[0], "Set-Cookie") {
				value, _, _ = strings.Cut(value, ";")
				return value
			}
		}
		return ""
	}
	var at any
	if json.Unmarshal([]byte(w.Body), &at) != nil {
		return ""
	}
	for step := range strings.SplitSeq(name, ".") {
		object, _ := at.(map[string]any)
		at = object[step]
	}
	text, _ := at.(string)
	return text
}

// header finds the first value of a header in a request.
func (r *wireRequest) header(name string) (string, bool) {
	for _, h := range r.Headers {
		if strings.EqualFold(h[0], name) {
			return h[1], true
		}
	}
	return "", false
}

// wire is the request as bytes for a server at this host. net/http would change or refuse many of them.
func (r *wireRequest) wire(file *recordedFile, host string) []byte {
	if r.Raw != nil {
		return bytes.ReplaceAll(r.Raw, []byte(file.Host), []byte(host))
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s %s HTTP/1.1\r\n", r.Method, file.fill(r.Target))
	if _, given := r.header("Host"); !given {
		fmt.Fprintf(&out, "Host: %s\r\n", host)
	}
	for _, h := range r.Headers {
		fmt.Fprintf(&out, "%s: %s\r\n", h[0], file.fill(h[1]))
	}
	body, there := r.body(file)
	if _, given := r.header("Content-Length"); there && !r.Chunked && !given {
		fmt.Fprintf(&out, "Content-Length: %d\r\n", len(body))
	}
	if r.Chunked {
		out.WriteString("Transfer-Encoding: chunked\r\n")
		if len(body) > 0 {
			body = fmt.Appendf(nil, "%x\r\n%s\r\n", len(body), body)
		}
		body = append(body, "0\r\n\r\n"...)
	}
	out.WriteString("Connection: close\r\n\r\n")
	out.Write(body)
	return out.Bytes()
}

// plainPath is a path that a proxy does not touch.
var plainPath = regexp.MustCompile(`^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?$`)

// plainMethods are the methods that a proxy passes on.
var plainMethods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// asRequest is the request in the form of the other specs. It is an error when net/http would send something else, and when a
// proxy in front of a portal might change or refuse it.
func (r *wireRequest) asRequest(file *recordedFile) (request, error) {
	body, _ := r.body(file)
	out := request{method: r.Method, path: file.fill(r.Target), header: http.Header{}, body: string(body), media: "-", off: true}
	for _, h := range r.Headers {
		name := http.CanonicalHeaderKey(h[0])
		if out.header[name] != nil || strings.HasPrefix(name, "X-Forwarded-") || slices.Contains([]string{"Host", "Content-Length", "Forwarded"}, name) {
			return out, fmt.Errorf("%s may not reach the portal", name)
		}
		out.header.Add(name, file.fill(h[1]))
	}
	sent, err := out.httpRequest(context.Background(), "http://portal.example")
	switch {
	case err != nil:
		return out, err
	case r.Raw != nil, r.Chunked, sent.URL.RequestURI() != out.path:
		return out, errors.New("net/http sends something else")
	case !plainPath.MatchString(sent.URL.EscapedPath()), !slices.Contains(plainMethods, r.Method):
		return out, errors.New("it may not reach the portal")
	}
	return out, nil
}

// answerTime is how long a request waits for its answer.
const answerTime = 10 * time.Second

// exchangeBytes sends bytes on a connection of their own, in one piece, and reads the answer.
func exchangeBytes(ctx context.Context, host string, sent []byte) (*wireResponse, error) {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", host)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	if err := connection.SetDeadline(time.Now().Add(answerTime)); err != nil {
		return nil, err
	}
	_, writeErr := connection.Write(sent) // a server may answer and close before it has read everything
	method, _, _ := strings.Cut(string(sent[:min(len(sent), 32)]), " ")
	reader := bufio.NewReader(connection)
	for {
		resp, err := http.ReadResponse(reader, &http.Request{Method: method})
		if err != nil {
			if writeErr != nil {
				err = writeErr
			}
			return nil, err
		}
		if resp.StatusCode == http.StatusContinue {
			continue
		}
		return readWire(resp)
	}
}

// readWire reads an answer into the form of the recordings.
func readWire(resp *http.Response) (*wireResponse, error) {
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	return &wireResponse{Status: resp.StatusCode, Headers: headerPairs(resp.Header), Body: string(body)}, nil
}
