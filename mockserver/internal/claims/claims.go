// Package claims has what the fake claims about DocSpace: the table of EVIDENCE.md as data. make evidence writes it from the assumptions
// of the contract suite.
package claims

import (
	_ "embed"
	"encoding/json"
	"sync"
)

// Claim is one claim.
type Claim struct {
	Number   string   `json:"number"` // such as A104
	Claim    string   `json:"claim"`
	Unsure   string   `json:"unsure,omitempty"` // what of the claim is only the best reading
	Profiles []string `json:"profiles"`         // in which it holds
	Evidence string   `json:"evidence"`         // observed, executed, source, reference or ours
	Citation string   `json:"citation"`
}

//go:embed claims.json
var text []byte

// byNumber reads the table at its first use, so that a start does not pay for it.
var byNumber = sync.OnceValue(func() map[string]Claim {
	var list []Claim
	if err := json.Unmarshal(text, &list); err != nil {
		panic("claims.json: " + err.Error()) // the file is part of the program, and tests read it
	}
	claims := make(map[string]Claim, len(list))
	for _, claim := range list {
		claims[claim.Number] = claim
	}
	return claims
})

// Find finds a claim by its number.
func Find(number string) (Claim, bool) {
	claim, ok := byNumber()[number]
	return claim, ok
}
