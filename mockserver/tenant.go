package mockserver

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// findTenant refuses requests whose Origin or Host is no address. A self-hosted portal answers at every host, but it reads
// both of them as URIs to look for its tenant (TenantManager.cs; recorded: F644, F1562).
func findTenant(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		if origin := dotnet.JoinValues(c.Request().Header[echo.HeaderOrigin]); origin != "" {
			if message := dotnet.URIError(origin); message != "" {
				call.becauseOf(said{server: "A513"})
				return badURI(message)
			}
		}
		if message := dotnet.URIError(call.address); message != "" {
			call.becauseOf(said{server: "A514"})
			return badURI(message)
		}
		return next(c)
	}
}

// hasTenant says whether there is a portal at the address that the parameter origin names. A self-hosted portal is at every host,
// but not at an address without one, such as file:///x (TenantManager.cs; recorded: cX-X107 to cX-X111).
func (c *call) hasTenant() bool {
	_, host, ok := dotnet.URIParts(c.query.Joined("origin"))
	return !ok || host != ""
}

// requireTenant refuses calls of a portal that there is not, after those of callers who may not make them (TenantStatusFilter.cs).
func requireTenant(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if call := callFrom(c.Request().Context()); !call.hasTenant() {
			call.becauseOf(said{server: "A523"})
			return &filterProblem{status: http.StatusNotFound}
		}
		return next(c)
	}
}

// noTenant is the exception of the check of an API key for a portal that there is not (recorded: cX-X102).
func noTenant() error {
	return &exception{
		status: http.StatusInternalServerError, traced: true, hresult: -2146233088, message: "Could not resolve current tenant :-(.",
		class: "System.Exception", method: "ASC.Core.TenantManager.GetCurrentTenant(…)",
	}
}
