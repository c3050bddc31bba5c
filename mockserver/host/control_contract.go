package host

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/schema"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
)

// controlRequests are the requests of the contract, by method and path in Echo's form.
var controlRequests = sync.OnceValue(func() map[string]*schema.Request {
	parameter := strings.NewReplacer("{", ":", "}", "")
	requests := make(map[string]*schema.Request, len(controlapi.ContractRequests))
	for i := range controlapi.ContractRequests {
		request := &controlapi.ContractRequests[i]
		requests[request.Method+" "+parameter.Replace(request.Path)] = request
	}
	return requests
})

// checkContract refuses requests that the contract does not allow. The stub alone would accept unknown properties and parameters,
// form bodies, and missing bodies.
func (h *Host) checkContract(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		request := controlRequests()[r.Method+" "+c.Path()]
		if request == nil {
			return next(c) // 404 or 405
		}
		if err := checkQuery(request, r.URL.RawQuery); err != nil {
			return err
		}
		if request.Open {
			return next(c) // health and ready answer everybody, whatever else is sent
		}
		content, err := readControlBody(request, c.Response(), r)
		if err != nil {
			return err
		}
		if err := h.waitForTurn(r.Context(), request, len(content)); err != nil {
			return err
		}
		body, err := parseControlBody(request, r, content)
		if err != nil {
			return err
		}
		controlFrom(r.Context()).body = body
		return next(c)
	}
}

func checkQuery(request *schema.Request, raw string) error {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return refuseControl(http.StatusBadRequest, "the query cannot be read: escape it as application/x-www-form-urlencoded")
	}
	var known []string
	schemas := map[string]*schema.Schema{}
	for _, parameter := range request.Parameters {
		if parameter.In == "query" {
			known, schemas[parameter.Name] = append(known, parameter.Name), parameter.Schema
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
		var value any = list[0]
		switch wanted := schemas[name]; wanted.Type {
		case "integer":
			n, err := strconv.ParseInt(list[0], 10, 64)
			beyond := errors.Is(err, strconv.ErrRange)
			if beyond && wanted.Maximum == nil && n > 0 {
				return refuseControl(http.StatusBadRequest, "query parameter %s: must be at most %d", name, n)
			}
			if err == nil || beyond {
				value = float64(n)
			}
		case "boolean":
			if list[0] == "true" || list[0] == "false" {
				value = list[0] == "true"
			}
		}
		if _, message := breach(schemas[name], value); message != "" {
			return refuseControl(http.StatusBadRequest, "query parameter %s: %s", name, message)
		}
	}
	return nil
}

// maxBody is the largest body that the control API takes, in bytes, where it is not a whole portal.
const maxBody = 1 << 20

// maxBodyOf is the largest body that a call takes. A portal that was saved goes back in one body.
func maxBodyOf(request *schema.Request) int64 {
	switch request.Operation {
	case "replaceState", "changeState", "addPortal":
		return mockserver.MaxPortalText
	default:
		return maxBody
	}
}

// readControlBody reads a body.
func readControlBody(request *schema.Request, w http.ResponseWriter, r *http.Request) ([]byte, error) {
	content, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyOf(request)))
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
func parseControlBody(request *schema.Request, r *http.Request, content []byte) (*strict.Document, error) {
	visible := strings.Trim(string(content), " \t\r\n") // without the characters that are white space in JSON
	empty := visible == ""
	switch {
	case request.Body == nil && (empty || visible == "{}"):
		return nil, nil //nolint:nilnil // no body, no mistake
	case request.Body == nil:
		return nil, refuseControl(http.StatusBadRequest, "this call takes no body")
	case empty && !request.Body.Required:
		return nil, nil //nolint:nilnil // no body, no mistake
	case empty:
		return nil, refuseControl(http.StatusBadRequest, "the body is missing: send a JSON object")
	}
	media, parameters, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	declared := request.Body.Of(media)
	if err != nil || declared == nil {
		wanted := "application/json"
		if len(request.Body.Media) > 1 {
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
	if path, message := breach(declared.Schema, body.Value()); message != "" {
		if path == "" {
			return nil, refuseControl(http.StatusBadRequest, "the body: %s", message)
		}
		return nil, body.Fail(path, message)
	}
	return body, nil
}
