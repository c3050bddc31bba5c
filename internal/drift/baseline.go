package drift

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Baseline is a file of deviations that somebody has acknowledged. It may only shrink.
type Baseline struct {
	File       string         `yaml:"-"`
	Profile    string         `yaml:"profile"`
	Deviations []Acknowledged `yaml:"deviations"`
}

// Acknowledged is a deviation of a baseline.
type Acknowledged struct {
	Claim  string   `yaml:"claim"`
	Name   string   `yaml:"name"`
	Reason string   `yaml:"reason"` // written by hand
	Checks []string `yaml:"checks"` // that show it; none stands for all of the claim
	line   int
}

// baselineForm is what a baseline has to be.
const baselineForm = "expected profile, and deviations with claim, name, reason and checks"

var wrongType = regexp.MustCompile(`^cannot unmarshal .* of type string$`)

// ReadBaseline reads a file. Its errors name file, line and column, and what was expected. They match [os.ErrNotExist] when there is none.
func ReadBaseline(file string) (*Baseline, error) {
	text, err := os.ReadFile(file) //nolint:gosec // the user names the file
	if err != nil {
		return nil, err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // editors of Windows write it
	b := &Baseline{File: file}
	at := func(line, column int, what string) error {
		return fmt.Errorf("%s:%d:%d: %s: %s", file, line, column, what, baselineForm)
	}
	var mistake yaml.Error
	decoder := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict())
	err = decoder.Decode(b)
	switch {
	case errors.Is(err, io.EOF):
		return nil, at(1, 1, "there is nothing in it")
	case errors.As(err, &mistake) && mistake.GetToken() != nil:
		place := mistake.GetToken().Position
		return nil, at(place.Line, place.Column, wrongType.ReplaceAllString(mistake.GetMessage(), "this is no text"))
	case err != nil:
		return nil, at(1, 1, err.Error())
	}
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, at(1, 1, err.Error())
	}
	if len(tree.Docs) > 1 {
		return nil, at(tree.Docs[1].Start.Position.Line, 1, "there is a second document")
	}
	if b.Profile == "" {
		return nil, at(1, 1, "there is no profile")
	}
	for i := range b.Deviations {
		a := &b.Deviations[i]
		line, column := placeOf(tree, i)
		a.line = line
		same := slices.IndexFunc(b.Deviations[:i], func(other Acknowledged) bool { return other.Claim == a.Claim && other.Name == a.Name })
		switch {
		case a.Claim == "":
			return nil, at(a.line, column, "a deviation has no claim")
		case a.Name == "":
			return nil, at(a.line, column, "a deviation has no name")
		case same >= 0:
			return nil, at(a.line, column, fmt.Sprintf("the deviation of line %d stands here again", b.Deviations[same].line))
		}
	}
	return b, nil
}

// placeOf is the line and column in which a deviation of a file begins.
func placeOf(tree *ast.File, index int) (line, column int) {
	path, err := yaml.PathString(fmt.Sprintf("$.deviations[%d]", index))
	if err != nil {
		return 1, 1
	}
	node, err := path.FilterFile(tree)
	if err != nil {
		return 1, 1
	}
	place := node.GetToken().Position
	if mapping, ok := node.(*ast.MappingNode); ok && len(mapping.Values) > 0 && !mapping.IsFlowStyle { // its own token is a colon
		place = mapping.Values[0].Key.GetToken().Position
	}
	return place.Line, place.Column
}

// Compare tells which deviations of a report are new, known, and gone. The report says so from then on.
func (b *Baseline) Compare(r *Report) {
	c := &Comparison{With: filepath.Base(b.File), Gone: []Gone{}}
	states := checkStates(r)
	for i := range r.Deviations {
		d := &r.Deviations[i]
		d.Baseline = New
		if at := b.find(d.Claim, d.Name); at >= 0 {
			a := b.Deviations[at]
			d.Reason = a.Reason
			if len(a.Checks) == 0 || !slices.ContainsFunc(d.Checks, func(check string) bool { return !slices.Contains(a.Checks, check) }) {
				d.Baseline = Known
			}
		}
		c.count(d.Baseline)
	}
	for _, a := range b.Deviations {
		gone, unchecked := a.missing(r, states[a.Claim])
		switch {
		case gone != nil:
			gone.place = fmt.Sprintf("%s:%d", b.File, a.line)
			c.Gone = append(c.Gone, *gone)
		case unchecked:
			c.NotChecked++
		}
	}
	r.Baseline = c
}

// missing says what of an acknowledged deviation is gone, nil for nothing, and whether some of its checks did not run.
func (a Acknowledged) missing(r *Report, states map[string]State) (gone *Gone, unchecked bool) {
	now := slices.IndexFunc(r.Deviations, func(d Deviation) bool { return d.Claim == a.Claim && d.Name == a.Name })
	if len(a.Checks) == 0 {
		if now >= 0 {
			return nil, false
		}
		_, claimed := r.States[a.Claim]
		ran := slices.ContainsFunc(slices.Collect(maps.Values(states)), State.ran)
		if !ran && (claimed || len(states) > 0) {
			return nil, true
		}
		return &Gone{Claim: a.Claim, Name: a.Name}, false
	}
	var checks []string
	for _, check := range a.Checks {
		state, exists := states[check]
		switch {
		case now >= 0 && slices.Contains(r.Deviations[now].Checks, check):
		case exists && !state.ran():
			unchecked = true
		default:
			checks = append(checks, check)
		}
	}
	switch len(checks) {
	case 0:
		return nil, unchecked
	case len(a.Checks):
		return &Gone{Claim: a.Claim, Name: a.Name}, unchecked
	default:
		return &Gone{Claim: a.Claim, Name: a.Name, Checks: checks}, unchecked
	}
}

// ran says whether a check with this state was answered.
func (s State) ran() bool { return s == Hold || s == Deviate }

func (c *Comparison) count(s Standing) {
	if s == New {
		c.New++
	} else {
		c.Known++
	}
}

func (b *Baseline) find(claim, name string) int {
	return slices.IndexFunc(b.Deviations, func(a Acknowledged) bool { return a.Claim == claim && a.Name == name })
}

// checkStates are the states of all checks, by claim and name.
func checkStates(r *Report) map[string]map[string]State {
	states := map[string]map[string]State{}
	for _, c := range r.Run.Checks {
		if states[c.Claim] == nil {
			states[c.Claim] = map[string]State{}
		}
		states[c.Claim][c.Name] = c.State
	}
	return states
}

// Update makes the baseline of a report. It keeps the reasons, and what the report did not check.
func (b *Baseline) Update(r *Report) *Baseline {
	updated := &Baseline{File: b.File, Profile: r.Run.Profile}
	states := checkStates(r)
	for _, d := range r.Deviations {
		a := Acknowledged{Claim: d.Claim, Name: d.Name, Checks: slices.Clone(d.Checks)}
		if at := b.find(d.Claim, d.Name); at >= 0 {
			a.Reason = b.Deviations[at].Reason
		}
		updated.Deviations = append(updated.Deviations, a)
	}
	for _, old := range b.Deviations {
		kept := slices.DeleteFunc(slices.Clone(old.Checks), func(check string) bool {
			state, exists := states[old.Claim][check]
			return !exists || state.ran()
		})
		if len(kept) == 0 {
			continue
		}
		if at := updated.find(old.Claim, old.Name); at >= 0 {
			updated.Deviations[at].Checks = append(updated.Deviations[at].Checks, kept...)
		} else {
			updated.Deviations = append(updated.Deviations, Acknowledged{Claim: old.Claim, Name: old.Name, Checks: kept, Reason: old.Reason})
		}
	}
	for i := range updated.Deviations {
		slices.Sort(updated.Deviations[i].Checks)
	}
	slices.SortFunc(updated.Deviations, func(a, b Acknowledged) int {
		return cmp.Or(cmp.Compare(len(a.Claim), len(b.Claim)), cmp.Compare(a.Claim, b.Claim), cmp.Compare(a.Name, b.Name))
	})
	return updated
}

// Text is the baseline as its file has it. Texts are in quotes, so that each is one line in a diff.
func (b *Baseline) Text() []byte {
	var text bytes.Buffer
	fmt.Fprintf(&text, "# Deviations of a portal that are known. A run with --baseline accepts these and no others, and wants those removed that are gone.\n"+
		"# --update-baseline writes this file anew, and keeps the reasons.\nprofile: %s\n", quoted(b.Profile))
	if len(b.Deviations) == 0 {
		text.WriteString("deviations: []\n")
		return text.Bytes()
	}
	text.WriteString("deviations:\n")
	for _, a := range b.Deviations {
		fmt.Fprintf(&text, "  - claim: %s\n    name: %s\n    reason: %s\n    checks:\n", a.Claim, quoted(a.Name), quoted(a.Reason))
		for _, check := range a.Checks {
			fmt.Fprintf(&text, "      - %s\n", quoted(check))
		}
	}
	return text.Bytes()
}

// quoted is a text of YAML in quotes: a text of JSON is one.
func quoted(text string) string {
	var quoted bytes.Buffer
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) //nolint:errchkjson // a text always has a form
	return strings.TrimSuffix(quoted.String(), "\n")
}
