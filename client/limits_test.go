package client

import (
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
