package client

import (
	"errors"
	"testing"
	"time"
)

// The tests of a limit name it, so that they hold whatever it is. These are the numbers that documents and measurements name.
func TestLimits(t *testing.T) {
	for name, limit := range map[string]struct{ got, want int64 }{
		"bytes of an answer":                 {maxAnswer, 4_194_304},
		"bytes of the body of an error":      {maxErrorBody, 65_536},
		"reads of nothing":                   {maxIdleReads, 100},
		"requests at once":                   {maxRequests, 50},
		"bytes of a file with a key":         {maxKeyFile, 65_536},
		"fields of an error":                 {maxFields, 20},
		"bytes of an error that is no JSON":  {maxPlainText, 4096},
		"wrong passwords":                    {wrongAllowed, 5},
		"bytes of headers":                   {maxHeader, 262_144},
		"links in a list":                    {maxListed, 100},
		"characters of a password":           {maxPassword, 255},
		"redirects":                          {maxRedirects, 5},
		"letters of a secret that is masked": {shortestSecret, 6},
		"characters of a line":               {maxLine, 300},
		"cookies":                            {maxCookies, 64},
		"bytes of a cookie":                  {maxCookie, 4096},
		"the first time in seconds":          {firstTimestamp, 1_000_000_000},
		"the last time in seconds":           {lastTimestamp, 253_402_300_799},
		"a call":                             {int64(defaultTimeout), int64(time.Minute)},
		"an attempt":                         {int64(defaultAttemptTimeout), int64(15 * time.Second)},
	} {
		if limit.got != limit.want {
			t.Errorf("%s: %d, want %d", name, limit.got, limit.want)
		}
	}
}

// The kind of an error is that of its status, up to the edges of each range.
func TestKindsAtTheirEdges(t *testing.T) {
	for status, want := range map[int]error{
		299: ErrMalformedResponse, 300: ErrRedirect, 399: ErrRedirect, 400: ErrBadRequest, 499: nil, 500: ErrServer, 599: ErrServer,
		401: ErrUnauthorized, 402: ErrPaymentRequired, 403: ErrForbidden, 404: ErrNotFound, 405: nil, 415: ErrUnsupportedMediaType, 429: ErrRateLimited,
	} {
		if got := statusKind(status); !errors.Is(got, want) {
			t.Errorf("%d: got %v, want %v", status, got, want)
		}
	}
}
