package dotnet

import (
	"slices"
	"strings"
	"testing"
)

func TestSegments(t *testing.T) {
	for path, want := range map[string][]string{
		"/":                      {""},
		"":                       {""},
		"/a/b":                   {"a", "b"},
		"//a/b":                  {"a", "b"},
		"/a//b/":                 {"a", "", "b", ""},
		"/a/./b/../c":            {"a", "c"},
		"/%2e/a/%2E%2e/b":        {"b"},
		"/../../a":               {"a"},
		"/a/...":                 {"a", "..."},
		"/%73et%2Ftings/%25":     {"set/tings", "%"},
		"/%zz/%":                 {"%zz", "%"}, // what is not escaped well stays as it is
		"/%ff/%D0%BA":            {"%ff", "к"}, // and so does what is no UTF-8
		"/a+b":                   {"a+b"},
		"/share/a%2Fb%3F/x?no=1": {"share", "a/b?", "x?no=1"},
	} {
		if got := Segments(path); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}

func TestDisplayURL(t *testing.T) {
	for _, test := range []struct{ path, query, want string }{
		{"/api/2.0/files/settings", "", "https://example.com:8443/api/2.0/files/settings"},
		{"/API/2.0/Settings/", "Fields=status&x=%20", "https://example.com:8443/API/2.0/Settings/?Fields=status&x=%20"},
		{"/", "", "https://example.com:8443/"},
		{"/..", "", "https://example.com:8443/"},
		{"/a%2Fb/%D0%BA%20x/a%25b/%3Cb%3E", "", "https://example.com:8443/a%2Fb/к x/a%b/<b>"},
	} {
		if got := DisplayURL("https", "example.com:8443", Segments(test.path), test.query); got != test.want {
			t.Errorf("%s: got %s, want %s", test.path, got, test.want)
		}
	}
}

// No path leads out of itself: no dot segment is left, and there are no more segments than slashes part.
func FuzzSegments(f *testing.F) {
	for _, seed := range []string{"/", "/a/./b", "/a/../b", "/%2e%2e/%2F", "//x/%ff", "/a%"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		segments := Segments(path)
		for _, segment := range segments {
			if segment == "." || segment == ".." {
				t.Errorf("%q: got %q", path, segments)
			}
		}
		if most := strings.Count(path, "/") + 1; len(segments) > most {
			t.Errorf("%q: got %q, more than %d segments", path, segments, most)
		}
	})
}
