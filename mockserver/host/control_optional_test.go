package host

import (
	"errors"
	"testing"
	"time"
)

func TestOptional(t *testing.T) {
	if valueOf[string](nil) != "" || valueOf(ptr("a")) != "a" {
		t.Error("the value of a pointer is another one")
	}
	if optional("") != nil || optional(0) != nil || valueOf(optional("a")) != "a" || valueOf(optional(true)) != true {
		t.Error("a pointer to a value is another one")
	}
	if optionalDuration(0) != nil || valueOf(optionalDuration(90*time.Second)) != "1m30s" {
		t.Error("a duration is another one")
	}
}

func TestDurationFrom(t *testing.T) {
	for text, want := range map[string]time.Duration{"250ms": 250 * time.Millisecond, "-1h30m": -90 * time.Minute, "0s": 0} {
		if got, err := durationFrom("by", &text, "too long"); err != nil || got != want {
			t.Errorf("%s: got %s, %v", text, got, err)
		}
	}
	if got, err := durationFrom("by", nil, "too long"); err != nil || got != 0 {
		t.Errorf("nothing: got %s, %v", got, err)
	}
	var failure *controlFailure
	if _, err := durationFrom("by", ptr("9999999h"), "too long"); !errors.As(err, &failure) || failure.status != 409 || failure.body.Message != "by: too long" {
		t.Errorf("too long for Go: %v", err)
	}
}
