package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A mutant whose text does not exist any more must be updated. Every test run checks that, not only a run of the mutants.
func TestMutantsApply(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range mutants {
		text, err := os.ReadFile(filepath.Join("..", "..", "mockserver", m.file))
		if err != nil {
			t.Fatal(err)
		}
		changed, err := m.apply(string(text))
		if err != nil {
			t.Errorf("%s: %v", m.fact, err)
			continue
		}
		if m.fact == "" || seen[m.file+changed] {
			t.Errorf("%s: the mutant exists twice, or it has no fact", m.fact)
		}
		seen[m.file+changed] = true
	}
	if len(mutants) < 60 {
		t.Errorf("%d mutants", len(mutants))
	}
}
