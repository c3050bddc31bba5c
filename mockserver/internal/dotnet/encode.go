package dotnet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// AppendJSON appends v as the server encodes it. It panics when v cannot be encoded, so that only plain structs, lists and
// texts may be given.
func AppendJSON(b []byte, v any) []byte {
	if text, ok := v.(string); ok {
		return AppendText(b, text)
	}
	return appendAny(b, v)
}

// AppendText is AppendJSON of a text.
func AppendText(b []byte, text string) []byte {
	if isPlain(text) { // most addresses and names
		return append(append(append(b, '"'), text...), '"')
	}
	return appendAny(b, text)
}

func appendAny(b []byte, v any) []byte {
	buffer := bytes.NewBuffer(b)
	enc := json.NewEncoder(buffer)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err)
	}
	encoded := bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))
	start := len(b)
	for start < len(encoded) && plain(encoded[start]) {
		start++
	}
	if start == len(encoded) {
		return encoded
	}
	return appendEscaped(encoded[:start:start], encoded[start:])
}

// isPlain says whether a text has nothing that is escaped.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || !plain(c) {
			return false
		}
	}
	return true
}

// plain says whether a byte of JSON by encoding/json stays the same.
func plain(c byte) bool { return c < 0x7F && c != '\\' }

// appendEscaped appends JSON by encoding/json with the server's escapes.
func appendEscaped(b, encoded []byte) []byte {
	for i := 0; i < len(encoded); {
		r, size := utf8.DecodeRune(encoded[i:])
		switch {
		case r == '\\' && encoded[i+1] == 'u':
			b = append(b, '\\', 'u')
			b = append(b, bytes.ToUpper(encoded[i+2:i+6])...)
			size = 6
		case r == '\\':
			size = 2
			b = append(b, encoded[i:i+size]...)
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			b = fmt.Appendf(b, `\u%04X\u%04X`, high, low)
		case escaped(r):
			b = fmt.Appendf(b, `\u%04X`, r)
		default:
			b = append(b, encoded[i:i+size]...)
		}
		i += size
	}
	return b
}

// escaped says whether the server escapes a letter of the Basic Multilingual Plane (recorded: F779, F799, F805): those that no
// version of Unicode has assigned, and all separators but the blank. It escapes every letter beyond that plane.
func escaped(r rune) bool {
	assigned := unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Cf) || unicode.Is(newer, r)
	return r != ' ' && !assigned || r == '\uFEFF'
}

// newer has the letters of the plane that Unicode 15.1 and 16.0 have added. Go's tables are those of Unicode 15.0, and the
// server's are newer.
var newer = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0897, Hi: 0x0897, Stride: 1},
	{Lo: 0x1B4E, Hi: 0x1B4F, Stride: 1},
	{Lo: 0x1B7F, Hi: 0x1B7F, Stride: 1},
	{Lo: 0x1C89, Hi: 0x1C8A, Stride: 1},
	{Lo: 0x2427, Hi: 0x2429, Stride: 1},
	{Lo: 0x2FFC, Hi: 0x2FFF, Stride: 1},
	{Lo: 0x31E4, Hi: 0x31E5, Stride: 1},
	{Lo: 0x31EF, Hi: 0x31EF, Stride: 1},
	{Lo: 0xA7CB, Hi: 0xA7CD, Stride: 1},
	{Lo: 0xA7DA, Hi: 0xA7DC, Stride: 1},
}}
