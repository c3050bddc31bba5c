package host

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// breach says where and how a value breaks a schema. The message is "" when it does not. It repeats no values, which can be secret.
func breach(schema *openapi3.Schema, value any) (path, message string) {
	var mistake *openapi3.SchemaError
	if !errors.As(schema.VisitJSON(value), &mistake) {
		return "", ""
	}
	for _, step := range mistake.JSONPointer() {
		if _, err := strconv.Atoi(step); err == nil {
			path += "[" + step + "]"
		} else {
			path = strict.Join(path, step)
		}
	}
	switch s := mistake.Schema; mistake.SchemaField {
	case "type":
		kind := "a value of another type"
		for name, words := range text.SchemaTypes {
			if s.Type.Is(name) {
				kind = words
			}
		}
		return path, "expected " + kind
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
		return path, fmt.Sprintf("has more than %d characters", *s.MaxLength)
	case "minimum", "maximum", "exclusiveMinimum":
		if expected, ok := s.Extensions["x-expected"]; ok {
			return path, fmt.Sprintf("must be %v", expected)
		}
		if s.Min != nil && s.Max != nil {
			return path, fmt.Sprintf("must be from %.f to %.f", *s.Min, *s.Max)
		}
		return path, mistake.Reason
	case "pattern", "oneOf":
		return path, fmt.Sprintf("expected %v", s.Extensions["x-expected"])
	case "minProperties":
		return path, "is empty: give at least one property"
	case "format":
		if s.Min != nil && s.Max != nil {
			return path, fmt.Sprintf("must be from %.f to %.f", *s.Min, *s.Max)
		}
		return path, "expected a time such as 2030-01-01T00:00:00Z"
	case "required":
		return path, "is missing"
	case "properties":
		object, _ := mistake.Value.(map[string]any)
		known := slices.Sorted(maps.Keys(s.Properties))
		for _, name := range slices.Sorted(maps.Keys(object)) {
			if !slices.Contains(known, name) {
				return strict.Join(path, name), "unknown property: use " + strings.Join(known, ", ")
			}
		}
		return path, mistake.Reason
	default:
		return path, mistake.Reason
	}
}
