package claims

import (
	"slices"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	claim, ok := Find("A104")
	if !ok || claim.Number != "A104" || claim.Claim != "A body without `set` switches off. The answer is 200." || claim.Evidence != "executed" ||
		!strings.HasPrefix(claim.Citation, "framework.json: F003") || !slices.Equal(claim.Profiles, []string{"v3.7.2", "v3.8", "next"}) {
		t.Errorf("got %+v, %t", claim, ok)
	}
	if claim, ok := Find("A000"); ok {
		t.Errorf("got %+v for no claim", claim)
	}
}

// Every claim can be told as a whole.
func TestClaimsAreWhole(t *testing.T) {
	for number, claim := range byNumber() {
		if claim.Number != number || claim.Claim == "" || len(claim.Profiles) == 0 || claim.Evidence == "" || claim.Citation == "" {
			t.Errorf("%s: %+v", number, claim)
		}
	}
}
