package mockserver

import "testing"

// The tests of a limit name it, so that they hold whatever it is. These are the numbers that documents and measurements name.
func TestLimits(t *testing.T) {
	for name, limit := range map[string]struct{ got, want int64 }{
		"bytes of a body":                    {maxBody, 104_857_600},
		"bytes of a body that is refused":    {maxRefused, 16_384},
		"bytes of a body that is checked":    {maxCheckedBody, 1_048_576},
		"bytes in a piece of Kestrel":        {bufferSize, 4096},
		"bytes that are looked at in UTF-16": {streamBuffer, 16_384},
		"bytes of violations in a header":    {maxContractHeader, 1024},
		"requests in a journal":              {defaultJournal, 1000},
		"requests in the largest journal":    {maxJournal, 1_000_000},
		"bytes of all journals":              {leastJournals, 67_108_864},
		"bytes of a request in them":         {perRequest, 2048},
		"bytes of a body in the journal":     {maxEntryBody, 16_384},
		"bytes of a path in the journal":     {maxEntryText, 2048},
		"headers in the journal":             {maxEntryHeaders, 64},
		"bytes of a header in the journal":   {maxHeaderValue, 256},
		"parts of a path in the journal":     {maxShownParts, 64},
		"claims of an answer":                {maxClaims, 8},
		"bytes of a difference besides":      {elsewhereCost, 64},
		"faults":                             {maxFaults, 10_000},
		"the longest delay, in seconds":      {int64(maxFaultDelay.Seconds()), 3600},
		"records of a portal":                {maxRecords, 10_000},
		"bytes of the texts of a portal":     {maxTexts, 6_291_456},
		"what a text takes besides":          {textCost, 32},
		"tokens of a user":                   {maxTokens, 100},
		"permissions of a key":               {maxPermissions, 100},
		"members of an entry":                {maxMembers, 1000},
		"bytes of a key set":                 {maxKeySet, 65_536},
		"characters of a text":               {maxText, 255},
		"bytes of a portal":                  {MaxPortalText, 16_777_216},
		"sessions":                           {maxSessions, 1000},
		"snapshots":                          {MaxSnapshots, 100},
		"callers that are counted":           {maxCallers, 10_000},
		"moments of a caller":                {maxMoments, 4096},
		"links in a list":                    {maxListed, 100},
		"rounds of a password":               {passwordRounds, 100_000},
		"letters of a secret that is masked": {shortSecret, 6},
	} {
		if limit.got != limit.want {
			t.Errorf("%s: %d, want %d", name, limit.got, limit.want)
		}
	}
}
