package dotnet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func inOnePiece() bool { return false }

func inSeveralPieces() bool { return true }

// readObject gives the properties that are visited, one after the other. Properties named set, SET and Set must be true or false,
// and password must be a text.
func readObject(text string) (seen []string, bad *BodyError) {
	reader := NewObjectReader([]byte(text), "Some.Class", "Param", inOnePiece)
	bad = reader.Read(func(name string, value Value) *BodyError {
		seen = append(seen, name+"="+shown(value))
		if _, isBool := value.Bool(); EqualFold(name, "set") && !isBool {
			return reader.Mismatch("true or false", "System.Boolean")
		}
		if _, isText := value.Text(); name == "password" && !isText {
			return reader.Mismatch("a text", "System.String")
		}
		return nil
	})
	return seen, bad
}

func shown(v Value) string {
	on, isBool := v.Bool()
	text, isText := v.Text()
	switch {
	case v.IsNull():
		return "null"
	case isBool:
		return strconv.FormatBool(on)
	case isText:
		return strconv.Quote(text)
	default:
		return v.describe()
	}
}

func nested(containers int) string {
	return strings.Repeat("[", containers) + strings.Repeat("]", containers)
}

func TestObjectReader(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:                                       "",
		" \r\n\t{ } \n":                            "",
		"\xef\xbb\xbf" + `{"a":1}`:                 "a=a number",
		`{"a":true,"A":false,"a":null}`:            "a=true A=false a=null",
		`{"\u0061":"x\u0079\ud83d\ude00"}`:         `a="xy😀"`,
		`{"a":"\"\\\/\b\f\n\r\t"}`:                 `a="\"\\/\b\f\n\r\t"`,
		`{"a":{"b":[{}]},"c":[1,"}"],"d":2}`:       "a=an object c=a list d=a number",
		`{"":0}`:                                   `=a number`,
		`{"ſet":true}`:                             "ſet=true",
		`{"a":"\ufffd�"}`:                          `a="��"`,
		"{\"a\"\n:\t1\r\n,\n\"b\" : 2}":            "a=a number b=a number",
		`{"a":` + nested(MaxDepth-1) + `}`:         "a=a list",
		`{"a":[0,-0,1e999,1E+2,0.50,-1.5e-3,0e0]}`: "a=a list",
		// What nobody reads may be invalid UTF-8 or half a surrogate pair (recorded: F283, F286, F292).
		"{\"a\":\"x\xffy\",\"b\xe2\x82\":1}": "a=a text that is not valid Unicode b�=a number",
		`{"a":"\ud800","b":"\udc00x"}`:       "a=a text that is not valid Unicode b=a text that is not valid Unicode",
		`{"a":{"\ud800":["\ud800"]}}`:        "a=an object",
		"{\"a\":\"\x7f\"}":                   `a="\x7f"`,
	} {
		got, bad := readObject(text)
		if bad != nil || strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, %v, want %q", text, got, bad, want)
		}
	}
}

// Each body was sent to the switch of the real server. Its answer had the text, path, line and byte.
func TestObjectReaderRefusesInTheServersWords(t *testing.T) {
	const (
		toBoolean    = "The JSON value could not be converted to System.Boolean."
		toClass      = "The JSON value could not be converted to Some.Class."
		openAtEnd    = "Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed."
		textEndsData = "Expected end of string, but instead reached end of data."
		noTokens     = "The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true."
	)
	for _, test := range []struct {
		body, message, path string
		line, byte          int
	}{
		{`{"set":true,"Set":"x"}`, toBoolean, `$.Set`, 0, 21},                                                                                         // F017
		{`{"set":"x","set":true}`, toBoolean, `$.set`, 0, 10},                                                                                         // F018
		{`{"set":01}`, `Invalid leading zero before '1'.`, `$.set`, 0, 8},                                                                             // F046
		{`{"set":-}`, `'}' is invalid within a number, immediately after a sign character ('+' or '-'). Expected a digit ('0'-'9').`, `$.set`, 0, 8},  // F047
		{`{"set":TRUE}`, `'T' is an invalid start of a value.`, `$.set`, 0, 7},                                                                        // F050
		{`{"set":nul}`, `'nul}' is an invalid JSON literal. Expected the literal 'null'.`, `$.set`, 0, 10},                                            // F051
		{`{"set":true1}`, `'1' is invalid after a value. Expected either ',', '}', or ']'.`, `$`, 0, 11},                                              // F054
		{`{"set":falsey}`, `'y' is invalid after a value. Expected either ',', '}', or ']'.`, `$`, 0, 12},                                             // F055
		{`{"set":t}`, `'t}' is an invalid JSON literal. Expected the literal 'true'.`, `$.set`, 0, 8},                                                 // F057
		{`{"set":Infinity}`, `'I' is an invalid start of a value.`, `$.set`, 0, 7},                                                                    // F060
		{`{"set":1.}`, `'}' is invalid within a number, immediately after a decimal point ('.'). Expected a digit ('0'-'9').`, `$.set`, 0, 9},         // F064
		{`{"set":1e}`, `'}' is invalid within a number, immediately after a sign character ('+' or '-'). Expected a digit ('0'-'9').`, `$.set`, 0, 9}, // F065
		{"{\r\n  \"set\": 1\r\n}", toBoolean, `$.set`, 1, 10},                                                                                         // F076
		{"{\n\n\n\t\"set\":\n\n  [1,2]}", toBoolean, `$.set`, 5, 3},                                                                                   // F078
		{`{`, openAtEnd, `$`, 0, 1},                                                                 // F090
		{`{"`, textEndsData, `$`, 0, 2},                                                             // F091
		{`{"set`, textEndsData, `$`, 0, 5},                                                          // F092
		{`{"set"`, `Expected a value, but instead reached end of data.`, `$`, 0, 6},                 // F093
		{`{"set":`, openAtEnd, `$.set`, 0, 7},                                                       // F094
		{`{"set":t`, `'t' is an invalid JSON literal. Expected the literal 'true'.`, `$.set`, 0, 8}, // F095
		{`{"set":true`, openAtEnd, `$`, 0, 11},                                                      // F096
		{`{"set":true,`, commaEndsData, `$`, 0, 11},                                                 // F097
		{`{"set":true,}`, `The JSON object contains a trailing comma at the end which is not supported in this mode. Change the reader options.`, `$`, 0, 12}, // F098
		{`{,"set":true}`, `',' is an invalid start of a property name. Expected a '"'.`, `$`, 0, 1},                                                           // F100
		{`{"set":true,,"a":1}`, `',' is an invalid start of a property name. Expected a '"'.`, `$`, 0, 12},                                                    // F101
		{`{"set" true}`, `'t' is invalid after a property name. Expected a ':'.`, `$`, 0, 7},                                                                  // F102
		{`{"set"=true}`, `'=' is invalid after a property name. Expected a ':'.`, `$`, 0, 6},                                                                  // F103
		{`{"set":true]`, `']' is invalid without a matching open.`, `$`, 0, 11},                                                                               // F108
		{`{"set":true}}`, `'}' is invalid after a single JSON value. Expected end of data.`, `$`, 0, 12},                                                      // F109
		{`{"set":true}]`, `']' is invalid after a single JSON value. Expected end of data.`, `$`, 0, 12},                                                      // F110
		{"{\"set\":true}\n\n{\"set\":false}", `'{' is invalid after a single JSON value. Expected end of data.`, `$`, 2, 0},                                   // F112
		{`/*c*/{"set":true}`, `'/' is an invalid start of a value.`, `$`, 0, 0},                                                                               // F117
		{"//c\n{\"set\":true}", `'/' is an invalid start of a value.`, `$`, 0, 0},                                                                             // F118
		{`{/*c*/"set":true}`, `'/' is invalid after a value. Expected either ',', '}', or ']'.`, `$`, 0, 1},                                                   // F119
		{`{"set":/*c*/true}`, `'/' is invalid after a value. Expected either ',', '}', or ']'.`, `$.set`, 0, 7},
		{`{"a":[/*c*/1]}`, `'/' is invalid after a value. Expected either ',', '}', or ']'.`, `$.a`, 0, 6},
		{`{"a":[1,]}`, `The JSON array contains a trailing comma at the end which is not supported in this mode. Change the reader options.`, `$.a`, 0, 8}, // F148
		{`{"a":[1 2]}`, `'2' is invalid after a value. Expected either ',', '}', or ']'.`, `$.a`, 0, 8},                                                    // F149
		{`{"a":{"b":[1,2,{"c":nope}]},"set":true}`, `'nope}]},"set":true}' is an invalid JSON literal. Expected the literal 'null'.`, `$.a`, 0, 21},        // F152
		{`{"a":"unterminated}`, textEndsData, `$.a`, 0, 19},                                                                                                // F155
		{"{\"a\":\"x\ny\"}", `'0x0A' is invalid within a JSON string. The string should be correctly escaped.`, `$.a`, 0, 7},                               // F156
		{"{\"a\":\"x\ty\",\"set\":true}", `'0x09' is invalid within a JSON string. The string should be correctly escaped.`, `$.a`, 0, 7},                  // F157
		{`{"a":"\x41"}`, `'x' is an invalid escapable character within a JSON string. The string should be correctly escaped.`, `$.a`, 0, 7},               // F161
		{`{"a":"\u12"}`, `'"' is not a hex digit following '\u' within a JSON string. The string should be correctly escaped.`, `$.a`, 0, 10},              // F162
		{`{"a":"\`, textEndsData, `$.a`, 0, 7},                                                             // F166
		{`{"a":0x10}`, `'x' is an invalid end of a number. Expected a delimiter.`, `$.a`, 0, 6},            // F177
		{`{"a":1_000}`, `'_' is an invalid end of a number. Expected a delimiter.`, `$.a`, 0, 6},           // F178
		{`nul`, `'nul' is an invalid JSON literal. Expected the literal 'null'.`, `$`, 0, 3},               // F190
		{`truefalse`, toClass, `$`, 0, 4},                                                                  // F193
		{`[1,`, toClass, `$`, 0, 1},                                                                        // F198
		{`-`, numberEndsEarly, `$`, 0, 1},                                                                  // F200
		{`01`, `Invalid leading zero before '1'.`, `$`, 0, 1},                                              // F201
		{``, noTokens, `$`, 0, 0},                                                                          // F240
		{"\n\n", noTokens, `$`, 2, 0},                                                                      // F242
		{` `, noTokens, `$`, 0, 1},                                                                         // F243
		{"\t\r\n \n", noTokens, `$`, 2, 0},                                                                 // F244
		{`{"x":falsx}`, `'falsx}' is an invalid JSON literal. Expected the literal 'false'.`, `$.x`, 0, 9}, // F1223
		{`{"set":1.`, numberEndsEarly, `$.set`, 0, 9},                                                      // F1230
		{`{"set":1e`, numberEndsEarly, `$.set`, 0, 9},                                                      // F1231
		{`1e`, numberEndsEarly, `$`, 0, 2},                                                                 // F1236
		{`{"a":[`, openAtEnd, `$.a`, 0, 6},                                                                 // F1244
		{`{"a":[1,`, commaEndsData, `$.a`, 0, 7},                                                           // F1246
		{`{"a":{"b"`, `Expected a value, but instead reached end of data.`, `$.a`, 0, 9},                   // F1249
		{`{"a":{"b":1,`, commaEndsData, `$.a`, 0, 11},                                                      // F1252
		{`{"set":true,"a"`, `Expected a value, but instead reached end of data.`, `$`, 0, 15},              // F1263
		{`{"set":true,"a":1,`, commaEndsData, `$`, 0, 17},                                                  // F1266
		{`{"a":[1}`, `'}' is invalid without a matching open.`, `$.a`, 0, 7},                               // F1279
		{`{"a":{]}`, `']' is an invalid start of a property name. Expected a '"'.`, `$.a`, 0, 6},           // F1280
		{`{"set":true]]`, `']' is invalid without a matching open.`, `$`, 0, 11},                           // F1282
		{`{"a":"\u123G"}`, `'G' is not a hex digit following '\u' within a JSON string. The string should be correctly escaped.`, `$.a`, 0, 11},                               // F1288
		{`{"\u12":1}`, `'"' is not a hex digit following '\u' within a JSON string. The string should be correctly escaped.`, `$`, 0, 6},                                      // F1291
		{"{\"a\nb\":1}", `'0x0A' is invalid within a JSON string. The string should be correctly escaped.`, `$`, 0, 3},                                                        // F1292
		{`{"a":00}`, `Invalid leading zero before '0'.`, `$.a`, 0, 6},                                                                                                         // F1301
		{`{"a":1.0.0}`, `'.' is an invalid end of a number. Expected 'E' or 'e'.`, `$.a`, 0, 8},                                                                               // F1307
		{`{"a":1..0}`, `'.' is invalid within a number, immediately after a decimal point ('.'). Expected a digit ('0'-'9').`, `$.a`, 0, 7},                                   // F1308
		{`{"a":1.5a}`, `'a' is an invalid end of a number. Expected 'E' or 'e'.`, `$.a`, 0, 8},                                                                                // F1316
		{"{\"set\":true\n\n x}", `'x' is invalid after a value. Expected either ',', '}', or ']'.`, `$`, 2, 1},                                                                // F1328
		{`12x`, `'x' is an invalid end of a number. Expected a delimiter.`, `$`, 0, 2},                                                                                        // F1335
		{`-x`, `'x' is invalid within a number, immediately after a sign character ('+' or '-'). Expected a digit ('0'-'9').`, `$`, 0, 1},                                     // F1337
		{`"\x"`, `'x' is an invalid escapable character within a JSON string. The string should be correctly escaped.`, `$`, 0, 2},                                            // F1338
		{"\"\u0001\"", `'0x01' is invalid within a JSON string. The string should be correctly escaped.`, `$`, 0, 1},                                                          // F1339
		{"{\n\r\"s\\\"et\":0.1e-", numberEndsEarly, `$['s"et']`, 1, 14},                                                                                                       // J4-0001
		{"\n\t{\"set\t\":\rt\t\":\rtruse }\n ", `'0x09' is invalid within a JSON string. The string should be correctly escaped.`, `$`, 1, 6},                                 // J4-0078
		{"{\r\"$type\":\n 1.5.2\t\t}", `'.' is an invalid end of a number. Expected 'E' or 'e'.`, `$.$type`, 1, 4},                                                            // J4-0101
		{"\n\t{\"\\u0073et\"\r:\"\\ud", textEndsData, `$.set`, 1, 18},                                                                                                         // J4-0123
		{"\r\t{\r\r\"$type\":\n11111111111111111111", `'1' is an invalid end of a number. Expected a delimiter.`, `$.$type`, 1, 20},                                           // J4-0127
		{"\n{\r\"set\" \n:\t😀\" \t}", `'0xF0' is an invalid start of a value.`, `$.set`, 2, 2},                                                                                // J4-0282
		{"{\n\"\":fale} ", `'fale} ' is an invalid JSON literal. Expected the literal 'false'.`, `$.`, 1, 6},                                                                  // J4-0497
		{"{  \"x\":true,\t\n\"set\" :1E++2}", `'+' is invalid within a number, immediately after a sign character ('+' or '-'). Expected a digit ('0'-'9').`, `$.set`, 1, 10}, // J4-0512
		{"{\n\"a.b\":\t\"\\ud83d\\ude0/0\"}", `'/' is not a hex digit following '\u' within a JSON string. The string should be correctly escaped.`, `$['a.b']`, 1, 19},       // J4-0776
		{`{"a":` + nested(MaxDepth) + `}`, "The maximum configured depth of 32 has been exceeded. Cannot read next JSON array.", "$.a", 0, 36},                                // F219
		{`{"a":` + strings.Repeat(`{"a":`, MaxDepth) + "1" + strings.Repeat("}", MaxDepth) + "}", "The maximum configured depth of 32 has been exceeded. Cannot read next JSON object.", "$.a", 0, 160},
		{`{"\ud800":1}`, toClass, "$", 0, 10}, // F293
		{"{\"a\xff\":tru}", "'tru}' is an invalid JSON literal. Expected the literal 'true'.", "$.a�", 0, 9},
		{"{\"a\":t\xe2\x82x\xff}", "'t�x�}' is an invalid JSON literal. Expected the literal 'true'.", "$.a", 0, 6},
		{`{"a.b":}`, "'}' is an invalid start of a value.", "$['a.b']", 0, 7},
		{`{"a'b":}`, "'}' is an invalid start of a value.", "$['a'b']", 0, 7},
		{`{"password":"\ud800"}`, "The JSON value could not be converted to System.String.", "$.password", 0, 20},
		{"{\"password\":\"\xff\"}", "The JSON value could not be converted to System.String.", "$.password", 0, 15},
		{`null x`, "'x' is invalid after a single JSON value. Expected end of data.", "$", 0, 5},
		{"\xef\xbb\xbf{x", `'x' is an invalid start of a property name. Expected a '"'.`, "$", 0, 1},
	} {
		want := fmt.Sprintf("%s Path: %s | LineNumber: %d | BytePositionInLine: %d.", test.message, test.path, test.line, test.byte)
		if _, bad := readObject(test.body); bad == nil || bad.Key != test.path || bad.Message != want {
			t.Errorf("%q: got %+v, want %s", test.body, bad, want)
		}
	}
}

// A literal is quoted with the rest of the body only when the body lies in one piece of the server's buffer.
func TestObjectReaderOfASplitBody(t *testing.T) {
	for body, want := range map[string]string{
		`{"a":truzzy}`: "'truzz' is an invalid JSON literal.",
		`{"a":trx,"b"`: `'trx,"' is an invalid JSON literal.`,
		`{"a":nu`:      "'nu' is an invalid JSON literal.",
	} {
		bad := NewObjectReader([]byte(body), "", "", inSeveralPieces).Read(func(string, Value) *BodyError { return nil })
		if bad == nil || !strings.HasPrefix(bad.Message, want) {
			t.Errorf("%s: got %+v, want %s", body, bad, want)
		}
	}
}

func TestObjectReaderExplains(t *testing.T) {
	for _, test := range []struct{ text, key, explanation string }{
		{``, "$", "$: has no JSON in it (line 1, byte 1)"},
		{`null`, "Param", "is null: send a JSON object"},
		{` null `, "Param", "is null: send a JSON object"},
		{`[]`, "$", "$: expected an object, got a list (line 1, byte 1)"},
		{`true`, "$", "$: expected an object, got true"},
		{`"x"`, "$", "$: expected an object, got a text"},
		{`5`, "$", "$: expected an object, got a number"},
		{`{"a":[1`, "$.a", "$.a: is not valid JSON: '1' is an invalid end of a number. Expected a delimiter (line 1, byte 8)"},
		{`{"a":[1 `, "$.a", "$.a: ends too early (line 1, byte 9)"},
		{`{"a":1,}`, "$", "$: has a comma before its end (line 1, byte 8)"},
		{"{\"a\u2028\":}", "$['a\u2028']", `"$['a\u2028']": is not valid JSON: '}' is an invalid start of a value`},
		{`{"a`, "$", "$: ends too early"},
		{"{\"a\":\n  nope}", "$.a", "$.a: is not valid JSON: expected null (line 2, byte 4)"},
		{`{"a":` + nested(MaxDepth) + `}`, "$.a", "$.a: is nested too deeply"},
		{`{"\ud800":1}`, "$", "$: a name has half a surrogate pair"},
		{"{\n \"set\": 12}", "$.set", "$.set: expected true or false, got a number (line 2, byte 9)"},
		{`{"set":"true"}`, "$.set", "expected true or false, got a text"},
		{`{"set":null}`, "$.set", "expected true or false, got null"},
		{`{"set":{}}`, "$.set", "expected true or false, got an object"},
		{`{"set":[true]}`, "$.set", "expected true or false, got a list"},
		{`{"password":"\ud800"}`, "$.password", "expected a text, got a text that is not valid Unicode"},
	} {
		_, bad := readObject(test.text)
		if bad == nil || bad.Key != test.key || !strings.HasPrefix(bad.Explanation, "Body: ") || !strings.Contains(bad.Explanation, test.explanation) {
			t.Errorf("%.60q: got %+v, want %q, %q", test.text, bad, test.key, test.explanation)
			continue
		}
		if bad.Error() != "400: "+bad.Explanation {
			t.Errorf("%.60q: the error reads %q", test.text, bad)
		}
	}
}

// The rest of a body may have secrets, so that the explanation does not quote it.
func TestObjectReaderQuotesNothing(t *testing.T) {
	if _, bad := readObject(`{"a":tru,"password":"Secret123!"}`); bad == nil || strings.Contains(bad.Explanation, "Secret") {
		t.Errorf("got %+v", bad)
	}
}

// anySurrogate is an escaped half of a surrogate pair: TestObjectReaderRefuses looks at them.
var anySurrogate = regexp.MustCompile(`(?i)\\ud[89a-f]`)

// byEncodingJSON reads an object with encoding/json, and says whether the text is one that the server takes. It must not be asked
// about halves of surrogate pairs, which encoding/json takes.
func byEncodingJSON(text []byte) (properties []string, ok bool) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if !json.Valid(text) || depth(text) > MaxDepth || bytes.TrimSpace(text)[0] != '{' {
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
		var shown string
		switch value := value.(type) {
		case nil:
			shown = "null"
		case bool:
			shown = strconv.FormatBool(value)
		case string:
			shown = strconv.Quote(value)
		case json.Number:
			shown = "a number"
		case map[string]any:
			shown = "an object"
		default:
			shown = "a list"
		}
		properties = append(properties, name+"="+shown)
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
		var seen []string
		bad := NewObjectReader(text, "Some.Class", "Param", inOnePiece).Read(func(name string, value Value) *BodyError {
			seen = append(seen, name+"="+shown(value))
			return nil
		})
		if bad != nil && (strings.ContainsAny(bad.Explanation, "\r\n") || bad.Key != "Param" && !strings.HasPrefix(bad.Key, "$")) {
			t.Errorf("%q: got %+v", text, bad)
		}
		if anySurrogate.Match(text) {
			return
		}
		want, ok := byEncodingJSON(text)
		if ok != (bad == nil) || ok && utf8.Valid(text) && !slices.Equal(seen, want) {
			t.Fatalf("%q: got %v, %v; want %v, %t", text, seen, bad, want, ok)
		}
	})
}
