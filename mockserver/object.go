package mockserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// property is one property of a JSON object, with its value as JSON text.
type property struct {
	name  string
	value json.RawMessage
}

// object is a JSON object whose properties keep their order, as the server's answers do.
type object []property

func parseObject(text []byte) (object, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return nil, errors.Join(errors.New("not a JSON object"), err)
	}
	var o object
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, err
		}
		var compact bytes.Buffer
		if err := json.Compact(&compact, value); err != nil {
			return nil, err
		}
		o = append(o, property{name.(string), compact.Bytes()})
	}
	return o, nil
}

func (o object) encode() []byte {
	b := []byte{'{'}
	for i, p := range o {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, p.name)
		b = append(b, ':')
		b = append(b, p.value...)
	}
	return append(b, '}')
}

// with is a copy of o in which the named property has another value.
func (o object) with(name string, value any) object {
	o = slices.Clone(o)
	i := slices.IndexFunc(o, func(p property) bool { return p.name == name })
	o[i].value = appendJSON(nil, value)
	return o
}

// nestedNames are the plain names of the properties that the server renames in a nested object. They come out when the
// object is picked with `fields` (DynamicIgnoreResolver.cs: the converter does not look at JsonPropertyName).
var nestedNames = map[string]map[string]string{
	"defaultOrder":         {"is_asc": "isAsc", "property": "sortedBy"},
	"automaticallyCleanUp": {},
}

// pick leaves the properties that fields names, exactly spelled; "a.b" leaves b in a nested object
// (DynamicIgnoreResolver.cs). nil leaves everything.
func (o object) pick(fields []string) object {
	if fields == nil {
		return o
	}
	picked := object{}
	for _, p := range o {
		names, nested := nestedNames[p.name]
		var inner []string
		for _, field := range fields {
			if rest, ok := strings.CutPrefix(field, p.name+"."); ok && nested {
				inner = append(inner, rest)
			}
		}
		whole := slices.Contains(fields, p.name)
		if !whole && inner == nil {
			continue
		}
		if nested {
			object, err := parseObject(p.value)
			if err != nil {
				continue // our own encoding, which is an object
			}
			for i := range object {
				if plain, ok := names[object[i].name]; ok {
					object[i].name = plain
				}
			}
			if !whole {
				object = object.pick(inner)
			}
			p.value = object.encode()
		}
		picked = append(picked, p)
	}
	return picked
}

// appendJSON appends v as the server encodes it: `&`, `'`, `<` and letters beyond ASCII stand as they are.
func appendJSON(b []byte, v any) []byte {
	buffer := bytes.NewBuffer(b)
	enc := json.NewEncoder(buffer)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // only plain structs and texts come here
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))
}
