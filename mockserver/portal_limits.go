package mockserver

import (
	"encoding/json"
	"fmt"
	"time"
)

// Limits bound what callers may send. A number left out (0) is the one of a fresh portal.
type Limits struct {
	PasswordAttempts PasswordAttempts `json:"passwordAttempts"`
	RateLimit        RateLimit        `json:"rateLimit"`
}

// PasswordAttempts bounds wrong passwords, for each link and client address (LoginSettings.cs).
type PasswordAttempts struct {
	Count  int           `json:"count"`                        // wrong passwords within Window, 1 to 9999; 0 is 5
	Window time.Duration `json:"window" within:"1s and 9999s"` // 1 s to 9999 s; 0 is 60 s
	Block  time.Duration `json:"block" within:"1s and 9999s"`  // 1 s to 9999 s; 0 is 60 s
}

// MarshalJSON writes the times as a portal file does.
func (p PasswordAttempts) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"count": p.Count, "window": p.Window.String(), "block": p.Block.String()})
}

// UnmarshalJSON reads them.
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

// RateLimit bounds requests, for each user or client address (RateLimiterSettings.cs). A fresh portal does not.
type RateLimit struct {
	Enabled          bool `json:"enabled"`
	PerMinute        int  `json:"perMinute"`        // requests in any 60 s; 0 is 1500
	ConcurrentReads  int  `json:"concurrentReads"`  // GET at a time; 0 is 50
	ConcurrentWrites int  `json:"concurrentWrites"` // anything else at a time; 0 is 15
	WritesPerDay     int  `json:"writesPerDay"`     // POST and PUT a day; 0 is 10000
}
