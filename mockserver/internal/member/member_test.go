package member

import (
	"encoding/json"
	"testing"
)

func TestAMemberIsWrittenAsItWasGiven(t *testing.T) {
	for _, text := range []string{`"user@example.com"`, `{"user":"user@example.com","access":2}`} {
		var m Member
		if err := json.Unmarshal([]byte(text), &m); err != nil {
			t.Fatal(err)
		}
		if again, err := json.Marshal(m); err != nil || string(again) != text {
			t.Errorf("%s became %s, %v", text, again, err)
		}
	}
}
