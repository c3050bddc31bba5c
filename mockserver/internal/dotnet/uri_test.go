package dotnet

import (
	"strings"
	"testing"
)

func TestURIError(t *testing.T) {
	for want, texts := range map[string][]string{
		"": {
			"https://app.example", "https://app.example/", "HTTP://APP.example", " http://x ", // recorded: F653
			"https://app.example:443/path?q#f", "http://x:", "http://x:0", "http://x:65535/", "http://x?y:z", "http://x#y", // recorded: F654
			"http://user:password@x:1/", "http://@x", "http://x/@", "http://x?@",
			"http://127.0.0.1", "http://1.2.3", "http://999.1.1.1", "http://0x7f.1", // recorded: F646
			"http://[::1]:80", "http://[::]", "http://[1:2:3:4:5:6:7:8]", "http://[::ffff:1.2.3.4]", "http://[fe80::1%eth0]/", "http://[1::/64]", // recorded: F655
			"http://x.", "http://a_b-c.d", "http://_x", "http://-x.y", "http://_a.-b.c.", "http://x.-y", "http://" + strings.Repeat("a", 256),
			"http://é.example", "http://münchen。example", "http://" + strings.Repeat("é", 59), "net.pipe://" + strings.Repeat("a", 63) + ".b", "http://xn--9ca.example",
			"http:\\\\x", `http:/\x`, "ws://x", "wss://x", "ftp://x/y", "net.tcp://x:1", "net.pipe://x", "ldap://", "ldap:///x", "nntp://x", "telnet://x:1",
			"file://", "file:///x", "file:///", "file://host/x", "file:////host/x", `file:\\host\x`, "file:///c:/x", "file:c:/x", `file://c:\x`, "file://?x", // recorded: file://
			"about:blank", "javascript:1", "moz-extension://abc", "foo:", "foo://", "foo:///x", "foo://x:1", "foo:c:x", "foo:c:/x", "foo://c:/x", "foo://.", "foo://../x", // recorded: F656
			"mailto:a@b", "mailto:b", "mailto:", "news:any thing", "uuid:1", "a+b-c.1:x",
			"/a/b", "/", "/a:b c", " /a", "//x", "//x/y", `\\x\y`, `\\\\x`, "/\\x", "//[::1]/x", "//_x", // recorded: F658
			`C:\x`, "c:/", `c|\x`,
		},
		"Invalid URI: The URI is empty.": {""},
		"Invalid URI: The format of the URI could not be determined.": {
			"null", "x", "*", "app.example", "  ", " x", "//", "a:", ":x", "://x", `\x:y`, "1|x", // recorded: F644, F645, F648
		},
		"Invalid URI: The URI scheme is not valid.": {"1http://x", "ht tp://x", "1:x", "a_b://x", "é://x", "app.example/http://x", "x y:z"},
		"Invalid URI: The Uri scheme is too long.":  {strings.Repeat("a", 1025) + "://x"},
		`Invalid URI: A Dos path must be rooted, for example, 'c:\\'.`: {
			"C:x", "c|x", "file://c:x", "file:///c:", "x:y",
		},
		"Invalid URI: The Authority/Host could not be parsed.": {"http:x", "http:/x", "http:", "http:/", "file:x", "file:/x", "ldap:x", "net.pipe:x"}, // recorded: F1556, F1557
		"Invalid URI: The hostname could not be parsed.": {
			"http://", "http:// ", "http://a b", "https://a.example https://b.example", "https://a.example,https://b.example", "https://x..y", // recorded: F650, F1542, F657, F1555, F1561
			"http:///x", "http://?x", "http://#x", "http://:80", "http://.", "http://x@", "http://x@/y", "http://a@b@c",
			`http://x\y`, `foo://x\y`, "http://[::1", "http://[::1]x", "http://[x]", "http://[1.2.3.4]", "http://[::1/123]", "http://[::1/]",
			"http://x.y.-z", "http://_1.2..3", "http://" + strings.Repeat("a", 257), "net.pipe://" + strings.Repeat("a", 64), "net.pipe://" + strings.Repeat("é", 60), "http://" + strings.Repeat("1", 64), "http://a%41", "http://*", "http://\u0080",
			"net.pipe://_x", "net.pipe://x:1", "file://xy:1", "//x:80", "//x?y", "///", "//[::1]:80", "foo://...", "mailto:a b",
		},
		"Invalid URI: Invalid port specified.": {
			"http://x:99999", "http://x:65536", "http://x:y", "http://x:80 ,", "http://x:-1", `http://x:1\`, "http://[::1]:x", "http://:x", "foo://x:y", "foo://c:x", "ws://x:1y", // recorded: F1547
		},
	} {
		for _, text := range texts {
			if got := URIError(text); got != want {
				t.Errorf("%q: got %q, want %q", text, got, want)
			}
		}
	}
}

func FuzzURIError(f *testing.F) {
	for _, seed := range []string{"", "null", "http://a@b:1/", "http://[::1]", `\\x`, "C:", "file:///x", "é:é", "foo://.."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := URIError(text); got != "" && !strings.HasPrefix(got, "Invalid URI: ") {
			t.Errorf("%q: got %q", text, got)
		}
	})
}
