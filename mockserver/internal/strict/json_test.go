package strict

import "testing"

func TestWholeNumber(t *testing.T) {
	for text, want := range map[string]string{
		"7": "7", "-7": "-7", "7.0": "7", "1e2": "100", "9223372036854775807": "9223372036854775807",
		"7.5": "", "1e400": "", "1e30": "", "9223372036854775808": "",
	} {
		if got, ok := wholeNumber(text); got != want || ok != (want != "") {
			t.Errorf("%s: got %q, %t", text, got, ok)
		}
	}
}
