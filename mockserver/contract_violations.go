package mockserver

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/schema"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// contractRequests are the requests of the calls as the document describes them.
var contractRequests = sync.OnceValue(func() map[Operation]*schema.Request {
	requests := make(map[Operation]*schema.Request, len(api.ContractRequests))
	for i := range api.ContractRequests {
		requests[Operation(api.ContractRequests[i].Operation)] = &api.ContractRequests[i]
	}
	return requests
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
	request := contractRequests()[c.operation()]
	found := parameterViolations(c, request)
	if request.Body != nil && c.bodyErr == nil && len(c.body) <= maxCheckedBody {
		found = append(found, bodyViolations(c, request.Body)...)
	}
	return found
}

func parameterViolations(c *call, request *schema.Request) []Violation {
	var found []Violation
	var query url.Values
	if c.request.URL.RawQuery != "" {
		query = c.request.URL.Query()
	}
	for i := range request.Parameters {
		switch p := &request.Parameters[i]; p.In {
		case "path":
			found = append(found, schemaViolations("/path/"+p.Name, p.Schema.First(pathValue(p.Schema, c.route.parameter))...)...)
		case "query":
			found = append(found, queryViolations(p, query)...)
		}
	}
	return found
}

// pathValue is a parameter of the path as the schema wants it: as a number when it has to be one and is.
func pathValue(s *schema.Schema, parameter string) any {
	if n, err := strconv.ParseInt(parameter, 10, 64); err == nil && s.Type == "integer" {
		return float64(n)
	}
	return parameter
}

func queryViolations(p *schema.Parameter, query url.Values) []Violation {
	at := "/query/" + p.Name
	values, ok := query[p.Name]
	if !ok {
		if p.Required {
			return []Violation{{at, "is missing"}}
		}
		return nil
	}
	value, err := queryValue(p.Schema, values)
	switch {
	case err != nil:
		return []Violation{{at, "cannot be read"}}
	case value == nil:
		return []Violation{{at, "must not be empty"}}
	default:
		return schemaViolations(at, p.Schema.First(value)...)
	}
}

// queryValue reads a parameter of the query as its schema wants it. Of one that stands there several times it takes the first that is not
// empty, and of a list the first. The value is nil when it is empty and must not be.
func queryValue(s *schema.Schema, values []string) (any, error) {
	if s.Type == "array" {
		if values[0] == "" {
			return nil, nil //nolint:nilnil // nothing, and no mistake
		}
		var list []any
		for item := range strings.SplitSeq(values[0], ",") {
			list = append(list, item)
		}
		return list, nil
	}
	value := values[0]
	if i := slices.IndexFunc(values, func(v string) bool { return v != "" }); i > 0 {
		value = values[i]
	}
	switch {
	case s.Type == "string":
		return value, nil
	case value == "":
		return nil, nil //nolint:nilnil // nothing, and no mistake
	default:
		bits := 64
		if s.Format == "int32" {
			bits = 32
		}
		n, err := strconv.ParseInt(value, 10, bits)
		return float64(n), err
	}
}

func bodyViolations(c *call, body *schema.Body) []Violation {
	declared, _, _ := strings.Cut(c.request.Header.Get(echo.HeaderContentType), ";")
	media := body.Of(strings.ToLower(strings.TrimSpace(declared)))
	switch {
	case len(bytes.TrimSpace(c.body)) == 0 && body.Required:
		return []Violation{{"/body", "is missing"}}
	case media == nil:
		known := make([]string, len(body.Media))
		for i := range body.Media {
			known[i] = body.Media[i].Type
		}
		return []Violation{{"/header/Content-Type", "must be " + strings.Join(known, " or ")}}
	case contractBodies.has(media.Schema, c.body):
		return nil
	}
	value, err := parseJSON(c.body)
	if err != nil {
		return []Violation{{"/body", "is not valid JSON"}}
	}
	found := schemaViolations("/body", media.Schema.Mistakes(value)...)
	if len(found) == 0 {
		contractBodies.add(media.Schema, c.body)
	}
	return found
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

// schemaViolations describes mistakes as violations below a pointer, without the values, in the order of their texts.
func schemaViolations(at string, mistakes ...schema.Mistake) []Violation {
	var found []Violation
	for _, mistake := range mistakes {
		pointer := []string{at}
		for _, step := range mistake.Path {
			pointer = append(pointer, strings.NewReplacer("~", "~0", "/", "~1").Replace(step))
		}
		found = append(found, Violation{strings.Join(pointer, "/"), schemaMessage(mistake)})
	}
	slices.SortFunc(found, func(a, b Violation) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(found)
}

func schemaMessage(mistake schema.Mistake) string {
	switch mistake.Keyword {
	case "type":
		return "must be " + cmp.Or(text.SchemaTypes[mistake.Schema.Type], "another value")
	case "nullable":
		return "must not be null"
	case "not":
		// Only the schema of the two switches has a "not". It is checked before the type.
		if _, ok := mistake.Value.(map[string]any); !ok {
			return "must be an object"
		}
		return "needs set or displayValue, with the same value where both are given"
	default:
		return "does not match " + mistake.Keyword + " of its schema"
	}
}
