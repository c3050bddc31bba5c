package kestrel

import (
	"strings"
	"testing"
)

const version = " HTTP/1.1\r\n"

// A line is mended in the same way however its bytes arrive.
func TestLine(t *testing.T) {
	for sent, want := range map[string]string{
		"GET /a/b":            "GET /a/b",
		"GET /a%2Fb/%c3%A9":   "GET /a%2Fb/%c3%A9",
		"GET /%zz/%":          "GET /%25zz/%25",
		"GET /%4/%u00e9/%4g":  "GET /%254/%25u00e9/%254g",
		"GET /%%41%%":         "GET /%25%41%25%25",
		"GET /%?%zz=%":        "GET /%25?%zz=%", // net/http takes queries as they are
		"GET /#%":             "GET /#%25",
		"put /%":              "put /%25",
		"PRINT /%":            "PRINT /%25",
		"%zz /%zz":            "%zz /%25zz", // a method has no escapes
		"PRI * HTTP/2.0\r\n%": "PRI * HTTP/2.0\r\n%",
		"GET\r\n /%":          "GET\r\n /%", // no path in this line
	} {
		sent, want = sent+version+"X: /%zz\r\n\r\n %zz", want+version+"X: /%zz\r\n\r\n %zz"
		for size := 1; size <= len(sent); size++ {
			var l line
			var got strings.Builder
			for rest := []byte(sent); len(rest) > 0; {
				piece := rest[:min(size, len(rest))]
				rest = rest[len(piece):]
				if !l.done() {
					piece = l.mend(piece)
				}
				got.Write(piece)
			}
			if got.String() != want {
				t.Errorf("%q by %d: got %q, want %q", sent, size, got.String(), want)
			}
		}
	}
}

// The usual request costs nothing: what arrived is returned itself.
func TestLineReturnsWhatNeedsNoMending(t *testing.T) {
	arrived := []byte("GET /a/b" + version)
	var l line
	if allocations := testing.AllocsPerRun(10, func() { l = line{}; _ = l.mend(arrived) }); allocations > 0 {
		t.Errorf("%f allocations", allocations)
	}
	if got := l.mend(arrived); &got[0] != &arrived[0] || len(got) != len(arrived) {
		t.Error("it is another slice")
	}
}

func FuzzLine(f *testing.F) {
	f.Add("GET /%zz"+version, 3)
	f.Add("GET /%4"+version, 7)
	f.Fuzz(func(t *testing.T, sent string, cut int) {
		if cut < 0 || cut > len(sent) {
			return
		}
		var whole, cutLine line
		want := string(whole.mend([]byte(sent)))
		got := string(cutLine.mend([]byte(sent[:cut])))
		if cutLine.done() {
			got += sent[cut:]
		} else {
			got += string(cutLine.mend([]byte(sent[cut:])))
		}
		if got != want || string(whole.held) != string(cutLine.held) || whole.part != cutLine.part {
			t.Errorf("%q cut at %d: got %q, want %q", sent, cut, got, want)
		}
	})
}
