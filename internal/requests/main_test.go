package main

import (
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// What the fake would not check is refused, and not written as if it were checked.
func TestUnknownIsRefused(t *testing.T) {
	body := func(schema string) string {
		return `requestBody: {content: {application/json: {schema: ` + schema + `}}}`
	}
	for operation, want := range map[string]string{
		body(`{type: string, maxLength: 5}`):                                                        "",
		body(`{type: array, uniqueItems: true, items: {type: string}}`):                             "the keyword uniqueItems",
		body(`{type: string, maxLength: 0}`):                                                        "texts of length 0",
		body(`{type: string, format: byte}`):                                                        "the format byte",
		body(`{type: object, properties: {a: {type: object, maxProperties: 1}}}`):                   "the keyword maxProperties",
		`requestBody: {content: {application/*: {schema: {type: string}}}}`:                         "(application/*)",
		`parameters: [{name: a, in: header, schema: {type: string}}]`:                               "a parameter in header",
		`parameters: [{name: a, in: query, schema: {type: array, items: {type: string}}}]`:          "of style form",
		`parameters: [{name: a, in: query, allowEmptyValue: true, schema: {type: string}}]`:         "a parameter in query",
		`parameters: [{name: a, in: query, schema: {type: string}}]`:                                "",
		body(`{allOf: [{type: string}], oneOf: [{type: string}], not: {type: string, pattern: a}}`): "",
	} {
		document, err := openapi3.NewLoader().LoadFromData([]byte("openapi: 3.0.3\npaths: {/a: {post: {operationId: one, responses: {}, " + operation + "}}}\ncomponents: {}\n"))
		if err != nil {
			t.Fatal(operation, err)
		}
		text, err := generate("api", document)
		switch {
		case want == "" && (err != nil || !strings.Contains(string(text), `Operation: "one"`)):
			t.Errorf("%s: got %s, %v", operation, text, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: got %v, want %s", operation, err, want)
		}
	}
}
