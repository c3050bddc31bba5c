package dotnet

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestSegments(t *testing.T) {
	for sent, want := range map[string][]string{
		"/":                      {""},
		"":                       {""},
		"*":                      {"*"},
		"/a/b":                   {"a", "b"},
		"//a/b":                  {"", "a", "b"}, // recorded: F663 is not found
		"/a//b/":                 {"a", "", "b", ""},
		"/a/./b/../c":            {"a", "c"},
		"/%2e/a/%2E%2e/b":        {"b"}, // recorded: F697, F698
		"/../../a":               {"a"}, // recorded: F699
		"/a/...":                 {"a", "..."},
		"/a/.":                   {"a", ""},
		"/a/b/..":                {"a", ""}, // recorded: F1490
		"/..":                    {""},
		"/.":                     {""},
		"/a//../b":               {"a", "b"},
		"/a/%2e%2e%2fb":          {"a", "..%2fb"}, // recorded: F1510
		"/%73ettings/%25":        {"settings", "%"},
		"/a%2525b":               {"a%25b"}, // recorded: F751
		"/a+b;c":                 {"a+b;c"},
		"/share/a%2Fb%3F/x?no=1": {"share", "a%2Fb?", "x?no=1"},
		"/a%5Cb\\c":              {`a\b\c`},
		"/%20%0A":                {" \n"},

		// What is not escaped well stays.
		"/%zz/%/%4/%u00e9": {"%zz", "%", "%4", "%u00e9"}, // recorded: F783 to F786
		"/%%2F/%%41":       {"%%2F", "%A"},

		// And so does what is no UTF-8.
		"/%C3%A9/%e2%82%ac/%F0%9F%98%80": {"é", "€", "😀"},
		"/%EF%BF%BD":                     {"\uFFFD"},
		"/%FF/%C3":                       {"%FF", "%C3"}, // recorded: F780, F781
		"/%C3%28":                        {"%C3("},       // recorded: F782
		"/%E2%82%28/%E2%82x":             {"%E2%82(", "%E2%82x"},
		"/%ED%A0%80":                     {"%ED%A0%80"},
		"/%C0%AF/%E0%80%80":              {"%C0%AF", "%E0%80%80"},
		"/%F4%90%80%80/%F5":              {"%F4%90%80%80", "%F5"},
		"/%F0%9F%98%C3%A9/%C3%2F":        {"%F0%9F%98é", "%C3%2F"},
		"/%80%41":                        {"%80A"},
	} {
		if got := Segments(nil, sent); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", sent, got, want)
		}
	}
}

// No path leads out of itself: no dot segment is left, and there are no more segments than slashes part.
func FuzzSegments(f *testing.F) {
	for _, seed := range []string{"/", "/a/./b", "/a/../b", "/%2e%2e/%2F", "//x/%ff", "/a%", "/%C3%28", "/a/.."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		segments := Segments(nil, path)
		for _, segment := range segments {
			if segment == "." || segment == ".." {
				t.Errorf("%q: got %q", path, segments)
			}
		}
		if most := strings.Count(path, "/") + 1; len(segments) == 0 || len(segments) > most {
			t.Errorf("%q: got %q, more than %d segments or none", path, segments, most)
		}
	})
}

func requestURI(t *testing.T, target string) *url.URL {
	t.Helper()
	address, err := url.ParseRequestURI(target)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

func TestSentPath(t *testing.T) {
	for target, want := range map[string]string{
		"/a/b?c":               "/a/b",
		"/%41%2F":              "/%41%2F",
		"/a%2Fb/<c>|\\é?x":     "/a%2Fb/<c>|\\é",
		"/a%2Fb#%20":           "/a%2Fb#%20",
		"http://h/a%2Fb/[c]/<": "/a%2Fb/[c]/<",
	} {
		if got := SentPath(requestURI(t, target)); got != want {
			t.Errorf("%s: got %s, want %s", target, got, want)
		}
	}
}

func TestUnroutable(t *testing.T) {
	for target, want := range map[string]bool{
		"/a":             false,
		"/a%00b":         true, // recorded: F749
		"/%2500":         false,
		"/%C3%A9?%C3%A9": false,
		"/é":             true, // recorded: F808
		"/?é":            true,
		"/?%00":          false,
	} {
		address := requestURI(t, target)
		if got := Unroutable(SentPath(address), address.RawQuery); got != want {
			t.Errorf("%s: got %t, want %t", target, got, want)
		}
	}
}

func TestDisplayURL(t *testing.T) {
	const origin = "https://example.com:8443"
	for target, want := range map[string]string{
		"/api/2.0/files/settings":         origin + "/api/2.0/files/settings",
		"/API/2.0/Settings/?Fields=x&%20": origin + "/API/2.0/Settings/?Fields=x&%20",
		"/a/external/..?f":                origin + "/a/?f", // recorded: F1490
		"/a?":                             origin + "/a?",   // recorded: F1047
		"/a??":                            origin + "/a??",
		"/":                               origin + "/",
		"/..":                             origin + "/",
		"/a%2fb/%D0%BA%20x/a%25b/%3Cb%3E": origin + "/a%2fb/к x/a%b/<b>",
	} {
		address := requestURI(t, target)
		if got := DisplayURL("https", "example.com:8443", Segments(nil, SentPath(address)), address); got != want {
			t.Errorf("%s: got %s, want %s", target, got, want)
		}
	}
}
