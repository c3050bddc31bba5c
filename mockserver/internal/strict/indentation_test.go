package strict

import "testing"

// One line says what was expected, and where.
func TestIndentation(t *testing.T) {
	const keyAndValue = `expected a key and its value, as in "key: value" with a blank after the colon`
	for text, want := range map[string]string{
		"rooms:\n  - name: a\n   note: b":                            `3:4: wrong indentation: expected column 5, as "name" in line 2, or column 1, as "rooms" in line 1`,
		"rooms:\n  - name: a\n     note: b":                          `3:6: wrong indentation: expected column 5, as "name" in line 2`,
		"rooms:\n  - name: a\n# b\n\n      note: b\r\n    tags: [c]": `5:7: wrong indentation: expected column 5, as "name" in line 2`,
		"rooms:\n  - name: a\n  note: b":                             `3:3: wrong indentation: expected column 5, as "name" in line 2, or column 1, as "rooms" in line 1`,
		"rooms:\n  - name: a\n - name: b":                            `3:2: wrong indentation: expected column 3, as the dash in line 2`,
		"rooms:\n  -   name: a\n  # c\n    note: b":                  `4:5: wrong indentation: expected column 7, as "name" in line 2, or column 1, as "rooms" in line 1`,
		"rooms:\n  -\n    name: a\n   note: b":                       `4:4: wrong indentation: expected column 5, as "name" in line 3, or column 1, as "rooms" in line 1`,
		"rooms:\n  - name: a\n    tags:\n    - x\n   - y":            `5:4: wrong indentation: expected column 5, as the dash in line 4, or column 3, as the dash in line 2`,
		"rooms:\n  - name: a\n    tags:\n    - x\n   note: y":        `5:4: wrong indentation: expected column 5, as "tags" in line 3, or column 1, as "rooms" in line 1`,
		"rooms:\n  - name: a\n    note:\n  b":                        `4:3: wrong indentation: expected column 6 or more, for the value of "note" in line 3`,
		"bar:\n   live: true\n  happy: 1s":                           `3:3: wrong indentation: expected column 4, as "live" in line 2, or column 1, as "bar" in line 1`,
		"bar:\n  live: true\n   happy: 1s":                           `3:4: wrong indentation: expected column 3, as "live" in line 2`,
		"\ufeffname: a\r\n seats: 1":                                 `2:2: wrong indentation: expected column 1, as "name" in line 1`,
		" name: a\nseats: 1":                                         `2:1: wrong indentation: expected column 2, as "name" in line 1`,
		"rooms:\n\t- name: a":                                        "2:1: a tab: expected blanks, which YAML indents with",
		"rooms:\n  - name: a\n    note b\n    tags: [c]":             "3:5: " + keyAndValue,
		"name:a\nseats: 1":                                           "1:1: " + keyAndValue,
		"rooms:\n- name: a\nnote: b\nseats: 1\n":                     "",
		"rooms:\n- name: a\ntags: [c]\nlive: true\n":                 `4:1: unknown key "live": use name, note, seats, rooms, bar, open, owner, share, tags, guests, keys`,
		"bar:\nlive: true\n":                                         `2:1: unknown key "live": indent it when it belongs to bar, or use name, note, seats, rooms, bar, open, owner, share, tags, guests, keys`,
		"guests:\n- name: a\nage: 3\n":                               `3:1: unknown key "age": indent it when it belongs to guests, or use name, note, seats, rooms, bar, open, owner, share, tags, guests, keys`,
		"name: a: b":                                                 "1:7: mapping value is not allowed in this context",
		"name: a: b\nseats: 1":                                       "1:7: mapping value is not allowed in this context",
		"tags: []\n- a":                                              "2:1: " + keyAndValue,
		"rooms: [\n  a\n b":                                          "1:8: sequence end token ']' not found",
	} {
		got := ""
		if _, err := decode(text); err != nil {
			got = err.Error()[len("f:"):]
		}
		if got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", text, got, want)
		}
	}
}
