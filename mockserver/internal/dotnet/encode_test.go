package dotnet

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"
	"unicode/utf16"
)

func TestAppendJSON(t *testing.T) {
	for _, test := range []struct {
		value any
		want  string
	}{
		{"&'<>+/é€😀", `x"&'<>+/é€\uD83D\uDE00"`},
		{"\"\\\b\t\n\f\r\x1f\x7f", `x"\"\\\b\t\n\f\r\u001F\u007F"`},
		{"a\u00a0b\u00adc\u2028\u200b\ufeff\ufffd", "x\"a\\u00A0b\u00adc\\u2028\u200b\\uFEFF\ufffd\""},
		{map[string]string{"é\x7f": "\\u00ff"}, `x{"é\u007F":"\\u00ff"}`},
		{[]string{}, `x[]`},
		{[]string(nil), `xnull`},
		{map[string]int{"b": 1, "a": 2}, `x{"a":2,"b":1}`},
		{true, `xtrue`},
	} {
		if got := string(AppendJSON([]byte("x"), test.value)); got != test.want {
			t.Errorf("%v: got %s, want %s", test.value, got, test.want)
		}
	}
}

// testdata/escaped-ranges.json has the first and the last code point of each range that the real server escapes, as it was seen.
func TestAppendJSONEscapesWhatTheServerEscapes(t *testing.T) {
	content, err := os.ReadFile("testdata/escaped-ranges.json")
	if err != nil {
		t.Fatal(err)
	}
	var ranges [][2]string
	if err := json.Unmarshal(content, &ranges); err != nil {
		t.Fatal(err)
	}
	escaped := map[rune]bool{}
	for _, bounds := range ranges {
		first, err := strconv.ParseUint(bounds[0], 16, 16)
		if err != nil {
			t.Fatal(err)
		}
		last, err := strconv.ParseUint(bounds[1], 16, 16)
		if err != nil {
			t.Fatal(err)
		}
		for r := first; r <= last; r++ {
			escaped[rune(r)] = true
		}
	}
	for r := rune(0); r <= 0xFFFF; r++ {
		if utf16.IsSurrogate(r) {
			continue
		}
		got := string(AppendJSON(nil, string(r)))
		if (got != `"`+string(r)+`"`) != escaped[r] {
			t.Errorf("%U: got %s, escaped by the server: %t", r, got, escaped[r])
		}
	}
}

func TestAppendJSONPanicsForWhatIsNoJSON(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	AppendJSON(nil, math.NaN())
}
