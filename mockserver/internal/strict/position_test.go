package strict

import (
	"testing"
)

// A mistake in what a file leaves out is shown at the nearest thing around it.
func TestFail(t *testing.T) {
	for _, write := range []struct {
		text string
		at   map[string][2]int
	}{
		{"rooms:\n  - name: a\n    tags: [x, y]\n  - name: b\n", map[string][2]int{
			"rooms[1].name":    {4, 11},
			"rooms[0].tags[1]": {3, 15},
			"rooms[0].tags[9]": {3, 11},
			"rooms[1].note":    {4, 5},
			"rooms[7]":         {2, 3},
			"seats":            {1, 1},
		}},
		{"{\"rooms\":\n [{\"name\": \"a\"}]}", map[string][2]int{
			"rooms[0].name":  {2, 12},
			"rooms[0].note":  {2, 3},
			"rooms[1].name":  {2, 2},
			"seats[0].price": {1, 1},
		}},
		{"# nothing", map[string][2]int{"rooms": {0, 0}}},
	} {
		d, err := Parse("f", []byte(write.text))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Decode(new(hotel)); err != nil {
			t.Fatal(err)
		}
		for path, at := range write.at {
			e := d.Fail(path, "is wrong")
			if e.Line != at[0] || e.Column != at[1] || e.Path != path || e.Message != path+": is wrong" || e.File != "f" {
				t.Errorf("%s: got %+v, want it at %d", path, e, at)
			}
		}
	}
}

func TestPosition(t *testing.T) {
	d, err := ParseJSON("f", []byte("{\n  \"a\": [1, {\"é\": 2, \"b\": 3}]}"))
	if err != nil {
		t.Fatal(err)
	}
	for path, at := range map[string][2]int{"": {1, 1}, "a": {2, 8}, "a[0]": {2, 9}, "a[1]": {2, 12}, "a[1].b": {2, 26}} {
		if line, column, known := d.Position(path); line != at[0] || column != at[1] || !known {
			t.Errorf("%s: got %d:%d, %t, want %d", path, line, column, known, at)
		}
	}
	if line, column, known := d.Position("a[2]"); line != 0 || column != 0 || known {
		t.Errorf("got %d:%d, %t for what is not there", line, column, known)
	}
}
