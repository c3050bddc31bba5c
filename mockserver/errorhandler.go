package mockserver

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// handleError turns every error into the body that the profile has for it. It is Echo's HTTPErrorHandler.
func (s *Server) handleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	call := callFrom(c.Request().Context())
	call.claims.addAll(claimsOf(err))
	header := c.Response().Header()

	var (
		thrown  *exception
		refused *refusal
		filter  *filterProblem
		body    *dotnet.BodyError
		media   *unsupportedMedia
		a       answer
	)
	switch {
	case errors.As(err, &thrown):
		// The exception handler clears headers that were set before (ASP.NET Core ExceptionHandlerMiddleware). The header of API
		// versions is added only when the answer begins (recorded: F401).
		header.Del(echo.HeaderSetCookie)
		header.Del(echo.HeaderWWWAuthenticate)
		call.forgetDetails()
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
			a = call.withErrorMessage(a, refused.message, "without a body")
		}
	case errors.As(err, &filter):
		a = call.formatted(answer{status: filter.status, contentType: dotnet.ContentProblem, body: call.problem(filter.status).encode()})
	case errors.As(err, &body):
		problem := call.problem(http.StatusBadRequest).validation(body.Key, body.Message)
		a = call.withErrorMessage(call.formatted(answer{
			status:      http.StatusBadRequest,
			contentType: dotnet.ContentProblem,
			body:        call.envelope(problem.pick(call.fields()), 1, http.StatusBadRequest),
		}), body.Explanation, "as a validation problem in a success envelope")
	case errors.As(err, &media):
		// CommonApiResponse.cs treats only ValidationProblemDetails specially, and wraps the body before the status is set. So
		// the envelope says 0 and 200 (recorded: F423).
		problem := call.problem(http.StatusUnsupportedMediaType)
		message := "Content-Type: expected application/json, got " + media.describe()
		if encoding := call.encoding(); encoding != "" {
			message += ", and " + encoding
		}
		a = call.withErrorMessage(call.formatted(answer{
			status:      http.StatusUnsupportedMediaType,
			contentType: dotnet.ContentProblem,
			body:        call.envelope(problem.pick(call.fields()), 0, http.StatusOK),
		}), message, "as a problem in an envelope that says 200")
	default:
		s.logger.Error("unexpected error", "error", err)
		a = errorAnswer(&exception{status: http.StatusInternalServerError, message: "mock-docspace failed; please report it with its log"})
	}
	call.writeHint(header)
	if err := call.write(c.Response(), &a); err != nil {
		s.logger.Debug("answer not written", "error", err)
	}
}

// withErrorMessage is a, or an ErrorApiResponse with the message when the profile has errorMessages. otherwise describes a, for
// the hint about the other profiles.
func (c *call) withErrorMessage(a answer, message, otherwise string) answer {
	p := c.state.profile
	if !p.errorMessages {
		otherwise = "as an ErrorApiResponse with a message"
	}
	for _, other := range profiles {
		if other.errorMessages != p.errorMessages {
			c.differs(other, "{answers|answer} this %d %s", a.status, otherwise).because(c.refusal.by(other))
		}
	}
	if !p.errorMessages {
		return a
	}
	return errorAnswer(&exception{status: a.status, message: message})
}

func errorAnswer(e *exception) answer {
	dto := api.ErrorDto{Message: e.message}
	if e.traced {
		stack := "   at " + e.method
		dto.Type, dto.Stack, dto.Hresult = &e.class, &stack, e.hresult
	}
	return answer{
		status:      e.status,
		contentType: dotnet.ContentJSON,
		body:        dotnet.AppendJSON(nil, api.ErrorAPIResponse{Error: dto, Status: 1, StatusCode: int32(e.status)}), //nolint:gosec // an HTTP status
	}
}
