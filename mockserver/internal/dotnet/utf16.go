package dotnet

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// FromUTF16 turns UTF-16 with little endian units into UTF-8. Half a unit at the end becomes U+FFFD.
func FromUTF16(text []byte) []byte {
	units := make([]uint16, len(text)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(text[2*i:])
	}
	decoded := string(utf16.Decode(units))
	if len(text)%2 == 1 {
		decoded += string(utf8.RuneError)
	}
	return []byte(decoded)
}
