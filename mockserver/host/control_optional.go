package host

import (
	"time"
)

func valueOf[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// optional is nil for the zero value.
func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func optionalDuration(d time.Duration) *string {
	if d == 0 {
		return nil
	}
	return optional(d.String())
}

// durationFrom reads a duration that the contract allows; nil is 0. beyond is the message for one that is too long for Go.
func durationFrom(path string, text *string, beyond string) (time.Duration, error) {
	if text == nil {
		return 0, nil
	}
	duration, err := time.ParseDuration(*text)
	if err != nil {
		return 0, conflict(path, beyond)
	}
	return duration, nil
}
