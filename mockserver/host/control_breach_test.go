package host

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// Where a value breaks a schema, and in which words. Values are not repeated.
func TestBreach(t *testing.T) {
	text := func(most uint64) *openapi3.Schema {
		return openapi3.NewStringSchema().WithMinLength(2).WithMaxLength(int64(most))
	}
	bounded := openapi3.NewIntegerSchema().WithMin(1).WithMax(9)
	expected := openapi3.NewFloat64Schema().WithMin(0)
	expected.Extensions = map[string]any{"x-expected": "more than nothing"}
	pattern := openapi3.NewStringSchema().WithPattern("^a")
	pattern.Extensions = map[string]any{"x-expected": "a text that begins with a"}
	schema := openapi3.NewObjectSchema().WithoutAdditionalProperties().
		WithProperty("flag", openapi3.NewBoolSchema()).
		WithProperty("text", text(3)).
		WithProperty("kind", openapi3.NewStringSchema().WithEnum("a", "b", nil)).
		WithProperty("number", bounded).
		WithProperty("share", expected).
		WithProperty("least", openapi3.NewIntegerSchema().WithMin(5)).
		WithProperty("begins", pattern).
		WithProperty("at", openapi3.NewDateTimeSchema()).
		WithProperty("list", openapi3.NewArraySchema().WithItems(openapi3.NewObjectSchema().WithProperty("id", openapi3.NewStringSchema()).WithRequired([]string{"id"}))).
		WithProperty("some", openapi3.NewObjectSchema().WithMinProperties(1))
	for body, want := range map[string]string{
		`{"flag":true,"text":"abc","kind":"a","number":9,"share":0.5,"begins":"ab","at":"2030-01-01T00:00:00Z","list":[{"id":"x"}],"some":{"x":1}}`: ": ",
		`[]`:                            ": expected an object",
		`{"flag":"SECRET"}`:             "flag: expected true or false",
		`{"flag":null}`:                 "flag: null is not allowed here: leave it out",
		`{"text":["SECRET"]}`:           "text: expected a text",
		`{"text":""}`:                   "text: is empty: leave it out instead",
		`{"text":"a"}`:                  "text: has less than 2 characters",
		`{"text":"SECRET"}`:             "text: has more than 3 characters",
		`{"kind":"SECRET"}`:             "kind: must be one of a, b",
		`{"number":10}`:                 "number: must be from 1 to 9",
		`{"number":0}`:                  "number: must be from 1 to 9",
		`{"number":1.5}`:                "number: expected a whole number",
		`{"share":-1}`:                  "share: must be more than nothing",
		`{"begins":"SECRET"}`:           "begins: expected a text that begins with a",
		`{"at":"SECRET"}`:               "at: expected a time such as 2030-01-01T00:00:00Z",
		`{"list":[{"id":"x"},{}]}`:      "list[1].id: is missing",
		`{"list":[{"id":5}]}`:           "list[0].id: expected a text",
		`{"list":{}}`:                   "list: expected a list",
		`{"some":{}}`:                   "some: is empty: give at least one property",
		`{"flag":true,"TEXT":"SECRET"}`: "TEXT: unknown property: use at, begins, flag, kind, least, list, number, share, some, text",
	} {
		var value any
		if err := json.Unmarshal([]byte(body), &value); err != nil {
			t.Fatal(err)
		}
		path, message := breach(schema, value)
		if got := path + ": " + message; got != want || strings.Contains(got, "SECRET") {
			t.Errorf("%s: got %s, want %s", body, got, want)
		}
	}
}
