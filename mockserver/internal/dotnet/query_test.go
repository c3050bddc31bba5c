package dotnet

import (
	"reflect"
	"slices"
	"testing"
)

func TestParseQuery(t *testing.T) {
	for raw, want := range map[string]Query{
		"":                          {},
		"Fields=a&FIELDS=b":         {"fields": {"a", "b"}},
		"fields[]=a&fields%5B%5D=b": {"fields[]": {"a", "b"}},
		"a=x+y%20z&b":               {"a": {"x y z"}, "b": {""}},
		"ſ=1&%zz=2&c=%zz":           {"ſ": {"1"}}, // what cannot be read is left out
	} {
		got := ParseQuery(raw)
		slices.Sort(got["fields"]) // names in different cases have no order among each other
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %v, want %v", raw, got, want)
		}
	}
}

func TestQueryGet(t *testing.T) {
	q := ParseQuery("X=1&X=2&y=")
	for name, want := range map[string]string{"x": "1", "X": "", "y": "", "z": ""} {
		if got := q.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
