package mockserver

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// The bodies of v3.7.2, whole (ResponseWrapper.cs, CommonApiResponse.cs); TRACE stands for the trace id.
func TestErrorBodiesOfTheServer(t *testing.T) {
	const links = `"count":1,"links":[{"href":"http://example.com` + mocktest.ExternalPath + `","action":"PUT"}],`
	const noCache = "no-cache,no-store"
	tests := []struct {
		name, method, path, body, authorization, contentType string
		status                                               int
		answerType, want, cacheControl                       string
	}{
		{"no account", "PUT", mocktest.ExternalPath, `{}`, "", "application/json", 401, "", "", ""},
		{"no admin", "PUT", mocktest.ExternalPath, `{}`, basic("user@example.com", "User-pass-1"), "application/json", 403, dotnet.ContentJSON,
			`{"error":{"message":"You don't have enough permission to perform the operation","type":"System.InvalidOperationException","stack":"   at ASC.Web.Files.Classes.FilesSettingsHelper.…","hresult":-2146233079},"status":1,"statusCode":403}`, noCache},
		{"no admin, social", "PUT", mocktest.SocialPath, `{}`, basic("user@example.com", "User-pass-1"), "application/json", 403, dotnet.ContentJSON,
			`{"error":{"message":"You don't have enough permission to perform the operation","type":"System.InvalidOperationException","stack":"   at ASC.Web.Files.Classes.FilesSettingsHelper.…","hresult":-2146233079},"status":1,"statusCode":403}`, noCache},
		{"no body", "PUT", mocktest.ExternalPath, ``, "YOUR_API_KEY", "application/json", 400, dotnet.ContentProblem,
			`{"response":{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400,"errors":{"":["A non-empty request body is required."]},TRACE},` + links + `"status":1,"statusCode":400}`, ""},
		{"wrong type", "PUT", mocktest.ExternalPath, `{"set":"true"}`, "YOUR_API_KEY", "application/json", 400, dotnet.ContentProblem,
			`{"response":{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400,"errors":{"$.set":["The JSON value could not be converted to System.Boolean. Path: $.set | LineNumber: 0 | BytePositionInLine: 13."]},TRACE},` + links + `"status":1,"statusCode":400}`, ""},
		{"media type", "PUT", mocktest.ExternalPath, `{}`, "YOUR_API_KEY", "text/plain", 415, dotnet.ContentProblem,
			`{"response":{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.16","title":"Unsupported Media Type","status":415,TRACE},` + links + `"status":0,"statusCode":200}`, ""},
		{"API key", "GET", mocktest.SettingsPath, ``, "Bearer sk-nope", "", 403, dotnet.ContentProblem,
			`{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.4","title":"Forbidden","status":403,TRACE}`, ""},
		{"not found", "GET", "/api/2.0/files/settings/nope", ``, "YOUR_API_KEY", "", 404, "", "", ""},
		{"method", "GET", mocktest.ExternalPath, ``, "YOUR_API_KEY", "", 405, "", "", ""},
		{"Basic", "GET", mocktest.SettingsPath, ``, "Basic !", "", 500, dotnet.ContentJSON,
			`{"error":{"message":"The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.","type":"System.FormatException","stack":"   at ASC.Api.Core.Auth.BasicAuthHandler.HandleAuthenticateAsync()","hresult":-2146233033},"status":1,"statusCode":500}`, noCache},
	}
	for _, test := range tests {
		s := newServer(t, WithProfile(ProfileV372))
		w := mocktest.Send(s, test.method, test.path, test.body, "Content-Type", "", "Content-Type", test.contentType, "Authorization", test.authorization)
		got := traceIDs.ReplaceAllString(w.Body.String(), "TRACE")
		if w.Code != test.status || got != test.want {
			t.Errorf("%s: got %d %s\nwant %d %s", test.name, w.Code, got, test.status, test.want)
		}
		h := w.Header()
		if h.Get("Content-Type") != test.answerType || (test.want == "" && h.Get("Content-Length") != "0") {
			t.Errorf("%s: Content-Type %q, Content-Length %q", test.name, h.Get("Content-Type"), h.Get("Content-Length"))
		}
		pragma, expires := "", ""
		if test.cacheControl != "" {
			pragma, expires = "no-cache", "-1"
		}
		if h.Get("Cache-Control") != test.cacheControl || h.Get("Pragma") != pragma || h.Get("Expires") != expires || h.Get("Retry-After") != "" {
			t.Errorf("%s: Cache-Control %q, Pragma %q, Expires %q, Retry-After %q", test.name, h.Get("Cache-Control"), h.Get("Pragma"), h.Get("Expires"), h.Get("Retry-After"))
		}
	}
}

// The messages of the documented profile say what is wrong and where.
func TestErrorMessagesOfTheDocumentation(t *testing.T) {
	for _, test := range []struct {
		method, path, body, authorization, contentType string
		status                                         int
		want                                           []string
	}{
		{"GET", mocktest.SettingsPath, "", "", "", 401, []string{"No valid credentials", "Bearer"}},
		{"PUT", mocktest.ExternalPath, `{}`, "YOUR_API_KEY", "application/json", 400, []string{"neither displayValue nor set"}},
		{"PUT", mocktest.ExternalPath, `{"displayValue":true,"set":false}`, "YOUR_API_KEY", "application/json", 400, []string{"displayValue and set differ"}},
		{"PUT", mocktest.ExternalPath, ``, "YOUR_API_KEY", "application/json", 400, []string{"Body: is empty"}},
		{"PUT", mocktest.ExternalPath, `{}`, "YOUR_API_KEY", "", 415, []string{"expected application/json, got none"}},
		{"PUT", mocktest.ExternalPath, `{}`, "YOUR_API_KEY", "text/plain", 415, []string{"expected application/json, got text/plain"}},
		{"GET", "/nope", "", "", "", 404, []string{"No such call"}},
		{"GET", mocktest.ExternalPath, "", "", "", 405, []string{"GET is not allowed here, only PUT"}},
		{"POST", mocktest.PasswordPath("x"), `{"password":1}`, "", "application/json", 400, []string{"$.password: expected a text or null, got a number"}},
	} {
		w := mocktest.Send(newServer(t), test.method, test.path, test.body, "Content-Type", "", "Content-Type", test.contentType, "Authorization", test.authorization)
		if w.Code != test.status || seen(w) != strings.Fields(seen(w))[0]+" error" || w.Header().Get("Content-Type") != dotnet.ContentJSON {
			t.Errorf("%s %s %s: got %d %s, %s", test.method, test.path, test.body, w.Code, w.Body, w.Header().Get("Content-Type"))
		}
		for _, want := range test.want {
			if !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s %s %s: got %s, want %q in it", test.method, test.path, test.body, w.Body, want)
			}
		}
	}
}

// An exception clears the headers and cookies that were set before (ExceptionHandlerMiddleware).
func TestExceptionsClearWhatWasSet(t *testing.T) {
	s := newServer(t)
	w := mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, "Authorization", basic("user@example.com", "User-pass-1"), "Origin", "https://app.example")
	if w.Code != 403 || w.Header().Get("WWW-Authenticate") != "" || w.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("got %d %v", w.Code, w.Header())
	}
}

func TestUnexpectedErrorsAreNotTold(t *testing.T) {
	s := newServer(t)
	r := httptest.NewRequest("GET", mocktest.SettingsPath, nil)
	r = r.WithContext(context.WithValue(r.Context(), callKey{}, newCall(r, s.era())))
	w := httptest.NewRecorder()
	s.handleError(errors.New("sk-secret"), s.echo.NewContext(r, w))
	if w.Code != 500 || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), `"statusCode":500`) {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

// seen is the status of an answer and the kind of its body.
func seen(w *httptest.ResponseRecorder) string {
	switch body := w.Body.String(); {
	case w.Code == 200:
		return "200"
	case body == "":
		return fmt.Sprint(w.Code, " empty")
	case strings.HasPrefix(body, `{"error":{`):
		return fmt.Sprint(w.Code, " error")
	case strings.HasPrefix(body, `{"type":"https://tools.ietf.org/`) && w.Header().Get("Content-Type") == dotnet.ContentProblem:
		return fmt.Sprint(w.Code, " problem")
	default:
		return fmt.Sprint(w.Code, " ", body)
	}
}

// Errors are written past the formatters.
func TestErrorsAreNotNegotiated(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV372))
	for body, want := range map[string]string{`{`: dotnet.ContentProblem, `{}`: dotnet.ContentJSON} {
		w := mocktest.Send(s, "PUT", mocktest.ExternalPath, body, append(as(s, RoleUser), "Accept", "text/json")...)
		if got := w.Header().Get("Content-Type"); got != want {
			t.Errorf("%d: got %q, want %q", w.Code, got, want)
		}
	}
}
