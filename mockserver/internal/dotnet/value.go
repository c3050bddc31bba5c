package dotnet

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// Value is the value of a property of a JSON object.
type Value struct {
	kind  tokenKind
	token []byte
}

// IsNull says whether the value is null.
func (v Value) IsNull() bool { return v.kind == nullToken }

// Bool is the value when it is true or false.
func (v Value) Bool() (value, ok bool) {
	return v.kind == trueToken, v.kind == trueToken || v.kind == falseToken
}

// Text is the value when it is a text of whole letters. A text with half a surrogate pair or with invalid UTF-8 is none.
func (v Value) Text() (text string, ok bool) {
	if v.kind != textToken || !utf8.Valid(v.token) {
		return "", false
	}
	return v.unescaped()
}

// unescaped is a name or text without escapes. ok is false when it has half a surrogate pair.
func (v Value) unescaped() (text string, ok bool) {
	if bytes.IndexByte(v.token, '\\') < 0 {
		return DecodeUTF8(v.token), true
	}
	unescaped, ok := unescapeJSON(v.token)
	return DecodeUTF8(unescaped), ok
}

// Int is the value when it is a whole number of 32 bits.
func (v Value) Int() (n int32, ok bool) {
	if v.kind != numberToken {
		return 0, false
	}
	parsed, err := strconv.ParseInt(string(v.token), 10, 32)
	return int32(parsed), err == nil
}

// IntOrText is a whole number of 32 bits, also when it is in a text (JsonNumberHandling.AllowReadingFromString).
func IntOrText(v Value) (n int32, ok bool) {
	if n, ok = v.Int(); ok {
		return n, true
	}
	text, _ := v.Text()
	parsed, err := strconv.ParseInt(text, 10, 32)
	return int32(parsed), err == nil
}

// IsObject says whether the value is the beginning of an object.
func (v Value) IsObject() bool { return v.kind == startObject }

// IsContainer says whether the value is an object or a list.
func (v Value) IsContainer() bool { return v.kind == startObject || v.kind == startArray }

func (v Value) describe() string {
	switch v.kind {
	case nullToken:
		return "null"
	case trueToken:
		return "true"
	case falseToken:
		return "false"
	case textToken:
		if _, ok := v.Text(); !ok {
			return "a text that is not valid Unicode"
		}
		return "a text"
	case numberToken:
		return "a number"
	case startObject:
		return "an object"
	default:
		return "a list"
	}
}
