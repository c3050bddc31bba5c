package client_test

import (
	"context"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

// The request id is the first of three headers, in this order. It is one short line, as all text from outside.
func TestRequestID(t *testing.T) {
	for name, test := range map[string]struct {
		headers []string
		want    string
	}{
		"none":              {nil, ""},
		"empty":             {[]string{"X-Request-Id", "", "Request-Id", "c"}, "c"},
		"X-Request-Id":      {[]string{"Request-Id", "c", "X-Correlation-Id", "b", "X-Request-Id", "a"}, "a"},
		"X-Correlation-Id":  {[]string{"Request-Id", "c", "X-Correlation-Id", "b"}, "b"},
		"Request-Id":        {[]string{"Request-Id", "c"}, "c"},
		"another id":        {[]string{"X-Trace-Id", "d"}, ""},
		"control character": {[]string{"X-Request-Id", "a\tb"}, "a b"},
		"too long":          {[]string{"X-Request-Id", strings.Repeat("a", 400)}, strings.Repeat("a", 299) + "…"},
	} {
		t.Run(name, func(t *testing.T) {
			var info client.ResponseInfo
			portal, _ := scripted(t, nil, status(403, test.headers...))
			_, err := portal.FilesSettings(client.WithResponseInfo(context.Background(), &info))
			if e := asError(t, err); e.RequestID != test.want || info.RequestID != test.want {
				t.Errorf("got %q and %q, want %q", e.RequestID, info.RequestID, test.want)
			}
		})
	}
}

// Without a header, the trace id of problem details is the request id.
func TestRequestIDOfProblemDetails(t *testing.T) {
	for _, test := range []struct{ header, want string }{{"", "00-1"}, {"a", "a"}} {
		portal, _ := serve(t, reply(403, problemType, bareProblem, "X-Request-Id", test.header))
		_, err := portal.FilesSettings(context.Background())
		if e := asError(t, err); e.RequestID != test.want {
			t.Errorf("header %q: got %q, want %q", test.header, e.RequestID, test.want)
		}
	}
}
