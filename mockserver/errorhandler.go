package mockserver

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"
)

// handleError turns every error into the body that the profile has for it. It is Echo's HTTPErrorHandler.
func (s *Server) handleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	call := callFrom(c.Request().Context())
	header := c.Response().Header()

	var (
		thrown  *exception
		refused *refusal
		problem *filterProblem
		body    *badBody
		media   *unsupportedMedia
		a       answer
	)
	switch {
	case errors.As(err, &thrown):
		// The exception handler clears what was set before (ASP.NET Core ExceptionHandlerMiddleware). That this also holds
		// for the versions, which a filter sets, is the best reading.
		header.Del(headerVersions)
		header.Del(echo.HeaderSetCookie)
		header.Del(echo.HeaderWWWAuthenticate)
		header.Set(echo.HeaderCacheControl, "no-cache,no-store")
		header.Set("Pragma", "no-cache")
		header.Set("Expires", "-1")
		if thrown.retryAfter > 0 {
			header.Set(echo.HeaderRetryAfter, strconv.Itoa(thrown.retryAfter))
		}
		a = errorAnswer(thrown)
	case errors.As(err, &refused):
		for name, values := range refused.header {
			header[name] = values
		}
		a = answer{status: refused.status}
		if refused.message != "" {
			a = call.explain(a, refused.message, "without a body")
		}
	case errors.As(err, &problem):
		a = answer{status: problem.status, contentType: contentProblem, body: appendJSON(nil, s.problem(problem.status))}
	case errors.As(err, &body):
		a = call.explain(answer{
			status:      http.StatusBadRequest,
			contentType: contentProblem,
			body: call.envelope(appendJSON(nil, ValidationProblemDetails{
				Type:    problemTypes[http.StatusBadRequest],
				Title:   "One or more validation errors occurred.",
				Status:  http.StatusBadRequest,
				Errors:  map[string][]string{body.key: {body.message}},
				TraceID: s.traceID(),
			}), c.Request().Method, 1, http.StatusBadRequest),
		}, body.plain, "as a validation problem in a success envelope")
	case errors.As(err, &media):
		// CommonApiResponse.cs knows ValidationProblemDetails only, and the status is not set yet when it wraps. That the
		// envelope says 0 and 200 is the best reading, it was not observed.
		a = call.explain(answer{
			status:      http.StatusUnsupportedMediaType,
			contentType: contentProblem,
			body:        call.envelope(appendJSON(nil, s.problem(http.StatusUnsupportedMediaType)), c.Request().Method, 0, http.StatusOK),
		}, "Content-Type: expected application/json, got "+media.contentType, "as a problem in an envelope that says 200")
	default:
		s.logger.Error("unexpected error", "error", err)
		a = errorAnswer(&exception{status: http.StatusInternalServerError, message: "mock-docspace failed; please report it with its log"})
	}
	call.writeHint(header)
	if err := a.write(c.Response()); err != nil {
		s.logger.Debug("answer not written", "error", err)
	}
}

// explain is a, or an ErrorApiResponse with the message where the profile has one. How the others answer is worth a hint.
func (c *call) explain(a answer, message, otherwise string) answer {
	for _, other := range c.state.profile.others() {
		if other.errorMessages == c.state.profile.errorMessages {
			continue
		}
		if other.errorMessages {
			otherwise = "as an ErrorApiResponse with a message"
		}
		c.hintf("profile %s answers this %d %s", other.name, a.status, otherwise)
	}
	if !c.state.profile.errorMessages {
		return a
	}
	return errorAnswer(&exception{status: a.status, message: message})
}

func errorAnswer(e *exception) answer {
	dto := ErrorDto{Message: e.message}
	if e.traced {
		stack := "   at " + e.method
		dto.Type, dto.Stack, dto.Hresult = &e.class, &stack, e.hresult
	}
	return answer{
		status:      e.status,
		contentType: contentJSON,
		body:        appendJSON(nil, ErrorAPIResponse{Error: dto, Status: 1, StatusCode: int32(e.status)}), //nolint:gosec // an HTTP status
	}
}

// problemTypes are the addresses that ASP.NET Core puts into problems.
var problemTypes = map[int]string{
	http.StatusBadRequest:           "https://tools.ietf.org/html/rfc9110#section-15.5.1",
	http.StatusForbidden:            "https://tools.ietf.org/html/rfc9110#section-15.5.4",
	http.StatusUnsupportedMediaType: "https://tools.ietf.org/html/rfc9110#section-15.5.16",
}

func (s *Server) problem(status int) ProblemDetails {
	problem := ProblemDetails{Status: int32(status), TraceID: s.traceID()} //nolint:gosec // an HTTP status
	if kind, ok := problemTypes[status]; ok {
		title := http.StatusText(status)
		problem.Type, problem.Title = &kind, &title
	}
	return problem
}

// traceID is a trace context as ASP.NET Core makes one.
func (s *Server) traceID() string {
	var id [24]byte
	_, _ = rand.Read(id[:])
	return "00-" + hex.EncodeToString(id[:16]) + "-" + hex.EncodeToString(id[16:]) + "-00"
}
