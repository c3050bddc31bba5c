package mockserver

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"
)

// FaultKind is what happens to a request that a [Fault] is applied to.
type FaultKind string

// The kinds of faults. The first five come instead of the call, which then has no effect on the portal. The next four spoil
// the answer of the call, whose effect stays.
const (
	FaultStatus    FaultKind = "status"    // an error of DocSpace, with the body that the portal's profile has for it
	FaultRateLimit FaultKind = "rateLimit" // 429 with Retry-After, as the portal's own request limit answers
	FaultProxy     FaultKind = "proxy"     // 502, 503 or 504 with the HTML page of a reverse proxy
	FaultReset     FaultKind = "reset"     // the connection is reset; over HTTP/2 the stream is
	FaultHang      FaultKind = "hang"      // no answer, until the client gives up or the fault is removed

	FaultTruncated   FaultKind = "truncated"   // the connection ends in the middle of the body
	FaultMalformed   FaultKind = "malformed"   // the body is no JSON
	FaultEmpty       FaultKind = "empty"       // 200 without a body
	FaultContentType FaultKind = "contentType" // the body is declared as text/html

	FaultDelay FaultKind = "delay" // the call, later
)

// Fault is a failure on purpose of some of the four calls. It comes before everything else, as that of a network or a proxy
// does: before credentials, limits and the body are looked at.
type Fault struct {
	ID          string        // 1 to 255 visible ASCII characters without a comma, minted when left out
	Operation   Operation     // "" is any of the four
	Kind        FaultKind     // left out: FaultStatus when there is a Status, else FaultDelay when there is a Delay
	Status      int           // of FaultStatus: 400 to 599; of FaultProxy: 502, 503 or 504, left out 502
	RetryAfter  time.Duration // with 429 and 503: whole seconds; left out with FaultRateLimit 1 s
	Delay       time.Duration // waited before anything else, in real time; goes with every kind
	DelayMax    time.Duration // longest delay, each then anything from Delay to DelayMax; left out it is Delay
	Times       int           // how often; 0 is without end
	Probability float64       // of each request to be hit, drawn by Seed so that a run can be repeated; 0 is 1: all are hit
	Seed        uint64        // of Probability and of delays
	Header      bool          // only requests with the header X-Mock-Fault: ID, so that tests do not meet each other's faults
}

// FaultState is a fault and how far it has got.
type FaultState struct {
	Fault
	Matched int  // requests that it was for, until it was used up
	Applied int  // those of them that it hit
	UsedUp  bool // it has hit Times requests, and hits no more
}

// FaultError is a mistake in a [Fault].
type FaultError struct {
	Path    string // the field, such as retryAfter
	Message string
}

func (e *FaultError) Error() string { return fmt.Sprintf("fault: %s: %s", e.Path, e.Message) }

// maxFaultDelay is the longest delay of one fault.
const maxFaultDelay = time.Hour

// complete fills in what f leaves out, and refuses what cannot be meant.
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

// mistake is the first mistake, by field.
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

// FaultKinds are all kinds of faults.
func FaultKinds() []FaultKind {
	return []FaultKind{
		FaultStatus, FaultRateLimit, FaultProxy, FaultReset, FaultHang,
		FaultTruncated, FaultMalformed, FaultEmpty, FaultContentType, FaultDelay,
	}
}

// answers says whether the kind is an answer with a status of its own.
func (k FaultKind) answers() bool { return k == FaultStatus || k == FaultRateLimit || k == FaultProxy }

// damages says whether the kind leaves the call alone and spoils its answer.
func (k FaultKind) damages() bool {
	return k == FaultTruncated || k == FaultMalformed || k == FaultEmpty || k == FaultContentType
}
