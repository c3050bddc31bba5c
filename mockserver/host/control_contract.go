package host

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
)

// controlOperations are the operations of the contract, by method and path in Echo's form.
var controlOperations = sync.OnceValue(func() map[string]*openapi3.Operation {
	doc, err := openapi3.NewLoader().LoadFromData(control.OpenAPI())
	if err != nil {
		panic("control/openapi.yaml: " + err.Error()) // it is part of the program, and the tests read it
	}
	parameter := regexp.MustCompile(`\{(\w+)\}`)
	operations := map[string]*openapi3.Operation{}
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			operations[method+" "+parameter.ReplaceAllString(path, ":$1")] = operation
		}
	}
	return operations
})

// checkContract refuses requests that the contract does not allow. The stub alone would accept unknown properties and parameters,
// form bodies, and missing bodies.
func (h *Host) checkContract(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		operation := controlOperations()[r.Method+" "+c.Path()]
		if operation == nil {
			return next(c) // 404 or 405
		}
		if err := checkQuery(operation, r.URL.RawQuery); err != nil {
			return err
		}
		if operation.Security != nil {
			return next(c) // health and ready answer everybody, whatever else is sent
		}
		content, err := readControlBody(operation, c.Response(), r)
		if err != nil {
			return err
		}
		if err := h.waitForTurn(r.Context(), operation, len(content)); err != nil {
			return err
		}
		body, err := parseControlBody(operation, r, content)
		if err != nil {
			return err
		}
		controlFrom(r.Context()).body = body
		return next(c)
	}
}

func checkQuery(operation *openapi3.Operation, raw string) error {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return refuseControl(http.StatusBadRequest, "the query cannot be read: escape it as application/x-www-form-urlencoded")
	}
	var known []string
	for _, parameter := range operation.Parameters {
		if parameter.Value.In == openapi3.ParameterInQuery {
			known = append(known, parameter.Value.Name)
		}
	}
	for name, list := range values {
		switch {
		case len(known) == 0:
			return refuseControl(http.StatusBadRequest, "unknown query parameter %.60q: this call takes none", name)
		case !slices.Contains(known, name):
			return refuseControl(http.StatusBadRequest, "unknown query parameter %.60q: use %s", name, strings.Join(known, ", "))
		case len(list) > 1:
			return refuseControl(http.StatusBadRequest, "query parameter %s stands there %d times: give it once", name, len(list))
		}
		schema := operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name).Schema.Value
		var value any = list[0]
		switch {
		case schema.Type.Is("integer"):
			n, err := strconv.ParseInt(list[0], 10, 64)
			beyond := errors.Is(err, strconv.ErrRange)
			if beyond && schema.Max == nil && n > 0 {
				return refuseControl(http.StatusBadRequest, "query parameter %s: must be at most %d", name, n)
			}
			if err == nil || beyond {
				value = float64(n)
			}
		case schema.Type.Is("boolean"):
			if list[0] == "true" || list[0] == "false" {
				value = list[0] == "true"
			}
		}
		if _, message := breach(schema, value); message != "" {
			return refuseControl(http.StatusBadRequest, "query parameter %s: %s", name, message)
		}
	}
	return nil
}

// maxBody is the largest body that the control API takes, in bytes, where it is not a whole portal.
const maxBody = 1 << 20

// maxBodyOf is the largest body that a call takes. A portal that was saved goes back in one body.
func maxBodyOf(operation *openapi3.Operation) int64 {
	switch operation.OperationID {
	case "replaceState", "changeState", "addPortal":
		return mockserver.MaxPortalText
	default:
		return maxBody
	}
}

// readControlBody reads a body.
func readControlBody(operation *openapi3.Operation, w http.ResponseWriter, r *http.Request) ([]byte, error) {
	content, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyOf(operation)))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, refuseControl(http.StatusRequestEntityTooLarge, "the body is larger than %d bytes", tooLarge.Limit)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, refuseControl(http.StatusServiceUnavailable, "the body did not arrive in time, or other large bodies were under way: send it again")
	case err != nil:
		return nil, refuseControl(http.StatusBadRequest, "the body could not be read to its end")
	default:
		return content, nil
	}
}

// parseControlBody checks and parses a body. The result is nil when there is none.
func parseControlBody(operation *openapi3.Operation, r *http.Request, content []byte) (*strict.Document, error) {
	visible := strings.Trim(string(content), " \t\r\n") // without the characters that are white space in JSON
	empty := visible == ""
	switch {
	case operation.RequestBody == nil && (empty || visible == "{}"):
		return nil, nil //nolint:nilnil // no body, no mistake
	case operation.RequestBody == nil:
		return nil, refuseControl(http.StatusBadRequest, "this call takes no body")
	case empty && !operation.RequestBody.Value.Required:
		return nil, nil //nolint:nilnil // no body, no mistake
	case empty:
		return nil, refuseControl(http.StatusBadRequest, "the body is missing: send a JSON object")
	}
	declared := operation.RequestBody.Value.Content
	media, parameters, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if err != nil || declared[media] == nil {
		wanted := "application/json"
		if len(declared) > 1 {
			wanted = "application/merge-patch+json or application/json"
		}
		got := r.Header.Get(echo.HeaderContentType)
		if got == "" {
			got = "none"
		}
		return nil, refuseControl(http.StatusUnsupportedMediaType, "Content-Type: expected %s, got %.60s", wanted, got)
	}
	if charset, ok := parameters["charset"]; ok && !dotnet.EqualFold(charset, "utf-8") {
		return nil, refuseControl(http.StatusUnsupportedMediaType, "Content-Type: the body must be UTF-8, not %.60s", charset)
	}
	if encoding := strings.Join(r.Header.Values(echo.HeaderContentEncoding), ", "); encoding != "" && !dotnet.EqualFold(encoding, "identity") {
		return nil, refuseControl(http.StatusUnsupportedMediaType, "Content-Encoding: the control API reads bodies as they are: send it without %.60s", encoding)
	}
	r.Header.Set(echo.HeaderContentType, media) // the stub compares it byte by byte

	body, err := strict.ParseJSON("the body", content)
	if err != nil {
		return nil, err
	}
	body.Checked = true // the contract has been checked below
	if path, message := breach(declared[media].Schema.Value, body.Value()); message != "" {
		if path == "" {
			return nil, refuseControl(http.StatusBadRequest, "the body: %s", message)
		}
		return nil, body.Fail(path, message)
	}
	return body, nil
}
