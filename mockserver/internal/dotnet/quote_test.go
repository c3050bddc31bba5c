package dotnet

import "testing"

func TestQuote(t *testing.T) {
	for text, want := range map[string]string{
		"":                  `""`,
		"Secret123!":        `"Secret123!"`,
		`{"Id":"a"}`:        `"{\u0022Id\u0022:\u0022a\u0022}"`,
		"a+b'c&<>`":         "\"a\\u002Bb\\u0027c\\u0026\\u003C\\u003E\\u0060\"",
		"\b\t\n\f\r\\/\x7f": `"\b\t\n\f\r\\/\u007F"`,
		"\x00é😀":            `"\u0000\u00E9\uD83D\uDE00"`,
		"\xff":              `"\uFFFD"`,
	} {
		if got := Quote(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}
