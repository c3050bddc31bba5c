package dotnet

import (
	"reflect"
	"testing"
)

func TestParseQuery(t *testing.T) {
	for raw, want := range map[string]Query{
		"":                             nil,
		"&&":                           nil,
		"Fields=a&FIELDS=b&fields=c":   {"fields": {"a", "b", "c"}},
		"fields[]=a&fields%5B%5D=b":    {"fields[]": {"a", "b"}},
		"a=x+y%20z%2Bw&b":              {"a": {"x y z+w"}, "b": {""}},
		"a=b=c":                        {"a": {"b=c"}},
		"=x&=":                         {"": {"x", ""}},
		"a=1;b=2":                      {"a": {"1;b=2"}},                                    // recorded: F1583
		"fields=%&x=%zz&%u00e9=%C3%28": {"fields": {"%"}, "x": {"%zz"}, "%u00e9": {"%C3("}}, // recorded: F1591
		"a=%C3%A9%2F%FF%00":            {"a": {"é/%FF\x00"}},
		"?a=b":                         {"?a": {"b"}},
		"ſ=1&É=2":                      {"ſ": {"1"}, "É": {"2"}},
	} {
		if got := ParseQuery(raw); !reflect.DeepEqual(got, want) {
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

func TestQueryJoined(t *testing.T) {
	q := ParseQuery("a=1&A=&a=2&b=&b=&c=3")
	for name, want := range map[string]string{"a": "1,2", "b": "", "c": "3", "d": ""} {
		if got := q.Joined(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestParseInt32(t *testing.T) {
	blanks := "\t7 "
	for text, want := range map[string]int{blanks: 7, "0": 0, "-1": -1, "+1": 1, "007": 7, "2147483647": 1<<31 - 1, "-2147483648": -1 << 31} {
		if got, ok := ParseInt32(text); !ok || got != want {
			t.Errorf("%q: got %d, %t", text, got, ok)
		}
	}
	for _, text := range []string{"", " ", "x", "1.0", "0x1", "1_0", "2147483648", "-2147483649", "1 2"} {
		if got, ok := ParseInt32(text); ok {
			t.Errorf("%q: got %d", text, got)
		}
	}
}
