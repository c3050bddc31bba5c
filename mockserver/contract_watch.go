package mockserver

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// maxContractHeader is the largest size of the header X-Mock-Contract, in bytes. The log and the journal have all violations.
const maxContractHeader = 1 << 10

// watchContract checks a request whose body has been read, and adds the violations to the header of the answer.
func (s *Server) watchContract(call *call, answer http.Header) {
	if s.contract == ContractOff {
		return
	}
	if call.violations = violations(call); len(call.violations) > 0 {
		answer.Set(headerContract, text.Shorten(joinViolations(call.violations), maxContractHeader))
	}
}

// enforceContract refuses requests that break openapi.yaml. Its place in the chain and its answer are those of a body that
// cannot be read.
func (s *Server) enforceContract(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		if s.contract != ContractEnforce || len(call.violations) == 0 {
			return next(c)
		}
		call.because("A922")
		call.unfiltered = true // this answer is not the server's
		text := joinViolations(call.violations)
		return &dotnet.BodyError{Key: call.violations[0].Pointer, Message: text, Explanation: text}
	}
}

func joinViolations(violations []Violation) string {
	texts := make([]string, len(violations))
	for i, v := range violations {
		texts[i] = v.String()
	}
	return strings.Join(texts, "; ")
}
