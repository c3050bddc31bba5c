package kestrel

import (
	"strings"
	"testing"
)

const version = " HTTP/1.1\r\n"

// A head is mended in the same way however its bytes arrive.
func TestHead(t *testing.T) {
	for sent, want := range map[string]string{
		"GET /a/b":           "GET /a/b",
		"GET /a%2Fb/%c3%A9":  "GET /a%2Fb/%c3%A9",
		"GET /%zz/%":         "GET /%25zz/%25",
		"GET /%4/%u00e9/%4g": "GET /%254/%25u00e9/%254g",
		"GET /%%41%%":        "GET /%25%41%25%25",
		"GET /%?%zz=%":       "GET /%25?%zz=%", // net/http takes queries as they are
		"GET /#%":            "GET /#%25",
		"put /%":             "put /%25",
		"PRINT /%":           "PRINT /%25",
		"%zz /%zz":           "%zz /%25zz", // a method has no escapes
	} {
		sent, want = sent+version+"X: /%zz{}\r\nY{a}(@): b\nCookie: \"{}\"\r\n\r\n{a}: %zz", want+version+"X: /%zz{}\r\nY_a____: b\nCookie: \"{}\"\r\n\r\n{a}: %zz"
		for size := 1; size <= len(sent); size++ {
			var h head
			var got strings.Builder
			for rest := []byte(sent); len(rest) > 0; {
				piece := rest[:min(size, len(rest))]
				rest = rest[len(piece):]
				if !h.done() {
					piece = h.mend(piece)
				}
				got.Write(piece)
			}
			if got.String() != want {
				t.Errorf("%q by %d: got %q, want %q", sent, size, got.String(), want)
			}
		}
	}
}

func TestWhatIsNoRequestStays(t *testing.T) {
	for _, sent := range []string{
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{a}: %",
		"GET\r\n /% HTTP/1.1\r\nX{a}: b\r\n\r\n", // no path in the line
	} {
		var h head
		if got := string(h.mend([]byte(sent))); got != sent {
			t.Errorf("%q: got %q", sent, got)
		}
	}
}

// The usual request costs nothing: what arrived is returned itself.
func TestHeadReturnsWhatNeedsNoMending(t *testing.T) {
	arrived := []byte("GET /a/b" + version)
	var h head
	if allocations := testing.AllocsPerRun(10, func() { h = head{}; _ = h.mend(arrived) }); allocations > 0 {
		t.Errorf("%f allocations", allocations)
	}
	if got := h.mend(arrived); &got[0] != &arrived[0] || len(got) != len(arrived) {
		t.Error("it is another slice")
	}
}

func FuzzHead(f *testing.F) {
	f.Add("GET /%zz"+version, 3)
	f.Add("GET /%4"+version, 7)
	f.Add("GET /"+version+"X{a}: b{}\r\n\r\n{", 20)
	f.Fuzz(func(t *testing.T, sent string, cut int) {
		if cut < 0 || cut > len(sent) {
			return
		}
		var whole, cutLine head
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
