package mockserver

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"
	"pgregory.net/rapid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// contractDocument is openapi.yaml as kin-openapi reads it.
var contractDocument = sync.OnceValue(func() *openapi3.T {
	doc, err := openapi3.NewLoader().LoadFromData(OpenAPI())
	if err != nil {
		panic("openapi.yaml: " + err.Error()) // there is no test to fail
	}
	return doc
})

// openapiRoutes are the calls as the document describes them.
var openapiRoutes = sync.OnceValue(func() map[Operation]*routers.Route {
	doc, routes := contractDocument(), map[Operation]*routers.Route{}
	for _, o := range Operations() {
		item := doc.Paths.Value(o.Path())
		routes[o] = &routers.Route{Spec: doc, Path: o.Path(), PathItem: item, Method: o.Method(), Operation: item.GetOperation(o.Method())}
	}
	return routes
})

// openapiViolations are the violations of a request as kin-openapi finds them.
func openapiViolations(c *call) []Violation {
	switch {
	case isPreflight(c.request):
		return nil // a browser sends it, not the app
	case !c.route.isOurs():
		return []Violation{{"/path", "there is no such path"}}
	case c.route.facts == nil:
		return []Violation{{"/method", "only " + c.route.path.known() + " is known here"}}
	}
	route := openapiRoutes()[c.operation()]
	found := openapiParameterViolations(c, route)
	if body := route.Operation.RequestBody; body != nil && c.bodyErr == nil && len(c.body) <= maxCheckedBody {
		found = append(found, openapiBodyViolations(c, body.Value)...)
	}
	return found
}

func openapiParameterViolations(c *call, route *routers.Route) []Violation {
	var found []Violation
	for _, parameter := range route.Operation.Parameters {
		switch p := parameter.Value; {
		case p.In == openapi3.ParameterInPath:
			found = append(found, openapiSchemaViolations("/path/"+p.Name, p.Schema.Value.VisitJSON(openapiPathValue(p.Schema.Value, c.route.parameter)))...)
		case p.In == openapi3.ParameterInQuery && (p.Required || c.request.URL.RawQuery != ""):
			// For a query parameter the library needs nothing but the request and the route.
			err := openapi3filter.ValidateParameter(c.request.Context(), &openapi3filter.RequestValidationInput{Request: c.request, Route: route}, p)
			found = append(found, openapiSchemaViolations("/query/"+p.Name, err)...)
		}
	}
	return found
}

// openapiPathValue is a parameter of the path as the validator wants it: as a number when it has to be one and is.
func openapiPathValue(schema *openapi3.Schema, parameter string) any {
	if n, err := strconv.ParseInt(parameter, 10, 64); err == nil && schema.Type.Is(openapi3.TypeInteger) {
		return float64(n)
	}
	return parameter
}

func openapiBodyViolations(c *call, body *openapi3.RequestBody) []Violation {
	media := body.Content.Get(c.request.Header.Get(echo.HeaderContentType))
	switch {
	case len(bytes.TrimSpace(c.body)) == 0 && body.Required:
		return []Violation{{"/body", "is missing"}}
	case media == nil:
		known := make([]string, 0, len(body.Content))
		for name := range body.Content {
			known = append(known, name)
		}
		slices.Sort(known)
		return []Violation{{"/header/Content-Type", "must be " + strings.Join(known, " or ")}}
	}
	value, err := parseJSON(c.body)
	if err != nil {
		return []Violation{{"/body", "is not valid JSON"}}
	}
	if media.Schema.Value.VisitJSON(value, openapi3.FailFast()) == nil {
		return nil // the usual case; collecting all errors costs much more
	}
	return openapiSchemaViolations("/body", media.Schema.Value.VisitJSON(value, openapi3.MultiErrors()))
}

// openapiSchemaViolations describes an error of the validator as violations below a pointer. It does not use the validator's messages,
// because they repeat values.
func openapiSchemaViolations(at string, err error) []Violation {
	var several openapi3.MultiError
	var mistake *openapi3.SchemaError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &several):
		var found []Violation
		for _, one := range several {
			found = append(found, openapiSchemaViolations(at, one)...)
		}
		slices.SortFunc(found, func(a, b Violation) int { return strings.Compare(a.String(), b.String()) })
		return slices.Compact(found)
	case errors.As(err, &mistake):
		steps := append([]string{at}, mistake.JSONPointer()...)
		for i := range steps[1:] {
			steps[i+1] = strings.NewReplacer("~", "~0", "/", "~1").Replace(steps[i+1])
		}
		return []Violation{{strings.Join(steps, "/"), openapiSchemaMessage(mistake)}}
	case errors.Is(err, openapi3filter.ErrInvalidEmptyValue):
		return []Violation{{at, "must not be empty"}}
	case errors.Is(err, openapi3filter.ErrInvalidRequired):
		return []Violation{{at, "is missing"}}
	default:
		return []Violation{{at, "cannot be read"}}
	}
}

func openapiSchemaMessage(mistake *openapi3.SchemaError) string {
	switch mistake.SchemaField {
	case "type":
		var wanted []string
		for _, kind := range mistake.Schema.Type.Slice() {
			wanted = append(wanted, text.SchemaTypes[kind])
		}
		return "must be " + strings.Join(wanted, " or ")
	case "nullable":
		return "must not be null"
	case "not":
		// Only the schema of the two switches has a "not". The validator checks "not" before the type.
		if _, ok := mistake.Value.(map[string]any); !ok {
			return "must be an object"
		}
		return "needs set or displayValue, with the same value where both are given"
	default:
		return "does not match " + mistake.SchemaField + " of its schema"
	}
}

// sameViolations compares the violations of a request with those that kin-openapi finds.
func sameViolations(t interface {
	Helper()
	Errorf(format string, arguments ...any)
}, s *Server, r *http.Request, body string,
) {
	t.Helper()
	c := newCall(r, s.era())
	c.body = []byte(body)
	want := texts(openapiViolations(c))
	for range 2 { // the second time the body may be a kept one
		if got := texts(violations(c)); !slices.Equal(got, want) {
			t.Errorf("%s %s %q %q: got %q, kin-openapi says %q", r.Method, r.URL, r.Header.Get("Content-Type"), body, got, want)
		}
	}
}

// queryValue can read all parameters that there are.
func TestQueryParametersHaveKnownTypes(t *testing.T) {
	for operation, request := range contractRequests() {
		for _, p := range request.Parameters {
			known := p.Schema.Type == "string" || p.Schema.Type == "integer" || p.Schema.Type == "array" && p.Schema.Items.Type == "string"
			if p.In == "query" && !known {
				t.Errorf("%s: %s has another type", operation, p.Name)
			}
		}
	}
}

// What a request breaks is what kin-openapi says, in the parameters, the media type and the body.
func TestViolationsAreThoseOfKinOpenAPI(t *testing.T) {
	s := newServer(t)
	for _, test := range brokenContracts {
		r := httptest.NewRequest(test.method, test.target, nil)
		r.Header.Set("Content-Type", test.contentType)
		sameViolations(t, s, r, test.body)
	}
	rapid.Check(t, func(t *rapid.T) {
		operation := rapid.SampledFrom(Operations()).Draw(t, "operation")
		parameter := rapid.SampledFrom([]string{"10", "0", "-1", "key", "2147483648", "9999999999999999999", "a%2Fb"}).Draw(t, "parameter")
		target := strings.NewReplacer("{key}", parameter, "{id}", parameter, "{folderId}", parameter, "{fileId}", parameter).Replace(operation.Path())
		var query []string
		for range rapid.IntRange(0, 4).Draw(t, "parameters") {
			names := []string{"x", "FIELDS", "count"}
			for _, p := range contractRequests()[operation].Parameters {
				names = append(names, p.Name)
			}
			name := rapid.SampledFrom(names).Draw(t, "name")
			value := rapid.SampledFrom([]string{"", "=", "=a", "=a,b", "=,", "=1", "=0", "=101", "=-1", "=1.5", "=+1", "=2147483648", "=9999999999999999999", "=%zz", "=%20", "=true"}).Draw(t, "value")
			query = append(query, name+value)
		}
		r := httptest.NewRequest(operation.Method(), "/", nil)
		address, err := url.ParseRequestURI(target + "?" + strings.Join(query, "&"))
		if err != nil {
			t.Fatal(err)
		}
		r.URL = address
		r.Header.Set("Content-Type", rapid.SampledFrom([]string{"application/json", "", "Application/JSON; charset=utf-8", " application/json ;x", "text/json", "application/*", "*/*"}).Draw(t, "type"))
		sameViolations(t, s, r, rapid.SampledFrom([]string{
			"", " \n", "{}", "null", "[]", `{"set":true}`, `{"set":true,"displayValue":false}`, `{"set":"true","displayValue":null}`, `{"set":1e999}`, `{"set":true} {}`, `{"set"`,
			`{"password":null}`, `{"password":["x"]}`, `{"access":99,"linkType":0,"title":5,"expirationDate":"2030"}`, `{"linkType":1,"access":2,"linkId":"x","maxUseCount":0}`,
			`{"title":"","roomType":99,"color":"1234567"}`, `{"title":"x","roomType":6}`, `{"userName":1}`, `{"deleteAfter":0}`, `{"externalShare":null}`, `{"externalShare":true,"x":[1e999]}`,
		}).Draw(t, "body"))
	})
}
