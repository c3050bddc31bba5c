package strict

import (
	"testing"
)

func TestErrorIsOneLineWithItsPlace(t *testing.T) {
	for want, e := range map[string]Error{
		"p.yaml: is empty":              {File: "p.yaml", Message: "is empty"},
		"p.yaml:3:9: a: is missing":     {File: "p.yaml", Path: "a", Line: 3, Column: 9, Message: "a: is missing"},
		"the body:1:1: is nested":       {File: "the body", Line: 1, Column: 1, Message: "is nested"},
		"p.yaml: a: is not in the file": {File: "p.yaml", Path: "a", Message: "a: is not in the file"},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestJoin(t *testing.T) {
	for want, parts := range map[string][2]string{"a": {"", "a"}, "a.b": {"a", "b"}, "a[0].b": {"a[0]", "b"}} {
		if got := Join(parts[0], parts[1]); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
