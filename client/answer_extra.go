package client

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// unknownOf gives the properties of the response that D does not have. The body is one that has been decoded, so it is
// JSON; that spares all checking, and what is found shares the body's memory. As a rule nothing is found, and nothing is
// allocated.
func unknownOf[D any](body []byte) map[string]json.RawMessage {
	var extra map[string]json.RawMessage
	names := namesOf(reflect.TypeFor[D]())
	eachMember(body, 0, func(name []byte, at int) (end int) {
		if !isResponse(name) {
			return endOfValue(body, at)
		}
		extra = nil // of two, the last counts
		return eachMember(body, at, func(name []byte, at int) (end int) {
			end = endOfValue(body, at)
			if names[string(name)] { // does not allocate
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

// isResponse knows the name in every spelling that encoding/json takes for it, escapes included.
func isResponse(name []byte) bool {
	if bytes.IndexByte(name, '\\') < 0 {
		return strings.EqualFold(string(name), "response")
	}
	var text string
	return json.Unmarshal(quoted(name), &text) == nil && strings.EqualFold(text, "response")
}

func quoted(name []byte) []byte { return append(append([]byte{'"'}, name...), '"') }

// knows is as generous with upper and lower case as encoding/json.
func isKnown(names map[string]bool, text string) bool {
	for name := range names {
		if strings.EqualFold(name, text) {
			return true
		}
	}
	return false
}

// namesOf gives the JSON names of a generated type.
func namesOf(t reflect.Type) map[string]bool {
	if known, ok := nameCache.Load(t); ok {
		return known.(map[string]bool) // nothing else is put in
	}
	names := make(map[string]bool, t.NumField())
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		names[name] = true
	}
	nameCache.Store(t, names)
	return names
}

// nameCache holds what reflection says about two types; it is no state.
var nameCache sync.Map

// members calls yield for each member of the object that begins at i, with its name as it stands between the quotes and
// the place where its value begins; yield gives the place where it ends. It gives the place where the object ends. Anything
// but an object has no members. Text that is not JSON can give nonsense, but ends.
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

// endOfString gives the place after the closing quote of the string that begins at i.
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

// endOfValue gives the place after the value that begins at i.
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
				return i + depth + 1 // a bracket that was not opened here belongs to what is around
			}
		case ',', ' ', '\n', '\r', '\t':
			if depth == 0 {
				return i
			}
		}
	}
	return len(text)
}
