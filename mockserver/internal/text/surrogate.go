package text

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// HasLoneSurrogate says whether a JSON text escapes half a surrogate pair. encoding/json would replace it without a word.
func HasLoneSurrogate(text []byte) bool {
	unit := func(i int) (rune, bool) {
		if i+6 > len(text) || text[i] != '\\' || text[i+1] != 'u' {
			return 0, false
		}
		n, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 16)
		return rune(n), err == nil
	}
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		r, ok := unit(i)
		if !ok {
			i++ // some other escape
			continue
		}
		i += 5
		if !utf16.IsSurrogate(r) {
			continue
		}
		low, ok := unit(i + 1)
		if !ok || utf16.DecodeRune(r, low) == utf8.RuneError {
			return true
		}
		i += 6
	}
	return false
}
