package client_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/client/api"
)

// How often is a request sent, for every outcome and every method? The time is fake.
func TestAttempts(t *testing.T) {
	transient := map[string]answer{
		"refused":         {err: syscall.ECONNREFUSED},
		"reset":           {err: syscall.ECONNRESET},
		"cut off":         {err: io.ErrUnexpectedEOF},
		"no such host":    {err: errors.New("no such host")},
		"attempt timeout": {hang: true},
		"429":             status(429), "502": status(502), "503": status(503), "504": status(504),
	}
	final := map[string]answer{
		"500":               status(500),
		"501":               status(501),
		"505":               status(505),
		"wrong certificate": {err: &tls.CertificateVerificationError{Err: errors.New("x509")}},
		"broken 200":        {status: 200, body: "{"},
		"too large":         {status: 200, body: strings.Repeat(" ", 5<<20)},
		"other origin":      status(302, "Location", "https://other.example/"),
		"envelope error":    {status: 200, body: `{"error":{"message":"no"},"status":1}`},
		"204":               status(204),
		"304":               status(304),
	}
	for _, code := range []int{400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 418, 425, 451} {
		final[fmt.Sprint(code)] = status(code, "Retry-After", "1")
	}
	check := func(name, method string, first answer, policy client.RetryPolicy, want int) {
		t.Run(name+" "+method, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				opts := []client.Option{client.WithRetry(policy), client.WithAttemptTimeout(2 * time.Second)}
				portal, s := scripted(t, opts, first)
				err := callBy(portal, method)
				if err == nil || len(s.sent) != want {
					t.Errorf("sent %d times, want %d: %v", len(s.sent), want, err)
				}
				var failure *client.Error
				if errors.As(err, &failure) && failure.Attempts != want {
					t.Errorf("the error says %d attempts", failure.Attempts)
				}
				// The same outcome once, then a success.
				portal, s = scripted(t, opts, first, successOf(method))
				if err := callBy(portal, method); (err == nil) != (want > 1) || len(s.sent) != min(want, 2) {
					t.Errorf("then well: sent %d times: %v", len(s.sent), err)
				}
				for _, r := range s.sent[1:] {
					if r.body != s.sent[0].body || r.path != s.sent[0].path || r.header.Get("Content-Type") != s.sent[0].header.Get("Content-Type") {
						t.Errorf("the second one is another: %+v", r)
					}
				}
			})
		})
	}
	for _, method := range []string{"GET", "PUT", "POST"} {
		for name, a := range transient {
			want := 3
			if method == "POST" {
				want = 1
			}
			check(name, method, a, client.RetryPolicy{}, want)
			check(name+" once", method, a, client.RetryPolicy{Attempts: 1}, 1)
			check(name+" five", method, a, client.RetryPolicy{Attempts: 5}, map[bool]int{true: 5, false: 1}[want == 3])
		}
		for name, a := range final {
			check(name, method, a, client.RetryPolicy{}, 1)
		}
		check("500 asked for", method, status(500), client.RetryPolicy{InternalServerError: true}, map[bool]int{true: 1, false: 3}[method == "POST"])
		check("501 asked for", method, status(501), client.RetryPolicy{InternalServerError: true}, 1)
	}
}

// The other calls follow the same rules.
func TestAttemptsOfTheOtherCalls(t *testing.T) {
	ctx := context.Background()
	for name, test := range map[string]struct {
		call func(*client.Portal) error
		want int
	}{
		"social media": {func(p *client.Portal) error { _, err := p.SetExternalShareSocialMedia(ctx, true); return err }, 3},
		"policy":       {func(p *client.Portal) error { _, err := p.SharingPolicy(ctx); return err }, 3},
		"unlock":       {func(p *client.Portal) error { _, err := p.Unlock(ctx, "KEY", "pw-1"); return err }, 1},
		"update": {func(p *client.Portal) error {
			_, err := p.UpdateSharing(ctx, client.SharingUpdate{ExternalShare: client.On()})
			return err
		}, 3},
		"generated GET": {func(p *client.Portal) error {
			resp, err := p.API().GetFilesSettings(ctx, nil)
			return errors.Join(err, errors.New(resp.Status))
		}, 3},
		"generated POST": {func(p *client.Portal) error {
			resp, err := p.API().ApplyExternalSharePassword(ctx, "KEY", api.ExternalShareRequestParam{})
			return errors.Join(err, errors.New(resp.Status))
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				portal, s := scripted(t, nil, status(503))
				if err := test.call(portal); err == nil || len(s.sent) != test.want {
					t.Errorf("sent %d times: %v", len(s.sent), err)
				}
			})
		})
	}
}

// A request is repeated only when its body can be read again.
func TestBodyKinds(t *testing.T) {
	for name, test := range map[string]struct {
		body io.Reader
		want int
	}{
		"text in memory": {strings.NewReader(`{"set":true}`), 3},
		"no body":        {http.NoBody, 3},
		"nil":            {nil, 3},
		"stream":         {io.MultiReader(strings.NewReader(`{"set":true}`)), 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				portal, s := scripted(t, nil, status(503))
				resp, err := portal.API().ExternalShareWithBody(context.Background(), "application/json", test.body)
				if err != nil || resp.StatusCode != 503 || len(s.sent) != test.want {
					t.Fatalf("got %v, %v, sent %d times", resp, err, len(s.sent))
				}
				for _, r := range s.sent {
					if r.body != s.sent[0].body {
						t.Errorf("body %q, then %q", s.sent[0].body, r.body)
					}
				}
			})
		})
	}
}

// When an answer breaks off after its status, the status decides whether the call is repeated.
func TestBrokenAnswers(t *testing.T) {
	for code, want := range map[int]int{200: 3, 403: 1, 404: 1, 429: 3, 500: 1, 503: 3} {
		synctest.Test(t, func(t *testing.T) {
			count := 0
			portal, err := client.New("https://portal.example", client.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) {
				count++
				return &http.Response{StatusCode: code, Body: io.NopCloser(failingReader{io.ErrUnexpectedEOF})}, nil
			})))
			if err != nil {
				t.Fatal(err)
			}
			if err := callBy(portal, "PUT"); !errors.Is(err, client.ErrConnection) || count != want {
				t.Errorf("%d: sent %d times, want %d: %v", code, count, want, err)
			}
		})
	}
}

// The body of a request is closed even when nothing is sent, as http.Client does.
func TestBodyIsClosed(t *testing.T) {
	reader, writer := io.Pipe()
	doer, err := client.NewDoer("https://portal.example", client.WithTokenSource(func(context.Context) (string, error) { return "", errors.New("none") }))
	if err != nil {
		t.Fatal(err)
	}
	request, _ := http.NewRequest("PUT", "https://portal.example/", reader)
	_, err = doer.Do(request)
	mustBe(t, err, client.ErrToken)
	if _, err := writer.Write([]byte("x")); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("the body is still open: %v", err)
	}
	if _, err := doer.Do(&http.Request{}); !errors.Is(err, client.ErrInvalidArgument) {
		t.Errorf("a request without an address: %v", err)
	}
	if _, err := client.NewDoer("https://portal.example", client.WithRequestEditorFn(func(context.Context, *http.Request) error { return nil })); err == nil {
		t.Error("a request editor was taken, and would not be called")
	}
}

// A POST reaches the transport without GetBody, so that the transport cannot send it again.
func TestPostCannotBeReplayed(t *testing.T) {
	for method, attempts := range map[string]int{"PUT": 3, "POST": 1} {
		sent, replayable := 0, method == "PUT"
		portal := newPortal(t, "https://portal.example", client.WithHTTPClient(&http.Client{
			Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
				sent++
				if (r.GetBody != nil) != replayable {
					t.Errorf("%s: GetBody is there: %v", method, r.GetBody != nil)
				}
				return nil, io.ErrUnexpectedEOF
			}),
		}))
		mustBe(t, callBy(portal, method), client.ErrConnection)
		if sent != attempts {
			t.Errorf("%s was sent %d times", method, sent)
		}
	}
}
