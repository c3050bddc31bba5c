package drift

import (
	"cmp"
	"slices"
	"strings"
)

// Count is the one count of all reports. Its parts add up to All.
type Count struct {
	All      int `json:"all"`
	Hold     int `json:"hold"`
	Deviate  int `json:"deviate"`
	LeftOut  int `json:"leftOut"`
	NoAnswer int `json:"noAnswer"`
}

func (c *Count) add(state State) {
	c.All++
	switch state {
	case Hold:
		c.Hold++
	case Deviate:
		c.Deviate++
	case NoAnswer:
		c.NoAnswer++
	default:
		c.LeftOut++
	}
}

// TopicCount is the count of the claims of one topic.
type TopicCount struct {
	Topic string `json:"topic"`
	Count
}

// Deviation is one thing that differs, in the answers to one call, from one claim. One or more checks show it.
type Deviation struct {
	Claim    string   `json:"claim"`
	Name     string   `json:"name"`               // the same in every run
	Expected string   `json:"expected,omitempty"` // "" when the name does not say it, and seen too
	Seen     string   `json:"seen,omitempty"`
	Checks   []string `json:"checks"`
	Recorded []string `json:"recorded,omitempty"` // cases in which the recorded server does the same
	Baseline Standing `json:"baseline,omitempty"` // "" without a baseline
	Reason   string   `json:"reason,omitempty"`   // from the baseline
	Since    Standing `json:"since,omitempty"`    // "" without an earlier report
	call     string
	text     string
	aside    bool // no other checks show it
}

// Standing says whether a deviation was there before.
type Standing string

// These are the standings of a deviation. One that is gone is in a [Comparison].
const (
	New   Standing = "new"
	Known Standing = "known"
)

// Comparison is what became of the deviations of a baseline, or of an earlier report. It counts deviations.
type Comparison struct {
	With       string `json:"with"`
	New        int    `json:"new"`
	Known      int    `json:"known"`
	NotChecked int    `json:"notChecked"` // by this run
	Gone       []Gone `json:"gone"`
}

// Gone is a deviation that is no longer there.
type Gone struct {
	Claim  string   `json:"claim"`
	Name   string   `json:"name"`
	Checks []string `json:"checks,omitempty"` // that do not show it any more; none when it is gone altogether
	place  string   // in the baseline
}

// Reason is why claims were left out.
type Reason struct {
	Why    string   `json:"why"`
	Claims []string `json:"claims"`
}

// Report is a run with its count, as all reports show it.
type Report struct {
	Run        Run
	Count      Count
	Topics     []TopicCount
	States     map[string]State // by claim
	Deviations []Deviation      // in the order of the claims
	LeftOut    []Reason
	Baseline   *Comparison // nil without one
	Since      *Comparison // nil without an earlier report
	claims     map[string]Claim
}

// NewReport makes the report of a run.
func NewReport(run Run) *Report {
	r := &Report{Run: run, States: map[string]State{}, claims: map[string]Claim{}}
	checks := map[string][]Check{}
	for _, c := range run.Checks {
		checks[c.Claim] = append(checks[c.Claim], c)
	}
	for _, c := range run.Claims {
		r.claims[c.Number] = c
		state := stateOf(checks[c.Number])
		r.States[c.Number] = state
		r.Count.add(state)
		at := slices.IndexFunc(r.Topics, func(t TopicCount) bool { return t.Topic == c.Topic })
		if at < 0 {
			at = len(r.Topics)
			r.Topics = append(r.Topics, TopicCount{Topic: c.Topic})
		}
		r.Topics[at].add(state)
		r.addDeviations(checks[c.Number])
		if state == LeftOut {
			r.addReason(run.whyLeftOut(checks[c.Number]), c.Number)
		}
	}
	slices.SortStableFunc(r.LeftOut, func(a, b Reason) int { return cmp.Compare(len(b.Claims), len(a.Claims)) })
	return r
}

// addDeviations adds what the checks of one claim found, once for each call.
func (r *Report) addDeviations(checks []Check) {
	first := len(r.Deviations)
	for _, c := range checks {
		for _, f := range c.Found {
			calls := f.Calls
			if len(calls) == 0 {
				calls = []string{""}
			}
			for _, call := range calls {
				name := f.name(call)
				at := slices.IndexFunc(r.Deviations[first:], func(d Deviation) bool { return d.Name == name })
				if at < 0 {
					d := Deviation{Claim: c.Claim, Name: name, call: call, text: f.Text, aside: true}
					d.Expected, d.Seen = sidesOf(f.Text)
					at = len(r.Deviations) - first
					r.Deviations = append(r.Deviations, d)
				}
				d := &r.Deviations[first+at]
				d.Checks = addNew(d.Checks, c.Name)
				d.aside = d.aside && c.Aside
				for _, id := range f.Recorded {
					d.Recorded = addNew(d.Recorded, id)
				}
			}
		}
	}
}

func addNew(to []string, text string) []string {
	if slices.Contains(to, text) {
		return to
	}
	return append(to, text)
}

// These are why a claim without a check that could run was left out.
const (
	needsPortal = "needs what only the suite's own portal has"
	endedBefore = "the run ended before"
)

// whyLeftOut is the reason that most checks of a claim give.
func (r *Run) whyLeftOut(checks []Check) string {
	count := map[string]int{}
	best := ""
	for _, c := range checks {
		if c.State == LeftOut {
			count[c.Why]++
			if count[c.Why] > count[best] {
				best = c.Why
			}
		}
	}
	switch {
	case best != "":
		return best
	case r.Ended != "":
		return endedBefore
	default:
		return needsPortal
	}
}

func (r *Report) addReason(why, claim string) {
	at := slices.IndexFunc(r.LeftOut, func(reason Reason) bool { return reason.Why == why })
	if at < 0 {
		at = len(r.LeftOut)
		r.LeftOut = append(r.LeftOut, Reason{Why: why})
	}
	r.LeftOut[at].Claims = append(r.LeftOut[at].Claims, claim)
}

// row is one line of the table of deviations: what differs in the same way, in all claims and calls.
type row struct {
	claims, calls  []string
	expected, seen string
	checks         int
	recorded       []string
	baseline       Standing
	since          Standing
	reason         string
	text           string
}

// rows are the deviations as people read them. Those that are equal but for claim and call are one row.
func (r *Report) rows() []row {
	var rows []row
	add := func(d Deviation) {
		at := slices.IndexFunc(rows, func(row row) bool {
			return row.text == d.text && row.baseline == d.Baseline && row.since == d.Since && row.reason == d.Reason
		})
		if at < 0 {
			at = len(rows)
			expected, seen := d.Expected, d.Seen
			if expected == "" {
				expected, seen = r.claims[d.Claim].Text, d.text
			}
			rows = append(rows, row{expected: expected, seen: seen, baseline: d.Baseline, since: d.Since, reason: d.Reason, text: d.text})
		}
		row := &rows[at]
		row.claims = addNew(row.claims, d.Claim)
		if d.call != "" {
			row.calls = addNew(row.calls, d.call)
		}
		row.checks += len(d.Checks)
		for _, id := range d.Recorded {
			row.recorded = addNew(row.recorded, id)
		}
	}
	for _, d := range r.Deviations { // first what breaks the contract: much follows from it
		if d.Claim == r.Run.Contract {
			add(d)
		}
	}
	broken := len(rows)
	for _, d := range r.Deviations {
		switch at := follows(rows[:broken], d); {
		case d.Claim == r.Run.Contract, r.saidBetter(d):
		case at >= 0:
			rows[at].claims = addNew(rows[at].claims, d.Claim)
			rows[at].checks += len(d.Checks)
		default:
			add(d)
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.age(), b.age()) })
	return rows
}

// saidBetter says whether other deviations of the claim, which are as new, say more than one that only checks aside show.
func (r *Report) saidBetter(d Deviation) bool {
	return d.aside && slices.ContainsFunc(r.Deviations, func(other Deviation) bool {
		return !other.aside && other.Claim == d.Claim && other.Baseline == d.Baseline && other.Since == d.Since
	})
}

// age orders the rows: what the baseline does not have comes first, then what is new since the last report.
func (row row) age() int {
	age := 0
	if row.baseline == Known {
		age += 2
	}
	if row.since == Known {
		age++
	}
	return age
}

// follows is the index of a row about the contract from which a deviation follows, or -1: checks of other claims fail at the same call for
// the same reason.
func follows(contract []row, d Deviation) int {
	return slices.IndexFunc(contract, func(row row) bool {
		return d.call != "" && row.baseline == d.Baseline && row.since == d.Since && slices.ContainsFunc(row.calls, func(call string) bool {
			broken, _, _ := strings.Cut(call, " answered ")
			return broken == d.call
		})
	})
}

// complete says whether everything was asked and answered that was to be.
func (r *Report) complete() bool { return r.Run.Ended == "" && r.Count.NoAnswer == 0 }

// Deviates says whether there is drift: a deviation that no baseline has, or one of the baseline that is gone.
func (r *Report) Deviates() bool {
	if r.Baseline == nil {
		return len(r.Deviations) > 0
	}
	return r.Baseline.New > 0 || len(r.Baseline.Gone) > 0
}
