package drift

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/mock-docspace/mock-docspace/internal/printable"
)

// Finding is one thing in the answers of a portal that is not as expected.
type Finding struct {
	Calls    []string // such as "GET /api/2.0/files/settings"; nil when it names none
	Text     string   // what differs
	Recorded []string // cases in which the recorded server does the same
}

// maxFinding is the number of characters of a finding that reports show. It is also a limit of what a baseline compares.
const maxFinding = 120

// maxText is how much of a message is read after the calls.
const maxText = 2000

var startsWithCalls = regexp.MustCompile(`^([A-Z]+ /\S*(?: answered \d+)?(?:, [A-Z]+ /\S*(?: answered \d+)?)*): (.*)$`)

// Find reads the message of a check that deviates. What differs from run to run, such as ids and times, becomes "…", so that the
// same deviation has the same text.
func Find(message string, recorded ...string) Finding {
	line := printable.Line(strings.Join(strings.Fields(message), " "))
	f := Finding{Text: line, Recorded: recorded}
	if parts := startsWithCalls.FindStringSubmatch(line); parts != nil {
		f.Calls, f.Text = strings.Split(parts[1], ", "), parts[2]
	}
	f.Text = shorten(steady(shorten(f.Text, maxText)), maxFinding)
	return f
}

// name is what a finding is called in a baseline, at one call.
func (f Finding) name(call string) string {
	if call == "" {
		return f.Text
	}
	return call + ": " + f.Text
}

var (
	changing = regexp.MustCompile(`(?i)` +
		`\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(Z|[+-]\d\d:?\d\d)?` + // times
		`|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}` + // GUIDs
		`|\b00-[0-9a-f]{32}-[0-9a-f]{16}-\d\d\b|\b[0-9a-f]{16,}\b|\b0x[0-9a-f]{6,}\b` + // traces, hashes, addresses in memory
		`|\bdur=[\d.]+(ms)?` + // Server-Timing
		`|\bhttps?://[^/\s"\\,]+`) // hosts
	minted  = regexp.MustCompile(`[A-Za-z0-9_+=-]{20,}`)
	idValue = regexp.MustCompile(`(?i)(id\\?":\s?)\d+`)
	public  = regexp.MustCompile(`^https?://(tools\.ietf\.org|docs\.nimbusds|www\.w3\.org)`)
)

// steady takes out of a text what differs from run to run. Keys that a portal makes are among it.
func steady(text string) string {
	text = changing.ReplaceAllStringFunc(text, func(part string) string {
		if public.MatchString(part) {
			return part
		}
		return "…"
	})
	text = minted.ReplaceAllStringFunc(text, func(part string) string {
		if strings.ContainsAny(part, "0123456789") && strings.ToLower(part) != part {
			return "…"
		}
		return part
	})
	return idValue.ReplaceAllString(text, "${1}…")
}

// shorten cuts a text after a number of characters.
func shorten(text string, length int) string {
	if runes := []rune(text); len(runes) > length {
		return string(runes[:length-1]) + "…"
	}
	return text
}

// sides are the forms of messages in which both sides can be told apart, with what was expected and what was seen.
var sides = []struct {
	form           *regexp.Regexp
	expected, seen string
}{
	{regexp.MustCompile(`^(?:the )?(.+?) is (.*), which does not match (.*)$`), "$1 like $3", "$1 $2"},
	{regexp.MustCompile(`^(?:the )?(.+?) is (.*) instead of (.*)$`), "$1 $3", "$1 $2"},
	{regexp.MustCompile(`^(?:the )?(.+?) is (.*) at the fake, and was (.*)$`), "$1 $3", "$1 $2"}, // of a recording
	{regexp.MustCompile(`^(.*) instead of (.*)$`), "$2", "$1"},
	{regexp.MustCompile(`^there is no object with (".*?") in (.*)$`), "an object with $1", "$2"},
	{regexp.MustCompile(`^(?:the )?([^:]+): Expected <[^>]*>: (.*) (to (?:be|have|equal|match|contain) ?.*)$`), "$1 $3", "$1 $2"},
	{regexp.MustCompile(`^(.*) \(openapi\.yaml\)$`), "as in openapi.yaml", "$1"},
}

// sidesOf splits a finding into what was expected and what was seen. Both are "" when it does not say what was expected.
func sidesOf(text string) (expected, seen string) {
	for _, s := range sides {
		if at := s.form.FindStringSubmatchIndex(text); at != nil {
			expand := func(template string) string { return string(s.form.ExpandString(nil, template, text, at)) }
			return expand(s.expected), strings.ReplaceAll(expand(s.seen), `\"`, `"`)
		}
	}
	return "", ""
}

// number words a count of things.
func number(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// NamesCall says whether a message begins with the calls that it is about.
func NamesCall(message string) bool { return startsWithCalls.MatchString(message) }
