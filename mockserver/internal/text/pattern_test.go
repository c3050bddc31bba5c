package text

import (
	"slices"
	"sync"
	"testing"
)

func TestPattern(t *testing.T) {
	p := &Pattern{Text: `^(a+)(b?)$`}
	var wait sync.WaitGroup
	for range 8 { // the first of them compiles it
		wait.Go(func() {
			if !p.MatchString("aab") || p.MatchString("ba") {
				t.Error("it does not match as its text says")
			}
		})
	}
	wait.Wait()
	if got := p.FindStringSubmatch("aab"); !slices.Equal(got, []string{"aab", "aa", "b"}) {
		t.Errorf("%q", got)
	}
}
