package dotnet

import (
	"bytes"
	"encoding/json"
)

// AppendJSON appends v as the server encodes it: `&`, `'`, `<` and letters beyond ASCII are not escaped. It panics when v cannot
// be encoded, so that only plain structs, lists and texts may be given.
func AppendJSON(b []byte, v any) []byte {
	buffer := bytes.NewBuffer(b)
	enc := json.NewEncoder(buffer)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))
}
