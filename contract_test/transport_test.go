package contract_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	gomegatypes "github.com/onsi/gomega/types"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// contractTransport checks both directions of every exchange against openapi.yaml. A request that breaks the contract on
// purpose says so with offContract; its answer is checked all the same.
type contractTransport struct{ t *target }

type offContract struct{}

// contract is openapi.yaml as the fake carries it, so that the suite needs no file.
var contract = sync.OnceValues(func() (*openapi3.T, error) {
	doc, err := mockserver.GetSpec()
	if err != nil {
		return nil, err
	}
	doc.Servers = nil
	openapi3filter.RegisterBodyDecoder("text/json", openapi3filter.JSONBodyDecoder)
	return doc, doc.Validate(context.Background())
})

// paths finds the operation of a request, by the end of its path: a portal may live under a prefix.
var paths = []struct {
	pattern *regexp.Regexp
	path    string
}{
	{regexp.MustCompile(`(?i)/files/settings/external/?$`), "/api/2.0/files/settings/external"},
	{regexp.MustCompile(`(?i)/files/settings/externalsocialmedia/?$`), "/api/2.0/files/settings/externalsocialmedia"},
	{regexp.MustCompile(`(?i)/files/share/([^/]*)/password/?$`), "/api/2.0/files/share/{key}/password"},
	// Whatever else is asked for is answered like the first call.
	{regexp.MustCompile(``), "/api/2.0/files/settings"},
}

func (c contractTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	doc, err := contract()
	if err != nil {
		return nil, err
	}
	input := &openapi3filter.RequestValidationInput{Request: r, Route: &routers.Route{Spec: doc}, Options: &openapi3filter.Options{
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, MultiError: true,
	}}
	for _, p := range paths {
		if match := p.pattern.FindStringSubmatch(r.URL.Path); match != nil {
			input.Route.Path, input.Route.PathItem = p.path, doc.Paths.Value(p.path)
			if len(match) > 1 {
				input.PathParams = map[string]string{"key": match[1]}
			}
			break
		}
	}
	for method, operation := range input.Route.PathItem.Operations() {
		input.Route.Method, input.Route.Operation = method, operation
	}
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
			return nil, c.t.breaks(fmt.Errorf("the request %s %s breaks openapi.yaml: %w", r.Method, r.URL.Path, err))
		}
	}
	outgoing := r.Clone(r.Context())
	outgoing.Body = http.NoBody
	if len(sent) > 0 {
		outgoing.Body = io.NopCloser(bytes.NewReader(sent))
	}
	resp, err := http.DefaultTransport.RoundTrip(outgoing)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	if r.Method == http.MethodHead || resp.StatusCode == http.StatusNoContent {
		return resp, nil // has no body to check, and preflight is no call of the contract
	}
	if err := checkAnswer(input, resp, body); err != nil {
		return nil, c.t.breaks(fmt.Errorf("the answer %d to %s %s breaks openapi.yaml: %w", resp.StatusCode, r.Method, r.URL.Path, err))
	}
	return resp, nil
}

// breaks remembers an exchange that did not keep to openapi.yaml.
func (t *target) breaks(err error) error {
	t.broken = append(t.broken, err.Error())
	return err
}

// contractSpecs come last: they look back at all exchanges with the target.
func contractSpecs(t *target) {
	Describe("every exchange", func() {
		It("keeps to openapi.yaml", t.holds("A604"), func() {
			Expect(t.broken).To(BeEmpty())
		})
	})
}

// checkAnswer knows the two extensions of openapi.yaml: a body that may be there, and one that may be missing.
func checkAnswer(input *openapi3filter.RequestValidationInput, resp *http.Response, body []byte) error {
	ref := input.Route.Operation.Responses.Status(resp.StatusCode)
	if ref == nil {
		return fmt.Errorf("the status is not documented")
	}
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

// optionalContent reads the content out of an extension, whose references the loader leaves alone.
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

// request is one call, written by hand where the client would be too careful.
type request struct {
	method string // GET when left out
	path   string // beneath /api/2.0/, escaped; from the root when it begins with a slash
	key    string // Authorization: Bearer …
	header http.Header
	body   string
	media  string // Content-Type; application/json for a body when left out, none for "-"
	off    bool   // breaks the contract on purpose
}

// answer is what came back.
type answer struct {
	*http.Response
	body []byte
}

func (t *target) send(ctx context.Context, r request) answer {
	GinkgoHelper()
	if r.method == "" {
		r.method = http.MethodGet
	}
	address := t.url + r.path
	if !strings.HasPrefix(r.path, "/") {
		address = t.url + "/api/2.0/" + r.path
	}
	ctx = context.WithValue(ctx, offContract{}, r.off)
	req, err := http.NewRequestWithContext(ctx, r.method, address, strings.NewReader(r.body))
	Expect(err).NotTo(HaveOccurred())
	for name, values := range r.header {
		req.Header[name] = values
	}
	if r.key != "" {
		req.Header.Set("Authorization", "Bearer "+r.key)
	}
	switch {
	case r.media == "-":
	case r.media != "":
		req.Header.Set("Content-Type", r.media)
	case r.method != http.MethodGet:
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := t.http.Do(req)
	Expect(err).NotTo(HaveOccurred())
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	Expect(err).NotTo(HaveOccurred())
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return answer{resp, body}
}

// haveStatus matches an answer by its HTTP status.
func haveStatus(status int) gomegatypes.GomegaMatcher {
	return WithTransform(func(a answer) int { return a.StatusCode }, Equal(status))
}

// decodeResponse reads the payload of a success envelope.
func (a answer) decodeResponse(into any) {
	GinkgoHelper()
	var envelope struct {
		Response json.RawMessage `json:"response"`
	}
	Expect(json.Unmarshal(a.body, &envelope)).To(Succeed(), string(a.body))
	Expect(json.Unmarshal(envelope.Response, into)).To(Succeed(), string(a.body))
}

// member is a value within a JSON body, by names and indexes.
func (a answer) member(path ...any) any {
	GinkgoHelper()
	var value any
	Expect(json.Unmarshal(a.body, &value)).To(Succeed(), string(a.body))
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, ok := value.(map[string]any)
			Expect(ok).To(BeTrue(), "%v of %s", path, a.body)
			value = object[step]
		case int:
			value = value.([]any)[step]
		}
	}
	return value
}

// names are the names of the properties of the body's response, in the order in which they were sent.
func (a answer) names() []string {
	GinkgoHelper()
	var envelope struct {
		Response json.RawMessage `json:"response"`
	}
	Expect(json.Unmarshal(a.body, &envelope)).To(Succeed())
	return propertyNames(envelope.Response)
}

func propertyNames(object []byte) []string {
	GinkgoHelper()
	dec := json.NewDecoder(bytes.NewReader(object))
	_, err := dec.Token()
	Expect(err).NotTo(HaveOccurred())
	var names []string
	for dec.More() {
		name, err := dec.Token()
		Expect(err).NotTo(HaveOccurred())
		names = append(names, name.(string))
		var skipped json.RawMessage
		Expect(dec.Decode(&skipped)).To(Succeed())
	}
	return names
}
