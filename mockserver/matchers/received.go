package matchers

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega/format"
	"github.com/onsi/gomega/matchers"
	"github.com/onsi/gomega/types"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Journal is what the matchers look into: a [mockserver.Server] or a [mockserver.TestServer].
type Journal interface {
	Requests(filter mockserver.Filter) ([]mockserver.Request, error)
	LastRequests(n int) []mockserver.Request
}

// Option narrows down which requests are meant, or says how many there must be.
type Option func(*received)

// HaveReceived succeeds when the portal has been asked for this call by requests that meet all options, at least once unless
// an option says how often. "" is any request, also those that are none of the four calls.
func HaveReceived(operation mockserver.Operation, options ...Option) types.GomegaMatcher {
	m := &received{operation: operation, least: 1, most: -1}
	for _, option := range options {
		option(m)
	}
	return m
}

// Times wants exactly n requests.
func Times(n int) Option { return func(m *received) { m.least, m.most = n, n } }

// AtLeast wants n requests or more.
func AtLeast(n int) Option { return func(m *received) { m.least, m.most = n, -1 } }

// AtMost wants n requests or fewer.
func AtMost(n int) Option { return func(m *received) { m.least, m.most = 0, n } }

// From wants the user with this e-mail address to have asked, "" somebody without an account.
func From(email string) Option {
	return func(m *received) {
		m.add("from "+orAnonymous(email), func(r mockserver.Request) (bool, error) { return strings.EqualFold(r.Caller, email), nil })
	}
}

// WithStatus wants an answer of this status, 0 none at all.
func WithStatus(status int) Option {
	return func(m *received) {
		m.add(fmt.Sprintf("with status %d", status), func(r mockserver.Request) (bool, error) { return r.Status == status, nil })
	}
}

// WithFault wants the fault of this ID to have been applied.
func WithFault(id string) Option {
	return func(m *received) {
		m.add("with fault "+id, func(r mockserver.Request) (bool, error) { return slices.Contains(r.Faults, id), nil })
	}
}

// WithHeader wants a header in the request, whose value is a text or a matcher. Values that may be secret are ***.
func WithHeader(name string, value any) Option {
	return func(m *received) {
		matcher := asMatcher(value)
		m.add("with header "+http.CanonicalHeaderKey(name)+" "+shown(value), func(r mockserver.Request) (bool, error) {
			for _, got := range r.Header.Values(name) {
				if ok, err := matcher.Match(got); ok || err != nil {
					return ok, err
				}
			}
			return false, nil
		})
	}
}

// WithBody wants a body, as the journal shows it: texts in it are ***. It is a text or a matcher, such as MatchJSON.
func WithBody(body any) Option {
	return func(m *received) {
		matcher := asMatcher(body)
		m.add("with body "+shown(body), func(r mockserver.Request) (bool, error) {
			if _, json := matcher.(*matchers.MatchJSONMatcher); json && r.Body == "" {
				return false, nil // which would be an error of that matcher
			}
			return matcher.Match(r.Body)
		})
	}
}

func asMatcher(value any) types.GomegaMatcher {
	if matcher, ok := value.(types.GomegaMatcher); ok {
		return matcher
	}
	return &matchers.EqualMatcher{Expected: value}
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

// condition is what a request must meet.
type condition struct {
	name  string
	holds func(mockserver.Request) (bool, error)
}

type received struct {
	operation   mockserver.Operation
	conditions  []condition
	least, most int // most is -1 without a bound

	found  int
	others []candidate
}

func (m *received) add(name string, holds func(mockserver.Request) (bool, error)) {
	m.conditions = append(m.conditions, condition{name, holds})
}

// Match implements [types.GomegaMatcher].
func (m *received) Match(actual any) (bool, error) {
	journal, ok := actual.(Journal)
	if !ok {
		return false, fmt.Errorf("HaveReceived wants a portal of package mockserver, not\n%s", format.Object(actual, 1))
	}
	requests, err := journal.Requests(mockserver.Filter{Operation: m.operation})
	if err != nil {
		return false, err
	}
	m.found, m.others = 0, nil
	for _, r := range requests {
		missed, err := m.missed(r)
		if err != nil {
			return false, err
		}
		if len(missed) == 0 {
			m.found++
		}
		m.others = append(m.others, candidate{Request: r, missed: missed})
	}
	if m.operation != "" {
		for _, r := range journal.LastRequests(shownRequests) {
			if r.Operation != m.operation {
				m.others = append(m.others, candidate{Request: r, another: true})
			}
		}
	}
	return m.found >= m.least && (m.most < 0 || m.found <= m.most), nil
}

// missed are the names of the conditions that a request does not meet.
func (m *received) missed(r mockserver.Request) ([]string, error) {
	var missed []string
	for _, c := range m.conditions {
		ok, err := c.holds(r)
		if err != nil {
			return nil, fmt.Errorf("HaveReceived: %s: %w", c.name, err)
		}
		if !ok {
			missed = append(missed, c.name)
		}
	}
	return missed, nil
}

// FailureMessage implements [types.GomegaMatcher].
func (m *received) FailureMessage(any) string { return m.message("to") }

// NegatedFailureMessage implements [types.GomegaMatcher].
func (m *received) NegatedFailureMessage(any) string { return m.message("not to") }
