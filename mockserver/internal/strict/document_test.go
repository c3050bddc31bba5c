package strict

import (
	"encoding/json"
	"errors"
	"strings"
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

// A text with very many values is refused, also when aliases make them of few.
func TestValuesAreBounded(t *testing.T) {
	list := func(n int) string { return `{"names":["a"` + strings.Repeat(`,"a"`, n-1) + `]}` }
	aliases := "one: &a [" + strings.Repeat("a,", 1000) + "]\nall:\n" + strings.Repeat("- *a\n", 1000)
	var into struct {
		Names []string   `json:"names"`
		One   []string   `json:"one"`
		All   [][]string `json:"all"`
	}
	read := func(text string) error {
		d, err := Parse("f", []byte(text))
		if err == nil {
			err = d.Decode(&into)
		}
		return err
	}
	if err := read(list(maxValues - 2)); err != nil || len(into.Names) != maxValues-2 {
		t.Errorf("%d values: %v", maxValues, err)
	}
	for text, number := range map[string]string{list(maxValues - 1): "300001", aliases: "more than 300000"} {
		var mistake *Error
		if err := read(text); !errors.As(err, &mistake) || !errors.As(err, new(*TooLargeError)) || !strings.Contains(mistake.Message, "has "+number+" values, at most 300000 are possible") {
			t.Errorf("got %v, want %s values", err, number)
		}
	}
}

func TestCountValues(t *testing.T) {
	for text, want := range map[string]int{
		`1`: 1, `"a,[b"`: 1, `[]`: 1, `{ }`: 1, `[1]`: 2, ` [ 1 , 2 ] `: 3, `{"a":[1,{"b":[],"c":{}}],"d":"\\\",["}`: 7, `["\"", ",[", "{"]`: 4, `[[[]]]`: 3, `[[],[]]`: 3, `["",""]`: 3,
	} {
		if got := countValues([]byte(text)); got != want || !json.Valid([]byte(text)) {
			t.Errorf("%s: got %d, want %d", text, got, want)
		}
	}
}
