// Command reference writes the reference page of a contract as Markdown.
package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/template"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "reference: give the contract and the page: reference openapi.yaml REFERENCE.md")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

//go:embed page.tmpl
var page string

func run(name, into string) error {
	document, err := openapi3.NewLoader().LoadFromFile(name)
	if err != nil {
		return err
	}
	functions := template.FuncMap{
		"operations": operations, "schemas": schemas, "properties": properties, "kind": kind, "parameters": parameters,
		"responses": responses, "body": body, "cell": cell, "anchor": anchor, "example": example, "join": strings.Join,
	}
	var text bytes.Buffer
	if err := template.Must(template.New("page").Funcs(functions).Parse(page)).Execute(&text, document); err != nil {
		return err
	}
	return os.WriteFile(into, text.Bytes(), 0o644) //nolint:gosec // a page for everybody
}

// operation is one call.
type operation struct {
	Method, Path string
	*openapi3.Operation
}

var methods = []string{"GET", "POST", "PUT", "PATCH", "DELETE"}

// operations lists the calls of a tag in the order of their paths.
func operations(document *openapi3.T, tag string) []operation {
	var all []operation
	for _, path := range document.Paths.InMatchingOrder() {
		item := document.Paths.Value(path)
		for _, method := range methods {
			if o := item.GetOperation(method); o != nil && slices.Contains(o.Tags, tag) {
				o.Parameters = append(slices.Clone(item.Parameters), o.Parameters...)
				all = append(all, operation{method, path, o})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b operation) int { return strings.Compare(a.Path, b.Path) })
	return all
}

func parameters(o operation) []*openapi3.Parameter {
	var all []*openapi3.Parameter
	for _, ref := range o.Parameters {
		all = append(all, ref.Value)
	}
	return all
}

// body is the schema of the request body, or nil when the call has none.
func body(o operation) *openapi3.SchemaRef {
	if o.RequestBody == nil {
		return nil
	}
	return content(o.RequestBody.Value.Content)
}

// content is the schema of the JSON body, which describes the bodies of all media types.
func content(c openapi3.Content) *openapi3.SchemaRef {
	if media := c.Get("application/json"); media != nil {
		return media.Schema
	}
	return nil
}

type response struct {
	Status, Description string
	Schema              *openapi3.SchemaRef
}

func responses(o operation) []response {
	var all []response
	for status, ref := range o.Responses.Map() {
		all = append(all, response{status, *ref.Value.Description, content(ref.Value.Content)})
	}
	slices.SortFunc(all, func(a, b response) int { return strings.Compare(a.Status, b.Status) })
	return all
}

type schema struct {
	Name string
	*openapi3.Schema
}

func schemas(document *openapi3.T) []schema {
	var all []schema
	for name, ref := range document.Components.Schemas {
		all = append(all, schema{name, ref.Value})
	}
	slices.SortFunc(all, func(a, b schema) int { return strings.Compare(a.Name, b.Name) })
	return all
}

type property struct {
	Name     string
	Required bool
	Ref      *openapi3.SchemaRef
}

// properties lists the properties of an object, with the required ones first.
func properties(s *openapi3.Schema) []property {
	var all []property
	for name, ref := range s.Properties {
		all = append(all, property{name, slices.Contains(s.Required, name), ref})
	}
	slices.SortFunc(all, func(a, b property) int {
		if a.Required != b.Required {
			return map[bool]int{true: -1, false: 1}[a.Required]
		}
		return strings.Compare(a.Name, b.Name)
	})
	return all
}

// kind describes the type of a value. A schema with a name becomes a link.
func kind(ref *openapi3.SchemaRef) string {
	if ref == nil {
		return "–"
	}
	if name, ok := strings.CutPrefix(ref.Ref, "#/components/schemas/"); ok {
		return fmt.Sprintf("[%s](#%s)", name, anchor(name))
	}
	s := ref.Value
	var parts []string
	switch {
	case s.Type.Is("array"):
		parts = append(parts, "list of "+kind(s.Items))
	case len(s.AllOf) > 0:
		for _, part := range s.AllOf {
			parts = append(parts, kind(part))
		}
	case s.Type != nil:
		parts = append(parts, strings.Join(s.Type.Slice(), " or "))
	}
	if s.Format != "" {
		parts = append(parts, "("+s.Format+")")
	}
	if s.Nullable {
		parts = append(parts, "or null")
	}
	if len(s.Enum) > 0 {
		values := make([]string, len(s.Enum))
		for i, value := range s.Enum {
			values[i] = fmt.Sprintf("`%v`", value)
		}
		parts = append(parts, strings.Join(values, ", "))
	}
	if s.Min != nil || s.Max != nil {
		parts = append(parts, bounds(s))
	}
	return strings.Join(parts, " ")
}

func bounds(s *openapi3.Schema) string {
	switch {
	case s.Max == nil:
		return fmt.Sprintf("from %v", *s.Min)
	case s.Min == nil:
		return fmt.Sprintf("up to %v", *s.Max)
	default:
		return fmt.Sprintf("%v to %v", *s.Min, *s.Max)
	}
}

// cell makes a text fit into a cell of a table.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}

func anchor(text string) string { return strings.ToLower(strings.ReplaceAll(text, " ", "-")) }

// example is the example of a schema on one line, or "" when it has none.
func example(s *openapi3.Schema) string {
	if s.Example == nil {
		return ""
	}
	text, err := json.Marshal(s.Example)
	if err != nil {
		return ""
	}
	return string(text)
}
