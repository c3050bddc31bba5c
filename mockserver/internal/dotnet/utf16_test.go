package dotnet

import (
	"encoding/binary"
	"testing"
	"unicode/utf16"
)

func TestFromUTF16(t *testing.T) {
	encode := func(text string) (encoded []byte) {
		for _, unit := range utf16.Encode([]rune(text)) {
			encoded = binary.LittleEndian.AppendUint16(encoded, unit)
		}
		return encoded
	}
	for _, test := range []struct {
		name string
		text []byte
		want string
	}{
		{"nothing", nil, ""},
		{"JSON", encode(`{"set":true}`), `{"set":true}`},
		{"a byte order mark", encode("\ufeff{}"), "\ufeff{}"},
		{"letters beyond the basic plane", encode("é😀"), "é😀"},
		{"half a unit at the end", append(encode("{}"), 'x'), "{}\ufffd"},
		{"half a surrogate pair", []byte{0x3d, 0xd8, 'x', 0}, "\ufffdx"},
		{"big endian", []byte{0, '{'}, "\u7b00"},
	} {
		if got := string(FromUTF16(test.text)); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
