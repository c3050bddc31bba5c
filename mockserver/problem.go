package mockserver

import (
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// problem is what ASP.NET Core answers when it refuses a request by itself: problem details (RFC 9457). The properties without a
// value are left out. Only the problem of a body has errors.
type problem struct {
	api.ValidationProblemDetails
}

func (c *call) problem(status int) problem {
	code, trace := int32(status), dotnet.TraceContext(c.request.Header.Values(dotnet.HeaderTraceParent)) //nolint:gosec // an HTTP status
	p := problem{api.ValidationProblemDetails{Status: &code, TraceID: &trace}}
	if kind, ok := dotnet.ProblemTypes[status]; ok {
		title := http.StatusText(status)
		p.Type, p.Title = &kind, &title
	}
	return p
}

// validation is the problem with an error of the body.
func (p problem) validation(key, message string) problem {
	title := "One or more validation errors occurred."
	p.Title, p.Errors = &title, map[string][]string{key: {message}}
	return p
}

func (p problem) encode() []byte { return dotnet.AppendJSON(nil, p.ValidationProblemDetails) }

// pick is the problem as JSON with only the named properties; nil names all. The names are those in C#, so that the trace ID is
// one of the extensions (DynamicIgnoreResolver.cs; recorded: F1186, F1192, F1193).
func (p problem) pick(fields []string) []byte {
	if fields == nil {
		return p.encode()
	}
	var whole object
	if p.Errors != nil {
		whole = append(whole, property{"errors", dotnet.AppendJSON(nil, p.Errors)})
	}
	return append(whole,
		property{"type", dotnet.AppendJSON(nil, p.Type)},
		property{"title", dotnet.AppendJSON(nil, p.Title)},
		property{"status", dotnet.AppendJSON(nil, p.Status)},
		property{"extensions", dotnet.AppendJSON(nil, map[string]*string{"traceId": p.TraceID})},
	).pick(fields).encode()
}
