package mockserver

import (
	"encoding/json"
	"fmt"
	"time"
)

// Limits are the limits of a portal on its callers. A number or duration that is 0 has the value of a fresh portal.
type Limits struct {
	PasswordAttempts PasswordAttempts `json:"passwordAttempts"`
	RateLimit        RateLimit        `json:"rateLimit"`
}

// PasswordAttempts limits wrong passwords for each link and client address (LoginSettings.cs). After Count wrong passwords
// within Window the portal refuses further attempts for the time Block.
type PasswordAttempts struct {
	Count  int           `json:"count"`                        // wrong passwords within Window, 1 to 9999; 0 is 5
	Window time.Duration `json:"window" within:"1s and 9999s"` // 1 s to 9999 s; 0 is 60 s
	Block  time.Duration `json:"block" within:"1s and 9999s"`  // 1 s to 9999 s; 0 is 60 s
}

// MarshalJSON writes the durations as in a portal file, such as "60s".
func (p PasswordAttempts) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"count": p.Count, "window": p.Window.String(), "block": p.Block.String()})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (p *PasswordAttempts) UnmarshalJSON(text []byte) error {
	var written struct {
		Count         int
		Window, Block string
	}
	if err := json.Unmarshal(text, &written); err != nil {
		return err
	}
	read := PasswordAttempts{Count: written.Count}
	for _, part := range []struct {
		text string
		into *time.Duration
	}{{written.Window, &read.Window}, {written.Block, &read.Block}} {
		if part.text == "" {
			continue
		}
		duration, err := time.ParseDuration(part.text)
		if err != nil {
			return fmt.Errorf("%q is not a duration such as 60s", part.text)
		}
		*part.into = duration
	}
	*p = read
	return nil
}

// RateLimit limits requests for each user, and for each client address without a user (RateLimiterSettings.cs). It is off on a
// fresh portal.
type RateLimit struct {
	Enabled          bool `json:"enabled"`
	PerMinute        int  `json:"perMinute"`        // requests in any 60 s; 0 is 1500
	ConcurrentReads  int  `json:"concurrentReads"`  // GET requests at a time; 0 is 50
	ConcurrentWrites int  `json:"concurrentWrites"` // other requests at a time; 0 is 15
	WritesPerDay     int  `json:"writesPerDay"`     // POST and PUT requests in 24 hours; 0 is 10000
}
