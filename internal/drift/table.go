package drift

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/internal/printable"
)

// Look says how the table is printed.
type Look struct {
	Colour bool
	All    bool // also each failure, where the profiles differ, and the claims that were left out
}

// fewRows is how many deviations are shown when the portal is closer to another profile. Most of the others only say so again.
const fewRows = 10

// The widths of the columns of deviations. What is longer is cut; the other reports have all of it.
const claimWidth, callWidth, expectedWidth, seenWidth = 20, 46, 48, 76

// Print prints the report as a table.
func (r *Report) Print(w io.Writer, look Look) {
	paint := func(code, text string) string {
		if !look.Colour {
			return text
		}
		return "\x1b[" + code + "m" + text + "\x1b[0m"
	}
	heading := func(format string, args ...any) { fmt.Fprintf(w, "\n%s\n", paint("1", fmt.Sprintf(format, args...))) }
	r.printCount(w, paint)
	if hint := r.hint(); hint != "" {
		fmt.Fprintf(w, "\n%s %s\n", paint("1;33", "hint:"), hint)
	}
	if rows := r.rows(); len(rows) > 0 {
		heading("%s", r.deviationsTitle())
		shown := len(rows)
		if r.Run.closer() != "" && !look.All {
			shown = min(shown, fewRows)
		}
		r.printRows(w, rows[:shown])
		if more := len(rows) - shown; more > 0 {
			fmt.Fprintf(w, "… and %s: -v and the reports show them\n", number(more, "line more", "lines more"))
		}
	}
	r.printComparisons(w, look, heading)
	if look.All {
		r.printFailures(w, heading)
		r.printDifferences(w, heading)
	}
	r.printLeftOut(w, look, heading)
	fmt.Fprintf(w, "\n%s\n", r.verdict())
}

// printCount prints the count, by topic and in all.
func (r *Report) printCount(w io.Writer, paint func(code, text string) string) {
	width := len("all claims")
	for _, t := range r.Topics {
		width = max(width, utf8.RuneCountInString(t.Topic))
	}
	line := func(name string, cells ...string) {
		fmt.Fprintf(w, "%-*s", width, name)
		for _, cell := range cells {
			fmt.Fprintf(w, "  %s", cell)
		}
		fmt.Fprintln(w)
	}
	columns := []string{"hold", "deviate", "left out", "no answer", "all"}
	line(paint("1", fmt.Sprintf("%-*s", width, "claims")), columns...)
	show := func(name string, c Count) {
		var cells []string
		for i, n := range []int{c.Hold, c.Deviate, c.LeftOut, c.NoAnswer, c.All} {
			text := fmt.Sprintf("%*d", len(columns[i]), n)
			if colour := []string{"32", "31", "", "33", ""}[i]; n > 0 && colour != "" {
				text = paint(colour, text)
			}
			cells = append(cells, text)
		}
		line(name, cells...)
	}
	for _, t := range r.Topics {
		show(t.Topic, t.Count)
	}
	show("all claims", r.Count)
}

// hint says that the portal is closer to another profile.
func (r *Report) hint() string {
	closer := r.Run.closer()
	if closer == "" {
		return ""
	}
	return fmt.Sprintf("this portal is closer to profile %s: run again with --profile %s (where the profiles differ, %d of %d answers are like %s, and %d like %s)",
		closer, closer, r.Run.Match.Hits[closer], r.Run.Match.Asked, closer, r.Run.Match.Hits[r.Run.Profile], r.Run.Profile)
}

func (r *Report) deviationsTitle() string {
	from := ""
	if r.Run.Profile != "" {
		from = " from " + r.Run.Profile
	}
	return number(r.Count.Deviate, "claim deviates", "claims deviate") + from
}

// columns of the deviations, in the order in which they are printed.
func (r *Report) printRows(w io.Writer, rows []row) {
	head := []string{"claim", "call", "expected", "seen"}
	widths := []int{claimWidth, callWidth, expectedWidth, seenWidth}
	beside, since := r.Baseline != nil, r.Since.compared()
	if since {
		head, widths = append([]string{"since"}, head...), append([]int{len("since")}, widths...)
	}
	if beside {
		head, widths = append([]string{"baseline"}, head...), append([]int{len("baseline")}, widths...)
	}
	lines := [][]string{head}
	for _, row := range rows {
		more := ""
		if row.checks > 1 {
			more = fmt.Sprintf(" (%d checks)", row.checks)
		}
		if len(row.recorded) > 0 {
			more += "; recorded too: " + several(row.recorded, 1)
		}
		seen := shorten(row.seen, seenWidth-utf8.RuneCountInString(more)) + more
		line := []string{several(row.claims, 3), several(shortCalls(row.calls), 1), row.expected, seen}
		if since {
			line = append([]string{string(row.since)}, line...)
		}
		if beside {
			line = append([]string{string(row.baseline)}, line...)
		}
		lines = append(lines, line)
	}
	printColumns(w, lines, widths)
}

// printColumns prints cells below each other, as wide as they need and at most as wide as said.
func printColumns(w io.Writer, lines [][]string, widths []int) {
	widths = slices.Clone(widths)
	for i := range widths {
		needed := 0
		for _, line := range lines {
			needed = max(needed, utf8.RuneCountInString(line[i]))
		}
		widths[i] = min(widths[i], needed)
	}
	for _, line := range lines {
		var text strings.Builder
		for i, cell := range line {
			cell = shorten(cell, widths[i])
			text.WriteString(cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
		}
		fmt.Fprintln(w, strings.TrimRight(text.String(), " "))
	}
}

func (row row) standing() string {
	switch {
	case row.baseline != "" && row.since != "":
		return string(row.baseline) + ", since: " + string(row.since)
	case row.baseline != "":
		return string(row.baseline)
	default:
		return string(row.since)
	}
}

// several names the first ones of a list, and how many more there are.
func several(list []string, shown int) string {
	if len(list) > shown {
		return strings.Join(list[:shown], " ") + " +" + strconv.Itoa(len(list)-shown)
	}
	return strings.Join(list, " ")
}

// shortCalls leaves out what begins every path.
func shortCalls(calls []string) []string {
	var short []string
	for _, call := range calls {
		short = append(short, strings.Replace(call, " /api/2.0/", " ", 1))
	}
	return short
}

// compared says whether the deviations have been compared with something.
func (c *Comparison) compared() bool { return c != nil && !strings.HasPrefix(c.With, "nothing") }

// maxGone is how many of those that are gone are shown.
const maxGone = 20

func (r *Report) printComparisons(w io.Writer, look Look, heading func(string, ...any)) {
	show := func(gone []Gone, line func(Gone) string) {
		shown := len(gone)
		if !look.All {
			shown = min(shown, maxGone)
		}
		for _, g := range gone[:shown] {
			fmt.Fprintln(w, line(g))
		}
		if more := len(gone) - shown; more > 0 {
			fmt.Fprintf(w, "… and %d more: -v and the reports show them\n", more)
		}
	}
	if b := r.Baseline; b != nil {
		heading("%s", r.baselineLine())
		show(b.Gone, func(g Gone) string { return g.place + ": gone: " + g.remove() })
	}
	if s := r.Since; s != nil {
		heading("%s", r.sinceLine())
		show(s.Gone, func(g Gone) string { return "gone: " + g.Claim + " " + g.Name })
	}
}

// remove says what to remove from the baseline.
func (g Gone) remove() string {
	if len(g.Checks) == 0 {
		return fmt.Sprintf("remove it: %s %s", g.Claim, g.Name)
	}
	return fmt.Sprintf("%s %s: remove %s: %s", g.Claim, g.Name, number(len(g.Checks), "check", "checks"), strings.Join(g.Checks, "; "))
}

func (r *Report) baselineLine() string {
	return "Deviations beside " + r.Baseline.With + ": " + r.Baseline.words()
}

func (r *Report) sinceLine() string {
	if !r.Since.compared() {
		return "Compared with " + r.Since.With
	}
	return "Deviations since " + r.Since.With + ": " + r.Since.words()
}

func (c *Comparison) words() string {
	text := fmt.Sprintf("%d new, %d known, %d gone", c.New, c.Known, len(c.Gone))
	if c.NotChecked > 0 {
		text += fmt.Sprintf(", %d not checked by this run", c.NotChecked)
	}
	return text
}

func (r *Report) printFailures(w io.Writer, heading func(string, ...any)) {
	first := true
	for _, claim := range r.Run.Claims {
		for _, c := range r.Run.Checks {
			if c.Claim != claim.Number || c.State != Deviate {
				continue
			}
			if first {
				heading("Each check that does not hold")
				first = false
			}
			fmt.Fprintf(w, "\n%s %s\n  %s\n", c.Claim, c.Name, claim.Text)
			if c.Where != "" {
				fmt.Fprintf(w, "  %s\n", c.Where)
			}
			for line := range strings.Lines(c.Whole) {
				fmt.Fprintf(w, "    %s\n", printable.Line(strings.TrimRight(line, "\n")))
			}
		}
	}
}

func (r *Report) printDifferences(w io.Writer, heading func(string, ...any)) {
	if r.Run.Match == nil {
		return
	}
	heading("Where the profiles differ")
	lines, widths := r.differences(), []int{44}
	for range r.Run.Match.Profiles {
		widths = append(widths, 26)
	}
	printColumns(w, lines, append(widths, 26))
}

// differences is the table of where the profiles differ.
func (r *Report) differences() [][]string {
	lines := [][]string{append(append([]string{"behaviour"}, r.Run.Match.Profiles...), "seen")}
	for _, d := range r.Run.Match.Differences {
		line := []string{d.Claims + " " + d.Behaviour}
		for _, profile := range r.Run.Match.Profiles {
			line = append(line, d.Expected[profile])
		}
		lines = append(lines, append(line, d.Seen))
	}
	return lines
}

func (r *Report) printLeftOut(w io.Writer, look Look, heading func(string, ...any)) {
	if len(r.LeftOut) == 0 {
		return
	}
	heading("%s left out", number(r.Count.LeftOut, "claim is", "claims are"))
	for _, reason := range r.LeftOut {
		fmt.Fprintf(w, "%*d: %s\n", len(strconv.Itoa(r.Count.LeftOut)), len(reason.Claims), reason.Why)
		if look.All {
			for claims := range slices.Chunk(reason.Claims, 20) {
				fmt.Fprintf(w, "     %s\n", strings.Join(claims, " "))
			}
		}
	}
}

// verdict is the last line: the one count, and which profile the portal matches.
func (r *Report) verdict() string {
	text := r.countLine()
	if m := r.Run.Match; m != nil {
		var hits []string
		for _, profile := range m.Profiles {
			hits = append(hits, fmt.Sprintf("%d like %s", m.Hits[profile], profile))
		}
		text += fmt.Sprintf("\nThe portal matches %s best: where the profiles differ, of %s %s.", m.Best, number(m.Asked, "answer", "answers"), strings.Join(hits, ", "))
	}
	if recorded := r.recorded(); recorded > 0 {
		text += fmt.Sprintf("\nOf the %s the recorded server of tag v3.7.2-server shows %d too: it gave the same answer to the same request.", number(len(r.Deviations), "deviation", "deviations"), recorded)
	}
	if b := r.Baseline; b != nil {
		switch {
		case b.New > 0 || len(b.Gone) > 0:
			text += fmt.Sprintf("\nThis is drift from %s: %d new, %d gone.", b.With, b.New, len(b.Gone))
		case b.Known > 0:
			text += fmt.Sprintf("\nAll deviations are in %s.", b.With)
		}
	}
	if r.Run.Ended != "" {
		text += "\nThis is not all: " + r.Run.Ended + "."
	}
	return text
}

// countLine is the count as a sentence.
func (r *Report) countLine() string {
	c := r.Count
	return fmt.Sprintf("Of %s %d hold, %d deviate, %d are left out and %d had no answer.", number(c.All, "claim", "claims"), c.Hold, c.Deviate, c.LeftOut, c.NoAnswer)
}

func (r *Report) recorded() int {
	n := 0
	for _, d := range r.Deviations {
		if len(d.Recorded) > 0 {
			n++
		}
	}
	return n
}
