package dotnet

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// DecoderError is a text that the server's UnicodeEncoding refuses: a System.Text.DecoderFallbackException.
type DecoderError struct {
	Unknown []byte
	Index   int // in the piece of the body that the server was reading
}

// Error is the message in the server's words.
func (e *DecoderError) Error() string {
	var unknown strings.Builder
	for _, b := range e.Unknown {
		fmt.Fprintf(&unknown, "[%02X]", b)
	}
	return fmt.Sprintf("Unable to translate bytes %s at index %d from specified code page to Unicode.", unknown.String(), e.Index)
}

// pieceUTF16 is how many bytes the server decodes at once (TranscodingStream.cs, runtime).
const pieceUTF16 = 4096

// FromUTF16 turns UTF-16 with little endian units into UTF-8. A byte order mark stays: the reader of the JSON drops one.
//
// Half a unit at the end is an error (recorded: F261). Half a surrogate pair is one too; that is a reading of UnicodeEncoding.cs
// (runtime), and its index is the one in a body that comes in whole pieces. There is no text with an error, because
// System.Text.Json reads a body of up to 16 KiB to its end before it parses, and so meets the error of the decoder first.
func FromUTF16(text []byte) ([]byte, *DecoderError) {
	decoded := make([]byte, 0, len(text)/2)
	even := len(text) &^ 1
	for i := 0; i < even; i += 2 {
		letter := rune(binary.LittleEndian.Uint16(text[i:]))
		if !utf16.IsSurrogate(letter) {
			decoded = utf8.AppendRune(decoded, letter)
			continue
		}
		index := i % pieceUTF16
		switch isFirst := letter < 0xdc00; {
		case isFirst && i+2 == even:
			index = -2 // noticed at the end, where the piece is empty
		case isFirst:
			pair := utf16.DecodeRune(letter, rune(binary.LittleEndian.Uint16(text[i+2:])))
			if pair != utf8.RuneError {
				decoded = utf8.AppendRune(decoded, pair)
				i += 2
				continue
			}
			index = (i + 2) % pieceUTF16 // noticed at the next unit
		}
		return nil, &DecoderError{Unknown: text[i : i+2], Index: index}
	}
	if even < len(text) {
		return nil, &DecoderError{Unknown: text[even:], Index: -1}
	}
	return decoded, nil
}

// ToUTF16 turns UTF-8 into UTF-16 with little endian units, without a byte order mark.
func ToUTF16(text []byte) []byte {
	encoded := make([]byte, 0, 2*len(text))
	for _, unit := range utf16.Encode([]rune(string(text))) {
		encoded = binary.LittleEndian.AppendUint16(encoded, unit)
	}
	return encoded
}
