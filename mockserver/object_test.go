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

func TestObjectKeepsItsOrder(t *testing.T) {
	o, err := parseObject([]byte(" {\"b\" : { \"y\": 1.50, \"x\": [ ] },\n\"a&é\": \"<1 2>\", \"b\": null } "))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"b":{"y":1.50,"x":[]},"a&é":"<1 2>","b":null}`
	if got := string(o.encode()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := string(o.with("a&é", []string{"&"}).encode()); got != `{"b":{"y":1.50,"x":[]},"a&é":["&"],"b":null}` {
		t.Errorf("with another value: %s", got)
	}
	if got := string(o.encode()); got != want {
		t.Errorf("with has changed the object itself: %s", got)
	}
	if got := string(object{}.encode()); got != `{}` {
		t.Errorf("nothing: %s", got)
	}
}
