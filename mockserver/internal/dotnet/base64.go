package dotnet

import (
	"encoding/base64"
	"strings"
)

var whitespace = strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "")

// FromBase64 reads base64 as Convert.FromBase64String does: with padding, and with blanks anywhere (recorded: cH-H123A,
// cH-H126A).
func FromBase64(text string) (raw []byte, ok bool) {
	raw, err := base64.StdEncoding.DecodeString(whitespace.Replace(text))
	return raw, err == nil
}

// FromBase64URL reads base64url as Base64Url.DecodeFromChars does: blanks are nothing, and padding may be there, as much of it as the
// length allows. The bits that the last letter has too many must be zero, so that no other letter stands for it
// (Base64UrlDecoder.cs (runtime); recorded: VD161, VD164, cK-K141 to cK-K143).
func FromBase64URL(text string) (raw []byte, ok bool) {
	text = whitespace.Replace(text)
	bare := strings.TrimRight(text, "=%")
	if padding := len(text) - len(bare); padding > 0 && padding > (4-len(bare)%4)%4 {
		return nil, false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(bare)
	return raw, err == nil
}
