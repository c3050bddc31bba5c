package mockserver

import (
	"testing"
)

func TestParseObjectRefusesWhatIsNoObject(t *testing.T) {
	for _, text := range []string{"", "[]", "1", "null", `{"a":}`, `{"a"`, `{1:2}`} {
		if o, err := parseObject([]byte(text)); err == nil {
			t.Errorf("%q: got %v, want an error", text, o)
		}
	}
}
