package dotnet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// readObject gives the properties that are visited, one after the other. A property named wanted must be true or false.
func readObject(text string) (seen []string, bad *BodyError) {
	reader := NewObjectReader([]byte(text), "Some.Class", "Param")
	bad = reader.Read(func(name string, value any) *BodyError {
		seen = append(seen, fmt.Sprintf("%s=%v", name, value))
		if _, isBool := value.(bool); name == "wanted" && !isBool {
			return reader.Mismatch("$."+name, "expected true or false", value, "System.Boolean")
		}
		return nil
	})
	return seen, bad
}

func nested(containers int) string {
	return strings.Repeat("[", containers) + strings.Repeat("]", containers)
}

func TestObjectReader(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:                                 "",
		" \r\n\t{ } \n":                      "",
		"\xef\xbb\xbf" + `{"a":1}`:           "a=1",
		`{"a":true,"A":false,"a":null}`:      "a=true A=false a=<nil>",
		`{"\u0061":"x\u0079\ud83d\ude00"}`:   "a=xy😀",
		`{"a":{"b":[{}]},"c":[1,"}"],"d":2}`: "a={ c=[ d=2",
		`{"a":1.50e3}`:                       "a=1.50e3",
		`{"":0}`:                             "=0",
		`{"ſet":true}`:                       "ſet=true",
		`{"a":"\ufffd�"}`:                    "a=��",
		"{\"a\"\n:\t1\r\n,\n\"b\" : 2}":      "a=1 b=2",
		`{"a":` + nested(MaxDepth-1) + `}`:   "a=[",
	} {
		got, bad := readObject(text)
		if bad != nil || strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, %v, want %q", text, got, bad, want)
		}
	}
}

func TestObjectReaderRefuses(t *testing.T) {
	const invalid = "The JSON value could not be converted to "
	for _, test := range []struct{ text, key, explanation, message string }{
		{``, "$", "$: has no JSON in it (line 1, byte 1)", "The input does not contain any JSON tokens."},
		{" \n", "$", "$: has no JSON in it", "The input does not contain any JSON tokens."},
		{"\xef\xbb\xbf", "$", "$: has no JSON in it", "The input does not contain any JSON tokens."},
		{`null`, "Param", "is empty: send a JSON object", "A non-empty request body is required."},
		{` null `, "Param", "is empty: send a JSON object", "A non-empty request body is required."},
		{`null x`, "$", `$: goes on with 'x' after its end (line 1, byte 5)`, "'x' is invalid after a single JSON value."},
		{`[]`, "$", "$: expected an object, got a list (line 1, byte 1)", invalid + "Some.Class."},
		{`true`, "$", "$: expected an object, got true", invalid + "Some.Class."},
		{`"x"`, "$", "$: expected an object, got a text", invalid + "Some.Class."},
		{`5`, "$", "$: expected an object, got a number", invalid + "Some.Class."},
		{`{`, "$", "$: ends too early", "Expected depth to be zero at the end of the JSON payload."},
		{`{"a":[1`, "$.a", "$.a: ends too early (line 1, byte 8)", "Expected depth to be zero at the end of the JSON payload."},
		{`{"a`, "$", "$: ends too early", ""},
		{`{set:true}`, "$", "$: is not valid JSON: invalid character 's'", ""},
		{`{'set':true}`, "$", `$: is not valid JSON: invalid character '\''`, ""},
		{`{"a":tru}`, "$.a", "$.a: is not valid JSON: invalid character '}'", ""},
		{`{"a":True}`, "$.a", "$.a: is not valid JSON: invalid character 'T'", ""},
		{`{"a":/* why */1}`, "$.a", "$.a: is not valid JSON: invalid character '/'", ""},
		{`{"a":[1 2]}`, "$.a", "$.a: is not valid JSON: invalid character '2'", ""},
		{"{\n\"a\": true,\n}", "$.a", "$.a: is not valid JSON: invalid character '}' looking for beginning of object key string (line 3, byte 1)", "Path: $.a | LineNumber: 2 | BytePositionInLine: 0."},
		{"{\"a\":\n  nope}", "$.a", "(line 2, byte 4)", ""},
		{`{"a":1} x`, "$", "$: goes on with 'x' after its end", "'x' is invalid after a single JSON value. Expected end of data."},
		{`{"a":1}{}`, "$", "$: goes on with '{' after its end", ""},
		{`{"a":1},`, "$", "$: goes on with ',' after its end", ""},
		{"{\"a\":1}\x00", "$", `$: goes on with '\x00' after its end`, ""},
		{"{\"a\":1}\u00a0", "$", "$: goes on with", ""},
		{"{\"a\":\"\xff\"}", "$", "$: is not valid UTF-8", "The JSON value could not be read as UTF-8."},
		{`{"a":"\ud800"}`, "$.a", "$.a: has half a surrogate pair", invalid + "System.String."},
		{`{"a":` + nested(MaxDepth) + `}`, "$.a", "$.a: is nested too deeply", "The maximum configured depth of 32 has been exceeded."},
		{`{"a":` + strings.Repeat(`{"b":`, MaxDepth) + "1" + strings.Repeat("}", MaxDepth) + `}`, "$.a", "$.a: is nested too deeply", ""},
		{`{"a":` + nested(5000) + `}`, "$.a", "$.a: is nested too deeply", ""},
		{"{\n \"wanted\": 12}", "$.wanted", "$.wanted: expected true or false, got a number (line 2, byte 12)", invalid + "System.Boolean. Path: $.wanted | LineNumber: 1 | BytePositionInLine: 13."},
		{`{"wanted":"true"}`, "$.wanted", "expected true or false, got a text", ""},
		{`{"wanted":null}`, "$.wanted", "expected true or false, got null", ""},
		{`{"wanted":{}}`, "$.wanted", "expected true or false, got an object", ""},
		{`{"wanted":[true]}`, "$.wanted", "expected true or false, got a list", ""},
	} {
		_, bad := readObject(test.text)
		if bad == nil || bad.Key != test.key || !strings.HasPrefix(bad.Explanation, "Body: ") || !strings.Contains(bad.Explanation, test.explanation) || !strings.Contains(bad.Message, test.message) {
			t.Errorf("%.60q: got %+v, want %q, %q, %q", test.text, bad, test.key, test.explanation, test.message)
			continue
		}
		if bad.Error() != "400: "+bad.Explanation {
			t.Errorf("%.60q: the error reads %q", test.text, bad)
		}
	}
}

// anySurrogate is an escaped half of a surrogate pair: TestObjectReaderRefuses looks at them.
var anySurrogate = regexp.MustCompile(`(?i)\\ud[89a-f]`)

// property is one property of a JSON object. The value is a [json.Delim] for a container.
type property struct {
	name  string
	value any
}

// byEncodingJSON reads an object with encoding/json, and says whether the text is one that the server takes. It must not be asked
// about halves of surrogate pairs, which encoding/json takes.
func byEncodingJSON(text []byte) (properties []property, ok bool) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(text) || !json.Valid(text) || depth(text) > MaxDepth || bytes.TrimSpace(text)[0] != '{' {
		return nil, false
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	_, _ = dec.Token()
	for dec.More() {
		token, _ := dec.Token()
		name, _ := token.(string)
		var value any
		_ = dec.Decode(&value)
		switch value.(type) {
		case map[string]any:
			value = json.Delim('{')
		case []any:
			value = json.Delim('[')
		}
		properties = append(properties, property{name, value})
	}
	return properties, true
}

// depth counts the levels of a valid JSON text.
func depth(text []byte) (deepest int) {
	open, inText := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inText && c == '\\':
			i++
		case c == '"':
			inText = !inText
		case !inText && (c == '{' || c == '['):
			open++
			deepest = max(deepest, open)
		case !inText && (c == '}' || c == ']'):
			open--
		}
	}
	return deepest
}

// The reader takes what encoding/json takes for an object, and finds the same properties in it.
func FuzzObjectReader(f *testing.F) {
	for _, seed := range []string{
		`{"set":true}`, `{"a":[{"b":[1 2]}]}`, `{"a":` + nested(40) + `}`, `null`, ``, ` `, `{"a":1}x`, `[1,2]`, `{"pa\u0073s":""}`, "\xef\xbb\xbf{}", "\xff", "{\"a\":tru\x00}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		reader := NewObjectReader(text, "Some.Class", "Param")
		var seen []property
		bad := reader.Read(func(name string, value any) *BodyError {
			seen = append(seen, property{name, value})
			return nil
		})
		if bad != nil && (strings.ContainsAny(bad.Explanation, "\r\n") || bad.Key != "Param" && !strings.HasPrefix(bad.Key, "$")) {
			t.Errorf("%q: got %+v", text, bad)
		}
		if anySurrogate.Match(text) {
			return
		}
		want, ok := byEncodingJSON(text)
		if ok != (bad == nil) || ok && !slices.Equal(seen, want) {
			t.Fatalf("%q: got %v, %v; want %v, %t", text, seen, bad, want, ok)
		}
	})
}
