package drift

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/mock-docspace/mock-docspace/internal/printable"
)

// formVersion is the version of the JSON report. It changes when a reader of the last version would misread it.
const formVersion = 1

// form is the JSON report. docs/testing.md describes it.
type form struct {
	Version    int              `json:"version"`
	Program    string           `json:"program"`
	At         time.Time        `json:"at"`
	Profile    string           `json:"profile,omitempty"`
	Targets    []string         `json:"targets"`
	Complete   bool             `json:"complete"`
	Ended      string           `json:"ended,omitempty"`
	Closer     string           `json:"closer,omitempty"`
	Match      *Match           `json:"match,omitempty"`
	Claims     Count            `json:"claims"`
	Topics     []TopicCount     `json:"topics"`
	Deviations []Deviation      `json:"deviations"`
	LeftOut    []Reason         `json:"leftOut"`
	Baseline   *Comparison      `json:"baseline,omitempty"`
	Since      *Comparison      `json:"since,omitempty"`
	States     map[string]State `json:"states"`
}

// JSON is the report for programs. A later run compares itself with it.
func (r *Report) JSON() ([]byte, error) {
	var compact, text bytes.Buffer
	encoder := json.NewEncoder(&compact)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(form{
		Version: formVersion, Program: r.Run.Program, At: r.Run.At.UTC().Truncate(time.Second), Profile: r.Run.Profile, Targets: r.Run.Targets,
		Complete: r.complete(), Ended: r.Run.Ended, Closer: r.Run.closer(), Match: r.Run.Match,
		Claims: r.Count, Topics: listed(r.Topics), Deviations: listed(r.Deviations), LeftOut: listed(r.LeftOut), Baseline: r.Baseline, Since: r.Since, States: r.States,
	}); err != nil {
		return nil, err
	}
	err := json.Indent(&text, compact.Bytes(), "", "") // one value a line for people who compare, without blanks that are a tenth of the file
	return printable.JSON(text.Bytes()), err
}

// listed is a list that JSON shows as [] when it is empty.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Last is an earlier JSON report.
type Last struct {
	file string
	form form
}

// ReadLast reads an earlier JSON report. Its errors name the file and what was expected.
func ReadLast(file string) (*Last, error) {
	text, err := os.ReadFile(file) //nolint:gosec // the user names the file
	if err != nil {
		return nil, err
	}
	l := &Last{file: file}
	err = json.Unmarshal(text, &l.form)
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	var offset int64
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &wrong):
		offset = wrong.Offset
		err = fmt.Errorf("%s is %s", wrong.Field, wrong.Value)
	}
	if err != nil {
		before := text[:min(max(offset-1, 0), int64(len(text)))]
		line, column := bytes.Count(before, []byte("\n"))+1, len(before)-bytes.LastIndexByte(before, '\n')
		return nil, fmt.Errorf("%s:%d:%d: %w: expected a report that --report-json has written", file, line, column, err)
	}
	if l.form.Version != formVersion {
		return nil, fmt.Errorf("%s:1:1: expected a report of version %d that --report-json has written, found version %d", file, formVersion, l.form.Version)
	}
	return l, nil
}

// Compare tells which deviations of a report are new, known, and gone since then. A report for another profile is not compared: With
// says so.
func (l *Last) Compare(r *Report) {
	c := &Comparison{With: "the report of " + l.form.At.UTC().Format("2006-01-02 15:04 UTC"), Gone: []Gone{}}
	if l.form.Profile != r.Run.Profile || !slices.Equal(l.form.Targets, r.Run.Targets) {
		c.With = fmt.Sprintf("nothing: %s is a report for %s", filepath.Base(l.file), about(l.form.Profile, l.form.Targets))
		r.Since = c
		return
	}
	states := checkStates(r)
	for i := range r.Deviations {
		d := &r.Deviations[i]
		d.Since = New
		if slices.ContainsFunc(l.form.Deviations, func(then Deviation) bool { return then.Claim == d.Claim && then.Name == d.Name }) {
			d.Since = Known
		}
		c.count(d.Since)
	}
	for _, then := range l.form.Deviations {
		if slices.ContainsFunc(r.Deviations, func(d Deviation) bool { return d.Claim == then.Claim && d.Name == then.Name }) {
			continue
		}
		gone, _ := Acknowledged{Claim: then.Claim, Name: then.Name, Checks: then.Checks}.missing(r, states[then.Claim])
		if gone == nil {
			c.NotChecked++
			continue
		}
		gone.Checks = nil
		c.Gone = append(c.Gone, *gone)
	}
	r.Since = c
}

// about words what a report is for.
func about(profile string, targets []string) string {
	if profile == "" {
		return strings.Join(targets, ", ")
	}
	return "profile " + profile
}
