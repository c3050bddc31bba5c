package schema

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// Mistake is one place where a value breaks a schema.
type Mistake struct {
	Path    []string // names of properties, and numbers of items
	Keyword string   // of the schema that is broken, such as "maxLength"; "properties" for a property that is not allowed
	Value   any      // what stands there
	Schema  *Schema
}

// Accepts says whether a value keeps to the schema. A value is what encoding/json reads into an any, with or without json.Number.
func (s *Schema) Accepts(value any) bool { return (&checker{}).visit(s, value) }

// First returns the first mistake, with the properties of an object in the order of their names. It is the only one of the result.
func (s *Schema) First(value any) []Mistake { return (&checker{}).mistakes(s, value) }

// Mistakes returns all mistakes. Where one schema out of several has to match, and none does, that is one mistake.
func (s *Schema) Mistakes(value any) []Mistake {
	return (&checker{everything: true}).mistakes(s, value)
}

// checker goes through a value, up to its first mistake or to the end. Each of its methods says whether what it has looked at keeps to the
// schema.
type checker struct {
	everything bool
	path       []string
	found      []Mistake
}

func (c *checker) mistakes(s *Schema, value any) []Mistake {
	c.visit(s, value)
	return c.found
}

// fail reports a mistake. more is a further step of the path.
func (c *checker) fail(s *Schema, keyword string, value any, more ...string) bool {
	c.found = append(c.found, Mistake{slices.Concat(c.path, more), keyword, value, s})
	return false
}

// goesOn says whether the checker looks for more after a mistake.
func (c *checker) goesOn(ok bool) bool { return ok || c.everything }

// below visits a value inside the one that is visited.
func (c *checker) below(s *Schema, step string, value any) bool {
	c.path = append(c.path, step)
	ok := c.visit(s, value)
	c.path = c.path[:len(c.path)-1]
	return ok
}

func (c *checker) visit(s *Schema, value any) bool {
	if value == nil && s.Nullable || value != nil && s.empty() {
		return true
	}
	if s.Not != nil && s.Not.Accepts(value) {
		return c.fail(s, "not", value)
	}
	if ok, over := c.combined(s, value); !ok || over {
		return ok
	}
	if len(s.Enum) > 0 && !slices.ContainsFunc(s.Enum, func(allowed any) bool { return equal(allowed, value) }) {
		return c.fail(s, "enum", value)
	}
	switch value := value.(type) {
	case nil:
		return c.fail(s, "nullable", value)
	case bool:
		return c.isOf(s, "boolean", value)
	case string:
		return c.isOf(s, "string", value) && c.text(s, value)
	case []any:
		return c.isOf(s, "array", value) && c.list(s, value)
	case map[string]any:
		return c.isOf(s, "object", value) && c.object(s, value)
	default:
		n, ok := number(value)
		if !ok {
			return c.fail(s, "type", value)
		}
		return c.number(s, n)
	}
}

// combined checks the keywords that combine schemas. over says that nothing else is asked of the value.
func (c *checker) combined(s *Schema, value any) (ok, over bool) {
	if len(s.OneOf) > 0 {
		matching := 0
		for _, one := range s.OneOf {
			if one.Accepts(value) {
				matching++
			}
		}
		if matching != 1 {
			return c.fail(s, "oneOf", value), true
		}
	}
	if len(s.AnyOf) > 0 && !slices.ContainsFunc(s.AnyOf, func(one *Schema) bool { return one.Accepts(value) }) {
		return c.fail(s, "anyOf", value), true
	}
	ok = true
	for _, one := range s.AllOf {
		if ok = c.visit(one, value) && ok; !c.goesOn(ok) {
			break
		}
	}
	return ok, !ok || value == nil && len(s.OneOf)+len(s.AnyOf)+len(s.AllOf) > 0
}

func (c *checker) isOf(s *Schema, kind string, value any) bool {
	return s.Type == "" || s.Type == kind || c.fail(s, "type", value)
}

func (c *checker) number(s *Schema, value float64) bool {
	ok := true
	switch s.Type {
	case "integer":
		if math.Trunc(value) != value {
			ok = c.fail(s, "type", value)
		}
	case "number", "":
	default:
		return c.fail(s, "type", value)
	}
	for _, bound := range []struct {
		keyword string
		broken  bool
	}{
		{"format", s.Type == "integer" && !inFormat(s.Format, value)},
		{"exclusiveMinimum", s.ExclusiveMinimum && s.Minimum != nil && value <= *s.Minimum},
		{"minimum", s.Minimum != nil && value < *s.Minimum},
		{"maximum", s.Maximum != nil && value > *s.Maximum},
	} {
		if !c.goesOn(ok) {
			break
		}
		if bound.broken {
			ok = c.fail(s, bound.keyword, value)
		}
	}
	return ok
}

// inFormat says whether a number is in the range of a format of integers. Its fraction does not count.
func inFormat(format string, value float64) bool {
	switch value = math.Trunc(value); format {
	case "int32":
		return value >= math.MinInt32 && value <= math.MaxInt32
	case "int64":
		return value >= math.MinInt64 && value <= math.MaxInt64
	default:
		return true
	}
}

// dateTime is the form of a time, whose month may still not have such a day.
var dateTime = text.Pattern{Text: `^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$`}

func isDateTime(value string) bool {
	if !dateTime.MatchString(value) {
		return false
	}
	_, err := time.Parse(time.DateOnly, value[:len(time.DateOnly)])
	return err == nil
}

func (c *checker) text(s *Schema, value string) bool {
	ok := true
	if s.MinLength > 0 || s.MaxLength > 0 {
		length := utf8.RuneCountInString(value)
		if length < s.MinLength {
			ok = c.fail(s, "minLength", value)
		}
		if c.goesOn(ok) && s.MaxLength > 0 && length > s.MaxLength {
			ok = c.fail(s, "maxLength", value)
		}
	}
	if c.goesOn(ok) && s.Pattern != nil && !s.Pattern.MatchString(value) {
		ok = c.fail(s, "pattern", value)
	}
	if c.goesOn(ok) && s.Format == "date-time" && !isDateTime(value) {
		ok = c.fail(s, "format", value)
	}
	return ok
}

func (c *checker) list(s *Schema, value []any) bool {
	ok := true
	if s.Items == nil {
		return ok
	}
	for i, item := range value {
		if ok = c.below(s.Items, strconv.Itoa(i), item) && ok; !c.goesOn(ok) {
			break
		}
	}
	return ok
}

func (c *checker) object(s *Schema, value map[string]any) bool {
	ok := len(value) >= s.MinProperties || c.fail(s, "minProperties", value)
	if !c.goesOn(ok) {
		return ok
	}
	for _, name := range slices.Sorted(maps.Keys(value)) {
		if ok = c.property(s, value, name, value[name]) && ok; !c.goesOn(ok) {
			return ok
		}
	}
	for _, name := range s.Required {
		if _, there := value[name]; there {
			continue
		}
		if ok = c.fail(s, "required", value, name); !c.goesOn(ok) {
			break
		}
	}
	return ok
}

// property checks one property of an object.
func (c *checker) property(s *Schema, object map[string]any, name string, value any) bool {
	switch known := s.property(name); {
	case known != nil:
		return c.below(known, name, value)
	case s.Closed:
		return c.fail(s, "properties", object)
	case s.Additional != nil:
		return c.below(s.Additional, name, value)
	default:
		return true
	}
}

// equal compares a value of an enum with a value. Numbers of different types may be equal.
func equal(allowed, value any) bool {
	switch allowed := allowed.(type) {
	case float64:
		n, ok := number(value)
		return ok && n == allowed
	case string:
		return value == allowed
	case bool:
		return value == allowed
	default:
		return allowed == nil && value == nil
	}
}

// number reads a number. A json.Number may be too large for it.
func number(value any) (float64, bool) {
	switch n := value.(type) {
	case float64:
		return n, true
	case json.Number:
		f, err := n.Float64()
		return f, err == nil
	default:
		return 0, false
	}
}
