package host

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/schema"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// breach says where and how a value breaks a schema. The message is "" when it does not. It repeats no values, which can be secret.
func breach(of *schema.Schema, value any) (path, message string) {
	mistakes := of.First(value)
	if len(mistakes) == 0 {
		return "", ""
	}
	mistake := mistakes[0]
	for _, step := range mistake.Path {
		if _, err := strconv.Atoi(step); err == nil {
			path += "[" + step + "]"
		} else {
			path = strict.Join(path, step)
		}
	}
	switch s := mistake.Schema; mistake.Keyword {
	case "type":
		return path, "expected " + cmp.Or(text.SchemaTypes[s.Type], "another value")
	case "nullable":
		return path, "null is not allowed here: leave it out"
	case "enum":
		var allowed []string
		for _, one := range s.Enum {
			if one != nil {
				allowed = append(allowed, fmt.Sprint(one))
			}
		}
		return path, "must be one of " + strings.Join(allowed, ", ")
	case "minLength":
		if mistake.Value == "" {
			return path, "is empty: leave it out instead"
		}
		return path, fmt.Sprintf("has less than %d characters", s.MinLength)
	case "maxLength":
		return path, fmt.Sprintf("has more than %d characters", s.MaxLength)
	case "minimum", "maximum", "exclusiveMinimum":
		if s.Expected != "" {
			return path, "must be " + s.Expected
		}
		if s.Minimum != nil && s.Maximum != nil {
			return path, fmt.Sprintf("must be from %.f to %.f", *s.Minimum, *s.Maximum)
		}
		if s.Minimum != nil {
			return path, fmt.Sprintf("must be at least %.f", *s.Minimum)
		}
		return path, fmt.Sprintf("must be at most %.f", *s.Maximum)
	case "pattern", "oneOf":
		return path, "expected " + s.Expected
	case "minProperties":
		return path, "is empty: give at least one property"
	case "format":
		if s.Minimum != nil && s.Maximum != nil {
			return path, fmt.Sprintf("must be from %.f to %.f", *s.Minimum, *s.Maximum)
		}
		return path, "expected a time such as 2030-01-01T00:00:00Z"
	case "required":
		return path, "is missing"
	case "properties":
		object, _ := mistake.Value.(map[string]any)
		known := make([]string, len(s.Properties))
		for i, property := range s.Properties {
			known[i] = property.Name
		}
		unknown := slices.DeleteFunc(slices.Sorted(maps.Keys(object)), func(name string) bool { return slices.Contains(known, name) })
		return strict.Join(path, unknown[0]), "unknown property: use " + strings.Join(known, ", ")
	default:
		return path, "does not match " + mistake.Keyword + " of its schema"
	}
}
