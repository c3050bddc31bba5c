package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestShorten(t *testing.T) {
	for _, test := range []struct {
		text string
		most int
		want string
	}{
		{"", 5, ""},
		{"short", 5, "short"},
		{"longer", 5, "lo..."},
		{"é€😀x", 9, "é€..."}, // 10 bytes, and no letter is cut in two
		{"😀😀", 7, "😀..."},
		{"😀😀", 6, "..."},
		{"longer", 3, "..."},
	} {
		if got := Shorten(test.text, test.most); got != test.want {
			t.Errorf("%q in %d bytes: got %q, want %q", test.text, test.most, got, test.want)
		}
	}
}

func FuzzShorten(f *testing.F) {
	f.Add("longer", 5)
	f.Add("short", 5)
	f.Add("é😀\xff", 4)
	f.Fuzz(func(t *testing.T, text string, most int) {
		if most < 3 {
			return // less than the ellipsis
		}
		got := Shorten(text, most)
		if len(got) > most || len(text) <= most && got != text || !strings.HasPrefix(text, strings.TrimSuffix(got, "...")) && len(text) > most {
			t.Errorf("%q in %d bytes: got %q", text, most, got)
		}
		if utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Errorf("%q in %d bytes: got %q, which is no UTF-8", text, most, got)
		}
	})
}

func TestSameSecret(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"", "", true}, {"secret", "secret", true}, {"secret", "Secret", false}, {"secret", "secret ", false}, {"secret", "", false}, {"é", "e\u0301", false},
	} {
		if got := SameSecret(test.a, test.b); got != test.want {
			t.Errorf("%q and %q: %t", test.a, test.b, got)
		}
	}
}
