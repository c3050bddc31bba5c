package matchers

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// shownRequests is the largest number of requests in a failure message.
const shownRequests = 10

// candidate is a request, and the conditions that it does not meet.
type candidate struct {
	mockserver.Request
	missed  []string
	another bool // it is another call
}

// distance is smaller for a request that meets more conditions.
func (c candidate) distance() int {
	if c.another {
		return math.MaxInt
	}
	return len(c.missed)
}

// message says which requests were wanted and which were received. The requests that meet the most conditions come first.
func (m *received) message(to string) string {
	var b strings.Builder
	received := times(m.found)
	if m.dropped > 0 {
		received = "at least " + received // dropped requests could match too
	}
	fmt.Fprintf(&b, "Expected the portal %s have received %s, but it has received %s.\n", to, m.wanted(), received)
	if len(m.candidates) == 0 {
		b.WriteString("It has received nothing at all.")
		return b.String()
	}
	nearest := slices.Clone(m.candidates)
	slices.SortStableFunc(nearest, func(a, b candidate) int { return cmp.Compare(a.distance(), b.distance()) })
	b.WriteString("The requests that came nearest:")
	for i, c := range nearest {
		if i == shownRequests {
			fmt.Fprintf(&b, "\n  and %d more", len(nearest)-i)
			break
		}
		b.WriteString("\n  " + c.line())
	}
	return b.String()
}

func (m *received) wanted() string {
	what := string(m.operation)
	if what == "" {
		what = "a request"
	}
	parts := []string{what}
	for _, c := range m.conditions {
		parts = append(parts, c.name)
	}
	switch {
	case m.most == m.least:
		parts = append(parts, times(m.least))
	case m.most >= 0 && m.least > 0:
		parts = append(parts, "at least "+times(m.least)+" and at most "+times(m.most))
	case m.most >= 0:
		parts = append(parts, "at most "+times(m.most))
	default:
		parts = append(parts, "at least "+times(m.least))
	}
	return strings.Join(parts, " ")
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// line describes a request in one line.
func (c candidate) line() string {
	status := strconv.Itoa(c.Status)
	if c.Status == 0 {
		status = "no answer"
	}
	line := fmt.Sprintf("#%d %s %s from %s: %s", c.Sequence, c.Method, c.Path, orAnonymous(c.Caller), status)
	if c.Body != "" {
		line += " " + shortened(c.Body)
	}
	if len(c.Faults) > 0 {
		line += ", fault " + strings.Join(c.Faults, " and ")
	}
	switch {
	case c.another:
		line += " (another call)"
	case len(c.missed) > 0:
		line += " (not " + strings.Join(c.missed, ", not ") + ")"
	default:
		line += " (matches)"
	}
	return line
}

func shortened(text string) string {
	const most = 200
	if len(text) > most {
		return text[:most] + "..."
	}
	return text
}

func orAnonymous(email string) string {
	if email == "" {
		return "anonymous"
	}
	return email
}
