package client_test

import (
	"context"
	"io"
	"math"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestRetryAfter(t *testing.T) {
	in := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(http.TimeFormat) }
	for header, want := range map[string][2]time.Duration{
		"60":                            {time.Minute, time.Minute},
		"999999":                        {999999 * time.Second, 999999 * time.Second},
		"9223372036854775807":           {9223372036 * time.Second, 9223372036 * time.Second},
		"0":                             {0, 0},
		"-5":                            {0, 0},
		"soon":                          {0, 0},
		in(90 * time.Second):            {80 * time.Second, 90 * time.Second},
		in(-90 * time.Second):           {0, 0},
		"9223372037":                    {9223372036 * time.Second, 9223372036 * time.Second}, // beyond a Duration
		"9223372036854775808":           {9223372036 * time.Second, 9223372036 * time.Second}, // beyond int64
		"99999999999999999999":          {9223372036 * time.Second, 9223372036 * time.Second},
		"-9223372036854775809":          {0, 0},
		"Fri, 31 Dec 9999 23:59:59 GMT": {math.MaxInt64, math.MaxInt64},
		"Mon, 01 Jan 0001 00:00:00 GMT": {0, 0},
	} {
		portal, _ := serve(t, reply(429, "", "", "Retry-After", header))
		_, err := portal.FilesSettings(context.Background())
		if got := asError(t, err).RetryAfter; got < want[0] || got > want[1] {
			t.Errorf("%s: got %v", header, got)
		}
	}
}

func TestRetryAfterIsObeyed(t *testing.T) {
	for header, test := range map[string]struct {
		from, to time.Duration
	}{
		"7":                             {7 * time.Second, 7 * time.Second},
		"20":                            {20 * time.Second, 20 * time.Second},
		"999999":                        {time.Minute, time.Minute}, // the longest wait allowed
		"9223372036854775808":           {time.Minute, time.Minute},
		"Fri, 31 Dec 9999 23:59:59 GMT": {time.Minute, time.Minute},
		"date":                          {8 * time.Second, 9 * time.Second},
		"past":                          {0, time.Second},
		"0":                             {0, time.Second},
		"-3":                            {0, time.Second},
		"soon":                          {0, time.Second},
	} {
		for _, code := range []int{429, 503} {
			synctest.Test(t, func(t *testing.T) {
				value := header
				switch header {
				case "date":
					value = time.Now().Add(9 * time.Second).UTC().Format(http.TimeFormat)
				case "past":
					value = time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat)
				}
				portal, s := scripted(t, []client.Option{client.WithTimeout(time.Hour)}, status(code, "Retry-After", value), successOf("PUT"))
				if err := callBy(portal, "PUT"); err != nil {
					t.Fatal(err)
				}
				if wait := s.waits()[0]; wait < test.from || wait > test.to {
					t.Errorf("%d %s: waited %v", code, header, wait)
				}
			})
		}
	}
}

// The header counts even when the body broke off.
func TestRetryAfterOfABrokenBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := &http.Response{StatusCode: 503, Header: http.Header{"Retry-After": {"5"}, "X-Request-Id": {"id-1"}}, Body: io.NopCloser(failingReader{io.ErrUnexpectedEOF})}
		var at []time.Time
		portal := newPortal(t, "https://portal.example", client.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) {
			at = append(at, time.Now())
			own := *broken
			return &own, nil
		})), client.WithRetry(client.RetryPolicy{Attempts: 2}))
		e := asError(t, callBy(portal, "GET"))
		if len(at) != 2 || at[1].Sub(at[0]) != 5*time.Second || e.RetryAfter != 5*time.Second || e.RequestID != "id-1" || e.StatusCode != 503 {
			t.Errorf("sent at %v: %+v", at, e)
		}
	})
}
