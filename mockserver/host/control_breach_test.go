package host

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/schema"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// Where a value breaks a schema, and in which words. Values are not repeated.
func TestBreach(t *testing.T) {
	zero, one, five, nine := 0.0, 1.0, 5.0, 9.0
	of := &schema.Schema{Type: "object", Closed: true, Properties: []schema.Property{
		{Name: "at", Schema: &schema.Schema{Type: "string", Format: "date-time"}},
		{Name: "begins", Schema: &schema.Schema{Type: "string", Pattern: &text.Pattern{Text: "^a"}, Expected: "a text that begins with a"}},
		{Name: "flag", Schema: &schema.Schema{Type: "boolean"}},
		{Name: "kind", Schema: &schema.Schema{Type: "string", Enum: []any{"a", "b", nil}}},
		{Name: "least", Schema: &schema.Schema{Type: "integer", Minimum: &five}},
		{Name: "list", Schema: &schema.Schema{Type: "array", Items: &schema.Schema{Type: "object", Properties: []schema.Property{{Name: "id", Schema: &schema.Schema{Type: "string"}}}, Required: []string{"id"}}}},
		{Name: "most", Schema: &schema.Schema{Type: "integer", Maximum: &five}},
		{Name: "number", Schema: &schema.Schema{Type: "integer", Minimum: &one, Maximum: &nine}},
		{Name: "share", Schema: &schema.Schema{Type: "number", Minimum: &zero, Expected: "more than nothing"}},
		{Name: "some", Schema: &schema.Schema{Type: "object", MinProperties: 1}},
		{Name: "text", Schema: &schema.Schema{Type: "string", MinLength: 2, MaxLength: 3}},
	}}
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
		`{"least":4}`:                   "least: must be at least 5",
		`{"most":6}`:                    "most: must be at most 5",
		`{"share":-1}`:                  "share: must be more than nothing",
		`{"begins":"SECRET"}`:           "begins: expected a text that begins with a",
		`{"at":"SECRET"}`:               "at: expected a time such as 2030-01-01T00:00:00Z",
		`{"list":[{"id":"x"},{}]}`:      "list[1].id: is missing",
		`{"list":[{"id":5}]}`:           "list[0].id: expected a text",
		`{"list":{}}`:                   "list: expected a list",
		`{"some":{}}`:                   "some: is empty: give at least one property",
		`{"flag":true,"TEXT":"SECRET"}`: "TEXT: unknown property: use at, begins, flag, kind, least, list, most, number, share, some, text",
	} {
		var value any
		if err := json.Unmarshal([]byte(body), &value); err != nil {
			t.Fatal(err)
		}
		path, message := breach(of, value)
		if got := path + ": " + message; got != want || strings.Contains(got, "SECRET") {
			t.Errorf("%s: got %s, want %s", body, got, want)
		}
	}
}
