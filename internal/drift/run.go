// Package drift makes a report of what a run of the contract suite found: a table, a page, and the formats that other tools read. It
// knows nothing of how the suite asks a portal. All reports have the same count: each claim of the run holds, deviates, is left
// out or had no answer.
package drift

import (
	"slices"
	"time"
)

// Run is what the suite found.
type Run struct {
	Program  string // its name and version
	At       time.Time
	Profile  string   // that the portal should match; "" for fakes of several profiles
	Targets  []string // what was asked
	Claims   []Claim  // all that the run is about, in their order
	Checks   []Check
	Match    *Match // nil without a portal
	Contract string // the claim that all answers match the contract
	Ended    string // why the run is not complete; "" when it is
}

// Claim is a numbered sentence about a portal.
type Claim struct {
	Number, Topic, Text string
	Line                int // in EVIDENCE.md
}

// State is what became of a claim or of one check.
type State string

// The states of a claim that count. A check can also be one that nobody asked for.
const (
	Hold     State = "hold"
	Deviate  State = "deviate"
	LeftOut  State = "left out"
	NoAnswer State = "no answer"
)

// Check is one spec of the suite.
type Check struct {
	Claim string
	Name  string    // the same in every run, and no other of the claim has it
	State State     // "" when it was not selected
	Aside bool      // it shows a part of the claim, about which other checks say more
	Why   string    // it was left out
	Found []Finding // when it deviates
	Whole string    // all that it says when it deviates, for -v
	Where string    // file and line of the suite
}

// Match says how a portal answers where the profiles differ.
type Match struct {
	Best        string         `json:"best"`
	Asked       int            `json:"asked"`
	Hits        map[string]int `json:"hits"` // by profile
	Differences []Difference   `json:"-"`
	Profiles    []string       `json:"-"` // in their order
}

// Difference is a behaviour in which the profiles differ.
type Difference struct {
	Claims, Behaviour string
	Expected          map[string]string // by profile
	Seen              string
}

// closer is the profile that a portal matches better than the one that it should match, or "".
func (r *Run) closer() string {
	if r.Match == nil || r.Match.Best == r.Profile || r.Match.Hits[r.Match.Best] <= r.Match.Hits[r.Profile] {
		return ""
	}
	return r.Match.Best
}

// stateOf is the state of a claim, from those of its checks: one that deviates is enough, and one that has no answer leaves it open.
func stateOf(checks []Check) State {
	for _, state := range []State{Deviate, NoAnswer, Hold} {
		if slices.ContainsFunc(checks, func(c Check) bool { return c.State == state && (state != Hold || !c.Aside) }) {
			return state
		}
	}
	return LeftOut
}
