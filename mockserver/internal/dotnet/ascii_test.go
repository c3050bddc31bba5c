package dotnet

import "testing"

func TestEqualFold(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"", "", true},
		{"Set", "sET", true},
		{"set", "sets", false},
		{"a-z", "A_Z", false},
		{"ſet", "set", false},  // long s
		{"\u212a", "k", false}, // the sign of Kelvin
		{"É", "é", false},
		{"[", "{", false}, // as far apart as A and a
		{"@", "`", false},
	} {
		if got := EqualFold(test.a, test.b); got != test.want {
			t.Errorf("%q and %q: %t, want %t", test.a, test.b, got, test.want)
		}
	}
}

func TestToLower(t *testing.T) {
	if got := ToLower("AZ[@ÉſK\u212a"); got != "az[@Éſk\u212a" {
		t.Errorf("got %q", got)
	}
}
