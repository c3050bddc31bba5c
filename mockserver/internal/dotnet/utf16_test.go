package dotnet

import (
	"bytes"
	"strings"
	"testing"
)

func TestFromUTF16(t *testing.T) {
	const half = "\x3d\xd8" // the first half of a pair
	long := strings.Repeat(" \x00", pieceUTF16/2)
	for _, test := range []struct {
		name, text, want string
	}{
		{"nothing", "", ""},
		{"JSON", "{\x00}\x00", "{}"},
		{"a byte order mark", "\xff\xfe{\x00}\x00", "\ufeff{}"},
		{"letters", "\xe9\x00" + half + "\x00\xde", "é😀"},
		{"big endian", "\x00{", "\u7b00"},
		{"big endian with its mark", "\xfe\xff\x00{", "\ufffe\u7b00"},
		{"U+FFFD", "\xfd\xff", "\ufffd"},
		{"zero", "\x00\x00", "\x00"},
		{"a pair across two pieces", long[2:] + half + "\x00\xde", strings.Repeat(" ", pieceUTF16/2-1) + "😀"},
	} {
		got, bad := FromUTF16([]byte(test.text))
		if bad != nil || string(got) != test.want {
			t.Errorf("%s: got %q, %v", test.name, got, bad)
		}
	}
	for _, test := range []struct {
		name, text, want string
	}{
		{"half a unit at the end", "{\x00}\x00 ", "[20] at index -1"}, // F261
		{"one byte", "\xff", "[FF] at index -1"},
		{"a first half before a letter", "{\x00" + half + "}\x00", "[3D][D8] at index 4"},
		{"a first half before another", half + half + "\x00\xde", "[3D][D8] at index 2"},
		{"a first half at the end", "{\x00" + half, "[3D][D8] at index -2"},
		{"a first half before half a unit", half + "\x00", "[3D][D8] at index -2"},
		{"a second half", "{\x00\x00\xde}\x00", "[00][DE] at index 2"},
		{"the first error of two", "\x00\xde" + half, "[00][DE] at index 0"},
		{"a second half in the second piece", long + "{\x00\x00\xde", "[00][DE] at index 2"},
	} {
		want := "Unable to translate bytes " + test.want + " from specified code page to Unicode."
		got, bad := FromUTF16([]byte(test.text))
		if bad == nil || bad.Error() != want || got != nil {
			t.Errorf("%s: got %q, %v, want %q", test.name, got, bad, want)
		}
	}
}

func TestToUTF16(t *testing.T) {
	for text, want := range map[string]string{
		"":    "",
		"{}":  "{\x00}\x00",
		"é😀":  "\xe9\x00\x3d\xd8\x00\xde",
		"\\u": "\\\x00u\x00",
	} {
		if got := ToUTF16([]byte(text)); !bytes.Equal(got, []byte(want)) {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

func FuzzFromUTF16(f *testing.F) {
	f.Add("{\x00}\x00")
	f.Add("\x3d\xd8\x00\xde")
	f.Fuzz(func(t *testing.T, text string) {
		decoded, bad := FromUTF16([]byte(text))
		if bad == nil && string(ToUTF16(decoded)) != text {
			t.Errorf("%q became %q", text, decoded)
		}
	})
}
