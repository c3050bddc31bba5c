package dotnet

import (
	"fmt"
	"strings"
	"testing"
)

const urlencoded = "application/x-www-form-urlencoded"

func TestIsForm(t *testing.T) {
	for contentType, want := range map[string]bool{
		urlencoded:                               true,
		"Application/X-WWW-Form-Urlencoded":      true,
		urlencoded + "; charset=utf-8":           true,
		urlencoded + ";":                         true,
		urlencoded + "; charset=":                true,
		"multipart/form-data":                    true,
		"multipart / form-data ; boundary = x ;": true,
		`multipart/form-data; boundary="a b"`:    true,
		"multipart/form-data; boundary":          true,
		"multipart/form-data; boundary=":         true,
		"":                                       false,
		"form-data":                              false,
		"multipart/mixed; boundary=x":            false, // F1422
		urlencoded + ";;":                        false,
		urlencoded + ", text/plain":              false,
		urlencoded + " x":                        false,
		"multipart/form-data; boundary=a b":      false,
		"multipart/form-data; boundary=a/b":      false,
		`multipart/form-data; boundary="a`:       false,
		"multipart/form-data; boundary=@":        false,
		"application/json":                       false,
	} {
		if got := IsForm([]string{contentType}); got != want {
			t.Errorf("%q: got %t", contentType, got)
		}
	}
	if IsForm([]string{urlencoded, urlencoded}) || IsForm(nil) {
		t.Error("two headers or none are taken for a form")
	}
}

func TestFormErrorOfPairs(t *testing.T) {
	const (
		count   = "Form value count limit 1024 exceeded."
		key     = "Form key length limit 2048 exceeded."
		value   = "Form value length limit 4194304 exceeded."
		both    = "Form key length limit 2048 or value length limit 4194304 exceeded."
		illegal = "The form value contains invalid characters."
	)
	k := func(n int) string { return strings.Repeat("k", n) }
	for _, test := range []struct {
		name, body, want string
	}{
		{"nothing", "", ""},
		{"a pair", "set=true", ""},          // F1424
		{"bad escapes", "set=%zz&%=%", ""},  // F1426
		{"invalid UTF-8", "a=%ff\xff", ""},  // F1437
		{"JSON", `{"set":true}`, ""},        // VB058
		{"zero", "a=%00", illegal},          // no letter of a form
		{"zero in a key", "a%00=", illegal}, //
		{"1024 pairs", strings.Repeat("a=1&", 1024), ""},
		{"1025 pairs", strings.Repeat("a=1&", 1024) + "a=1", count}, // F1431
		{"1025 empty pairs", strings.Repeat("&", 1025), count},
		{"a key of 2048", k(2048) + "=1", ""}, // F1434
		{"a key of 2049", k(2049) + "=1", key},
		{"a key of 2049 without =", k(2049), key},           // F1436
		{"an escaped key", strings.Repeat("%61", 683), key}, // counted before it is unescaped
		{"the first error", "a=%00&" + k(2049), illegal},
		{"a long value", "a=" + k(4<<20), ""},
		{"a longer value", "a=" + k(4<<20+1), value},
		{"a very long value", "a=" + k(5<<20), both},
	} {
		if got, _ := FormError([]string{urlencoded}, []byte(test.body)); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestFormErrorOfParts(t *testing.T) {
	const (
		end         = "Unexpected end of Stream, the content may have already been read by another component. "
		missing     = "Missing content-type boundary."
		disposition = "Form section has invalid Content-Disposition value: "
		field       = "--x\r\nContent-Disposition: form-data; name=\"set\"\r\n\r\n"
	)
	long := strings.Repeat("b", 128)
	headers := func(n int) (text string) {
		for i := range n {
			text += fmt.Sprintf("h%d: 1\r\n", i)
		}
		return text
	}
	for _, test := range []struct {
		name, boundary, body, want string
	}{
		{"a field", "x", field + "true\r\n--x--\r\n", ""},                                                // F1407
		{"no line end at the end", "x", field + "true\r\n--x--", ""},                                     //
		{"an empty form", "x", "--x--\r\n", ""},                                                          // F1411
		{"quotation marks", `"a b"`, "--a b--", ""},                                                      //
		{"quotation marks in others", `"\"x\""`, `--\"x\"--`, ""},                                        // no escapes are undone
		{"text before and behind", "x", "before\r\n" + field + "\r\n--x--\r\nbehind\r\n--x", ""},         //
		{"blanks behind boundaries", "x", "--x \t\r\nContent-Disposition: a\r\n\r\n\r\n--x-- ", ""},      //
		{"a file", "x", strings.Replace(field, "\r\n\r\n", "; filename=a\r\n\r\n", 1) + "\r\n--x--", ""}, //
		{"another disposition", "x", "--x\r\ncontent-disposition: attachment\r\n\r\n\r\n--x--", ""},      //
		{"other headers", "x", strings.Replace(field, "\r\n", "\r\nContent-Transfer-Encoding: base64\r\n", 1) + "!\r\n--x--", ""},
		{"a boundary in a line", "x", "a--x--", ""},                                                  //
		{"16 headers", "x", "--x\r\n" + headers(15) + "Content-Disposition: a\r\n\r\n\r\n--x--", ""}, //
		{"one header 17 times", "x", "--x\r\nContent-Disposition: a\r\n" + strings.Repeat("a: 1\r\n", 17) + "\r\n\r\n--x--", ""},
		{"1024 parts", "x", strings.Repeat(field+"\r\n", 1024) + "--x--", ""},
		{"1025 parts", "x", strings.Repeat(field+"\r\n", 1025) + "--x--", "Form value count limit 1024 exceeded."},

		{"nothing", "x", "", end},
		{"garbage", "x", "garbage", end},                 // F1416
		{"JSON", "x", `{"set":true}`, end},               // VB059
		{"a part without end", "x", field + "true", end}, // F1418
		{"no line end before the boundary", "x", field + "--x--", end},
		{"only the boundary", "x", "--x", end},
		{"half the end", "x", "--x-", end},
		{"another boundary", "x", "--y\r\n\r\n\r\n--y--", end},
		{"no boundary", "", "x", missing},                                                       // F1421
		{"an empty boundary", `""`, "x", missing},                                               //
		{"a boundary of 128", long, "--" + long + "--", ""},                                     //
		{"a boundary of 129", long + "b", "x", "Multipart boundary length limit 128 exceeded."}, // F1420
		{"a quoted boundary of 128", `"` + long + `"`, "x", end},
		{"a header without colon", "x", "--x\r\nNoColon\r\n\r\ntrue\r\n--x--\r\n", "Invalid header line: NoColon"}, // F1419
		{"a header without name", "x", "--x\r\n: a\r\n\r\n", "Invalid header line: : a"},
		{"17 headers", "x", "--x\r\n" + headers(17) + "\r\n", "Multipart headers count limit 16 exceeded."},
		{"a long header", "x", "--x\r\na: " + strings.Repeat("a", 16<<10), "Line length limit 16384 exceeded."},
		{"long headers", "x", "--x\r\n" + strings.Repeat("a: "+strings.Repeat("a", 8<<10)+"\r\n", 2), "Line length limit 8189 exceeded."},
		{"a long header without end", "x", "--x\r\na:" + strings.Repeat("a", 16<<10-1), "Multipart headers length limit 16384 exceeded."},
		{"no headers", "x", "--x\r\n\r\n\r\n--x--", disposition},
		{"no end behind a part", "x", field + "\r\n--x", disposition},
		{"a blank before the colon", "x", "--x\r\nContent-Disposition : form-data\r\n\r\n\r\n--x--", disposition},
		{"a bad disposition", "x", "--x\r\nContent-Disposition: form-data; name=a b\r\n\r\n\r\n--x--", disposition + "form-data; name=a b"},
		{"two dispositions", "x", "--x\r\nContent-Disposition: a\r\nContent-Disposition: b\r\n\r\n\r\n--x--", disposition + "a,b"},
		{"lines that end in LF", "x", "--x\nContent-Disposition: a\n\n\n--x--\n", disposition},
		{"a long line behind a boundary", "x", "--x" + strings.Repeat(" ", 102), "Line length limit 100 exceeded."},
		{"long lines that end in LF", "x", strings.ReplaceAll(field, "\r\n", "\n") + strings.Repeat("a", 100) + "\n--x--\n", "Line length limit 100 exceeded."},
		{"much before the first boundary", "x", strings.Repeat("a", 16<<10+1) + "--x--", "Multipart header length limit 16384 exceeded. Too much data before the first boundary."},
		{"as much as may be before it", "x", strings.Repeat("a", 16<<10) + "--x--", ""},
		{"much behind the last boundary", "x", "--x--\r\n" + strings.Repeat("a", 16<<10+1), "The stream exceeded the data limit 16384."},
		{"as much as may be behind it", "x", "--x--\r\n" + strings.Repeat("a", 16<<10), ""},
	} {
		contentType := "multipart/form-data"
		if test.boundary != "" {
			contentType += "; Boundary=" + test.boundary + "; boundary=other"
		}
		if got, _ := FormError([]string{contentType}, []byte(test.body)); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
	if got, _ := FormError([]string{"text/plain"}, []byte("garbage")); got != "" {
		t.Errorf("a type that is no form: got %q", got)
	}
}

func TestFormErrorOfKeys(t *testing.T) {
	const part = "--x\r\nContent-Disposition: form-data; name=\"a[\"\r\n\r\n\r\n--x--"
	for _, test := range []struct {
		name, contentType, body, key string
	}{
		{"closed brackets", urlencoded, "a[b]=1&[]&[c][0]&d]", ""},
		{"a bracket in a value", urlencoded, "a=[", ""},
		{"an open bracket", urlencoded, "a[=1", "a["},
		{"an open bracket behind a closed one", urlencoded, "a[b][c", "a[b][c"},
		{"the first of two", urlencoded, "x&b[&a[", "b["},
		{"an escaped key", urlencoded, "%5b+%C3%A9%ff%zz%C3", "[ é%ff%zz%C3"},
		{"JSON", urlencoded, `{"set":[1,[2`, `{"set":[1,[2`},
		{"a form that cannot be read", urlencoded, "a[&b=%00", ""},
		{"a part", "multipart/form-data; boundary=x", part, "a["},
		{"a file", "multipart/form-data; boundary=x", strings.Replace(part, ";", "; filename=a;", 1), ""},
		{"no form", "text/plain", "a[", ""},
	} {
		want := ""
		if test.key != "" {
			want = "The key '" + test.key + "' is invalid JQuery syntax because it is missing a closing bracket. (Parameter 'key')"
		}
		if _, got := FormError([]string{test.contentType}, []byte(test.body)); got != want {
			t.Errorf("%s: got %q, want %q", test.name, got, want)
		}
	}
}

func FuzzFormError(f *testing.F) {
	f.Add("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nv\r\n--x--")
	f.Add(urlencoded, "a=%zz&b[=%C3%A9")
	f.Fuzz(func(t *testing.T, contentType, body string) {
		unreadable, key := FormError([]string{contentType}, []byte(body))
		if unreadable != "" && (key != "" || !IsForm([]string{contentType})) {
			t.Errorf("%q, %q: got %q, %q", contentType, body, unreadable, key)
		}
	})
}
