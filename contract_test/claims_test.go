package contract_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
)

// claimsFile has the claims for the fake, which explains its answers with them.
const claimsFile = "../mockserver/internal/claims/claims.json"

// claimsTable is the text of claims.json: one claim a line.
func claimsTable() []byte {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	separator := "[\n"
	for _, topic := range topics {
		for _, a := range topic.assumptions {
			text.WriteString(separator)
			separator = ","
			// The encoder ends each claim with a line feed, and a struct of strings has no error.
			_ = encoder.Encode(struct {
				Number   string   `json:"number"`
				Claim    string   `json:"claim"`
				Unsure   string   `json:"unsure,omitempty"`
				Profiles []string `json:"profiles"`
				Evidence string   `json:"evidence"`
				Citation string   `json:"citation"`
			}{a.number, a.claim, unsure[a.number], a.profiles, a.evidence, shortCitation(a)})
		}
	}
	text.WriteString("]\n")
	return text.Bytes()
}

// With CONTRACT_EVIDENCE claims.json is written, before the suite runs with it.
func TestClaimsFile(t *testing.T) {
	if os.Getenv("CONTRACT_EVIDENCE") != "" {
		if err := os.WriteFile(claimsFile, claimsTable(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile(claimsFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(written, claimsTable()) {
		t.Error("mockserver/internal/claims/claims.json is stale: run make evidence and commit what it changes.")
	}
}
