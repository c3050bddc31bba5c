package mockserver

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/schema"
)

// brokenContracts are requests and the places in which they break openapi.yaml.
var brokenContracts = []struct {
	method, target, body, contentType string
	want                              []string
}{

	{"GET", mocktest.SettingsPath, "", "", nil},
	{"GET", mocktest.SettingsPath, `{"set":1}`, "text/plain", nil}, // no body is described
	{"GET", mocktest.SettingsPath + "?fields=a,b&x=y", "", "", nil},
	{"GET", mocktest.SettingsPath + "?fields=", "", "", []string{"/query/fields: must not be empty"}},
	{"GET", strings.ToUpper(mocktest.SettingsPath) + "/", "", "", nil},
	{"PUT", mocktest.ExternalPath, `{"set":true}`, "application/json", nil},
	{"PUT", mocktest.ExternalPath, `{"set":true,"displayValue":true,"x":1e999}`, "application/json; charset=utf-8", nil},
	{"PUT", "/API/2.0/Files/settings/External/", `{"set":true}`, "application/json", nil},
	{"PUT", mocktest.ExternalPath, `{}`, "application/json", []string{"/body: needs set or displayValue, with the same value where both are given"}},
	{"PUT", mocktest.ExternalPath, `{"set":true,"displayValue":false}`, "application/json", []string{"/body: needs set or displayValue, with the same value where both are given"}},
	{"PUT", mocktest.ExternalPath, `{"SET":true}`, "application/json", []string{"/body: needs set or displayValue, with the same value where both are given"}},
	{"PUT", mocktest.ExternalPath, `{"set":"secret"}`, "application/json", []string{"/body/set: must be true or false"}},
	{"PUT", mocktest.SocialPath, `{"set":1,"displayValue":null}`, "application/json", []string{"/body/displayValue: must not be null", "/body/set: must be true or false"}},
	{"PUT", mocktest.ExternalPath, `["secret"]`, "application/json", []string{"/body: must be an object"}},
	{"PUT", mocktest.ExternalPath, `{"secret`, "application/json", []string{"/body: is not valid JSON"}},
	{"PUT", mocktest.ExternalPath, `{"set":true} {}`, "application/json", []string{"/body: is not valid JSON"}},
	{"PUT", mocktest.ExternalPath, ``, "application/json", []string{"/body: is missing"}},
	{"PUT", mocktest.ExternalPath, " \n", "application/json", []string{"/body: is missing"}},
	{"PUT", mocktest.ExternalPath, `{"set":true}`, "text/json", []string{"/header/Content-Type: must be application/json"}},
	{"PUT", mocktest.ExternalPath, `{"set":true}`, "", []string{"/header/Content-Type: must be application/json"}},
	{"POST", mocktest.PasswordPath("x"), `{"password":"secret"}`, "application/json", nil},
	{"POST", mocktest.PasswordPath("x"), `{"password":null}`, "application/json", nil},
	{"POST", mocktest.PasswordPath("x"), `{}`, "application/json", nil},
	{"POST", mocktest.PasswordPath("x"), `{"password":12345}`, "application/json", []string{"/body/password: must be a text"}},
	{"GET", mocktest.ExternalPath, "", "", []string{"/method: only PUT is known here"}},
	{"GET", "/nope", "", "", []string{"/path: there is no such path"}},
	{"GET", "/api/2.0/files/@my", "", "", []string{"/path: there is no such path"}},
}

func texts(violations []Violation) []string {
	var texts []string
	for _, v := range violations {
		texts = append(texts, v.String())
	}
	return texts
}

// The wording of `not` is that of one schema.
func TestOnlyOneSchemaForbids(t *testing.T) {
	for name, component := range contractDocument().Components.Schemas {
		if component.Value.Not != nil && name != "DisplayRequestDto" {
			t.Errorf("%s has a not of its own: schemaMessage does not know it", name)
		}
	}
}

func TestParseJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":[1,null]}`: `map[a:[1 <nil>]]`,
		`{"a":1e999}`:    `map[a:1e999]`, // too large for Go, and a number all the same
		" 1e999 \n":      `1e999`,
		`1e999 2`:        "refused",
		`{"a":1e999}}`:   "refused",
		`{"a":1e999,`:    "refused",
		`{"a":}`:         "refused",
		``:               "refused",
	} {
		got := "refused"
		if value, err := parseJSON([]byte(text)); err == nil {
			got = fmt.Sprint(value)
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// Values are not repeated, and steps are escaped as JSON pointers are.
func TestSchemaViolations(t *testing.T) {
	nested := schema.Schema{Type: "object", Properties: []schema.Property{
		{Name: "a/b~c", Schema: &schema.Schema{Type: "array", Items: &schema.Schema{Type: "string", MaxLength: 3}}},
		{Name: "number", Schema: &schema.Schema{Type: "integer"}},
	}}
	for text, want := range map[string][]string{
		`{"a/b~c":["abc"]}`:                           nil,
		`{"a/b~c":["abc","secret"]}`:                  {"/body/a~1b~0c/1: does not match maxLength of its schema"},
		`{"number":"secret"}`:                         {"/body/number: must be a whole number"},
		`{"number":"secret","a/b~c":["secret",null]}`: {"/body/a~1b~0c/0: does not match maxLength of its schema", "/body/a~1b~0c/1: must not be null", "/body/number: must be a whole number"},
	} {
		value, err := parseJSON([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := texts(schemaViolations("/body", nested.Mistakes(value)...)); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
