package dotnet

import "strings"

// ToLower folds the letters of ASCII, as .NET's OrdinalIgnoreCase does.
func ToLower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// EqualFold compares as .NET's OrdinalIgnoreCase does for ASCII. [strings.EqualFold] also takes ſ for s.
func EqualFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
