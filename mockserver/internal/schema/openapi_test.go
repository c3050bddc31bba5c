package schema_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/schema"
)

// pair is a schema of a request as it was generated, and as kin-openapi reads it from the contract.
type pair struct {
	name      string
	generated *schema.Schema
	read      *openapi3.Schema
}

// pairs are the schemas of all parameters and bodies of both contracts. It fails when the requests differ in anything else.
func pairs(t testing.TB) []pair {
	t.Helper()
	var all []pair
	for _, contract := range []struct {
		text     []byte
		requests []schema.Request
	}{{api.Document, api.ContractRequests}, {control.OpenAPI(), controlapi.ContractRequests}} {
		document, err := openapi3.NewLoader().LoadFromData(contract.text)
		if err != nil {
			t.Fatal(err)
		}
		operations := 0
		for _, item := range document.Paths.Map() {
			operations += len(item.Operations())
		}
		if operations != len(contract.requests) {
			t.Errorf("%d requests, the contract has %d", len(contract.requests), operations)
		}
		for _, request := range contract.requests {
			item := document.Paths.Value(request.Path)
			operation := item.GetOperation(request.Method)
			if operation.OperationID != request.Operation || (operation.Security != nil) != request.Open {
				t.Errorf("%s: %+v", operation.OperationID, request)
			}
			parameters := slices.Concat(item.Parameters, operation.Parameters)
			if len(parameters) != len(request.Parameters) || (operation.RequestBody != nil) != (request.Body != nil) {
				t.Fatalf("%s: %+v", operation.OperationID, request)
			}
			for i, parameter := range request.Parameters {
				if read := parameters[i].Value; read.Name != parameter.Name || read.In != parameter.In || read.Required != parameter.Required {
					t.Errorf("%s: %+v", operation.OperationID, parameter)
				}
				all = append(all, pair{request.Operation + " " + parameter.Name, parameter.Schema, parameters[i].Value.Schema.Value})
			}
			if request.Body == nil {
				continue
			}
			read := operation.RequestBody.Value
			if read.Required != request.Body.Required || len(read.Content) != len(request.Body.Media) {
				t.Errorf("%s: %+v", operation.OperationID, request.Body)
			}
			for _, media := range request.Body.Media {
				all = append(all, pair{request.Operation + " " + media.Type, media.Schema, read.Content[media.Type].Schema.Value})
			}
		}
	}
	return all
}

// check compares all judgements of a value.
func (p pair) check(t interface {
	Errorf(format string, arguments ...any)
}, value any,
) {
	err := p.read.VisitJSON(value)
	if accepted := p.generated.Accepts(value); accepted != (err == nil) {
		t.Errorf("%s: %s: accepted %t, kin-openapi says %v", p.name, text(value), accepted, err)
		return
	}
	got, want := "", ""
	if first := p.generated.First(value); len(first) > 0 {
		got = describe(first[0])
	}
	if err != nil {
		want = describeError(err)
	}
	if got != want {
		t.Errorf("%s: %s: the first mistake is %s, kin-openapi says %s", p.name, text(value), got, want)
	}
	var all []string
	for _, mistake := range p.generated.Mistakes(value) {
		all = append(all, describe(mistake))
	}
	if wanted := describeErrors(p.read.VisitJSON(value, openapi3.MultiErrors())); !slices.Equal(slices.Sorted(slices.Values(all)), wanted) {
		t.Errorf("%s: %s: the mistakes are %q, kin-openapi says %q", p.name, text(value), all, wanted)
	}
}

func text(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func describe(m schema.Mistake) string { return strings.Join(m.Path, "/") + " " + m.Keyword }

// describeError is the mistake that kin-openapi reports first. What all of several schemas ask for is what each asks for.
func describeError(err error) string { return describeErrors(err)[0] }

func describeErrors(err error) []string {
	var several openapi3.MultiError
	switch err := err.(type) { //nolint:errorlint // what is wrapped is looked at below
	case nil:
		return nil
	case openapi3.MultiError:
		several = err
	case *openapi3.SchemaError:
		if err.SchemaField != "allOf" || !errors.As(err.Origin, &several) {
			return []string{strings.Join(err.JSONPointer(), "/") + " " + err.SchemaField}
		}
	default:
		return []string{err.Error()}
	}
	var all []string
	for _, one := range several {
		all = append(all, describeErrors(one)...)
	}
	slices.Sort(all)
	return all
}

// Every value that is near to a schema is judged as kin-openapi judges it.
func TestJudgements(t *testing.T) {
	for _, p := range pairs(t) {
		t.Run(p.name, rapid.MakeCheck(func(t *rapid.T) {
			p.check(t, near(t, p.generated, 4))
		}))
	}
}

// near draws a value that keeps to a schema, or nearly.
func near(t *rapid.T, s *schema.Schema, depth int) any {
	if depth == 0 || rapid.IntRange(0, 9).Draw(t, "any") == 0 {
		return anything(t, depth)
	}
	if combined := slices.Concat(s.AllOf, s.AnyOf, s.OneOf); len(combined) > 0 && rapid.Bool().Draw(t, "combined") {
		return near(t, rapid.SampledFrom(combined).Draw(t, "one"), depth)
	}
	if len(s.Enum) > 0 && rapid.Bool().Draw(t, "allowed") {
		return rapid.SampledFrom(s.Enum).Draw(t, "enum")
	}
	switch s.Type {
	case "object":
		object := map[string]any{}
		for _, property := range s.Properties {
			if slices.Contains(s.Required, property.Name) && rapid.IntRange(0, 9).Draw(t, "left out") > 0 || rapid.IntRange(0, 2).Draw(t, "there") == 0 {
				object[property.Name] = near(t, property.Schema, depth-1)
			}
		}
		if rapid.IntRange(0, 5).Draw(t, "more") == 0 {
			object[rapid.SampledFrom([]string{"", "a", "zz", "Set"}).Draw(t, "name")] = anything(t, depth-1)
		}
		return object
	case "array":
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "length") {
			list = append(list, near(t, s.Items, depth-1))
		}
		return list
	case "string":
		return rapid.OneOf(
			rapid.SampledFrom([]string{"", "a", "sk-a", "sk-", "..", "a..b", "1s", "-1.5h", "x y", " x", "a:b", "ä", "\x00", strings.Repeat("x", 255), strings.Repeat("ß", 256), strings.Repeat("f", 32),
				"2030-01-01T00:00:00Z", "2030-02-30T00:00:00Z", "2030-1-01T00:00:00Z", "2030-01-01T24:00:00Z", "2030-12-31T23:59:60.5+23:59", "2030-13-01T00:00:00Z", "2030-01-01",
				"3adbc78e-0c2a-4b6c-8b0b-1d1a5a5a5a5a", "3ADBC78E-0C2A-4B6C-8B0B-1D1A5A5A5A5", "owner@example.com", "documented", "owner", "mine"}),
			rapid.String(),
		).Draw(t, "text")
	case "integer", "number":
		return numberNear(t, s)
	case "boolean":
		return rapid.Bool().Draw(t, "flag")
	default:
		return anything(t, depth)
	}
}

func numberNear(t *rapid.T, s *schema.Schema) any {
	candidates := []float64{0, 1, -1, 0.5, 2147483647, 2147483648, 2147483647.5, -2147483649, 9007199254740991, 9.3e18, 9.223372036854775807e18, -9.3e18, 1e300}
	for _, bound := range []*float64{s.Minimum, s.Maximum} {
		if bound != nil {
			candidates = append(candidates, *bound-1, *bound, *bound+1, *bound+0.5)
		}
	}
	n := rapid.SampledFrom(candidates).Draw(t, "number")
	if rapid.Bool().Draw(t, "literal") {
		return json.Number(rapid.SampledFrom([]string{fmt.Sprint(n), fmt.Sprintf("%.1f", n), "1e999", "1e2", "-0"}).Draw(t, "digits"))
	}
	return n
}

func anything(t *rapid.T, depth int) any {
	switch kind := rapid.IntRange(0, 7).Draw(t, "kind"); {
	case kind == 7:
		return json.Number("1e999") // too large for a float64
	case kind == 0:
		return nil
	case kind == 1:
		return rapid.Bool().Draw(t, "flag")
	case kind == 2:
		return rapid.StringN(0, 5, -1).Draw(t, "text")
	case kind == 3 || depth == 0:
		return numberNear(t, &schema.Schema{})
	case kind == 4:
		return []any{anything(t, depth-1)}
	case kind == 5:
		return map[string]any{rapid.SampledFrom([]string{"set", "displayValue", "password", "id", "key", "a"}).Draw(t, "name"): anything(t, depth-1)}
	default:
		return map[string]any{}
	}
}

// Whatever JSON arrives is judged as kin-openapi judges it.
func FuzzJudgements(f *testing.F) {
	for i, seed := range []string{
		`{"set":true}`, `{"displayValue":null,"set":1}`, `{"password":"x"}`, `{"access":2,"linkType":1,"expirationDate":"2030-01-01T00:00:00Z"}`, `{"title":"x","roomType":5}`,
		`{"status":503,"times":2}`, `{"users":[{"email":"a","role":"owner"}]}`, `{"by":"1s"}`, `[]`, `null`, `1e999`,
	} {
		f.Add(i, seed)
	}
	all := pairs(f)
	f.Fuzz(func(t *testing.T, which int, text string) {
		var value any
		decoder := json.NewDecoder(strings.NewReader(text))
		if which%2 == 0 {
			decoder.UseNumber()
		}
		if decoder.Decode(&value) != nil {
			return
		}
		all[uint(which)%uint(len(all))].check(t, value)
	})
}
