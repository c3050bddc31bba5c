package mockserver

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// headerContract tells in which places a request does not keep to openapi.yaml, in at most maxContractHeader bytes. The whole
// of it is in the log and in the journal.
const (
	headerContract    = "X-Mock-Contract"
	maxContractHeader = 1 << 10
)

// ContractMode is what becomes of a request that does not keep to openapi.yaml.
type ContractMode string

// The modes.
const (
	ContractWarn    ContractMode = "warn"    // it is told, in the header X-Mock-Contract, the log and the journal
	ContractEnforce ContractMode = "enforce" // one of the four calls is also refused with 400, unless it is refused anyway
	ContractOff     ContractMode = "off"     // nobody looks
)

// ContractModes are all of them; the first is the default.
func ContractModes() []ContractMode {
	return []ContractMode{ContractWarn, ContractEnforce, ContractOff}
}

// Violation is one place in which a request does not keep to openapi.yaml. It repeats no values, which may be secret.
type Violation struct {
	Pointer string // JSON pointer into the request: /body/set, /header/Content-Type, /query/fields, /path, /method
	Message string
}

func (v Violation) String() string { return v.Pointer + ": " + v.Message }

// WithContract says what becomes of requests that do not keep to openapi.yaml; left out it is ContractWarn. Who may make a call
// is not looked at: that is what 401 and 403 are for.
func WithContract(mode ContractMode) Option {
	return func(o *options) error {
		for _, known := range ContractModes() {
			if mode == known {
				o.contract = mode
				return nil
			}
		}
		return fmt.Errorf("WithContract: unknown mode %.60q: use one of %v", mode, ContractModes())
	}
}

// watchContract looks at a request whose body has been read.
func (s *Server) watchContract(call *call, answer http.Header) {
	if s.contract == ContractOff {
		return
	}
	if call.violations = violations(call); len(call.violations) > 0 {
		answer.Set(headerContract, cut(joinViolations(call.violations), maxContractHeader))
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
		return &badBody{key: call.violations[0].Pointer, message: text, plain: text}
	}
}

func joinViolations(violations []Violation) string {
	texts := make([]string, len(violations))
	for i, v := range violations {
		texts[i] = v.String()
	}
	return strings.Join(texts, "; ")
}
