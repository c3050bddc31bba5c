package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// serve starts a server with this handler, and makes a Portal for it.
func serve(t testing.TB, handler http.HandlerFunc, opts ...client.Option) (*client.Portal, *httptest.Server) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return newPortal(t, server.URL, opts...), server
}

func newPortal(t testing.TB, url string, opts ...client.Option) *client.Portal {
	t.Helper()
	quick := client.WithRetry(client.RetryPolicy{BaseDelay: time.Millisecond, Budget: 1000}) // the tests in retry_policy_test.go check the waits
	portal, err := client.New(url, append([]client.Option{quick}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return portal
}

const (
	jsonType    = "application/json; charset=utf-8"
	problemType = "application/problem+json; charset=utf-8"
)

// reply gives every request the same answer.
func reply(status int, contentType, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Content-Type"] = nil
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// envelope wraps a response as the server does.
func envelope(response string) string {
	return `{"response":` + response + `,"count":1,"links":[{"href":"http://portal/","action":"GET"}],"status":0,"statusCode":200}`
}

// errorJSON is the server's ErrorApiResponse. The exception type, kind, is JSON.
func errorJSON(status int, message, kind string) string {
	return fmt.Sprintf(`{"error":{"message":%q,"type":%s,"stack":null,"hresult":0},"status":1,"statusCode":%d}`, message, kind, status)
}

// roundTrip is a function as a http.RoundTripper.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// doer is a function as a HttpRequestDoer that is not a *http.Client.
type doer func(*http.Request) (*http.Response, error)

func (f doer) Do(r *http.Request) (*http.Response, error) { return f(r) }

// mustBe checks that an error matches all of these kinds and no others.
func mustBe(t *testing.T, err error, classes ...error) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %v", classes)
	}
	wanted := map[error]bool{}
	for _, class := range classes {
		wanted[class] = true
		if !errors.Is(err, class) {
			t.Errorf("error %q does not match %q", err, class)
		}
	}
	for _, class := range allClasses {
		if !wanted[class] && errors.Is(err, class) {
			t.Errorf("error %q matches %q as well", err, class)
		}
	}
	if text := err.Error(); strings.ContainsAny(text, "\r\n") || !strings.HasPrefix(text, "docspace: ") {
		t.Errorf("error text is not one line with our name: %q", text)
	}
}

// asError gives the *Error in an error.
func asError(t *testing.T, err error) *client.Error {
	t.Helper()
	var failure *client.Error
	if !errors.As(err, &failure) {
		t.Fatalf("%T is not a *client.Error: %v", err, err)
	}
	return failure
}

// callBy makes the call that has this HTTP method.
func callBy(portal *client.Portal, method string) error {
	ctx := context.Background()
	switch method {
	case "GET":
		_, err := portal.FilesSettings(ctx)
		return err
	case "PUT":
		_, err := portal.SetExternalShare(ctx, true)
		return err
	default:
		_, err := portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1")
		return err
	}
}

// countedBody is an endless body that counts the bytes read.
type countedBody struct {
	read   atomic.Int64
	closed atomic.Bool
}

func (b *countedBody) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	b.read.Add(int64(len(p)))
	return len(p), nil
}

func (b *countedBody) Close() error { b.closed.Store(true); return nil }

type failingReader struct{ err error }

func (r failingReader) Read([]byte) (int, error) { return 0, r.err }

func address(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// hang sends the beginning of an answer, and then nothing until the client goes away.
func hang(t *testing.T, status int, beginning string) http.HandlerFunc {
	over := make(chan struct{})
	t.Cleanup(func() { close(over) })
	return func(w http.ResponseWriter, r *http.Request) {
		if status != 0 {
			w.Header().Set("Content-Type", jsonType)
			w.WriteHeader(status)
			io.WriteString(w, beginning)
			w.(http.Flusher).Flush()
		}
		io.Copy(io.Discard, r.Body)
		select {
		case <-r.Context().Done():
		case <-over:
		}
	}
}

// cookied makes an answer that sets cookies.
func cookied(response string, cookies ...string) answer {
	a := ok(response)
	a.header = http.Header{"Set-Cookie": cookies}
	return a
}

var allClasses = []error{
	client.ErrConnection, client.ErrRedirect, client.ErrResponseTooLarge, client.ErrMalformedResponse,
	client.ErrBadRequest, client.ErrUnauthorized, client.ErrPaymentRequired, client.ErrForbidden, client.ErrNotFound,
	client.ErrUnsupportedMediaType, client.ErrRateLimited, client.ErrServer, client.ErrTooManyAttempts,
	client.ErrInvalidArgument, client.ErrInvalidShareKey,
	client.ErrLinkNotFound, client.ErrLinkExpired, client.ErrPasswordRequired, client.ErrInvalidPassword,
	client.ErrExternalAccessDenied, client.ErrUnknownStatus,
	client.ErrAccessDenied, client.ErrLinkAccess, client.ErrLinkLimit, client.ErrPasswordPolicy, client.ErrExpirationDate, client.ErrEntryNotFound,
}
