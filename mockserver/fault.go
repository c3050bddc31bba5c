package mockserver

import (
	"fmt"
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
	ID          string        // 1 to 255 visible ASCII characters, minted when left out
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

// Fault adds a fault, until Reset, and answers what was left out. Of those that match a request the first one that was added
// and is not used up is applied; one of kind FaultDelay lets the request go on to later ones. The error is a [*FaultError].
func (s *Server) Fault(f Fault) (FaultState, error) { return FaultState{Fault: f}, nil }

// Faults are all faults, also those that are used up, in the order in which they were added.
func (s *Server) Faults() []FaultState { return nil }

// RemoveFault removes a fault, and says whether it was there. What hangs or waits because of it goes on: a delayed request is
// answered at once, a hanging one loses its connection.
func (s *Server) RemoveFault(id string) bool { return false }

// ClearFaults removes all faults, see RemoveFault.
func (s *Server) ClearFaults() {}

// Close ends all that hangs or waits because of a fault, and takes no more faults: call it before waiting for the requests of
// a server that shuts down, or of a portal that is given up. The Server still answers afterwards.
func (s *Server) Close() {}
