package host

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

const controlURL = "http://127.0.0.1:8092"

func newHost(t testing.TB, main *mockserver.Server, opts ...Option) *Host {
	t.Helper()
	h, err := New(append(opts, WithMain(main))...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// onTime tells the time of day to a host.
func onTime(clock *mocktest.Clock) Option {
	return func(o *options) error {
		o.now = clock.Now
		return nil
	}
}

// controlTransport reaches a host without a connection, and checks both directions of every exchange with its control API
// against the contract. A request that breaks the contract on purpose says so with offContract.
type controlTransport struct {
	handler http.Handler
	covered *coverage
}

// lateBody is the header of a request whose body does not arrive in time.
const lateBody = "X-Late-Body"

// coverage is what was seen, such as "getLink 200".
type coverage struct {
	mu   sync.Mutex
	seen map[string]bool
}

type offContract struct{}

var controlDoc = sync.OnceValues(func() (*openapi3.T, error) {
	doc, err := openapi3.NewLoader().LoadFromData(control.OpenAPI())
	if err != nil {
		return nil, err
	}
	doc.Servers = nil
	openapi3filter.RegisterBodyDecoder("application/merge-patch+json", openapi3filter.JSONBodyDecoder)
	return doc, doc.Validate(context.Background())
})

// findControl is the operation of a request, if it is one of the contract.
func findControl(doc *openapi3.T, r *http.Request) (*openapi3filter.RequestValidationInput, string) {
	at := r.URL.EscapedPath()
	if i := strings.Index(at, controlPath); i > 0 {
		at = at[i:]
	}
	parameter := regexp.MustCompile(`\{(\w+)\}`)
	for path, item := range doc.Paths.Map() {
		names := parameter.FindAllStringSubmatch(path, -1)
		literal := parameter.ReplaceAllString(path, `([^/]+)`)
		match := regexp.MustCompile("^" + literal + "$").FindStringSubmatch(at)
		operation := item.Operations()[r.Method]
		if match == nil || operation == nil {
			continue
		}
		input := &openapi3filter.RequestValidationInput{
			Request: r, PathParams: map[string]string{}, QueryParams: r.URL.Query(),
			Route:   &routers.Route{Spec: doc, Path: path, PathItem: item, Method: r.Method, Operation: operation},
			Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true},
		}
		for i, name := range names {
			input.PathParams[name[1]], _ = url.PathUnescape(match[i+1])
		}
		return input, operation.OperationID
	}
	return nil, ""
}

func (t controlTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	doc, err := controlDoc()
	if err != nil {
		return nil, err
	}
	var sent []byte
	if r.Body != nil {
		if sent, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	input, id := findControl(doc, r)
	if off, _ := r.Context().Value(offContract{}).(bool); !off {
		if input == nil {
			return nil, fmt.Errorf("%s %s is not in the contract", r.Method, r.URL.Path)
		}
		checked := r.Clone(r.Context())
		checked.Body = io.NopCloser(bytes.NewReader(sent))
		input.Request = checked
		if err := openapi3filter.ValidateRequest(r.Context(), input); err != nil {
			return nil, fmt.Errorf("the request breaks the contract: %w", err)
		}
	}
	incoming := r.Clone(r.Context())
	incoming.RemoteAddr = "192.0.2.1:1234"
	incoming.Host = r.URL.Host
	if r.Host != "" {
		incoming.Host = r.Host
	}
	incoming.Body = io.NopCloser(bytes.NewReader(sent))
	if r.Header.Get(lateBody) != "" {
		incoming.Body = io.NopCloser(iotest.ErrReader(os.ErrDeadlineExceeded))
	}
	w := httptest.NewRecorder()
	t.handler.ServeHTTP(w, incoming)
	resp := w.Result()
	resp.Request = r
	if input == nil {
		return resp, nil
	}
	t.covered.mu.Lock()
	t.covered.seen[fmt.Sprintf("%s %d", id, resp.StatusCode)] = true
	t.covered.mu.Unlock()
	if resp.Header.Get(mockserver.HeaderVersion) != mockserver.Version {
		return nil, errors.New("the answer does not tell the version")
	}
	if resp.StatusCode == http.StatusNoContent && w.Body.Len() > 0 {
		return nil, errors.New("there is a body with 204")
	}
	err = openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: resp.StatusCode, Header: resp.Header, Body: io.NopCloser(bytes.NewReader(w.Body.Bytes())),
		Options: input.Options,
	})
	if err != nil {
		return nil, fmt.Errorf("the answer %d to %s %s breaks the contract: %w", resp.StatusCode, r.Method, r.URL.Path, err)
	}
	return resp, nil
}

// controlClient is a client of a control API under test.
type controlClient struct {
	testing.TB
	*control.ClientWithResponses
	http *http.Client
	host *Host
	seen *coverage
}

func newControlClient(t testing.TB, covered *coverage, h *Host, opts ...control.ClientOption) *controlClient {
	t.Helper()
	s := &controlClient{TB: t, host: h, seen: covered, http: &http.Client{Transport: controlTransport{h, covered}}}
	var err error
	if s.ClientWithResponses, err = control.NewClientWithResponses(controlURL, append(opts, control.WithHTTPClient(s.http))...); err != nil {
		t.Fatal(err)
	}
	return s
}

// raw sends what the contract may not allow. The body is JSON unless headers say otherwise.
func (s *controlClient) raw(method, path, body string, headers ...string) (status int, answer string, header http.Header) {
	s.Helper()
	ctx := context.WithValue(context.Background(), offContract{}, true)
	r, err := http.NewRequestWithContext(ctx, method, controlURL+path, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := s.http.Do(r)
	if err != nil {
		s.Fatalf("%s %s: %v", method, path, err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	return resp.StatusCode, strings.TrimSpace(string(text)), resp.Header
}

// refused sends what is to be refused, and gives the error.
func (s *controlClient) refused(want int, method, path, body string, headers ...string) control.Error {
	s.Helper()
	status, answer, _ := s.raw(method, path, body, headers...)
	if status != want {
		s.Fatalf("%s %s %.100s: got %d %s, want %d", method, path, body, status, answer, want)
	}
	var refusal control.Error
	if err := json.Unmarshal([]byte(answer), &refusal); err != nil {
		s.Fatalf("%v in %s", err, answer)
	}
	if refusal.Message == "" || strings.ContainsRune(refusal.Message, '\n') {
		s.Errorf("%s %s: %q is not one line", method, path, refusal.Message)
	}
	return refusal
}

// status checks the status of an answer of the generated client.
func status(t testing.TB, want int, got interface {
	StatusCode() int
}, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if got.StatusCode() != want {
		body := ""
		if b, ok := got.(interface{ GetBody() []byte }); ok {
			body = string(b.GetBody())
		}
		t.Fatalf("got %d %s, want %d", got.StatusCode(), body, want)
	}
}

func ptr[T any](v T) *T { return &v }

// must gives an answer of the generated client, whose error the test would not survive.
func must[T any](got T, err error) T {
	if err != nil {
		panic(err)
	}
	return got
}

// gone looks that there is nothing left to read, change or delete.
func (s *controlClient) gone(path string) {
	s.Helper()
	s.refused(404, http.MethodGet, path, "")
	s.refused(404, http.MethodPatch, path, "{}")
	s.refused(404, http.MethodDelete, path, "")
}
