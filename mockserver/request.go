package mockserver

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Request is a request in the journal. It has no secrets: share keys, credentials, passwords and cookies are ***.
type Request struct {
	Sequence      uint64        // 1 for the first request of the Server; never used twice
	Time          time.Time     // when it arrived, on the portal's clock
	Operation     Operation     // "" for a request that is none of the contract's calls
	Method        string        // *** when it is no usual HTTP method and may be secret
	Path          string        // decoded, with the parameter fields and no other part of the query
	Caller        string        // e-mail address of the signed-in user; "" is anonymous
	Status        int           // of the answer; 0 while there is none, and when there was none
	Duration      time.Duration // until the answer was sent, in real time
	Faults        []string      // IDs of the faults that were applied
	Hint          string        // as in X-Mock-Hint
	Violations    []Violation   // of openapi.yaml
	Header        http.Header   // values that may be secret are ***
	Body          string        // of the contract's calls only: JSON, in which every text and everything that may be secret is ***
	BodyTruncated bool          // Body is only the beginning, or *** for what was not looked through
	Superseded    bool          // the portal got a whole new state while the request was under way: what it changed went to the state before
	Claims        []string      // numbers of the claims that decided the answer, as in EVIDENCE.md; Server.Why tells them
	TraceID       string        // 32 hexadecimal digits from a valid traceparent; "" without one
}

// DroppedError means that the journal has dropped requests that could match. The journal gives no answer then, because the
// answer could be wrong.
type DroppedError struct {
	Dropped uint64 // dropped requests of the wanted operation since the journal was last cleared
	Through uint64 // Sequence of the last of them; a Filter with this as After has an answer
}

func (e *DroppedError) Error() string {
	dropped := fmt.Sprintf("%d requests which could match, the last of them", e.Dropped)
	if e.Dropped == 1 {
		dropped = "1 request which could match,"
	}
	return fmt.Sprintf("the journal has dropped %s with sequence %d: clear it more often, or make it larger", dropped, e.Through)
}

// ErrNoJournal is the error when the Server was made with WithJournal(0), and so has no journal.
var ErrNoJournal = errors.New("there is no journal: its size is 0")
