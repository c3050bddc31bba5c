package dotnet

import "testing"

func TestParseGUID(t *testing.T) {
	const want = "66faa6e4-f133-11ea-b126-00ffeec8b4ef"
	for _, text := range []string{
		"66faa6e4-f133-11ea-b126-00ffeec8b4ef",
		"66FAA6E4-F133-11EA-B126-00FFEEC8B4EF",
		"66faa6e4f13311eab12600ffeec8b4ef",
		"{66faa6e4-f133-11ea-b126-00ffeec8b4ef}",
		"(66faa6e4-f133-11ea-b126-00ffeec8b4ef)",
		" 66faa6e4-f133-11ea-b126-00ffeec8b4ef\t",
		"{0x66faa6e4,0xf133,0x11ea,{0xb1,0x26,0x00,0xff,0xee,0xc8,0xb4,0xef}}",
		"{0x66FAA6E4, 0xF133, 0X11EA, {0xB1, 0x26, 0x0, 0x00ff, 0xEE, 0xC8, 0xB4, 0xEF}}",
	} {
		if got, ok := ParseGUID(text); !ok || got != want {
			t.Errorf("%s: got %q, %t", text, got, ok)
		}
	}
	for _, text := range []string{
		"", "owner", "owner@example.com",
		"66faa6e4-f133-11ea-b126-00ffeec8b4e",
		"66faa6e4-f13311ea-b126-00ffeec8b4ef",
		"{66faa6e4f13311eab12600ffeec8b4ef}",
		"(66faa6e4f13311eab12600ffeec8b4ef)",
		"{66faa6e4-f133-11ea-b126-00ffeec8b4ef)",
		"{66faa6e4-f133-11ea-b126-00ffeec8b4ef",
		"{0x66faa6e4,0xf133,0x11ea,{0xb1,0x26,0x00,0xff,0xee,0xc8,0xb4}}",
		"{0x66faa6e4,0xff133,0x11ea,{0xb1,0x26,0x00,0xff,0xee,0xc8,0xb4,0xef}}",
		"{0x66faa6e4,0xf133,0x11ea,{0xb1,0x26,0x00,0x1ff,0xee,0xc8,0xb4,0xef}}",
	} {
		if got, ok := ParseGUID(text); ok {
			t.Errorf("%s: got %q", text, got)
		}
	}
}
