package mockserver

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// refuseTarget refuses paths that the server does not take before it looks for a call.
func refuseTarget(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		switch {
		case dotnet.Unroutable(call.request.URL):
			return &refusal{status: http.StatusBadRequest} // Kestrel (recorded: F749, F808)
		case call.route.outOfRange != "":
			return outOfRange(call.route.outOfRange, "Asp.Versioning.ApiVersion.…") // recorded: F1471
		default:
			return next(c)
		}
	}
}

// dispatch refuses requests that are none of the four calls.
func (s *Server) dispatch(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		switch route := call.route; {
		case route.method == "":
			return &refusal{status: http.StatusNotFound, message: "No such call: see openapi.yaml for the four that there are"}
		case !route.takes(call.request.Method):
			return &refusal{
				status:  http.StatusMethodNotAllowed,
				message: fmt.Sprintf("%s is not allowed here, only %s", call.request.Method, route.method),
				header:  http.Header{echo.HeaderAllow: {route.method}},
			}
		case route.operation == "":
			call.note("mock-docspace has only the four calls of external sharing; a portal answers here with %s", route.elsewhere)
			if route.folder != "" {
				if call.apiKey && !call.hasOne(readScopes) {
					return &filterProblem{status: http.StatusForbidden} // recorded: Z2-0832
				}
				c.Response().Header().Set(headerVersions, "2.0")
				return folderNotFound(call)
			}
			return &refusal{status: http.StatusNotFound, message: "mock-docspace does not have this call"}
		default:
			return next(c)
		}
	}
}

// folderNotFound is the answer of the call that reads a folder, which the fake does not have (FoldersController.cs; recorded:
// body-Z2-0198, body-Z2-0375).
func folderNotFound(c *call) error {
	if c.caller == nil {
		return &exception{status: http.StatusForbidden, traced: true, hresult: -2146233078,
			message: "Access denied", class: "System.Security.SecurityException", method: "ASC.Files.Api.FoldersController.…"}
	}
	message := "The required folder was not found"
	if _, err := strconv.ParseInt(c.route.folder, 10, 32); err != nil {
		message = "Selector '' not found"
	}
	return &exception{status: http.StatusNotFound, traced: true, hresult: -2146233088,
		message: message, class: "ASC.Common.Web.ItemNotFoundException", method: "ASC.Files.Api.FoldersController.…"}
}
