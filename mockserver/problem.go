package mockserver

import (
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// problem is what ASP.NET Core answers when it refuses a request by itself: problem details (RFC 9457). The properties without a
// value are left out.
type problem struct {
	api.ProblemDetails

	errors map[string][]string // nil unless the body was wrong
}

func (c *call) problem(status int) problem {
	p := problem{ProblemDetails: api.ProblemDetails{Status: int32(status), TraceID: dotnet.TraceContext(c.request.Header.Values(dotnet.HeaderTraceParent))}} //nolint:gosec // an HTTP status
	if kind, ok := dotnet.ProblemTypes[status]; ok {
		title := http.StatusText(status)
		p.Type, p.Title = &kind, &title
	}
	return p
}

// validation is the problem with an error of the body.
func (p problem) validation(key, message string) problem {
	title := "One or more validation errors occurred."
	p.Title, p.errors = &title, map[string][]string{key: {message}}
	return p
}

func (p problem) encode() []byte {
	if p.errors == nil {
		return dotnet.AppendJSON(nil, p.ProblemDetails)
	}
	return dotnet.AppendJSON(nil, api.ValidationProblemDetails{Type: *p.Type, Title: *p.Title, Status: p.Status, Errors: p.errors, TraceID: p.TraceID})
}

// pick is the problem as JSON with only the named properties; nil names all. The names are those in C#, so that the trace ID is
// one of the extensions (DynamicIgnoreResolver.cs; recorded: F1186, F1192, F1193).
func (p problem) pick(fields []string) []byte {
	if fields == nil {
		return p.encode()
	}
	var whole object
	if p.errors != nil {
		whole = append(whole, property{"errors", dotnet.AppendJSON(nil, p.errors)})
	}
	return append(whole,
		property{"type", dotnet.AppendJSON(nil, p.Type)},
		property{"title", dotnet.AppendJSON(nil, p.Title)},
		property{"status", dotnet.AppendJSON(nil, p.Status)},
		property{"extensions", dotnet.AppendJSON(nil, map[string]string{"traceId": p.TraceID})},
	).pick(fields).encode()
}
