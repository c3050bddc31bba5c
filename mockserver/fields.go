package mockserver

import (
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// fieldsOf are the properties asked for, nil when all are: fields[]=a&fields[]=b, fields=a,b or fields=a&fields=b
// (ApiContext.cs). An empty fields asks for a property without a name, so for none.
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
