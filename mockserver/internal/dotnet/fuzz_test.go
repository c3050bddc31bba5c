package dotnet

import (
	"encoding/json"
	"math"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzHeaders reads a text as each header of a request.
func FuzzHeaders(f *testing.F) {
	for _, header := range []string{
		"", "a=b; sharelinkX=%7Bx%7D; a=\"q\"", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
		"application/json; charset=utf-16", "multipart/form-data; boundary=\"", "203.0.113.7, [2001:db8::1]:80, 127.0.0.1", "https, http", "portal.example:8443, \xff", `"a,b", c,,`,
		"[fe80::1%25eth0]", "a=%ff%00;;=;\x00", "text/*+json;q=1;;=", "\u202e",
	} {
		f.Add(header, header)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		headers := []string{first, second}
		cookie := SentCookie(headers, "a")
		if cookie != "" && !strings.Contains(ToLower(first+second), "a=") {
			t.Errorf("a cookie that was not sent: %q", cookie)
		}
		list := SplitValues(headers)
		for _, value := range list {
			if value == "" {
				t.Errorf("an empty value in %q", list)
			}
		}
		if id := ClientTraceID(headers[:1]); id != "" && (len(id) != 32 || !strings.Contains(first, id)) {
			t.Errorf("trace id %q", id)
		}
		if context := TraceContext(headers); !strings.HasPrefix(context, "00-") && !strings.HasPrefix(context, "|") {
			t.Errorf("trace context %q", context)
		}
		if charset, ok := JSONInput(headers); charset < UTF8 || charset > EmptyCharset || ok && !strings.Contains(ToLower(first+second), "json") {
			t.Errorf("charset %d, %t", charset, ok)
		}
		if _, badKey := FormError(headers[:1], []byte(second)); badKey != "" && !IsForm(headers[:1]) {
			t.Errorf("a key %q of what is no form", badKey)
		}
		r := &http.Request{Host: first, RemoteAddr: "127.0.0.1:80", Header: http.Header{"X-Forwarded-For": headers, "X-Forwarded-Host": headers, "X-Forwarded-Proto": headers}}
		if scheme, _ := CallerAddress(r); scheme == "" {
			t.Error("no scheme")
		}
		if _, err := netip.ParseAddr(ClientIP(r)); err != nil {
			t.Error(err)
		}
	})
}

var guidForm = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// FuzzText reads a text as each value that a query, a path, a body or a credential can have.
func FuzzText(f *testing.F) {
	for _, text := range []string{
		"", "a=b&A=c&&=d&%41=%zz+", "66faa6e4-f133-11ea-b126-00ffeec8b4ef", "{0x66faa6e4,0xf133,0x11ea,{0xb1,0x26,0x00,0xff,0xee,0xc8,0xb4,0xef}}", "(66faa6e4f13311eab12600ffeec8b4ef)",
		"2030-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999-23:59", "0001-01-01", "2.0", "2.0-beta", "-1.0", "99999999999999999999.0", " +2 . 0", "eyJhIjoxfQ.eyJleHAiOjFlOTk5fQ.",
		"eyJhbGciOiJub25lIn0.eyJleHAiOi0xfQ.x", "e30.e30.e30.e30.e30", "YWJj", "YW Jj==", "https://user@h:99999/", "\xff\u202e%00", "99999999999999999999", "-2147483649",
	} {
		f.Add(text)
	}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		for name, values := range ParseQuery(text) {
			if ToLower(name) != name || len(values) == 0 {
				t.Errorf("query: %q has %q", name, values)
			}
		}
		if plain := UnescapeForm(text); utf8.ValidString(text) && !utf8.ValidString(plain) {
			t.Errorf("unescaped: %q", plain)
		}
		if n, ok := ParseInt32(text); ok && (n < math.MinInt32 || n > math.MaxInt32) {
			t.Errorf("number: %d", n)
		}
		if guid, ok := ParseGUID(text); ok != guidForm.MatchString(guid) {
			t.Errorf("GUID: %q, %t", guid, ok)
		}
		if at, ok := ParseTime(text); ok {
			if again, known := ParseTime(FormatTime(at)); at.Year() <= 9999 && at.Year() >= 0 && (!known || !again.Equal(at)) {
				t.Errorf("time: %s becomes %s, %t", at, again, known)
			}
		}
		if is20, parameter := Version(text); is20 && (parameter != "" || !strings.Contains(text, "2")) {
			t.Errorf("version: %q", parameter)
		}
		FromBase64(text)
		FromBase64URL(text)
		URIParts(text)
		token, err := ReadJWT(text)
		if (err == nil) && !IsJWT(text) {
			t.Error("read what is no token")
		}
		if at, ok := token.time("exp"); ok && (at.Year() < 1970 || at.Year() > 9999) {
			t.Errorf("a token ends at %s", at)
		}
		token.Lasts(now)
		token.Scopes()
		token.Audience()
		if _, ok := token.Subject(); ok && token.text("sub") == "" {
			t.Error("a subject that is not there")
		}
		if written := AppendJSON(nil, text); !json.Valid(written) {
			t.Errorf("written as %s", written)
		}
	})
}
