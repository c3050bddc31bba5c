package dotnet

import "testing"

func TestFromBase64(t *testing.T) {
	for _, test := range []struct {
		text, want string
		ok         bool
	}{
		{"YTpi", "a:b", true},
		{" YT\tpi ", "a:b", true},
		{"YTo=", "a:", true},
		{"YT o =", "a:", true},
		{"YTp=", "a:", true}, // bits beyond the last byte do not matter
		{"", "", true},
		{"YTo", "", false},
		{"YTpi, x", "", false},
		{"_-==", "", false},
		{"!!!", "", false},
	} {
		if raw, ok := FromBase64(test.text); ok != test.ok || ok && string(raw) != test.want {
			t.Errorf("%q: got %q, %t", test.text, raw, ok)
		}
	}
}

func TestFromBase64URL(t *testing.T) {
	for _, test := range []struct {
		text, want string
		ok         bool
	}{
		{"YTpi", "a:b", true},
		{" YT\tpi\n", "a:b", true},
		{"YTo", "a:", true},
		{"YTo=", "a:", true},
		{"YTo%", "a:", true},
		{"YQ==", "a", true},
		{"", "", true},
		{"YTo==", "", false},
		{"YTpi=", "", false},
		{"YTp", "", false}, // bits beyond the last byte
		{"YT=o", "", false},
		{"+/==", "", false},
	} {
		if raw, ok := FromBase64URL(test.text); ok != test.ok || ok && string(raw) != test.want {
			t.Errorf("%q: got %q, %t", test.text, raw, ok)
		}
	}
}
