package mockserver

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// maxContractHeader is how many bytes of the violations the header shows. The log and the journal have all of them.
const maxContractHeader = 1 << 10

// watchContract looks at a request whose body has been read.
func (s *Server) watchContract(call *call, answer http.Header) {
	if s.contract == ContractOff {
		return
	}
	if call.violations = violations(call); len(call.violations) > 0 {
		answer.Set(headerContract, text.Shorten(joinViolations(call.violations), maxContractHeader))
	}
}

// enforceContract refuses what does not keep to openapi.yaml, where a body that cannot be read is refused too.
func (s *Server) enforceContract(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		if s.contract != ContractEnforce || len(call.violations) == 0 {
			return next(c)
		}
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
