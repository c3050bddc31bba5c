package matchers

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega/format"
	"github.com/onsi/gomega/matchers"
	"github.com/onsi/gomega/types"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Journal has the requests for the matchers. [mockserver.Server] and [mockserver.TestServer] implement it.
type Journal interface {
	Requests(filter mockserver.Filter) ([]mockserver.Request, error)
	LastRequests(n int) []mockserver.Request
}

// Option is a condition on the requests, or on their number.
type Option func(*received)

// HaveReceived succeeds when the portal has received requests for this call that meet all options. There must be at least
// one, unless an option gives another number. The operation "" means any request, also one that is none of the four calls.
func HaveReceived(operation mockserver.Operation, options ...Option) types.GomegaMatcher {
	m := &received{operation: operation, least: 1, most: -1}
	for _, option := range options {
		if option == nil {
			m.fail("an option is nil")
			continue
		}
		option(m)
	}
	if m.most >= 0 && m.least > m.most {
		m.fail("the options want at least %s and at most %s", times(m.least), times(m.most))
	}
	return m
}

// Times wants exactly n requests.
func Times(n int) Option {
	return func(m *received) { m.count("Times", n, n, n) }
}

// AtLeast wants n requests or more. AtLeast and AtMost together give a range.
func AtLeast(n int) Option {
	return func(m *received) { m.count("AtLeast", n, n, -1) }
}

// AtMost wants n requests or fewer.
func AtMost(n int) Option {
	return func(m *received) { m.count("AtMost", n, 0, n) }
}

// From wants requests of the user with this e-mail address, in any letter case. "" wants anonymous requests.
func From(email string) Option {
	return func(m *received) {
		m.add("from "+orAnonymous(email), func(r mockserver.Request) (bool, error) { return strings.EqualFold(r.Caller, email), nil })
	}
}

// WithStatus wants requests with an answer of this status. 0 wants requests without an answer.
func WithStatus(status int) Option {
	return func(m *received) {
		if status != 0 && (status < 100 || status > 599) {
			m.fail("WithStatus: must be 0 or between 100 and 599, not %d", status)
		}
		m.add(fmt.Sprintf("with status %d", status), func(r mockserver.Request) (bool, error) { return r.Status == status, nil })
	}
}

// WithFault wants requests to which the fault with this ID was applied.
func WithFault(id string) Option {
	return func(m *received) {
		if id == "" {
			m.fail("WithFault: the id is empty")
		}
		m.add("with fault "+id, func(r mockserver.Request) (bool, error) { return slices.Contains(r.Faults, id), nil })
	}
}

// WithHeader wants requests with this header. value is a text or a matcher for a text. The journal masks values that may be
// secret as ***. It is an error to want another value of a header that the journal always masks.
func WithHeader(name string, value any) Option {
	return func(m *received) {
		name := http.CanonicalHeaderKey(name)
		matcher, err := asMatcher(value)
		if err != nil {
			m.fail("WithHeader: %v", err)
			return
		}
		if !mockserver.HeaderShown(name) {
			if ok, err := matcher.Match(masked); !ok && err == nil {
				m.fail("WithHeader: the journal masks %s as %s, which is not %s", name, masked, shown(value))
			}
		}
		m.conditions = append(m.conditions, condition{
			name: "with header " + name + " " + shown(value),
			holds: func(r mockserver.Request) (bool, error) {
				for _, got := range r.Header.Values(name) {
					if ok, err := matcher.Match(got); ok || err != nil {
						return ok, err
					}
				}
				return false, nil
			},
			was: func(r mockserver.Request) string {
				values := r.Header.Values(name)
				if len(values) == 0 {
					return "without it"
				}
				return shortened(fmt.Sprintf("%q", values))
			},
		})
	}
}

// masked is the text that the journal shows instead of a value that may be secret.
const masked = "***"

// WithBody wants requests with this body, as the journal shows it: texts in it are ***. body is a text or a matcher for a
// text, such as MatchJSON.
func WithBody(body any) Option {
	return func(m *received) {
		matcher, err := asMatcher(body)
		if err != nil {
			m.fail("WithBody: %v", err)
			return
		}
		m.add("with body "+shown(body), func(r mockserver.Request) (bool, error) {
			if _, wantsJSON := matcher.(*matchers.MatchJSONMatcher); wantsJSON && !json.Valid([]byte(r.Body)) {
				return false, nil // MatchJSON would return an error
			}
			return matcher.Match(r.Body)
		})
	}
}

// asMatcher makes a matcher for texts from a text or a matcher. The error is about a value that can never match.
func asMatcher(value any) (types.GomegaMatcher, error) {
	switch value := value.(type) {
	case string:
		return &matchers.EqualMatcher{Expected: value}, nil
	case *matchers.EqualMatcher:
		if _, ok := value.Expected.(string); !ok {
			return nil, fmt.Errorf("wants Equal to have a text, not %T", value.Expected)
		}
		return value, nil
	case types.GomegaMatcher:
		return value, nil
	default:
		return nil, fmt.Errorf("wants a text or a matcher, not %T", value)
	}
}

func shown(value any) string {
	switch value := value.(type) {
	case *matchers.MatchJSONMatcher:
		return fmt.Sprintf("like %s", value.JSONToMatch)
	case *matchers.EqualMatcher:
		return fmt.Sprintf("%q", value.Expected)
	case types.GomegaMatcher:
		return strings.TrimPrefix(fmt.Sprintf("that %T accepts", value), "that *matchers.")
	default:
		return fmt.Sprintf("%q", value)
	}
}

// condition is a condition on a request.
type condition struct {
	name  string
	holds func(mockserver.Request) (bool, error)
	was   func(mockserver.Request) string // the value instead, for a failure; nil when the line of the request shows it already
}

type received struct {
	operation   mockserver.Operation
	conditions  []condition
	least, most int   // number of requests; most is -1 when there is no upper bound
	counted     bool  // an option has set the number
	err         error // the first mistake in the options

	// The result of Match, for the message.
	found      int
	dropped    uint64 // dropped requests, which could match too
	candidates []candidate
}

// fail keeps the first mistake.
func (m *received) fail(format string, args ...any) {
	if m.err == nil {
		m.err = fmt.Errorf("HaveReceived: "+format, args...)
	}
}

// count sets bounds for the number of requests. most is -1 when there is no upper bound.
func (m *received) count(option string, n, least, most int) {
	if n < 0 {
		m.fail("%s: must be 0 or more, not %d", option, n)
		return
	}
	if !m.counted {
		m.counted, m.least = true, 0
	}
	m.least = max(m.least, least)
	if most >= 0 && (m.most < 0 || most < m.most) {
		m.most = most
	}
}

func (m *received) add(name string, holds func(mockserver.Request) (bool, error)) {
	m.conditions = append(m.conditions, condition{name: name, holds: holds})
}

// Match implements [types.GomegaMatcher].
func (m *received) Match(actual any) (bool, error) {
	if m.err != nil {
		return false, m.err
	}
	journal, ok := actual.(Journal)
	if !ok || isNil(actual) {
		return false, fmt.Errorf("HaveReceived wants a portal of package mockserver, not\n%s", format.Object(actual, 1))
	}
	requests, lost, err := m.requests(journal)
	if err != nil {
		return false, err
	}
	m.found, m.dropped, m.candidates = 0, 0, nil
	for _, r := range requests {
		missed, err := m.missed(r)
		if err != nil {
			return false, err
		}
		if len(missed) == 0 {
			m.found++
		}
		m.candidates = append(m.candidates, candidate{Request: r, missed: missed})
	}
	if m.operation != "" {
		for _, r := range journal.LastRequests(shownRequests) {
			if r.Operation != m.operation {
				m.candidates = append(m.candidates, candidate{Request: r, another: true})
			}
		}
	}
	if lost != nil {
		if m.found < m.least {
			return false, lost
		}
		m.dropped = lost.Dropped
	}
	return m.found >= m.least && (m.most < 0 || m.found <= m.most), nil
}

// requests reads the requests of the operation from the journal. Without an upper bound dropped requests do no harm when the
// rest is enough. lost then describes the dropped ones, and the error is nil.
func (m *received) requests(journal Journal) (requests []mockserver.Request, lost *mockserver.DroppedError, err error) {
	filter := mockserver.Filter{Operation: m.operation}
	for {
		requests, err = journal.Requests(filter)
		var dropped *mockserver.DroppedError
		if m.most >= 0 || !errors.As(err, &dropped) || dropped.Through <= filter.After {
			return requests, lost, err
		}
		if lost == nil {
			lost = &mockserver.DroppedError{}
		}
		lost.Dropped, lost.Through = dropped.Dropped, dropped.Through
		filter.After = dropped.Through
	}
}

func isNil(actual any) bool {
	switch portal := actual.(type) {
	case *mockserver.Server:
		return portal == nil
	case *mockserver.TestServer:
		return portal == nil || portal.Server == nil
	case mockserver.TestServer:
		return portal.Server == nil
	default:
		return false
	}
}

// missed are the names of the conditions that a request does not meet.
func (m *received) missed(r mockserver.Request) ([]string, error) {
	var missed []string
	for _, c := range m.conditions {
		ok, err := c.holds(r)
		if err != nil {
			return nil, fmt.Errorf("HaveReceived: %s: %w", c.name, err)
		}
		switch {
		case ok:
		case c.was == nil:
			missed = append(missed, c.name)
		default:
			missed = append(missed, c.name+" but "+c.was(r))
		}
	}
	return missed, nil
}

// FailureMessage implements [types.GomegaMatcher].
func (m *received) FailureMessage(any) string { return m.message("to") }

// NegatedFailureMessage implements [types.GomegaMatcher].
func (m *received) NegatedFailureMessage(any) string { return m.message("not to") }
