package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"reflect"
	"regexp"
	"strings"
)

// envelope is the JSON around every successful answer. A pointer tells a missing response from false.
type envelope[T any] struct {
	Response   *T              `json:"response"`
	Error      json.RawMessage `json:"error"`
	Status     int             `json:"status"`
	StatusCode int             `json:"statusCode"`
	Total      *int64          `json:"total"` // of a list that has more than the response; often left out
}

// decodeAnswer gives the response in the envelope of a 200, and the body around it. Otherwise it says why there is none.
// Unknown properties and unknown enum values are no errors. The response is never nil without an error.
func decodeAnswer[T any](c *call, resp *http.Response, err error) (*T, []byte, error) {
	env, body, err := decodeWhole[T](c, resp, err)
	switch {
	case err != nil:
		return nil, nil, err
	case env.Response == nil:
		return nil, nil, c.malformedError(resp, body, "property response is missing")
	}
	return env.Response, body, nil
}

// decodeWhole is decodeAnswer with the whole envelope, which may have no response.
func decodeWhole[T any](c *call, resp *http.Response, err error) (*envelope[T], []byte, error) {
	if err != nil {
		return nil, nil, c.errorOf(err)
	}
	body := contentOf(resp)
	if resp.StatusCode != http.StatusOK {
		return nil, nil, c.statusError(resp, body)
	}
	var env envelope[T]
	if fault := decodeEnvelope(resp.Header.Get("Content-Type"), body, &env); fault != "" {
		return nil, nil, c.malformedError(resp, body, fault)
	}
	return &env, body, nil
}

// decodeEnvelope decodes the envelope and checks that it says success. The fault quotes nothing from the body.
func decodeEnvelope[T any](contentType string, body []byte, env *envelope[T]) (fault string) {
	if len(body) == 0 {
		return "the body is empty"
	}
	if !isJSONType(contentType) {
		return "it is not declared as JSON; is this the portal, or a proxy or sign-in page in front of it?"
	}
	err := json.Unmarshal(body, env)
	switch {
	case len(env.Error) > 0 && string(env.Error) != "null":
		return "it is an error in spite of its status"
	case err != nil:
		return jsonFault(err)
	case env.Status != 0:
		return fmt.Sprintf("its envelope says status %d", env.Status)
	case env.StatusCode != 0 && env.StatusCode != http.StatusOK:
		return fmt.Sprintf("its envelope says statusCode %d", env.StatusCode)
	}
	return ""
}

// isJSONType knows the two media types of the server's answers. It sends text/json when the request accepts only that. JSON
// is always UTF-8.
func isJSONType(contentType string) bool {
	if contentType == "application/json; charset=utf-8" { // a portal sends this one, so do not parse it
		return true
	}
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil || media != "application/json" && media != "text/json" {
		return false
	}
	charset := strings.ToLower(params["charset"])
	return charset == "" || charset == "utf-8" || charset == "us-ascii"
}

// orderFault matches the errors of the generated decoder of OrderByDto, which is the only one with additional properties. The error
// of encoding/json has no path to an object that such a decoder reads.
var orderFault = regexp.MustCompile(`^error reading '(is_asc|property)': `)

// jsonFault says in our own words where the JSON is wrong. The words of encoding/json may quote the body.
func jsonFault(err error) string {
	var mismatch *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &mismatch):
		got, _, _ := strings.Cut(mismatch.Value, " ") // "number 12345" has the value in it
		// The name of the embedded struct is not in the JSON.
		place := "property " + strings.NewReplacer("FilesSettingsDto.", "", "ExternalShareDto.", "").Replace(mismatch.Field)
		if order := orderFault.FindStringSubmatch(err.Error()); order != nil {
			place = "property response.defaultOrder." + order[1]
		} else if mismatch.Field == "" {
			place = "the whole"
		}
		return fmt.Sprintf("%s: expected %s, got %s", place, jsonName(mismatch.Type), got)
	case errors.As(err, &syntax):
		return fmt.Sprintf("the JSON is broken or cut off at byte %d", syntax.Offset)
	default:
		return "a property has an unreadable value"
	}
}

func jsonName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "a string"
	case reflect.Slice, reflect.Array:
		return "an array"
	case reflect.Struct, reflect.Map:
		return "an object"
	default:
		return "a whole number"
	}
}
