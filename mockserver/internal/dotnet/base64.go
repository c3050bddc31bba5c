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
