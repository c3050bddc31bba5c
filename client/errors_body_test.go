package client_test

import (
	"context"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

// A portal, and a proxy before it, refuse in many kinds of bodies.
func TestRefusals(t *testing.T) {
	tests := map[string]struct {
		status      int
		contentType string
		body        string
		class       error
		want        client.Error
	}{
		"401 empty":      {401, "", "", client.ErrUnauthorized, client.Error{}},
		"401 JSON":       {401, jsonType, errorJSON(401, "Claim 'sub' is not present in JWT", "null"), client.ErrUnauthorized, client.Error{Message: "Claim 'sub' is not present in JWT"}},
		"402 problem":    {402, problemType, `{"status":402,"traceId":"00-1"}`, client.ErrPaymentRequired, client.Error{}},
		"403 role":       {403, jsonType, errorJSON(403, "No permission", `"System.InvalidOperationException"`), client.ErrForbidden, client.Error{Message: "No permission", Type: "System.InvalidOperationException"}},
		"403 problem":    {403, problemType, bareProblem, client.ErrForbidden, client.Error{Message: "Forbidden"}},
		"403 empty":      {403, "", "", client.ErrForbidden, client.Error{}},
		"403 text":       {403, "text/plain; charset=utf-8", "The access to the portal\nis restricted", client.ErrForbidden, client.Error{Message: "The access to the portal is restricted"}},
		"404 empty":      {404, "", "", client.ErrNotFound, client.Error{}},
		"405 empty":      {405, "", "", nil, client.Error{}},
		"413 JSON":       {413, jsonType, errorJSON(413, "too large", "null"), nil, client.Error{Message: "too large"}},
		"415 wrapped":    {415, problemType, wrappedProblem, client.ErrUnsupportedMediaType, client.Error{Message: "Unsupported Media Type"}},
		"415 JSON":       {415, jsonType, errorJSON(415, "expected application/json", "null"), client.ErrUnsupportedMediaType, client.Error{Message: "expected application/json"}},
		"429 empty":      {429, "", "", client.ErrRateLimited, client.Error{}},
		"500 JSON":       {500, jsonType, errorJSON(500, "boom", `"System.NullReferenceException"`), client.ErrServer, client.Error{Message: "boom", Type: "System.NullReferenceException"}},
		"502 HTML":       {502, "text/html", "<html><h1>502 Bad Gateway</h1></html>", client.ErrServer, client.Error{}},
		"503 broken":     {503, jsonType, `{"error":{"message":"cut of`, client.ErrServer, client.Error{}},
		"503 odd":        {503, jsonType, `{"error":{"message":7,"type":"T"}}`, client.ErrServer, client.Error{Type: "T"}},
		"504 array":      {504, jsonType, `[1]`, client.ErrServer, client.Error{}},
		"599":            {599, "", "", client.ErrServer, client.Error{}},
		"304":            {304, "", "", client.ErrRedirect, client.Error{}},
		"302 no address": {302, "", "", client.ErrRedirect, client.Error{}},
		"201":            {201, jsonType, envelope("true"), client.ErrMalformedResponse, client.Error{}},
		"204":            {204, "", "", client.ErrMalformedResponse, client.Error{}},
		"400 text title": {400, "application/problem+json", `{"title":"Bad","detail":"The detail"}`, client.ErrBadRequest, client.Error{Message: "The detail"}},
		"400 no message": {400, problemType, `{"title":"Bad","errors":{"$.a":[],"$.b":null,"$.set":["not a boolean"]}}`, client.ErrBadRequest, client.Error{
			Message: "not a boolean", Fields: map[string][]string{"$.set": {"not a boolean"}},
		}},
		"400 validation": {400, problemType, validationProblem, client.ErrBadRequest, client.Error{
			Message: "The JSON value could not be converted to System.Boolean.",
			Fields:  map[string][]string{"$.set": {"The JSON value could not be converted to System.Boolean."}, "$.z": {"second"}},
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			portal, _ := serve(t, reply(test.status, test.contentType, test.body))
			ctx := context.Background()
			on, err := portal.SetExternalShare(ctx, true)
			checkRefusal(t, err, "externalShare", test.status, test.contentType, test.class, test.want)
			if on {
				t.Error("a refusal says on")
			}
			settings, err := portal.FilesSettings(ctx)
			checkRefusal(t, err, "getFilesSettings", test.status, test.contentType, test.class, test.want)
			if settings != nil {
				t.Error("there are settings")
			}
		})
	}
}

func checkRefusal(t *testing.T, err error, operation string, status int, contentType string, class error, want client.Error) {
	t.Helper()
	if class != nil {
		mustBe(t, err, class)
	} else {
		mustBe(t, err)
	}
	e := asError(t, err)
	if e.Operation != operation || e.StatusCode != status || e.ContentType != contentType || e.Message != want.Message || e.Type != want.Type {
		t.Errorf("got %+v", *e)
	}
	if len(e.Fields) != len(want.Fields) {
		t.Errorf("got fields %v", e.Fields)
	}
	for path, messages := range want.Fields {
		if strings.Join(e.Fields[path], "|") != strings.Join(messages, "|") {
			t.Errorf("field %s: got %v", path, e.Fields[path])
		}
	}
	if !strings.Contains(err.Error(), want.Message) || !strings.Contains(err.Error(), operation) {
		t.Errorf("got text %q", err)
	}
}

const (
	validationProblem = `{"response":{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400,` +
		`"errors":{"$.set":["The JSON value could not be converted to System.Boolean."],"$.z":["second"]},"traceId":"00-1"},` +
		`"count":1,"links":[],"status":1,"statusCode":400}`
	wrappedProblem = `{"response":{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.16","title":"Unsupported Media Type","status":415,"traceId":"1"},` +
		`"count":1,"links":[],"status":0,"statusCode":200}`
	bareProblem = `{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.4","title":"Forbidden","status":403,"traceId":"00-1"}`
)
