package mockserver

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// closing tells that it was closed.
type closing struct {
	io.Reader
	closed chan struct{}
}

func (c closing) Close() error {
	close(c.closed)
	return nil
}

func TestTransport(t *testing.T) {
	s := newServer(t)
	ask := func(method, address string, body io.Reader, change ...func(*http.Request)) *http.Response {
		t.Helper()
		r, err := http.NewRequest(method, address, body)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+s.Key(RoleOwner))
		r.Header.Set("Content-Type", "application/json")
		for _, c := range change {
			c(r)
		}
		resp, err := s.Transport().RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		return resp
	}
	text := func(resp *http.Response) string {
		t.Helper()
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.Request.Method != "HEAD" && resp.ContentLength != int64(len(body)) {
			t.Errorf("%v after %d of %d bytes", err, len(body), resp.ContentLength)
		}
		return string(body)
	}

	resp := ask("GET", "https://portal.example:8443"+mocktest.SettingsPath+"?fields=externalShare#x", nil)
	if got := text(resp); resp.Status != "200 OK" || !strings.Contains(got, `"href":"https://portal.example:8443/api/2.0/files/settings?fields=externalShare"`) || resp.Proto != "HTTP/1.1" {
		t.Errorf("%s %s: %s", resp.Proto, resp.Status, got)
	}
	if got := text(ask("GET", "http://portal"+mocktest.SettingsPath, nil, func(r *http.Request) { r.Host = "other" })); !strings.Contains(got, `"href":"http://other/api`) {
		t.Errorf("got %.100s", got)
	}
	// A body whose length is not known is there all the same, and is closed.
	body := closing{strings.NewReader(`{"set":false,"displayValue":false}`), make(chan struct{})}
	if got := text(ask("PUT", "http://portal"+mocktest.ExternalPath, body)); !strings.HasPrefix(got, `{"response":false`) {
		t.Errorf("got %s", got)
	}
	<-body.closed
	resp = ask("HEAD", "http://portal"+mocktest.SettingsPath, nil)
	if got := text(resp); resp.StatusCode != 405 || got != "" || resp.ContentLength <= 0 {
		t.Errorf("HEAD: %d %q", resp.StatusCode, got)
	}
	if got := s.LastRequests(1)[0]; got.Method != "HEAD" || got.Status != 405 {
		t.Errorf("in the journal: %+v", got)
	}

	body = closing{strings.NewReader(""), make(chan struct{})}
	if _, err := s.Transport().RoundTrip(&http.Request{Body: body}); err == nil {
		t.Error("a request without an address was answered")
	}
	<-body.closed
}

// A client that gives up does not wait, also when the portal waits for its body.
func TestTransportEndsWithItsContext(t *testing.T) {
	s := newServer(t)
	ctx, giveUp := context.WithCancel(t.Context())
	reading, writing := io.Pipe()
	r, _ := http.NewRequestWithContext(ctx, "POST", "http://portal"+mocktest.PasswordPath("x"), reading)
	done := make(chan error, 1)
	go func() {
		_, err := s.Transport().RoundTrip(r)
		done <- err
	}()
	writing.Write([]byte("{")) // the portal has begun to read
	giveUp()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	writing.Close()
}

func TestWithoutAConnectionFaultsAreAsOverOne(t *testing.T) {
	s := newServer(t)
	to := reached{client: &http.Client{Transport: s.Transport()}, url: "https://portal"}
	addFault(t, s, Fault{Kind: FaultReset, Times: 1})
	if _, _, err := to.get(t.Context(), s); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("reset: %v", err)
	}
	addFault(t, s, Fault{Kind: FaultTruncated, Times: 1})
	resp, body, err := to.get(t.Context(), s)
	if !errors.Is(err, io.ErrUnexpectedEOF) || int64(len(body)) >= resp.ContentLength || len(body) == 0 {
		t.Errorf("truncated: %v after %d bytes", err, len(body))
	}
	addFault(t, s, Fault{Kind: FaultHang, Times: 1})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, _, err := to.get(ctx, s); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("hang: %v", err)
	}
}

// The server does not read a form whose Content-Length is 0.
func TestWithoutAConnectionTheLengthIsDeclared(t *testing.T) {
	s := Start(t)
	for address, client := range map[string]*http.Client{s.URL: http.DefaultClient, "http://portal": {Transport: s.Transport()}} {
		for body, status := range map[string]int{"": 415, "x": 400} {
			r, err := http.NewRequest("PUT", address+mocktest.ExternalPath, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header = http.Header{"Authorization": {"Bearer " + s.OwnerKey}, "Content-Type": {"multipart/form-data; boundary=x"}}
			answer, err := client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != status {
				t.Errorf("%s, body %q: got %d", address, body, answer.StatusCode)
			}
		}
	}
}
