package main

import (
	"testing"
	"time"
)

// The tests of a limit name it, so that they hold whatever it is. These are the numbers that documents and measurements name.
func TestLimits(t *testing.T) {
	for name, limit := range map[string]struct{ got, want int64 }{
		"bytes of a small body":                {smallBody, 4096},
		"bytes of a medium body":               {mediumBody, 1_048_576},
		"medium bodies":                        {mediumBodies, 16},
		"large bodies":                         {largeBodies, 1},
		"bytes that are dropped of a body":     {maxUnread, 134_217_728},
		"connections":                          {maxConnections, 1_000_000},
		"files besides connections":            {otherFiles, 24},
		"MiB of memory, at least":              {leastMemory, 64},
		"MiB of memory, at most":               {mostMemory, 1_048_576},
		"bytes of lines that wait":             {maxWaitingBytes, 4_194_304},
		"lines that wait":                      {maxWaitingLines, 50_000},
		"bytes of headers":                     {maxHeaderBytes, 32_768},
		"bytes of HTTP/2 that nobody has read": {maxReceiveBuffer, 65_536},
		"requests in the largest journal":      {maxJournal, 1_000_000},
		"bytes of an explanation":              {maxExplanation, 1_048_576},
		"rounds of a password":                 {portalRounds, 100_000},
	} {
		if limit.got != limit.want {
			t.Errorf("%s: %d, want %d", name, limit.got, limit.want)
		}
	}
	for name, limit := range map[string]struct{ got, want time.Duration }{
		"a header":                         {headerTimeout, 10 * time.Second},
		"a request":                        {requestTimeout, 30 * time.Second},
		"an answer":                        {answerTimeout, 30 * time.Second},
		"an idle connection":               {idleTimeout, 2 * time.Minute},
		"an unused connection":             {unusedTime, time.Second},
		"a body that nobody reads":         {unreadTimeout, 5 * time.Second},
		"such a body over HTTP/2":          {unreadStreamTimeout, time.Second},
		"the next request on its way":      {sendingTime, 100 * time.Millisecond},
		"all requests on their way":        {settleTime, 500 * time.Millisecond},
		"the end":                          {drainTimeout, 9 * time.Second},
		"the end beyond it":                {lastMoment, time.Second},
		"a log that nobody reads":          {stalledAfter, time.Second},
		"a look at a file that is watched": {watchInterval, 200 * time.Millisecond},
		"a health check":                   {healthTimeout, 3 * time.Second},
		"a look for who has a port":        {askTime, 300 * time.Millisecond},
	} {
		if limit.got != limit.want {
			t.Errorf("%s: %s, want %s", name, limit.got, limit.want)
		}
	}
}
