package dotnet

import "testing"

func TestNegotiate(t *testing.T) {
	for accept, want := range map[string]string{
		"":                                    ContentJSON,
		"*/*":                                 ContentJSON,
		"application/json":                    ContentJSON,
		"application/*":                       ContentJSON,
		"text/json":                           ContentTextJSON,
		"text/*":                              ContentTextJSON,
		"TEXT/JSON":                           ContentTextJSON,
		"text/json;q=0.5, application/json":   ContentJSON,
		"application/json;q=0.5, text/json":   ContentTextJSON,
		"text/json, application/json":         ContentTextJSON,
		"application/json, text/json":         ContentJSON,
		"text/json;q=x, application/json":     ContentJSON,
		"application/json;q=0, text/json;q=0": ContentJSON,
		"text/html, text/json":                ContentTextJSON,
		"text/json, */*;q=0.1":                ContentJSON, // */* is taken for no wish at all
		"application/xml":                     ContentJSON,
		"image/png, text/html":                ContentJSON,
		"nonsense":                            ContentJSON,
		"text/html,application/xml;q=0.9,*/*": ContentJSON,
	} {
		if got := Negotiate([]string{accept}); got != want {
			t.Errorf("%q: got %q, want %q", accept, got, want)
		}
	}
	if got := Negotiate([]string{"text/html", "text/json"}); got != ContentTextJSON {
		t.Errorf("two headers: got %q", got)
	}
	if got := Negotiate(nil); got != ContentJSON {
		t.Errorf("no header: got %q", got)
	}
}
