package dotnet

import (
	"math"
	"testing"
)

func TestAppendJSON(t *testing.T) {
	for _, test := range []struct {
		value any
		want  string
	}{
		{"&'<>é😀", `x"&'<>é😀"`},
		{"\"\\\n\x01", `x"\"\\\n\u0001"`},
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

func TestAppendJSONPanicsForWhatIsNoJSON(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	AppendJSON(nil, math.NaN())
}
