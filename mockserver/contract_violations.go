package mockserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// contractRoutes are the calls as the document describes them.
var contractRoutes = sync.OnceValue(func() map[Operation]*routers.Route {
	doc, routes := contractDocument(), map[Operation]*routers.Route{}
	for _, o := range Operations() {
		item := doc.Paths.Value(o.Path())
		routes[o] = &routers.Route{Spec: doc, Path: o.Path(), PathItem: item, Method: o.Method(), Operation: item.GetOperation(o.Method())}
	}
	return routes
})

// maxCheckedBody is the size of the largest body, in bytes, that is compared with openapi.yaml. It takes seconds for larger ones, and
// no call needs them.
const maxCheckedBody = 1 << 20

// violations finds all places where a request breaks openapi.yaml. It ignores the letter case of the path, and a slash at its
// end.
func violations(c *call) []Violation {
	switch {
	case isPreflight(c.request):
		return nil // a browser sends it, not the app
	case !c.route.isOurs():
		return []Violation{{"/path", "there is no such path"}}
	case c.route.facts == nil:
		return []Violation{{"/method", "only " + c.route.path.known() + " is known here"}}
	}
	route := contractRoutes()[c.operation()]
	found := parameterViolations(c, route)
	if body := route.Operation.RequestBody; body != nil && c.bodyErr == nil && len(c.body) <= maxCheckedBody {
		found = append(found, bodyViolations(c, body.Value)...)
	}
	return found
}

func parameterViolations(c *call, route *routers.Route) []Violation {
	var found []Violation
	for _, parameter := range route.Operation.Parameters {
		switch p := parameter.Value; {
		case p.In == openapi3.ParameterInPath:
			found = append(found, schemaViolations("/path/"+p.Name, p.Schema.Value.VisitJSON(pathValue(p.Schema.Value, c.route.parameter)))...)
		case p.In == openapi3.ParameterInQuery && (p.Required || c.request.URL.RawQuery != ""):
			// For a query parameter the library needs nothing but the request and the route.
			err := openapi3filter.ValidateParameter(c.request.Context(), &openapi3filter.RequestValidationInput{Request: c.request, Route: route}, p)
			found = append(found, schemaViolations("/query/"+p.Name, err)...)
		}
	}
	return found
}

// pathValue is a parameter of the path as the validator wants it: as a number when it has to be one and is.
func pathValue(schema *openapi3.Schema, parameter string) any {
	if n, err := strconv.ParseInt(parameter, 10, 64); err == nil && schema.Type.Is(openapi3.TypeInteger) {
		return float64(n)
	}
	return parameter
}

func bodyViolations(c *call, body *openapi3.RequestBody) []Violation {
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
	return schemaViolations("/body", media.Schema.Value.VisitJSON(value, openapi3.MultiErrors()))
}

// parseJSON reads a JSON text. It accepts numbers that are too large for a float64.
func parseJSON(text []byte) (value any, err error) {
	if json.Unmarshal(text, &value) == nil {
		return value, nil
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("goes on after its end")
	}
	return value, nil
}

// schemaViolations describes an error of the validator as violations below a pointer. It does not use the validator's messages,
// because they repeat values.
func schemaViolations(at string, err error) []Violation {
	var several openapi3.MultiError
	var mistake *openapi3.SchemaError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &several):
		var found []Violation
		for _, one := range several {
			found = append(found, schemaViolations(at, one)...)
		}
		slices.SortFunc(found, func(a, b Violation) int { return strings.Compare(a.String(), b.String()) })
		return slices.Compact(found)
	case errors.As(err, &mistake):
		steps := append([]string{at}, mistake.JSONPointer()...)
		for i := range steps[1:] {
			steps[i+1] = strings.NewReplacer("~", "~0", "/", "~1").Replace(steps[i+1])
		}
		return []Violation{{strings.Join(steps, "/"), schemaMessage(mistake)}}
	case errors.Is(err, openapi3filter.ErrInvalidEmptyValue):
		return []Violation{{at, "must not be empty"}}
	case errors.Is(err, openapi3filter.ErrInvalidRequired):
		return []Violation{{at, "is missing"}}
	default:
		return []Violation{{at, "cannot be read"}}
	}
}

func schemaMessage(mistake *openapi3.SchemaError) string {
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
