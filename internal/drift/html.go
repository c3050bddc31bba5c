package drift

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"slices"
	"strings"
)

// maxPageCalls is how many calls of a deviation the page names.
const maxPageCalls = 8

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"join": func(list []string) string { return strings.Join(list, ", ") },
	"lines": func(list []string) string {
		var lines []string
		for line := range slices.Chunk(list, 20) {
			lines = append(lines, strings.Join(line, ", "))
		}
		return strings.Join(lines, ",\n")
	},
	"calls": func(list []string) []string {
		calls := shortCalls(list)
		if more := len(calls) - maxPageCalls; more > 0 {
			calls = append(calls[:maxPageCalls], fmt.Sprintf("and %d more", more))
		}
		return calls
	},
	"claims": func(list []string) string {
		return several(list, 12)
	},
}).Parse(pageText))

// pageRow is a deviation as the page shows it.
type pageRow struct {
	Claims, Calls               []string
	Expected, Seen, Notes, Mark string
}

// HTML is the report as one page, without scripts and without anything from elsewhere.
func (r *Report) HTML() ([]byte, error) {
	var rows []pageRow
	for _, row := range r.rows() {
		mark := row.baseline
		if mark == "" {
			mark = row.since
		}
		rows = append(rows, pageRow{row.claims, row.calls, row.expected, row.seen, row.notes(), string(mark)})
	}
	data := struct {
		*Report
		Title, Count, Hint, Deviate, Verdict, BaselineLine, SinceLine, At string
		Rows                                                              []pageRow
		Gone                                                              []string
		SinceGone                                                         []Gone
		Differences                                                       [][]string
	}{Report: r, Title: r.title(), Count: r.countLine(), Hint: r.hint(), Deviate: r.deviationsTitle(), Verdict: r.verdict(), At: r.Run.At.UTC().Format("2006-01-02 15:04 UTC"), Rows: rows}
	if r.Run.Match != nil {
		data.Differences = r.differences()
	}
	if r.Baseline != nil {
		data.BaselineLine = r.baselineLine()
		for _, gone := range r.Baseline.Gone {
			data.Gone = append(data.Gone, gone.remove())
		}
	}
	if r.Since != nil {
		data.SinceLine, data.SinceGone = r.sinceLine(), r.Since.Gone
	}
	var text bytes.Buffer
	err := page.Execute(&text, data)
	return text.Bytes(), err
}
