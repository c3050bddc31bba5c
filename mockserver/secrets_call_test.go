package mockserver

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func TestShownMethod(t *testing.T) {
	s := newServer(t, WithPortal(protected(func(p *Portal) { p.Links[0].Key, p.Users[0].Password = "SECRETKEY", "GET" })))
	for method, want := range map[string]string{
		"GET":    "GET", // also where it is a secret
		"DELETE": "DELETE", "PROPFIND": "PROPFIND", "BREW": "BREW",
		"brew": "***", "BREW-1": "***", "SECRETKEY": "***", "XSECRETKEYX": "***", strings.Repeat("M", 20): strings.Repeat("M", 20), strings.Repeat("M", 21): "***",
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Method = method
		if got := shownMethod(newCall(r, s.era())); got != want {
			t.Errorf("%s: got %s, want %s", method, got, want)
		}
	}
}

func TestShownViolations(t *testing.T) {
	s := newServer(t, WithPortal(protected()))
	c := newCall(httptest.NewRequest("GET", "/", nil), s.era())
	for _, test := range []struct{ found, want []Violation }{
		{nil, nil},
		{[]Violation{{"/path", "there is no such path"}}, []Violation{{"/path", "there is no such path"}}},
		{[]Violation{{"/body/" + rightPW, "must be a text"}, {"/path", "not protected"}}, []Violation{{"/body/***", "must be a text"}, {"/path", "not ***"}}},
	} {
		c.violations = slices.Clone(test.found)
		if got := c.shownViolations(); !slices.Equal(got, test.want) || !slices.Equal(c.violations, test.found) {
			t.Errorf("%v: got %v", test.found, got)
		}
	}
	c.hint = "the key protected is known"
	if got := c.shownHint(); got != "the key *** is known" {
		t.Errorf("got %s", got)
	}
}
