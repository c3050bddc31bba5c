package drift

import (
	"fmt"
	"strings"
)

// maxMarkdownRows bounds the summary of a job: it may have 1 MiB, and nobody reads on there.
const maxMarkdownRows = 100

// Markdown is the report as the summary of a job.
func (r *Report) Markdown() ([]byte, error) {
	var text strings.Builder
	fmt.Fprintf(&text, "## %s\n\n%s\n", escaped(r.title()), escaped(r.countLine()))
	if r.Run.Ended != "" {
		fmt.Fprintf(&text, "\n> [!WARNING]\n> This is not all: %s.\n", escaped(r.Run.Ended))
	}
	if hint := r.hint(); hint != "" {
		fmt.Fprintf(&text, "\n> [!NOTE]\n> %s.\n", escaped(strings.ToUpper(hint[:1])+hint[1:]))
	}
	text.WriteString("\n| claims | hold | deviate | left out | no answer | all |\n|---|---:|---:|---:|---:|---:|\n")
	for _, t := range r.Topics {
		fmt.Fprintf(&text, "| %s | %d | %d | %d | %d | %d |\n", escaped(t.Topic), t.Hold, t.Deviate, t.LeftOut, t.NoAnswer, t.All)
	}
	c := r.Count
	fmt.Fprintf(&text, "| **all claims** | **%d** | **%d** | **%d** | **%d** | **%d** |\n", c.Hold, c.Deviate, c.LeftOut, c.NoAnswer, c.All)
	if rows := r.rows(); len(rows) > 0 {
		fmt.Fprintf(&text, "\n### %s\n\n", escaped(r.deviationsTitle()))
		shown := min(len(rows), maxMarkdownRows)
		if r.Run.closer() != "" {
			shown = min(shown, fewRows)
		}
		text.WriteString("| claim | call | expected | seen | |\n|---|---|---|---|---|\n")
		for _, row := range rows[:shown] {
			fmt.Fprintf(&text, "| %s | %s | %s | %s | %s |\n", several(row.claims, 3), escaped(several(shortCalls(row.calls), 1)), escaped(row.expected), escaped(row.seen), escaped(row.notes()))
		}
		if more := len(rows) - shown; more > 0 {
			fmt.Fprintf(&text, "\n… and %s in the other reports.\n", number(more, "line more", "lines more"))
		}
	}
	if b := r.Baseline; b != nil {
		fmt.Fprintf(&text, "\n### Baseline\n\n%s.\n\n", escaped(r.baselineLine()))
		for _, gone := range b.Gone {
			fmt.Fprintf(&text, "- gone: %s\n", escaped(gone.remove()))
		}
	}
	if s := r.Since; s != nil {
		fmt.Fprintf(&text, "\n### Since the last report\n\n%s.\n\n", escaped(r.sinceLine()))
		for _, gone := range s.Gone {
			fmt.Fprintf(&text, "- gone: %s %s\n", gone.Claim, escaped(gone.Name))
		}
	}
	if len(r.LeftOut) > 0 {
		fmt.Fprintf(&text, "\n### %s left out\n\n", number(c.LeftOut, "claim is", "claims are"))
		for _, reason := range r.LeftOut {
			fmt.Fprintf(&text, "- %d: %s\n", len(reason.Claims), escaped(reason.Why))
		}
	}
	return []byte(text.String()), nil
}

// title is the heading of pages.
func (r *Report) title() string {
	if r.Run.Match == nil {
		return "The fake beside its contract"
	}
	return "The portal beside profile " + r.Run.Profile
}

// notes are what a row says besides: its standing, its reason, the number of checks, and what the recorded server does.
func (row row) notes() string {
	var notes []string
	if standing := row.standing(); standing != "" {
		notes = append(notes, standing)
	}
	if row.reason != "" {
		notes = append(notes, row.reason)
	}
	if row.checks > 1 {
		notes = append(notes, fmt.Sprintf("%d checks", row.checks))
	}
	if len(row.recorded) > 0 {
		notes = append(notes, "the recorded server too: "+strings.Join(row.recorded[:min(len(row.recorded), 3)], ", "))
	}
	return strings.Join(notes, "; ")
}

var markdown = strings.NewReplacer("\r\n", " ", "\n", " ", "&", "&amp;", `\`, `\\`, "`", "\\`", "|", `\|`, "*", `\*`, "_", `\_`, "<", "&lt;", ">", "&gt;", "[", `\[`, "]", `\]`, "@", "&#64;", "#", `\#`, "~", `\~`, "$", `\$`)

// escaped is a text that Markdown shows as it is, in one line. A reason of a baseline may have several.
func escaped(text string) string { return markdown.Replace(text) }
