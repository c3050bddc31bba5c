package mockserver

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"
)

// FaultKind says how a [Fault] makes a request fail.
type FaultKind string

// The kinds of faults. The first five replace the call, which then does not change the portal. The next four damage the
// answer of the call, which changes the portal as usual. The last one only delays the call.
const (
	FaultStatus    FaultKind = "status"    // an error of DocSpace, with the body that the portal's profile has for it
	FaultRateLimit FaultKind = "rateLimit" // 429 with Retry-After, like the answer of the portal's own rate limit
	FaultProxy     FaultKind = "proxy"     // 502, 503 or 504 with the HTML page of a reverse proxy
	FaultReset     FaultKind = "reset"     // a reset of the connection, or of the stream over HTTP/2
	FaultHang      FaultKind = "hang"      // no answer until the client gives up or the fault is removed

	FaultTruncated   FaultKind = "truncated"   // the connection ends in the middle of the body
	FaultMalformed   FaultKind = "malformed"   // the body is not valid JSON
	FaultEmpty       FaultKind = "empty"       // 200 without a body
	FaultContentType FaultKind = "contentType" // the Content-Type is text/html

	FaultDelay FaultKind = "delay" // the call after a delay
)

// Fault makes some of the calls fail on purpose. It acts as a network or a proxy does: before the portal checks
// credentials, limits or the body.
type Fault struct {
	ID          string        // 1 to 255 visible ASCII characters without a comma; "" makes a new one
	Operation   Operation     // the call that fails; "" is any of them
	Kind        FaultKind     // "" is FaultStatus when there is a Status, else FaultDelay when there is a Delay
	Status      int           // of FaultStatus 400 to 599; of FaultProxy 502, 503 or 504, and 0 is 502
	RetryAfter  time.Duration // of a 429 or 503: whole seconds up to 24 h; 0 is none, and 1 s for FaultRateLimit
	Delay       time.Duration // before everything else, in real time, up to 1 h; every kind can have it
	DelayMax    time.Duration // each delay is random between Delay and DelayMax; 0 is Delay
	Times       int           // number of requests that it is applied to; 0 is no limit
	Probability float64       // that it is applied to a matching request, from 0 to 1; 0 is 1
	Seed        uint64        // of the random numbers for Probability and delays; the same seed gives the same run
	Header      bool          // apply it only to requests with the header X-Mock-Fault: ID, so that tests can share a portal
}

// FaultState is a fault, and the number of requests that it was applied to.
type FaultState struct {
	Fault
	Matched int  // requests that matched before the fault was used up
	Applied int  // those of them that it was applied to
	UsedUp  bool // it was applied to Times requests, and has no effect any more
}

// FaultError is a mistake in a [Fault].
type FaultError struct {
	Path    string // the field, such as retryAfter
	Message string
}

func (e *FaultError) Error() string { return fmt.Sprintf("fault: %s: %s", e.Path, e.Message) }

// maxFaultDelay is the longest delay of one fault.
const maxFaultDelay = time.Hour

// complete is a copy of f with all defaults filled in. The error is a [*FaultError].
func (f Fault) complete(newID func() string) (Fault, error) {
	if f.ID == "" {
		f.ID = newID()
	}
	if f.Kind == "" {
		switch {
		case f.Status != 0:
			f.Kind = FaultStatus
		case f.Delay != 0 || f.DelayMax != 0:
			f.Kind = FaultDelay
		}
	}
	switch {
	case f.Kind == FaultRateLimit && f.Status == 0:
		f.Status = http.StatusTooManyRequests
	case f.Kind == FaultProxy && f.Status == 0:
		f.Status = http.StatusBadGateway
	}
	if f.Kind == FaultRateLimit && f.RetryAfter == 0 {
		f.RetryAfter = time.Second
	}
	if f.DelayMax == 0 {
		f.DelayMax = f.Delay
	}
	if path, message := f.mistake(); path != "" {
		return Fault{}, &FaultError{Path: path, Message: message}
	}
	return f, nil
}

// mistake finds the first mistake. path is the field, or "" when there is no mistake.
func (f Fault) mistake() (path, message string) {
	const seconds, day = time.Second, 24 * time.Hour
	switch {
	case len(f.ID) > 255 || strings.ContainsFunc(f.ID, func(r rune) bool { return r <= ' ' || r > '~' || r == ',' }):
		return "id", "must be 1 to 255 visible ASCII characters without a comma"
	case f.Operation != "" && f.Operation.Method() == "":
		return "operation", fmt.Sprintf("unknown operation %.60q: use one of %v, or none for any", f.Operation, Operations())
	case f.Kind == "":
		return "kind", fmt.Sprintf("is missing: use one of %v, or give a status or a delay", FaultKinds())
	case !slices.Contains(FaultKinds(), f.Kind):
		return "kind", fmt.Sprintf("unknown kind %.60q: use one of %v", f.Kind, FaultKinds())
	case f.Kind == FaultStatus && f.Status == 0:
		return "status", "is missing: use 400 to 599"
	case f.Kind == FaultStatus && (f.Status < 400 || f.Status > 599):
		return "status", fmt.Sprintf("must be between 400 and 599, not %d", f.Status)
	case f.Kind == FaultProxy && (f.Status < 502 || f.Status > 504):
		return "status", fmt.Sprintf("of a proxy must be 502, 503 or 504, not %d", f.Status)
	case f.Kind == FaultRateLimit && f.Status != http.StatusTooManyRequests:
		return "status", fmt.Sprintf("of kind rateLimit is 429, not %d", f.Status)
	case !f.Kind.answers() && f.Status != 0:
		return "status", fmt.Sprintf("does not go with kind %s", f.Kind)
	case f.RetryAfter < 0 || f.RetryAfter > day || f.RetryAfter%seconds != 0:
		return "retryAfter", fmt.Sprintf("must be whole seconds between 0s and 24h, not %s", f.RetryAfter)
	case f.RetryAfter != 0 && f.Status != http.StatusTooManyRequests && f.Status != http.StatusServiceUnavailable:
		return "retryAfter", "goes with 429 and 503 only"
	case f.Delay < 0 || f.Delay > maxFaultDelay:
		return "delay", fmt.Sprintf("must be between 0s and %s, not %s", maxFaultDelay, f.Delay)
	case f.DelayMax < f.Delay || f.DelayMax > maxFaultDelay:
		return "delayMax", fmt.Sprintf("must be between the delay, %s, and %s, not %s", f.Delay, maxFaultDelay, f.DelayMax)
	case f.Kind == FaultDelay && f.DelayMax == 0:
		return "delay", "is missing"
	case f.Times < 0:
		return "times", fmt.Sprintf("must be 0 (without end) or more, not %d", f.Times)
	case math.IsNaN(f.Probability) || f.Probability < 0 || f.Probability > 1:
		return "probability", fmt.Sprintf("must be between 0 and 1, not %v", f.Probability)
	default:
		return "", ""
	}
}

// FaultKinds returns all kinds of faults.
func FaultKinds() []FaultKind {
	return []FaultKind{
		FaultStatus, FaultRateLimit, FaultProxy, FaultReset, FaultHang,
		FaultTruncated, FaultMalformed, FaultEmpty, FaultContentType, FaultDelay,
	}
}

// answers says whether the kind replaces the answer by one with the fault's status.
func (k FaultKind) answers() bool { return k == FaultStatus || k == FaultRateLimit || k == FaultProxy }

// damages says whether the kind makes the call and damages its answer.
func (k FaultKind) damages() bool {
	return k == FaultTruncated || k == FaultMalformed || k == FaultEmpty || k == FaultContentType
}
