package mockserver

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"
)

// dispatch refuses requests that are none of the four calls.
func (s *Server) dispatch(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		switch route := call.route; {
		case route.method == "":
			return &refusal{status: http.StatusNotFound, message: "No such call: see openapi.yaml for the four that there are"}
		case route.method != c.Request().Method:
			return &refusal{
				status:  http.StatusMethodNotAllowed,
				message: fmt.Sprintf("%s is not allowed here, only %s", c.Request().Method, route.method),
				header:  http.Header{echo.HeaderAllow: {route.method}},
			}
		case route.operation == "":
			call.hintf("mock-docspace has only the four calls of external sharing; a portal answers here with %s", route.elsewhere)
			if route.lookup {
				// FoldersController.cs looks up the folder. The exact exception was not traced.
				return &exception{status: http.StatusNotFound, traced: true, hresult: -2146233088,
					message: "The record could not be found", class: "ASC.Common.ItemNotFoundException",
					method: "ASC.Files.Api.FoldersController.GetFolderByFolderId(String)"}
			}
			return &refusal{status: http.StatusNotFound, message: "mock-docspace does not have this call"}
		default:
			return next(c)
		}
	}
}
