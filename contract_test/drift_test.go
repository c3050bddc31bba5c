package contract_test

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

const liveTarget = "live"

// outcome is the result of a run against a live portal.
type outcome struct {
	matches     profileMatch
	expected    string // profile
	passed      int
	skipped     int
	drift       []*deviation
	client      []string // assumptions about the client that failed
	unseen      []string // assumptions about a portal that no spec could check
	unanswered  int
	interrupted bool
}

// deviation is something unexpected in the answers to one or more calls. One or more specs saw it.
type deviation struct {
	seen     string
	calls    []string
	specs    map[string]int // the number of specs, by assumption
	recorded []string       // cases in which the recorded server shows the same
	twins    int            // specs whose answer the recorded server gave too
}

// numbers are the assumptions that the deviation contradicts: first the one about all answers, then those with most specs.
func (d *deviation) numbers() []string {
	weight := func(number string) int {
		if number == contractNumber {
			return math.MaxInt
		}
		return d.specs[number]
	}
	return slices.SortedFunc(maps.Keys(d.specs), func(a, b string) int {
		return cmp.Or(cmp.Compare(weight(b), weight(a)), compareNumbers(a, b))
	})
}

var (
	startsWithCalls = regexp.MustCompile(`^([A-Z]+ /\S*(?: answered \d+)?(?:, [A-Z]+ /\S*(?: answered \d+)?)*): (.*)$`)
	answeredStatus  = regexp.MustCompile(` answered \d+$`)
)

func (d *deviation) String() string {
	text := d.seen
	switch more := len(d.calls) - 3; {
	case more > 0:
		text = fmt.Sprintf("%s and %d more: %s", strings.Join(d.calls[:3], ", "), more, text)
	case len(d.calls) > 0:
		text = strings.Join(d.calls, ", ") + ": " + text
	}
	total := 0
	for _, specs := range d.specs {
		total += specs
	}
	if total > 1 {
		text += fmt.Sprintf(" (%d specs)", total)
	}
	if len(d.recorded) > 0 {
		which := ""
		if d.twins < total {
			which = fmt.Sprintf(" in %d of them", d.twins)
		}
		text += fmt.Sprintf("; the recorded server answers so too%s: %s", which, strings.Join(d.recorded[:min(len(d.recorded), 3)], ", "))
	}
	return text
}

// readOutcome reads the report of a run at the target.
func readOutcome(report types.Report, matches profileMatch, expected, target string) outcome {
	o := outcome{matches: matches, expected: expected}
	add := func(seen, number string) {
		var calls []string
		seen, recorded := cutMark(seen)
		if parts := startsWithCalls.FindStringSubmatch(seen); parts != nil {
			calls, seen = strings.Split(parts[1], ", "), parts[2]
		}
		at := slices.IndexFunc(o.drift, func(d *deviation) bool { return d.seen == seen })
		if at < 0 {
			at = len(o.drift)
			o.drift = append(o.drift, &deviation{seen: seen, specs: map[string]int{}})
		}
		d := o.drift[at]
		d.specs[number]++
		if len(recorded) > 0 {
			d.twins++
		}
		for _, id := range recorded {
			if !slices.Contains(d.recorded, id) {
				d.recorded = append(d.recorded, id)
			}
		}
		for _, call := range calls {
			if !slices.Contains(d.calls, call) {
				d.calls = append(d.calls, call)
			}
		}
	}
	looked := map[string]bool{}
	for _, spec := range report.SpecReports {
		if spec.LeafNodeType != types.NodeTypeIt || len(spec.ContainerHierarchyTexts) < 2 || spec.ContainerHierarchyTexts[1] != "at "+target {
			continue
		}
		number := "A000"
		if _, numbers := evidenceOf(spec); len(numbers) == 1 {
			number = numbers[0]
		}
		message := spec.Failure.Message
		if spec.State.Is(types.SpecStatePanicked) {
			message = panicked[spec.FullText()] + "the answer cannot be read: " + spec.Failure.ForwardedPanic
		}
		skipped := spec.State.Is(types.SpecStateSkipped | types.SpecStatePending)
		if !skipped || message != "" { // otherwise it was filtered out
			looked[number] = looked[number] || !skipped
		}
		switch {
		case spec.State.Is(types.SpecStatePassed):
			o.passed++
		case skipped && message == "": // filtered out
		case skipped:
			o.skipped++
		case spec.State.Is(types.SpecStateInterrupted | types.SpecStateAborted | types.SpecStateTimedout):
			o.interrupted = true
		case strings.Contains(message, unanswered):
			o.unanswered++
		case number == contractNumber:
			for _, line := range strings.Split(message, "\n") {
				add(line, number)
			}
		case isClient(number):
			o.client = append(o.client, number)
		default:
			message, recorded := cutMark(message)
			add(withMark(oneLine(message), recorded), number)
		}
	}
	for number, a := range assumptions {
		saw, there := looked[number]
		there = there || runOptions.Labels == "" && slices.Contains(a.profiles, expected) // a live portal gets no spec that it cannot be set up for
		if there && !saw && a.evidence != ours {
			o.unseen = append(o.unseen, number)
		}
	}
	slices.SortFunc(o.unseen, compareNumbers)
	// A difference between the profiles can show a deviation that no spec saw.
	for i, d := range differences {
		number, expected := d.expected[expected].number, d.expected[expected].answer
		reported := slices.ContainsFunc(o.drift, func(row *deviation) bool { return row.specs[number] > 0 })
		switch {
		case matches.seen[i] == expected || matches.seen[i] == notAsked || reported:
		case matches.seen[i] == noAnswer:
			o.unanswered++
		default:
			add(withMark(fmt.Sprintf("%s: %s instead of %s", d.request.call(), matches.seen[i], expected), matches.recorded[i]), number)
		}
	}
	slices.SortFunc(o.client, compareNumbers)
	o.client = slices.Compact(o.client)
	o.mergeFollowUps()
	return o
}

// mergeFollowUps joins deviations that follow from another one. When an answer does not match openapi.yaml, other specs fail
// at the same call for the same reason.
func (o *outcome) mergeFollowUps() {
	var rows []*deviation
	for _, d := range o.drift {
		if d.specs[contractNumber] > 0 {
			rows = append(rows, d)
		}
	}
	contract := rows
	for _, d := range o.drift {
		if d.specs[contractNumber] > 0 {
			continue
		}
		at := slices.IndexFunc(contract, func(c *deviation) bool {
			return len(d.calls) > 0 && !slices.ContainsFunc(d.calls, func(call string) bool {
				return !slices.ContainsFunc(c.calls, func(broken string) bool { return answeredStatus.ReplaceAllString(broken, "") == call })
			})
		})
		if at < 0 {
			rows = append(rows, d)
			continue
		}
		for number, specs := range d.specs {
			contract[at].specs[number] += specs
		}
	}
	o.drift = rows
}

// isClient says whether an assumption is about the client.
func isClient(number string) bool {
	return slices.ContainsFunc(topics, func(t topic) bool {
		return strings.HasPrefix(t.title, clientTopic) && slices.ContainsFunc(t.assumptions, func(a assumption) bool { return a.number == number })
	})
}

// recorded is the number of deviations that the recorded server shows too.
func (o *outcome) recorded() int {
	return len(slices.DeleteFunc(slices.Clone(o.drift), func(d *deviation) bool { return len(d.recorded) == 0 }))
}

// deviates says whether something does not hold.
func (o *outcome) deviates() bool { return len(o.drift)+len(o.client) > 0 }

// nothingRan says whether no spec was run at all.
func nothingRan(report types.Report) bool {
	return !slices.ContainsFunc(report.SpecReports, func(spec types.SpecReport) bool {
		return spec.LeafNodeType == types.NodeTypeIt && !spec.State.Is(types.SpecStateSkipped|types.SpecStatePending)
	})
}

// print shows where the profiles differ, what does not hold, and which profile the portal matches best.
func (o *outcome) print(w io.Writer) {
	fmt.Fprintf(w, "\nWhere the profiles differ:\n\n")
	rows := [][]string{append(append([]string{"behaviour"}, mockserver.ProfileNames()...), "seen")}
	for i, d := range differences {
		row := []string{d.numbers() + " " + d.behaviour}
		for _, profile := range mockserver.ProfileNames() {
			row = append(row, d.expected[profile].answer)
		}
		rows = append(rows, append(row, o.matches.seen[i]))
	}
	columns(w, rows, 30, 22, 22, 22, 22, 26)

	if len(o.drift) > 0 {
		fmt.Fprintf(w, "\nDrift from %s:\n\n", o.expected)
		rows = [][]string{{"behaviour", "expected by", "seen"}}
		for _, d := range o.drift {
			numbers := d.numbers()
			a := assumptions[numbers[0]]
			behaviour := a.number + " " + a.claim
			if others := numbers[1:]; len(others) > 0 {
				behaviour += " Also in " + strings.Join(others, ", ") + "."
			}
			rows = append(rows, []string{behaviour, profileNames(a.profiles), d.String()})
		}
		columns(w, rows, 52, 12, 76)
	}
	if len(o.client) > 0 {
		fmt.Fprintf(w, "\nThe client does not handle the answers of this portal: %s.\n", strings.Join(o.client, ", "))
	}
	fmt.Fprintf(w, "\nSpecs that hold: %d, skipped: %d, without an answer: %d. Deviations: %d.\n", o.passed, o.skipped, o.unanswered, len(o.drift)+len(o.client))
	if recorded := o.recorded(); recorded > 0 {
		fmt.Fprintf(w, "Of the deviations the recorded server of tag v3.7.2-server shows %d too: it gave the same answer to the same request.\n", recorded)
	}
	if len(o.unseen) > 0 {
		columns(w, [][]string{{"Not checked, because they need what only the suite's own portal has, more keys, --create or --destructive: " + strings.Join(o.unseen, ", ") + "."}}, 140)
	}
	fmt.Fprintln(w, o.matches.verdict())
}

// columns prints a table and wraps the text of its cells.
func columns(w io.Writer, rows [][]string, widths ...int) {
	for _, row := range rows {
		cells, height := make([][]string, len(row)), 0
		for i, cell := range row {
			cells[i] = wrap(cell, widths[i])
			height = max(height, len(cells[i]))
		}
		for line := range height {
			var text strings.Builder
			for i, cell := range cells {
				part := ""
				if line < len(cell) {
					part = cell[line]
				}
				fmt.Fprintf(&text, "  %-*s", widths[i], part)
			}
			fmt.Fprintln(w, strings.TrimRight(text.String(), " "))
		}
	}
}

// wrap breaks a text into lines between words. It does not break long words.
func wrap(text string, width int) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		last := len(lines) - 1
		if last >= 0 && len([]rune(lines[last]))+1+len([]rune(word)) <= width {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}
