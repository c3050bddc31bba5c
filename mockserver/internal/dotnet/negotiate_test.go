package dotnet

import (
	"strings"
	"testing"
)

func TestNegotiate(t *testing.T) {
	for accept, want := range map[string]string{
		"":                                  ContentJSON, // F520
		"*/*":                               ContentJSON,
		"*":                                 ContentJSON, // F530
		"/":                                 ContentJSON, // F521
		",":                                 ContentJSON, // F522
		"application/json":                  ContentJSON, // F494
		"application/*":                     ContentJSON, // F500
		"*/json":                            ContentJSON,
		"text/json":                         ContentTextJSON,
		"text/*":                            ContentTextJSON, // F501
		"TEXT/JSON":                         ContentTextJSON, // F525
		"text / json":                       ContentTextJSON,
		"text/json;q=0":                     ContentTextJSON, // F535
		"text/json;q=1.0":                   ContentTextJSON, // F533
		`text/json;q="0.5"`:                 ContentTextJSON,
		"text/json;q=0.5;version=1":         ContentTextJSON, // what follows q does not matter
		"text/json;*":                       ContentTextJSON,
		"text/json;version=1":               ContentJSON,
		"text/json; charset=utf-8":          ContentJSON, // F499
		"text/json;charset=utf-16":          ContentJSON, // F532
		"text/json;charset=":                ContentJSON,
		"text/json;":                        ContentJSON, // not read to its end
		"text/json x":                       ContentJSON,
		"text/x+json":                       ContentJSON,
		"text/json;q=0.5, application/json": ContentJSON,
		"application/json;q=0.5, text/json": ContentTextJSON,
		"application/json;q=0.4, text/json;q=0.5":           ContentTextJSON, // F507
		"application/json;q=.4, text/json;q=5.":             ContentTextJSON,
		"text/json, application/json":                       ContentTextJSON,
		"application/json, text/json":                       ContentJSON, // F537
		"application/json;version=1, text/json":             ContentTextJSON,
		"text/json;q=x, application/json":                   ContentJSON,
		"text/json;q=-1, application/json;q=0":              ContentJSON,
		"application/json;q=0, text/json;q=0":               ContentJSON,
		"application/json;q=0, */*":                         ContentJSON, // F505
		"text/html, text/json":                              ContentTextJSON,
		"text/html,application/xhtml+xml,text/json":         ContentTextJSON, // F518
		"text/json, */*":                                    ContentJSON,     // */* is taken for no wish at all
		"text/json, */*;q=0.1":                              ContentJSON,
		"text/json, */*;x=y":                                ContentJSON,
		", ,text/json,, application/json":                   ContentTextJSON,
		"rubbish, text/json":                                ContentTextJSON,
		"rubbish text/json":                                 ContentJSON,
		"text/html text/json":                               ContentTextJSON, // what follows a range that ends badly is read
		"application/xml":                                   ContentJSON,     // F495
		"image/png, text/html":                              ContentJSON,
		"application/problem+json":                          ContentJSON,
		"text/html,application/xml;q=0.9,*/*":               ContentJSON,
		"application/json;q=0.5, text/json;q=0.5":           ContentJSON,
		"application/json;q=0.5, text/json;q=0.5, a/b":      ContentTextJSON, // three are not sorted in a stable way
		"a/b, application/json;q=0.5, text/json;q=0.5":      ContentJSON,
		"application/json;q=0.5, text/json;q=0.5, a/b, c/d": ContentJSON,
	} {
		if got, utf16 := Negotiate([]string{accept}, nil); got != want || utf16 {
			t.Errorf("%q: got %q, UTF-16 %t, want %q", accept, got, utf16, want)
		}
	}
	for _, accept := range [][]string{{"application/xml", "text/json"}, {"text/json;q=0.5", "", "text/html"}} { // F538
		if got, _ := Negotiate(accept, nil); got != ContentTextJSON {
			t.Errorf("%q: got %q", accept, got)
		}
	}
	if got, _ := Negotiate(nil, nil); got != ContentJSON {
		t.Errorf("no header: got %q", got)
	}
}

func TestNegotiateCharset(t *testing.T) {
	for acceptCharset, want := range map[string]bool{
		"":                                 false, // F1454
		"*":                                false, // F1452
		"utf-8":                            false, // F1451
		"unicode":                          false, // F1448
		"utf-16le":                         false,
		"bogus":                            false, // F1453
		`"utf-16"`:                         false, // F1458
		"utf-16":                           true,
		"UTF-16":                           true,
		"utf-16;q=0":                       true, // without another quality, this one counts
		"utf-16;q=0, utf-8;q=0.5":          false,
		"utf-16;q=0, bogus;q=0.5":          false,
		"utf-8, utf-16":                    false,
		"utf-16, utf-8":                    true,
		"*, utf-16":                        false,
		"bogus, utf-16":                    true,
		"utf-8;q=0.5, utf-16":              true,
		"utf-8;q=0.5, utf-16;q=0.4":        false,
		"utf-16;q=0.5, *;q=0.5":            true,
		"utf-8;q=0.5, utf-16;q=0.5":        true, // sorting turns the order of equal ones
		"utf-16;q=0.5, utf-8;q=0.5":        false,
		"utf-16 ; q = 0.5":                 true,
		"utf-16;Q=1":                       true,
		"utf-16;q=2":                       false,
		"utf-16;q=01":                      false,
		"utf-16;q=0.12345678":              true,
		"utf-16;q=0.123456789":             false,
		"utf-16;q=":                        false,
		"utf-16;x=1":                       false,
		"utf-16 utf-8":                     false, // the place behind a bad entry is read: utf-8
		"utf-8 utf-16":                     true,
		",,utf-16":                         true,
		"utf-16, ":                         true,
		"utf-8;q=0.5, utf-16, ;":           true,
		"utf-16;q":                         false,
		"*;q=0.5, utf-16;q=0.5":            true, // a star comes behind the names of its quality
		"utf-16;q=.5":                      false,
		"utf-16;q=1.":                      true,
		"utf-16;q=1.1":                     false,
		"utf-8;q=0.5, a;q=0.5, utf-16;q=1": true,
	} {
		if _, got := Negotiate(nil, []string{acceptCharset}); got != want {
			t.Errorf("%q: got UTF-16 %t", acceptCharset, got)
		}
	}
	if _, got := Negotiate(nil, []string{"bogus", "utf-16"}); !got {
		t.Error("the second header is not read")
	}
	if _, got := Negotiate(nil, []string{strings.Repeat("a", 1<<20) + " utf-16"}); !got { // hours, when it tries each place in the name
		t.Error("what is behind a long name is not read")
	}
	if _, got := Negotiate(nil, nil); got {
		t.Error("UTF-16 without the header")
	}
}

func TestWithCharset(t *testing.T) {
	for _, test := range []struct {
		contentType string
		utf16       bool
		want        string
	}{
		{ContentProblem, false, ContentProblem},
		{ContentProblem, true, "application/problem+json; charset=utf-16"},
		{ContentJSON, true, "application/json; charset=utf-16"},
	} {
		if got := WithCharset(test.contentType, test.utf16); got != test.want {
			t.Errorf("%q, %t: got %q", test.contentType, test.utf16, got)
		}
	}
}

func FuzzNegotiate(f *testing.F) {
	f.Add("text/json;q=0.5, */*", "utf-16;q=0.5, utf-8")
	f.Add(`text/json;x="a\"b`, `"utf-16"`)
	f.Add("0", "utf-16;q=0.5, utz-8")
	f.Fuzz(func(t *testing.T, accept, acceptCharset string) {
		got, utf16 := Negotiate([]string{accept}, []string{acceptCharset})
		if got != ContentJSON && got != ContentTextJSON || utf16 && !strings.Contains(strings.ToLower(acceptCharset), "utf-16") {
			t.Errorf("%q, %q: got %q, UTF-16 %t", accept, acceptCharset, got, utf16)
		}
	})
}
