package mockserver

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Request is what the journal keeps of a request. Nothing in it is secret: share keys, credentials, passwords and cookies are
// masked as ***.
type Request struct {
	Sequence      uint64        // 1 for the first request of the Server, never used twice
	Time          time.Time     // of its arrival, on the portal's clock
	Operation     Operation     // "" for what is none of the four calls
	Method        string        //
	Path          string        // as it was understood, with the fields asked for
	Caller        string        // e-mail address, "" for anonymous
	Status        int           // of the answer; 0 when there was none, or is none yet
	Duration      time.Duration // until the answer was sent off, in real time
	Faults        []string      // IDs of the faults that were applied
	Hint          string        // as in X-Mock-Hint
	Violations    []Violation   // of the contract
	Header        http.Header   // what may be secret is ***
	Body          string        // of the four calls; JSON, in which every text and whatever may be secret is ***
	BodyTruncated bool          // Body is only the beginning
	TraceID       string        // from a valid traceparent, 32 hexadecimal digits
}

// DroppedError says that the journal cannot answer, because it has dropped requests which could match: it is better to have
// no number than a wrong one.
type DroppedError struct {
	Dropped uint64 // requests of the operation asked for that were dropped since the journal was last cleared
	Through uint64 // Sequence of the last of them: a Filter with this as After can be answered
}

func (e *DroppedError) Error() string {
	dropped := fmt.Sprintf("%d requests which could match, the last of them", e.Dropped)
	if e.Dropped == 1 {
		dropped = "1 request which could match,"
	}
	return fmt.Sprintf("the journal has dropped %s with sequence %d: clear it more often, or make it larger", dropped, e.Through)
}

// ErrNoJournal is the answer to every question when the Server was made with WithJournal(0).
var ErrNoJournal = errors.New("there is no journal: its size is 0")
