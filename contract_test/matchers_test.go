package contract_test

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/matchers"
	gomegatypes "github.com/onsi/gomega/types"

	"github.com/mock-docspace/mock-docspace/internal/drift"
)

// fail ends a spec. It removes the keys and passwords of the options from the message, in every encoding, because the message
// goes into reports.
func fail(message string, callerSkip ...int) {
	skip := 1
	if len(callerSkip) > 0 {
		skip += callerSkip[0]
	}
	switch call := lastCall.Load(); {
	case livePortal == nil:
	case drift.NamesCall(message): // the message of a matcher about the answer that it matched last
		if e, sent := exchangeOf(lastMatched.Load()); sent {
			message = withMark(message, recordedToo(e, message))
		}
	case call != nil:
		message = *call + ": " + oneLine(message)
	}
	Fail(withoutKeys(message), skip)
}

// withoutKeys removes the keys and passwords of the options from a text.
func withoutKeys(text string) string {
	s := newScrubber()
	for _, secret := range []string{runOptions.Key, runOptions.UserKey, runOptions.ShareKey, runOptions.SharePassword} {
		if secret != "" {
			s.known[secret] = "***"
		}
	}
	return s.withoutSecrets(text)
}

// lastCall is the call that a spec sent last, and panicked holds it for each spec that panicked. lastMatched is the answer that a
// spec looked at last.
var (
	lastCall    atomic.Pointer[string]
	lastMatched atomic.Pointer[http.Response]
	panicked    = map[string]string{}
)

var _ = JustAfterEach(func() {
	if spec, call := CurrentSpecReport(), lastCall.Load(); call != nil && spec.State.Is(types.SpecStatePanicked) {
		panicked[spec.FullText()] = *call + ": "
	}
})

// answerMatcher matches a part of an answer. Its message is one line that names the call and holds nothing else of the request.
// So the same deviation has the same message in every spec.
type answerMatcher struct {
	name    string
	read    func(answer) (any, error)
	matcher gomegatypes.GomegaMatcher
	got     any
	answer  answer
}

func (p *answerMatcher) Match(actual any) (bool, error) {
	a, ok := actual.(answer)
	if !ok {
		return false, fmt.Errorf("%T is not an answer", actual)
	}
	got, err := p.read(a)
	p.answer, p.got = a, got
	lastMatched.Store(a.Response)
	if err != nil {
		return false, fmt.Errorf("%s: %w", a.call(), err)
	}
	matches, err := p.matcher.Match(got)
	if err != nil { // the value has another type
		return false, fmt.Errorf("%s: %s is %s", a.call(), p.name, printable(got))
	}
	return matches, nil
}

func (p *answerMatcher) FailureMessage(any) string {
	var wanted any
	switch m := p.matcher.(type) {
	case *matchers.EqualMatcher:
		wanted = m.Expected
	case *matchers.BeEquivalentToMatcher:
		wanted = m.Expected
	case *matchers.MatchRegexpMatcher:
		return fmt.Sprintf("%s: %s is %s, which does not match %s", p.answer.call(), p.name, printable(p.got), m.Regexp)
	default:
		return fmt.Sprintf("%s: %s: %s", p.answer.call(), p.name, oneLine(p.matcher.FailureMessage(p.got)))
	}
	return fmt.Sprintf("%s: %s is %s instead of %s", p.answer.call(), p.name, printable(p.got), printable(wanted))
}

func (p *answerMatcher) NegatedFailureMessage(any) string {
	return fmt.Sprintf("%s: %s: %s", p.answer.call(), p.name, oneLine(p.matcher.NegatedFailureMessage(p.got)))
}

// printable is a value as messages show it.
func printable(value any) string {
	if text, ok := value.(string); ok {
		return fmt.Sprintf("%q", text)
	}
	return fmt.Sprint(value)
}

var blanks = regexp.MustCompile(`\s+`)

// oneLine is a message without line breaks, of at most 500 characters.
func oneLine(text string) string {
	line := []rune(blanks.ReplaceAllString(strings.TrimSpace(text), " "))
	if len(line) > 500 {
		line = append(line[:500], '…')
	}
	return string(line)
}

// matching is the matcher, or one that equals the value.
func matching(expected any) gomegatypes.GomegaMatcher {
	if matcher, ok := expected.(gomegatypes.GomegaMatcher); ok {
		return matcher
	}
	return Equal(expected)
}

// haveStatus matches an answer by its HTTP status.
func haveStatus(status any) gomegatypes.GomegaMatcher {
	return &answerMatcher{name: "the status", matcher: matching(status), read: func(a answer) (any, error) { return a.StatusCode, nil }}
}

// haveHeader matches an answer by a header. A missing one is "".
func haveHeader(name string, expected any) gomegatypes.GomegaMatcher {
	return &answerMatcher{name: name, matcher: matching(expected), read: func(a answer) (any, error) { return a.Header.Get(name), nil }}
}

// haveTiming matches an answer by the Server-Timing of the server. A proxy may add its own.
func haveTiming() gomegatypes.GomegaMatcher {
	return &answerMatcher{name: "Server-Timing", matcher: ContainElement(MatchRegexp(serverTiming.String())), read: func(a answer) (any, error) { return a.Header.Values("Server-Timing"), nil }}
}

// haveNoHeader matches an answer without a header.
func haveNoHeader(name string) gomegatypes.GomegaMatcher {
	return &answerMatcher{name: name, matcher: HaveLen(0), read: func(a answer) (any, error) {
		if name == "Set-Cookie" { // the values are secrets
			return cookieNames(a), nil
		}
		return a.Header.Values(name), nil
	}}
}

// haveCookies matches an answer by the attributes of the cookies that it sets, in their order. The attributes of each are in
// lower case and sorted.
func haveCookies(attributes ...[]string) gomegatypes.GomegaMatcher {
	return &answerMatcher{name: "the attributes of the cookies", matcher: Equal(attributes), read: func(a answer) (any, error) {
		var cookies [][]string
		for _, line := range a.Header.Values("Set-Cookie") {
			parts := strings.Split(strings.ToLower(line), ";")
			for i := range parts {
				parts[i] = strings.TrimSpace(parts[i])
			}
			slices.Sort(parts[1:])
			cookies = append(cookies, parts[1:])
		}
		return cookies, nil
	}}
}

// haveCookieNames matches an answer by the names of the cookies that it sets, in their order.
func haveCookieNames(expected any) gomegatypes.GomegaMatcher {
	return &answerMatcher{name: "the cookies", matcher: matching(expected), read: func(a answer) (any, error) { return strings.Join(cookieNames(a), ", "), nil }}
}

// haveDeletedCookies matches an answer by the cookies that it deletes. These hold no secret.
func haveDeletedCookies(lines ...string) gomegatypes.GomegaMatcher {
	return &answerMatcher{name: "the cookies that are deleted", matcher: Equal(lines), read: func(a answer) (any, error) {
		return slices.DeleteFunc(slices.Clone(a.Header.Values("Set-Cookie")), func(line string) bool { return !strings.Contains(line, "=;") }), nil
	}}
}

// haveMember matches an answer by a value in its JSON body, by names and indexes.
func haveMember(expected any, path ...any) gomegatypes.GomegaMatcher {
	var steps []string
	for _, step := range path {
		steps = append(steps, fmt.Sprint(step))
	}
	name := strings.Join(steps, ".")
	return &answerMatcher{name: name, matcher: matching(expected), read: func(a answer) (any, error) { return a.find(path...) }}
}

// haveNames matches an answer by the names of the properties of its response, in their order.
func haveNames(expected any) gomegatypes.GomegaMatcher {
	return &answerMatcher{name: "the properties of response", matcher: matching(expected), read: func(a answer) (any, error) { return a.responseNames() }}
}

// haveAllNames matches an answer whose response has all of the properties.
func haveAllNames(names []string) gomegatypes.GomegaMatcher {
	return &answerMatcher{name: "what is missing in response", matcher: Equal([]string(nil)), read: func(a answer) (any, error) {
		var missing []string
		got, err := a.responseNames()
		for _, name := range names {
			if !slices.Contains(got, name) {
				missing = append(missing, name)
			}
		}
		return missing, err
	}}
}

// haveEnvelope matches an answer by the names of the properties of its body, in their order.
func haveEnvelope(expected ...string) gomegatypes.GomegaMatcher {
	return &answerMatcher{name: "the properties of the body", matcher: Equal(expected), read: func(a answer) (any, error) { return objectNames(a.body) }}
}

// haveBody matches an answer by its body.
func haveBody(expected any) gomegatypes.GomegaMatcher {
	return &answerMatcher{name: "the body", matcher: matching(expected), read: func(a answer) (any, error) { return string(a.body), nil }}
}

// haveBodyOfLen matches an answer whose body is a list of this length.
func haveBodyOfLen(length int) gomegatypes.GomegaMatcher {
	return &answerMatcher{name: "the list", matcher: HaveLen(length), read: func(a answer) (any, error) { return a.find() }}
}

// inOrder goes through a map in the order of its keys, so that a spec always fails at the same one.
func inOrder[K cmp.Ordered, V any](values map[K]V) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, key := range slices.Sorted(maps.Keys(values)) {
			if !yield(key, values[key]) {
				return
			}
		}
	}
}
