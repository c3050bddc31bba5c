package mockserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// property is one property of a JSON object, with its value as JSON text.
type property struct {
	name  string
	value json.RawMessage
}

// object is a JSON object with its properties in order, because the server's answers have a fixed order.
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
		b = dotnet.AppendJSON(b, p.name)
		b = append(b, ':')
		b = append(b, p.value...)
	}
	return append(b, '}')
}

// with is a copy of o in which the named property, which must exist, has another value.
func (o object) with(name string, value any) object {
	o = slices.Clone(o)
	i := slices.IndexFunc(o, func(p property) bool { return p.name == name })
	o[i].value = dotnet.AppendJSON(nil, value)
	return o
}
