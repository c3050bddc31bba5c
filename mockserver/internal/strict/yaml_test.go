package strict

import (
	"errors"
	"strings"
	"testing"
)

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct{ name, text, at, message string }{
		{"a second document", "name: a\n---\nname: b", "3:1", "a second document: a file has one"},
		{"what is no UTF-8", "seats: 1\n\xff", "2:1", "is not valid UTF-8 here"},
		{"what is no UTF-8, in a line", "name: é\xff", "1:9", "is not valid UTF-8 here"},
		{"what is no UTF-8, in JSON", "{\"name\": \"\xff\"}", "1:11", "is not valid UTF-8 here"},
		{"a key that stands there twice", "name: a\nname: b", "2:1", ""},
		{"a key that stands there twice, in JSON", `{"name":"a","name":"b"}`, "1:13", "name: stands there twice"},
		{"a mistake after a comment, with lines as on Windows", "# a\r\n\r\n# b\r\nname: a\r\n- b", "5:1", ""},
		{"an open bracket", "rooms: [", "1:8", ""},
		{"an open text", "name: \"open", "1:7", ""},
		{"two colons", "a: b: c", "1:4", ""},
		{"a tab", "rooms:\n\t- name: a", "2:1", ""},
		{"brackets", strings.Repeat("[", 50_000), "1:17", "is nested too deeply"},
		{"braces", "rooms: " + strings.Repeat("{a: ", 50_000), "1:72", "is nested too deeply"},
		{"lists in lists", "rooms:\n" + strings.Repeat("- ", 50_000), "2:257", "is nested too deeply"},
		{"keys in keys", strings.Repeat("? ", 50_000), "1:257", "is nested too deeply"},
	} {
		_, err := Parse("f", []byte(test.text))
		if !errors.As(err, new(*Error)) || !strings.HasPrefix(err.Error(), "f:"+test.at+": "+test.message) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s:\ngot  %v\nwant f:%s: %s", test.name, err, test.at, test.message)
		}
	}
}

func TestParseTakes(t *testing.T) {
	for name, text := range map[string]string{
		"a byte order mark":          "\ufeffname: a\n",
		"a byte order mark and JSON": "\ufeff" + `{"name":"a"}`,
		"a directive":                "%YAML 1.2\n---\nname: a\n",
		"the end of a document":      "name: a\n...\n",
		"lines as on Windows":        "name: a\r\nbar:\r\n  live: true\r\n",
		"sixteen brackets":           "name: a # " + strings.Repeat("[", 100) + "\n",
		"a wide line":                "name: a # " + strings.Repeat("- ", 500) + "\n",
	} {
		d, err := Parse("f", []byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var h hotel
		if err := d.Decode(&h); err != nil || h.Name != "a" {
			t.Errorf("%s: got %+v, %v", name, h, err)
		}
	}
}
