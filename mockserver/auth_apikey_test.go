package mockserver

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// A key acts as the user who made it, within its permissions.
func TestAPIKey(t *testing.T) {
	p := authPortal()
	p.APIKeys = append(p.APIKeys,
		APIKey{Key: "sk-two", User: "USER@example.com", Permissions: []string{"files:read", "rooms:write"}},
		APIKey{Key: "sk-star-too", User: "user@example.com", Permissions: []string{"rooms:read", "*"}})
	s := newServer(t, WithPortal(p), WithClock(mocktest.NewClock().Now))
	for key, want := range map[string]string{
		"sk-everything":    "owner@example.com *:write",
		"sk-*":             "owner@example.com *:write",
		"sk-star-too":      "user@example.com *:write",
		"sk-files:read":    "owner@example.com files:read",
		"sk-two":           "user@example.com files:read rooms:write",
		"sk-lasting":       "owner@example.com *:write",
		"sk-expired":       "", // at the very moment
		"sk-inactive":      "",
		"sk-gone":          "", // its user is disabled
		"sk-nope":          "",
		"sk-EVERYTHING":    "",
		"sk-everything ":   "owner@example.com *:write", // blanks at the end of a header are not there
		" sk-everything":   "",                          // a second blank belongs to the key
		"\tsk-everything":  "",
		"sk-everything, x": "",
		"sk-":              "",
	} {
		c, _, err := identified(s, "Authorization", "Bearer "+key)
		if err != nil || whom(c) != want || !c.apiKey {
			t.Errorf("%s: got %q, API key %t, %v, want %q", key, whom(c), c.apiKey, err, want)
		}
	}
}
