package text

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHasLoneSurrogate(t *testing.T) {
	tests := map[string]bool{
		`"plain"`: false, `"\u0041"`: false, `"\ud83d\ude00"`: false, `"\\ud83d"`: false, `"�"`: false, `"\ufffd"`: false,
		`"\ud83d"`: true, `"\ude00"`: true, `"\ud83dx"`: true, `"\ud83d\ud83d\ude00"`: true, `"\ud83d\n"`: true, `"\uD83D\u0041"`: true,
	}
	for written, want := range tests {
		if got := HasLoneSurrogate([]byte(written)); got != want {
			t.Errorf("%s: %t, want %t", written, got, want)
		}
	}
}

// encoding/json puts U+FFFD in the place of half a pair.
func FuzzHasLoneSurrogate(f *testing.F) {
	for _, text := range []string{``, `a`, `\ud83d\ude00`, `\ud83d`, `\ude00\ud83d`, `\\ud83d`, `\uD83D\u0041`, `\ud83d\ud83d\ude00`, `\"\ud83dx`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var read string
		if !utf8.ValidString(text) || strings.Contains(text, "\ufffd") || strings.Contains(strings.ToLower(text), `ufffd`) || json.Unmarshal([]byte(`"`+text+`"`), &read) != nil {
			return
		}
		if got := HasLoneSurrogate([]byte(text)); got != strings.ContainsRune(read, utf8.RuneError) {
			t.Errorf("%q is read as %q: %t", text, read, got)
		}
	})
}
