package strict

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestParseJSONRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                              `f: is empty`,
		" \n":                           `f: is empty`,
		"\xef\xbb\xbf":                  `f: is empty`,
		"{":                             `f:1:2: is not valid JSON: unexpected end of JSON input`,
		"{\n  \"a\": tru}\n":            `f:2:11: is not valid JSON: invalid character '}' in literal true (expecting 'e')`,
		"{\"é\": 1,}\n":                 `f:1:9: is not valid JSON: invalid character '}' looking for beginning of object key string`,
		"{\"a\": 1} 2\n":                `f:1:10: is not valid JSON: invalid character '2' after top-level value`,
		"{\n\"a\": \"\xff\"}":           `f:2:7: is not valid UTF-8 here`,
		"\xef\xbb\xbf{\"a\": \"\xff\"}": `f:1:8: is not valid UTF-8 here`,
		`{"a":1,"a":2}`:                 `f:1:8: a: stands there twice`,
		`{"a":{"b":1,"c":2,"b":3}}`:     `f:1:19: a.b: stands there twice`,
		"{\"a\": [{},\n {\"b\": \"😀\\ud800\"}]}":                     `f:2:8: a[1].b: has half a surrogate pair`,
		`{"a":"\ude00\ud83d"}`:                                       `f:1:6: a: has half a surrogate pair`,
		strings.Repeat("[", 17) + strings.Repeat("]", 17):            "",
		strings.Repeat("[", 18) + strings.Repeat("]", 18):            `f:1:18: is nested too deeply`,
		strings.Repeat(`{"a":`, 17) + `{}` + strings.Repeat("}", 17): `f:1:86: is nested too deeply`,
		strings.Repeat("[", 5000) + strings.Repeat("]", 5000):        `f:1:18: is nested too deeply`,
	} {
		_, err := ParseJSON("f", []byte(text))
		got := ""
		if err != nil {
			got = err.Error()
			if !errors.As(err, new(*Error)) {
				t.Errorf("%q: %T", text, err)
			}
		}
		if got != want {
			t.Errorf("%.60q:\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// Value is what encoding/json reads, but for numbers, which stay as they are written if they are not whole.
func TestValue(t *testing.T) {
	for text, want := range map[string]any{
		`{"a":[1,"x",true,null,{}]}`:     map[string]any{"a": []any{json.Number("1"), "x", true, nil, map[string]any{}}},
		`[]`:                             []any{},
		`null`:                           nil,
		`"\ud83d\ude00\u0000"`:           "😀\x00",
		`1.0`:                            json.Number("1"),
		`1e2`:                            json.Number("100"),
		`1.50`:                           json.Number("1.50"),
		`1e999`:                          json.Number("1e999"),
		"\xef\xbb\xbf" + ` {"0123":"~"}`: map[string]any{"0123": "~"},
	} {
		d, err := ParseJSON("f", []byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := d.Value(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, want %#v", text, got, want)
		}
	}
}

func TestWholeNumber(t *testing.T) {
	for text, want := range map[string]string{
		"7": "7", "-7": "-7", "7.0": "7", "1e2": "100", "9223372036854775807": "9223372036854775807",
		"7.5": "", "1e400": "", "1e30": "", "9223372036854775808": "",
		"0.0": "0", "-0.0": "0", "0e999999999999999999999": "0", "-7.50e1": "-75", "0.0012E+4": "12", "1200e-2": "12", "100.00e-2": "1",
		"9007199254740993.0": "9007199254740993", "922337203685477580.7e1": "9223372036854775807", "-9.223372036854775808e18": "-9223372036854775808",
		"9.223372036854775808e18": "", "1e-400": "", "0.99999999999999999999": "", "1.00000000000000000001": "", "1200e-3": "",
		"1e999999999": "", "1e-999999999": "", "1e999999999999999999999": "", "1e-9223372036854775808": "",
	} {
		if got, ok := wholeNumber(text); ok && got != want || ok != (want != "") {
			t.Errorf("%s: got %q, %t", text, got, ok)
		}
	}
}
