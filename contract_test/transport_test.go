package contract_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	. "github.com/onsi/ginkgo/v2"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// contractTransport checks both directions of every exchange against openapi.yaml. A request that breaks the contract on
// purpose says so with offContract. Its answer is checked too.
type contractTransport struct{ t *target }

type offContract struct{}

// contract is openapi.yaml. It is embedded in the fake, so the suite needs no file.
var contract = sync.OnceValues(func() (*openapi3.T, error) {
	doc, err := openapi3.NewLoader().LoadFromData(mockserver.OpenAPI())
	if err != nil {
		return nil, err
	}
	doc.Servers = nil
	openapi3filter.RegisterBodyDecoder("text/json", openapi3filter.JSONBodyDecoder)
	return doc, doc.Validate(context.Background())
})

// contractPath is a path of openapi.yaml.
type contractPath struct {
	pattern   *regexp.Regexp // the end of a path, since a portal may have a prefix before it
	path      string
	parameter string   // its name, "" without one
	methods   []string // sorted
}

// paths are all paths of openapi.yaml, the settings last: every path that is none of them may have the answers of that call.
var paths = func() []contractPath {
	parameter := regexp.MustCompile(`\{(\w+)\}`)
	var all []contractPath
	for _, operation := range mockserver.Operations() {
		if at := slices.IndexFunc(all, func(p contractPath) bool { return p.path == operation.Path() }); at >= 0 {
			all[at].methods = append(all[at].methods, operation.Method())
			slices.Sort(all[at].methods)
			continue
		}
		p := contractPath{path: operation.Path(), methods: []string{operation.Method()}}
		end := strings.TrimPrefix(p.path, "/api/2.0")
		if name := parameter.FindStringSubmatch(end); name != nil {
			p.parameter = name[1]
			end = strings.Replace(end, name[0], "([^/]+)", 1)
		}
		p.pattern = regexp.MustCompile(`(?i)` + end + `/?$`)
		all = append(all, p)
	}
	anything := all[0]
	anything.pattern = regexp.MustCompile(``)
	slices.SortStableFunc(all, func(a, b contractPath) int { return strings.Compare(a.parameter, b.parameter) }) // files/rooms before files/{folderId}
	return append(all, anything)
}()

// operationAt is the operation of a request as openapi.yaml describes it. With another method it is one of those at the path.
func operationAt(doc *openapi3.T, method, path string) (*routers.Route, map[string]string) {
	route, parameters := &routers.Route{Spec: doc}, map[string]string{}
	for _, p := range paths {
		match := p.pattern.FindStringSubmatch(path)
		if match == nil {
			continue
		}
		if p.parameter != "" {
			parameters[p.parameter] = match[1]
		}
		route.Path, route.PathItem, route.Method = p.path, doc.Paths.Value(p.path), p.methods[0]
		if slices.Contains(p.methods, method) {
			route.Method = method
		}
		route.Operation = route.PathItem.GetOperation(route.Method)
		break
	}
	return route, parameters
}

// allowed is the value of Allow at a path of openapi.yaml.
func allowed(path string) string {
	at := slices.IndexFunc(paths, func(p contractPath) bool { return p.path == path })
	return strings.Join(paths[at].methods, ", ")
}

func (c contractTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	doc, err := contract()
	if err != nil {
		return nil, err
	}
	input := &openapi3filter.RequestValidationInput{Request: r, Options: &openapi3filter.Options{
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, MultiError: true,
	}}
	input.Route, input.PathParams = operationAt(doc, r.Method, r.URL.Path)
	var sent []byte
	if r.Body != nil {
		if sent, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	if off, _ := r.Context().Value(offContract{}).(bool); !off {
		checked := r.Clone(r.Context())
		checked.Body = io.NopCloser(bytes.NewReader(sent))
		input.Request = checked
		if err := openapi3filter.ValidateRequest(r.Context(), input); err != nil {
			return nil, fmt.Errorf("the request %s %s does not match openapi.yaml: %s", r.Method, pathWithoutKey(r.URL.Path), schemaErrors(err))
		}
	}
	resp, err := c.t.transport.RoundTrip(withBody(r.Clone(r.Context()), sent))
	if err != nil {
		return nil, unansweredError(err)
	}
	body, err := wholeBody(resp)
	if err != nil {
		return nil, unansweredError(err)
	}
	this := sentExchange{answer{resp, body}, string(sent)}
	if c.t.live {
		keepExchange(this)
	}
	if err := c.t.noteBreach(this, wrongAnswer(input, resp, body)); err != nil {
		return nil, err
	}
	return resp, nil
}

// wrongAnswer is the first mistake in an answer. Others mostly follow from it.
func wrongAnswer(input *openapi3filter.RequestValidationInput, resp *http.Response, body []byte) string {
	if wrong := wrongHeader(resp, body); wrong != "" {
		return wrong
	}
	if wrong := wrongAllow(resp, input.Route); wrong != "" {
		return wrong
	}
	if resp.Request.Method == http.MethodHead || resp.StatusCode == http.StatusNoContent {
		return "" // there is no body to check, and a preflight request is not in openapi.yaml
	}
	if input.Route.Operation.Responses.Status(resp.StatusCode) == nil {
		return "the status is not documented (openapi.yaml)"
	}
	if wrong := wrongBody(resp, body); wrong != "" {
		return wrong
	}
	if filtered(resp) {
		return ""
	}
	if err := checkAnswer(input, resp, body); err != nil {
		return schemaErrors(err) + " (openapi.yaml)"
	}
	return ""
}

// filtered says whether `fields` may have left out what openapi.yaml requires: of a problem (recorded: F1181), or of a person, of whom it
// requires something for the sake of generators.
func filtered(resp *http.Response) bool {
	isFields := func(name string) bool {
		return strings.EqualFold(name, "fields") || strings.EqualFold(name, "fields[]")
	}
	names := slices.Collect(maps.Keys(resp.Request.URL.Query()))
	whole := !strings.HasPrefix(resp.Header.Get("Content-Type"), "application/problem+json") && !strings.HasSuffix(resp.Request.URL.Path, "/people/@self")
	return !whole && slices.ContainsFunc(names, isFields)
}

// unanswered is in the message of every spec whose request had no answer.
const unanswered = "there was no answer"

func unansweredError(err error) error { return fmt.Errorf("%s: %w", unanswered, err) }

// noteBreach remembers an exchange that did not match openapi.yaml. At a live portal the spec goes on, so that the run reports
// one deviation and not one for each spec with the same request.
func (t *target) noteBreach(e sentExchange, what string) error {
	if what == "" {
		return nil
	}
	call := fmt.Sprintf("%s answered %d", e.answer.call(), e.answer.StatusCode)
	at := slices.IndexFunc(t.broken, func(b breach) bool { return b.what == what })
	if at < 0 {
		at = len(t.broken)
		t.broken = append(t.broken, breach{what: what})
	}
	if !slices.Contains(t.broken[at].calls, call) {
		t.broken[at].calls = append(t.broken[at].calls, call)
	}
	if t.live {
		t.broken[at].recorded = append(t.broken[at].recorded, recordedToo(e, what)...)
		return nil
	}
	return fmt.Errorf("%s: %s", call, what)
}

// breach is one mistake in the answers to one or more calls.
type breach struct {
	what     string
	calls    []string
	recorded []string // cases in which the recorded server does the same
}

func (b breach) String() string {
	return withMark(strings.Join(b.calls, ", ")+": "+b.what, b.recorded)
}

// schemaErrors says where a body does not match its schema, without printing the schema.
func schemaErrors(err error) string {
	var texts []string
	var walk func(error)
	walk = func(err error) {
		var many openapi3.MultiError
		var schema *openapi3.SchemaError
		switch {
		case errors.As(err, &schema):
			texts = append(texts, fmt.Sprintf("/%s: %s", strings.Join(schema.JSONPointer(), "/"), schema.Reason))
		case errors.As(err, &many):
			for _, one := range many {
				walk(one)
			}
		default:
			texts = append(texts, oneLine(err.Error()))
		}
	}
	walk(err)
	return strings.Join(texts, "; ")
}

// contractNumber is the assumption that every exchange shows.
const contractNumber = "A604"

// contractSpecs check all exchanges with the target, so they must run last. Ginkgo sorts specs by the names of their files.
func contractSpecs(t *target) {
	Describe("every exchange", func() {
		It("matches openapi.yaml", t.holds(contractNumber), func() {
			var lines []string
			for _, b := range t.broken {
				lines = append(lines, b.String())
			}
			if len(lines) > 0 {
				fail(strings.Join(lines, "\n"))
			}
		})
	})
}

var (
	contentType  = regexp.MustCompile(`^(application/json|application/problem\+json|text/json); charset=utf-8$`)
	address      = regexp.MustCompile(`^(?i)[a-z][a-z0-9+.-]*://`) // a proxy may report any scheme
	belowZero    = regexp.MustCompile(`/api/-`)                    // the server throws before it measures (recorded: F1471)
	serverTiming = regexp.MustCompile(`^aspnetcore-request-time;dur=\d+(\.\d+)?ms$`)
)

// wrongHeader is a mistake in the headers that every answer of its kind has.
func wrongHeader(resp *http.Response, body []byte) string {
	h := resp.Header
	switch kind, timing, versions := h.Get("Content-Type"), h.Values("Server-Timing"), h.Get("Api-Supported-Versions"); {
	case len(body) > 0 && !contentType.MatchString(kind):
		return fmt.Sprintf("Content-Type is %q", kind)
	case resp.StatusCode != http.StatusNoContent && !belowZero.MatchString(resp.Request.URL.Path) && !slices.ContainsFunc(timing, serverTiming.MatchString):
		return fmt.Sprintf("Server-Timing is %q", strings.Join(timing, ", "))
	case resp.StatusCode == http.StatusOK && versions != "2.0":
		return fmt.Sprintf("Api-Supported-Versions is %q", versions)
	}
	return ""
}

// wrongAllow is a mistake in the header Allow of a 405. For a path that is not in openapi.yaml its value is not known.
func wrongAllow(resp *http.Response, route *routers.Route) string {
	allow, at := resp.Header.Get("Allow"), strings.TrimSuffix(resp.Request.URL.Path, "/")
	ours := strings.EqualFold(path.Base(at), path.Base(route.Path))
	if resp.StatusCode == http.StatusMethodNotAllowed && (allow == "" || ours && allow != allowed(route.Path)) {
		return fmt.Sprintf("Allow is %q", allow)
	}
	return ""
}

// wrongBody is a mistake in the envelope of a success or of an error.
func wrongBody(resp *http.Response, body []byte) string {
	var root any
	switch {
	case len(body) == 0:
		return "" // the schema decides whether there must be a body
	case json.Unmarshal(body, &root) != nil:
		return "the body is not JSON"
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, body); err != nil || compact.Len() != len(body) {
		return "there is white space in the JSON"
	}
	names, err := objectNames(body)
	if err != nil {
		return ""
	}
	is := func(expected any, steps ...any) string {
		name := strings.TrimSpace(fmt.Sprintln(steps...))
		value, err := findIn(root, steps...)
		switch {
		case err != nil, reflect.TypeOf(value) != reflect.TypeOf(expected):
			return fmt.Sprintf("%s is a %T", name, value)
		case value != expected:
			return fmt.Sprintf("%s is %s", name, printable(value))
		}
		return ""
	}
	status, statusCode, count := 1., resp.StatusCode, 1.
	if list, err := findIn(root, "response"); err == nil && list == nil { // a link that was revoked
		count = 0
	} else if list, ok := list.([]any); ok {
		count = float64(len(list))
	}
	switch statusCode {
	case http.StatusOK:
		status = 0
	case http.StatusUnsupportedMediaType:
		if slices.Contains(names, "response") { // CommonApiResponse.cs
			status, statusCode = 0, http.StatusOK
		}
	}
	var wrong []string
	switch {
	case slices.Contains(names, "total"):
		wrong = []string{wrongOrder(names, "response", "count", "total", "links", "status", "statusCode"), is(resp.Request.Method, "links", 0, "action")}
	case slices.Contains(names, "count") && !slices.Contains(names, "response"):
		wrong = []string{wrongOrder(names, "count", "links", "status", "statusCode"), is(count, "count"), is(resp.Request.Method, "links", 0, "action")}
	case slices.Contains(names, "response"):
		wrong = []string{wrongOrder(names, "response", "count", "links", "status", "statusCode"), is(count, "count"), is(resp.Request.Method, "links", 0, "action")}
	case slices.Contains(names, "error"):
		wrong = []string{wrongOrder(names, "error", "status", "statusCode")}
	default:
		return ""
	}
	mistake := is(float64(statusCode), "statusCode")
	if value, _ := findIn(root, "statusCode"); mistake != "" && reflect.TypeOf(value) == reflect.TypeFor[float64]() {
		mistake = fmt.Sprintf("the status is %d, and in the body %s", resp.StatusCode, mistake)
	}
	wrong = append(wrong, mistake)
	if href, err := findIn(root, "links", 0, "href"); err == nil && slices.Contains(names, "response") && !address.MatchString(fmt.Sprint(href)) {
		wrong = append(wrong, "links 0 href is not an address")
	}
	wrong = append(wrong, is(status, "status"))
	for _, one := range wrong {
		if one != "" {
			return one
		}
	}
	return ""
}

// wrongOrder is a name that is missing, or an order that differs.
func wrongOrder(names []string, expected ...string) string {
	for _, name := range expected {
		if !slices.Contains(names, name) {
			return name + " is missing"
		}
	}
	if !slices.Equal(names, expected) {
		return "the body has " + strings.Join(names, ", ") + " instead of " + strings.Join(expected, ", ")
	}
	return ""
}

// checkAnswer validates an answer. It knows the two extensions of openapi.yaml: a body that may be there, and one that may be
// missing.
func checkAnswer(input *openapi3filter.RequestValidationInput, resp *http.Response, body []byte) error {
	ref := input.Route.Operation.Responses.Status(resp.StatusCode)
	answer := *ref.Value
	optional, hasOptional := answer.Extensions["x-optional-content"]
	mayBeEmpty := hasOptional || answer.Extensions["x-body-optional"] == true
	switch {
	case len(body) == 0 && !mayBeEmpty:
		return fmt.Errorf("the body is missing")
	case len(body) == 0 && resp.Header.Get("Content-Type") != "":
		return fmt.Errorf("there is a Content-Type and no body")
	case len(body) == 0:
		answer.Content = nil
	case hasOptional:
		content, err := optionalContent(input.Route.Spec, optional)
		if err != nil {
			return err
		}
		answer.Content = content
	}
	operation := *input.Route.Operation
	operation.Responses = openapi3.NewResponses(openapi3.WithStatus(resp.StatusCode, &openapi3.ResponseRef{Value: &answer}))
	route := *input.Route
	route.Operation = &operation
	request := *input
	request.Route = &route
	return openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &request, Status: resp.StatusCode, Header: resp.Header,
		Body: io.NopCloser(bytes.NewReader(body)), Options: input.Options,
	})
}

// optionalContent reads the content in an extension. The loader does not resolve its references.
func optionalContent(doc *openapi3.T, extension any) (openapi3.Content, error) {
	text, err := json.Marshal(extension)
	if err != nil {
		return nil, err
	}
	var content openapi3.Content
	if err := json.Unmarshal(text, &content); err != nil {
		return nil, err
	}
	for _, media := range content {
		media.Schema = doc.Components.Schemas[strings.TrimPrefix(media.Schema.Ref, "#/components/schemas/")]
	}
	return content, nil
}
