package member

import (
	"encoding/json"
	"testing"
)

func TestAMemberIsWrittenAsItWasGiven(t *testing.T) {
	for _, text := range []string{`"user@example.com"`, `{"user":"user@example.com","access":2}`} {
		var m Member
		if err := json.Unmarshal([]byte(text), &m); err != nil {
			t.Fatal(err)
		}
		if again, err := json.Marshal(m); err != nil || string(again) != text {
			t.Errorf("%s became %s, %v", text, again, err)
		}
	}
}

// What is read is written in a form that is read as the same.
func FuzzMember(f *testing.F) {
	for _, text := range []string{`"a@b.c"`, `{"user":"a@b.c","access":9}`, `{"access":99999999999999999999}`, `null`, `""`, `{"user":1}`, `"\ud800"`, `{"USER":"a","user":"b"}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var read, again Member
		if json.Unmarshal(text, &read) != nil {
			return
		}
		written, err := json.Marshal(read)
		if err != nil || json.Unmarshal(written, &again) != nil || again != read {
			t.Errorf("%s: %+v is written as %s, %v, and read as %+v", text, read, written, err, again)
		}
	})
}
