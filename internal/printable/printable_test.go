package printable

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
)

// Each kind of character that is not shown as it is.
const hiddenCharacters = "\x00\x1b\x7f\u0085\u009b\u00ad\u034f\u061c\u1160\u200b\u200e\u202e\u2028\u2066\ufeff\U000e0041"

func TestText(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "plain text": "plain text", "é€😀": "é€😀", "a\nb": `"a\nb"`, "a\u202eb": `"a\u202eb"`, "a\x9bb": `"a\x9bb"`, "a\u009bb": `"a\u009bb"`, "\u200b": `"\u200b"`, "é\u034f": `"é\u034f"`,
	} {
		if got := Text(text); got != want {
			t.Errorf("%q: got %s", text, got)
		}
	}
}

func TestLine(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "é 'a' \"b\"": "é 'a' \"b\"", "a\nb\r\tc": `a b\r\tc`, "a\u202eb\x1b[2J": `a\u202eb\x1b[2J`, "a\u034fé": `a\u034fé`,
	} {
		if got := Line(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
	if got := Line(hiddenCharacters); strings.ContainsFunc(got, hidden) {
		t.Errorf("got %q", got)
	}
}

func FuzzJSON(f *testing.F) {
	for _, text := range []string{"", "plain", "é€😀", hiddenCharacters, "\"\\\n", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		plain, err := json.Marshal(map[string]string{text: text})
		if err != nil {
			t.Fatal(err)
		}
		escaped := JSON(plain)
		var before, after map[string]string
		if json.Unmarshal(plain, &before) != nil || json.Unmarshal(escaped, &after) != nil || len(after) != 1 {
			t.Fatalf("%s is no JSON", escaped)
		}
		for name, value := range before {
			if after[name] != value {
				t.Errorf("got %q, want %q", after, before)
			}
		}
		for _, r := range string(escaped) {
			if hidden(r) {
				t.Errorf("%U is left in %q", r, escaped)
			}
		}
	})
}

func TestJSONAnswer(t *testing.T) {
	for contentType, want := range map[string]string{"application/json": `"\u202e"`, "application/json; charset=utf-8": `"\u202e"`, "text/plain": "\"\u202e\""} {
		w := httptest.NewRecorder()
		w.Header().Set("Content-Type", contentType)
		if n, err := (JSONAnswer{w}).Write([]byte("\"\u202e\"")); n != 5 || err != nil || w.Body.String() != want {
			t.Errorf("%s: %d, %v, %s", contentType, n, err, w.Body)
		}
	}
}
