package mockserver

import (
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// fieldsOf reads the names of the wanted properties from fields[]=a&fields[]=b, fields=a,b or fields=a&fields=b
// (ApiContext.cs). nil means all properties. An empty fields means a property with an empty name, so no property at all.
func fieldsOf(q dotnet.Query) []string {
	if list := q["fields[]"]; len(list) > 0 {
		return list
	}
	list := q["fields"]
	if len(list) == 1 {
		return strings.Split(list[0], ",")
	}
	return list
}

// fields are the names of the properties that the answer has. nil means all.
func (c *call) fields() []string {
	if c.unfiltered {
		return nil
	}
	return fieldsOf(c.query)
}

// pickedFields is fields, of an answer that they filter.
func (c *call) pickedFields() []string {
	fields := c.fields()
	if fields != nil {
		c.becauseOf(c.claimsOfCall().fields)
	}
	return fields
}

// nestedNames has an item for each nested object. The server writes some properties of these objects under other names
// (JsonPropertyName), but under their original names when `fields` picks the object (DynamicIgnoreResolver.cs: the converter
// ignores JsonPropertyName). An item gives the original name for the usual one.
var nestedNames = map[string]map[string]string{
	"defaultOrder":         {"is_asc": "isAsc", "property": "sortedBy"},
	"automaticallyCleanUp": {},
	"sharedTo":             {},
	"sharedLink":           {},
	"current":              {},
	"logo":                 {},
	"sharedBy":             {},
	"ownedBy":              {},
	"createdBy":            {},
	"updatedBy":            {},
	"editingBy":            {},
}

// pick is a copy of o with only the named properties, compared with their letter case. "a.b" picks the property b of a nested
// object a. If a is no object, "a.b" picks a whole (DynamicIgnoreResolver.cs; recorded: F1105, F1124, F1129). nil picks
// everything.
func (o object) pick(fields []string) object {
	if fields == nil {
		return o
	}
	picked := object{}
	for _, p := range o {
		names, nested := nestedNames[p.name]
		whole := slices.Contains(fields, p.name)
		var inner []string
		for _, field := range fields {
			if rest, ok := strings.CutPrefix(field, p.name+"."); ok && nested {
				inner = append(inner, rest)
			} else if ok {
				whole = true
			}
		}
		if !whole && inner == nil {
			continue
		}
		if nested {
			object, err := parseObject(p.value)
			if err != nil {
				continue // impossible: this package encoded the object
			}
			for i := range object {
				if original, ok := names[object[i].name]; ok {
					object[i].name = original
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

// picked is a response as JSON with some of its properties; nil keeps all.
func picked(response any, fields []string) ([]byte, error) {
	return pickedJSON(dotnet.AppendJSON(nil, response), fields)
}

// pickedJSON is picked of a response that is JSON already.
func pickedJSON(encoded []byte, fields []string) ([]byte, error) {
	if fields == nil {
		return encoded, nil
	}
	object, err := parseObject(encoded)
	if err != nil {
		return nil, err
	}
	return object.pick(fields).encode(), nil
}
