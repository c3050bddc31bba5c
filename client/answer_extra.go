package client

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// unknownOf gives the properties of the response that D does not have. It scans a body that has been decoded before, because
// a second decoding would cost more than the first. So the body is JSON and needs no checks. The values share the memory of
// the body. Usually there are none, and nothing is allocated.
func unknownOf[D any](body []byte) map[string]json.RawMessage {
	var extra map[string]json.RawMessage
	names := namesOf(reflect.TypeFor[D]())
	eachMember(body, 0, func(name []byte, at int) (end int) {
		if !isResponse(name) {
			return endOfValue(body, at)
		}
		extra = nil // of two responses, the last one counts
		return eachMember(body, at, func(name []byte, at int) (end int) {
			end = endOfValue(body, at)
			if names[string(name)] { // this conversion does not allocate
				return end
			}
			var text string
			if json.Unmarshal(quoted(name), &text) == nil && !isKnown(names, text) {
				if extra == nil {
					extra = map[string]json.RawMessage{}
				}
				extra[text] = body[at:end:end]
			}
			return end
		})
	})
	return extra
}

// isResponse knows every spelling of the name that encoding/json accepts, also with escapes.
func isResponse(name []byte) bool {
	if bytes.IndexByte(name, '\\') < 0 {
		return strings.EqualFold(string(name), "response")
	}
	var text string
	return json.Unmarshal(quoted(name), &text) == nil && strings.EqualFold(text, "response")
}

func quoted(name []byte) []byte { return append(append([]byte{'"'}, name...), '"') }

// isKnown ignores upper and lower case, as encoding/json does.
func isKnown(names map[string]bool, text string) bool {
	for name := range names {
		if strings.EqualFold(name, text) {
			return true
		}
	}
	return false
}

// namesOf gives the JSON names of the fields of a generated type.
func namesOf(t reflect.Type) map[string]bool {
	if known, ok := nameCache.Load(t); ok {
		return known.(map[string]bool) // the cache has no other type
	}
	names := make(map[string]bool, t.NumField())
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		names[name] = true
	}
	nameCache.Store(t, names)
	return names
}

// nameCache keeps what reflection says about two types, which never changes.
var nameCache sync.Map

// eachMember calls yield for each member of the object that begins at i. It passes the text of the name between the quotes,
// and the place where the value begins. yield returns the place where the value ends. eachMember returns the place where the
// object ends. A value that is no object has no members. Text that is not JSON gives wrong members, but never an endless loop.
func eachMember(text []byte, i int, yield func(name []byte, at int) (end int)) int {
	if i = skipBlanks(text, i); i >= len(text) || text[i] != '{' {
		return endOfValue(text, i)
	}
	for i = skipBlanks(text, i+1); i < len(text) && text[i] == '"'; i = skipBlanks(text, i+1) {
		end := endOfString(text, i)
		name := text[i+1 : max(end-1, i+1)]
		if i = skipBlanks(text, end); i >= len(text) || text[i] != ':' {
			return i
		}
		at := skipBlanks(text, i+1)
		if i = skipBlanks(text, yield(name, at)); i >= len(text) || text[i] != ',' {
			break
		}
	}
	return min(i+1, len(text)) // after the brace
}

func skipBlanks(text []byte, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\n' || text[i] == '\r' || text[i] == '\t') {
		i++
	}
	return i
}

// endOfString returns the place after the closing quote of the string that begins at i.
func endOfString(text []byte, i int) int {
	for i++; i < len(text); i++ {
		switch text[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return len(text)
}

// endOfValue returns the place after the value that begins at i.
func endOfValue(text []byte, i int) int {
	if i < len(text) && text[i] == '"' {
		return endOfString(text, i)
	}
	for depth := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = endOfString(text, i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth <= 0 {
				return i + depth + 1 // a bracket that was not opened here closes the value around
			}
		case ',', ' ', '\n', '\r', '\t':
			if depth == 0 {
				return i
			}
		}
	}
	return len(text)
}
