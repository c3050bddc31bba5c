package strict

import (
	"encoding/json"
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

// hotel has a field of every kind that there is.
type hotel struct {
	Name  string   `json:"name"`
	Note  string   `json:"note,omitzero" strict:"empty"`
	Seats int32    `json:"seats"`
	Rooms []room   `json:"rooms"`
	Bar   bar      `json:"bar"`
	Open  *bool    `json:"open"`
	Owner *room    `json:"owner"`
	Share float64  `json:"share"`
	Tags  []string `json:"tags"`

	Guests []guest         `json:"guests"`
	Keys   json.RawMessage `json:"keys"`
}

type guest struct {
	Name string `json:"name" strict:"alone"`
	Age  int    `json:"age"`
}

type room struct {
	Name string   `json:"name"`
	Note string   `json:"note" strict:"empty"`
	Tags []string `json:"tags"`
}

type bar struct {
	Until time.Time     `json:"until"`
	Happy time.Duration `json:"happy" within:"1s and 9999s"`
	Live  bool          `json:"live"`
}

func decode(text string) (hotel, error) {
	var h hotel
	d, err := Parse("f", []byte(text))
	if err == nil {
		err = d.Decode(&h)
	}
	return h, err
}

func TestDecode(t *testing.T) {
	yes := true
	at := func(text string) time.Time {
		read, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			t.Fatal(err)
		}
		return read
	}
	for text, want := range map[string]hotel{
		"":                                   {},
		"# nothing":                          {},
		"---\n":                              {},
		"{}":                                 {},
		"name: a\nseats: 12":                 {Name: "a", Seats: 12},
		"guests: [a, {name: b, age: 3}, 7]":  {Guests: []guest{{Name: "a"}, {"b", 3}, {Name: "7"}}},
		"keys: {a: [1, x, true, null, 1.5]}": {Keys: []byte(`{"a":[1,"x",true,null,1.5]}`)},
		"keys:\n  a:\n    - b: 'c'":          {Keys: []byte(`{"a":[{"b":"c"}]}`)},
		`{"keys": {"a": "\ud83d\ude00"}, "guests": ["a"]}`:                                      {Keys: []byte(`{"a":"😀"}`), Guests: []guest{{Name: "a"}}},
		`{"name":"a","seats":12,"share":0.5,"open":true,"owner":{"name":"b"},"tags":["x","y"]}`: {Name: "a", Seats: 12, Share: 0.5, Open: &yes, Owner: &room{Name: "b"}, Tags: []string{"x", "y"}},
		"name: ~\nowner: null\nbar: {live: ~}":                                                  {},
		"rooms: []":                                                                             {Rooms: []room{}},
		"rooms:\n- {name: a}\n- name: b\n  note: ''":                                            {Rooms: []room{{Name: "a"}, {Name: "b"}}},
		"note: ''":                                                    {},
		"note: |\n  two\n  lines\n":                                   {Note: "two\nlines\n"},
		"rooms: [{name: &n x}, {name: *n}]":                           {Rooms: []room{{Name: "x"}, {Name: "x"}}},
		"rooms:\n- &r {name: a, tags: [t]}\n- *r":                     {Rooms: []room{{Name: "a", Tags: []string{"t"}}, {Name: "a", Tags: []string{"t"}}}},
		"tags: [a:b, 'c: d', e:f:g]":                                  {Tags: []string{"a:b", "c: d", "e:f:g"}},
		"bar: {happy: 1h30m, live: true}":                             {Bar: bar{Happy: 90 * time.Minute, Live: true}},
		"bar: {happy: 0.5s}":                                          {Bar: bar{Happy: time.Second / 2}},
		"bar: {until: 2030-01-02T03:04:05.5+01:00}":                   {Bar: bar{Until: at("2030-01-02T03:04:05.5+01:00")}},
		"bar: {until: 2030-01-02T03:04:05}":                           {Bar: bar{Until: at("2030-01-02T03:04:05Z")}},
		"bar: {until: 2030-01-02 03:04:05}":                           {Bar: bar{Until: at("2030-01-02T03:04:05Z")}},
		"bar: {until: 2030-01-02}":                                    {Bar: bar{Until: at("2030-01-02T00:00:00Z")}},
		"seats: 2147483647\nshare: 1":                                 {Seats: 2147483647, Share: 1},
		`{"seats":7.0}`:                                               {Seats: 7},
		"\ufeffname: a\r\nbar:\r\n  live: true\r\nrooms: [{name: b}]": {Name: "a", Bar: bar{Live: true}, Rooms: []room{{Name: "b"}}},
	} {
		got, err := decode(text)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\ngot  %+v, %v\nwant %+v", text, got, err, want)
		}
	}
}

// A text stays as it is written, also where YAML takes it for something else.
func TestTextsStayAsTheyAreWritten(t *testing.T) {
	for written, want := range map[string]string{
		"0123": "0123", "1e3": "1e3", "true": "true", "0x10": "0x10", "2020-01-01": "2020-01-01", "1_000": "1_000", "no": "no", ".inf": ".inf", ".nan": ".nan",
		"'quoted'": "quoted", `"a\nb"`: "a\nb", "'~'": "~", `"\U0001F600"`: "😀",
	} {
		if got, err := decode("name: " + written); err != nil || got.Name != want {
			t.Errorf("%s: got %q, %v, want %q", written, got.Name, err, want)
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, test := range []struct{ text, at, path, message string }{
		{"nope: 1", "1:1", "", `unknown key "nope": use name, note, seats, rooms, bar, open, owner, share, tags`},
		{"Name: a", "1:1", "", `unknown key "Name"`},
		{"rooms:\n  - name: a\n    nom: b", "3:5", "", `unknown key "nom" in rooms[0]: use name, note, tags`},
		{"bar:\n  {from: x}", "2:4", "", `unknown key "from" in bar`},
		{"seats: one", "1:8", "seats", "seats: expected a whole number, 1 or more"},
		{"seats: 0", "1:8", "seats", "1 or more"},
		{"seats: -1", "1:8", "seats", "1 or more"},
		{"seats: 2147483648", "1:8", "seats", "seats: expected a whole number, from 1 to 2147483647"},
		{"seats: 99999999999999999999", "1:8", "seats", "a whole number, from 1 to 2147483647"},
		{"seats: -99999999999999999999", "1:8", "seats", "a whole number, 1 or more"},
		{"seats: 1.5", "1:8", "seats", "whole number"},
		{`seats: "1"`, "1:8", "seats", "whole number"},
		{"share: half", "1:8", "share", "share: expected a number"},
		{"name: [a]", "1:7", "name", "name: expected a text"},
		{"name: ''", "1:7", "name", "a text that is not empty; leave the key out instead"},
		{"rooms: 1", "1:8", "rooms", "rooms: expected a list"},
		{"rooms:\n  name: a", "2:3", "rooms", "expected a list"},
		{"rooms: null", "1:8", "rooms", "rooms: expected a list; [] is none"},
		{"rooms: [1]", "1:9", "rooms[0]", "rooms[0]: expected a mapping"},
		{"rooms:\n  - ~", "2:5", "rooms[0]", "rooms[0]: expected a value"},
		{"tags: [a, ~]", "1:11", "tags[1]", "expected a value"},
		{"tags: [a: b]", "1:8", "tags[0]", "tags[0]: expected a text"},
		{"bar: {live: yes please}", "1:13", "bar.live", "bar.live: expected true or false"},
		{"open: 1", "1:7", "open", "true or false"},
		{"bar: {until: tomorrow}", "1:14", "bar.until", "bar.until: expected a time such as 2030-01-01T00:00:00Z"},
		{"bar: {until: 0001-01-01}", "1:14", "bar.until", "a time such as"}, // which is no time
		{"bar: {until: '10000-01-01'}", "1:14", "bar.until", "a time such as"},
		{"bar: {happy: 5}", "1:14", "bar.happy", "bar.happy: expected a duration such as 60s"},
		{"bar: {happy: [1s]}", "1:14", "bar.happy", "a duration such as 60s"},
		{"bar: {happy: 0s}", "1:14", "bar.happy", "bar.happy: must be between 1s and 9999s"},
		{"bar: {happy: -5s}", "1:14", "bar.happy", "between 1s and 9999s"},
		{"bar: {happy: 9999999h}", "1:14", "bar.happy", "between 1s and 9999s"},
		{"tags: *gone", "1:7", "tags", "tags: expected an anchor that stands before"},
		{"tags: &t [*t]", "1:11", "tags[0]", "an anchor that stands before"},
		{"name: !x a", "1:7", "name", "name: expected a value without a tag"},
		{"- a\n- b", "1:1", "", "the file: expected a mapping"},
		{"just text", "1:1", "", "the file: expected a mapping"},
	} {
		_, err := decode(test.text)
		var mistake *Error
		if !errors.As(err, &mistake) || !strings.HasPrefix(err.Error(), "f:"+test.at+": ") || mistake.Path != test.path || !strings.Contains(mistake.Message, test.message) {
			t.Errorf("%q:\ngot  %v at path %q\nwant f:%s: …%s… at path %q", test.text, err, pathOf(mistake), test.at, test.message, test.path)
		}
	}
}

func pathOf(e *Error) string {
	if e == nil {
		return "(none)"
	}
	return e.Path
}

// A value at the wrong place may be a secret.
func TestMistakesDoNotRepeatValues(t *testing.T) {
	for _, text := range []string{"rooms: PLANTED", "tags: PLANTED", "seats: PLANTED", "share: PLANTED", "bar: {until: PLANTED}", "bar: {happy: PLANTED}", "bar: {live: PLANTED}", "owner: PLANTED"} {
		if _, err := decode(text); err == nil || strings.Contains(err.Error(), "PLANTED") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// Where a schema has checked the values, empty texts and 0 are values like any other.
func TestDecodeOfWhatASchemaHasChecked(t *testing.T) {
	d, err := ParseJSON("f", []byte(`{"name":"","seats":0}`))
	if err != nil {
		t.Fatal(err)
	}
	h := hotel{Name: "before", Seats: 5}
	if err := d.Decode(&h); err == nil {
		t.Error("an empty text is taken")
	}
	d.Checked = true
	if err := d.Decode(&h); err != nil || h.Name != "" || h.Seats != 0 {
		t.Errorf("got %+v, %v", h, err)
	}
}

func TestWritable(t *testing.T) {
	for text, want := range map[string]bool{"2030-01-01T00:00:00Z": true, "0000-01-01T00:00:00Z": true, "9999-12-31T23:59:59+23:59": true} {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil || Writable(at) != want {
			t.Errorf("%s: %t, %v", text, Writable(at), err)
		}
	}
	for name, at := range map[string]time.Time{
		"five digits":      time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC),
		"before the years": time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC),
		"a zone of a day":  time.Date(2030, 1, 1, 0, 0, 0, 0, time.FixedZone("", 24*3600)),
	} {
		if Writable(at) {
			t.Errorf("%s can be written", name)
		}
	}
}

// Every text is read, or refused in one line that names a place in it.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"", "rooms: []", "rooms: &a [*a]", "name: |\n  b", "? a\n: b", "<<: *x", "rooms:\n- &u {name: a}\n- *u", "\"\\", "%YAML 9", "--- !!map", "seats: 0b1",
		"bar: {happy: 1h60s}", `{"rooms":[{"name":"a"}]}`, `{"name":"\ud800"}`, "{\"a\":1,\"a\":2}", "\xff",
	} {
		f.Add(seed)
	}
	oneLine := regexp.MustCompile(`^f:[1-9][0-9]*:[1-9][0-9]*: [^\r\n]+$`)
	f.Fuzz(func(t *testing.T, text string) {
		_, err := decode(text)
		var mistake *Error
		switch {
		case err == nil:
		case !errors.As(err, &mistake) || !oneLine.MatchString(err.Error()):
			t.Fatalf("%q: %q is not one line with file, line and column", text, err)
		case mistake.Line > strings.Count(text, "\n")+strings.Count(text, "\r")+1:
			t.Fatalf("%q: line %d is not there", text, mistake.Line)
		}
	})
}
