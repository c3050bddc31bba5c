package mockserver

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestPasswordAttemptsAsJSON(t *testing.T) {
	p := PasswordAttempts{Count: 3, Window: 90 * time.Second, Block: 2*time.Hour + time.Millisecond}
	text, err := json.Marshal(p)
	if err != nil || string(text) != `{"block":"2h0m0.001s","count":3,"window":"1m30s"}` {
		t.Errorf("got %s, %v", text, err)
	}
	var read PasswordAttempts
	if err := json.Unmarshal(text, &read); err != nil || read != p {
		t.Errorf("got %+v, %v", read, err)
	}
	for text, want := range map[string]PasswordAttempts{
		`{}`: {}, `{"count":2}`: {Count: 2}, `{"window":"","block":"5s"}`: {Block: 5 * time.Second},
	} {
		read := PasswordAttempts{Count: 9, Window: 9, Block: 9}
		if err := json.Unmarshal([]byte(text), &read); err != nil || read != want {
			t.Errorf("%s: got %+v, %v", text, read, err)
		}
	}
	for text, want := range map[string]string{`{"window":"soon"}`: `"soon" is not a duration such as 60s`, `{"window":5}`: "window", `{"count":"3"}`: "count", `{`: ""} {
		read := p
		if err := json.Unmarshal([]byte(text), &read); err == nil || !strings.Contains(strings.ToLower(err.Error()), want) || read != p {
			t.Errorf("%s: got %+v, %v", text, read, err)
		}
	}
}
