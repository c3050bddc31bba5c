// Package schema has the requests of an OpenAPI document as values of Go, and says where a value breaks its schema. internal/requests
// writes these values from the document, so that nothing is parsed when a program starts or gets its first request. Its judgements are
// those of kin-openapi, which tests hold it to.
package schema

import "github.com/mock-docspace/mock-docspace/mockserver/internal/text"

// Request is what a document says of the request of one operation.
type Request struct {
	Operation  string // operationId
	Method     string
	Path       string // as in the document, with {name} for a parameter
	Open       bool   // the operation overrides the security of the document
	Parameters []Parameter
	Body       *Body // nil when there is none
}

// Parameter is a parameter of the path or of the query. A list in the query is separated by commas.
type Parameter struct {
	Name     string
	In       string // "path" or "query"
	Required bool
	Schema   *Schema
}

// Body is the body of a request.
type Body struct {
	Required bool
	Media    []Media // in the order of their types
}

// Media is a body in one media type.
type Media struct {
	Type   string
	Schema *Schema
}

// Of returns the media type, or nil when the body cannot have it.
func (b *Body) Of(mediaType string) *Media {
	for i := range b.Media {
		if b.Media[i].Type == mediaType {
			return &b.Media[i]
		}
	}
	return nil
}

// Schema is a schema of OpenAPI 3.0, with the keywords that the documents use. The zero value allows everything but null.
type Schema struct {
	Type     string // "" is any
	Nullable bool
	Format   string
	Enum     []any  // of string, float64, bool and nil
	Expected string // x-expected: what is expected, in words

	MinLength, MaxLength int // MaxLength 0 is no limit
	Pattern              *text.Pattern

	Minimum, Maximum *float64
	ExclusiveMinimum bool

	Properties    []Property // in the order of their names
	Additional    *Schema    // of other properties; nil allows any, unless Closed
	Closed        bool       // there are no other properties
	MinProperties int
	Required      []string

	Items *Schema

	AnyOf, OneOf, AllOf []*Schema
	Not                 *Schema
}

// Property is a property of an object.
type Property struct {
	Name   string
	Schema *Schema
}

func (s *Schema) property(name string) *Schema {
	for i := range s.Properties {
		if s.Properties[i].Name == name {
			return s.Properties[i].Schema
		}
	}
	return nil
}

// empty says whether the schema asks for nothing. Then a number may even be larger than a float64.
func (s *Schema) empty() bool {
	return s.Type == "" && !s.Nullable && s.Format == "" && len(s.Enum) == 0 && s.MinLength == 0 && s.MaxLength == 0 && s.Pattern == nil &&
		s.Minimum == nil && s.Maximum == nil && len(s.Properties) == 0 && s.Additional == nil && !s.Closed && s.MinProperties == 0 && len(s.Required) == 0 &&
		s.Items == nil && len(s.AnyOf) == 0 && len(s.OneOf) == 0 && len(s.AllOf) == 0 && s.Not == nil
}
