package mockserver

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// refuseTarget refuses paths that the server does not take before it looks for a call.
func refuseTarget(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		switch {
		case dotnet.Unroutable(call.path, call.request.URL.RawQuery):
			return &refusal{status: http.StatusBadRequest} // Kestrel (recorded: F749, F808)
		case call.route.outOfRange != "":
			call.becauseOf(said{server: "A517"})
			return outOfRange(call.route.outOfRange, "Asp.Versioning.ApiVersion.…") // recorded: F1471
		default:
			return next(c)
		}
	}
}

// dispatch refuses requests that are no call of the contract.
func (s *Server) dispatch(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		switch route := call.route; {
		case route.facts != nil:
			return next(c)
		case route.path == nil:
			if done, err := call.answerProbe(c.Response()); done {
				return err
			}
			call.noteService()
			call.becauseOf(said{"A504", "A505"})
			return &refusal{status: http.StatusNotFound, message: "No such call: see openapi.yaml for those that there are"}
		case route.neighbour != nil:
			return call.answerNeighbour(c.Response().Header())
		default:
			call.becauseOf(said{"A502", "A503"})
			return &refusal{
				status:  http.StatusMethodNotAllowed,
				message: fmt.Sprintf("%s is not allowed here, only %s", call.request.Method, route.path.allow),
				header:  http.Header{echo.HeaderAllow: {route.path.allow}},
			}
		}
	}
}
