package mockserver

import (
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// maxBody is the largest body, in bytes. A portal takes 100 MiB (Program.cs), but the bodies of these calls are much smaller.
const maxBody = 1 << 20

// readRequest reads the body. It runs after limitRate, because a request with a slow body counts as a concurrent request too.
func (s *Server) readRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		s.readBody(c)
		return next(c)
	}
}

// readBody reads the body of a call that has one, at most once. The contract watch, the binder and the journal all use it. A
// body that cannot be read becomes an error in the binder only. A request that is refused earlier has its body read when it
// is answered.
func (s *Server) readBody(c echo.Context) {
	call, r := callFrom(c.Request().Context()), c.Request()
	if call.bodyRead {
		return
	}
	call.bodyRead = true
	if call.isOperation() && r.Method != http.MethodGet && r.Body != nil {
		call.body, call.bodyErr = bodyOf(c.Response(), r)
		if charset, _ := dotnet.JSONInput(r.Header.Values(echo.HeaderContentType)); charset == dotnet.UTF16 {
			decoded, err := dotnet.FromUTF16(call.body)
			if call.body = decoded; err != nil {
				call.bodyErr = err
			}
		}
	}
	s.watchContract(call, c.Response().Header())
}

func bodyOf(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	switch size := r.ContentLength; {
	case size > maxBody:
		return nil, &http.MaxBytesError{Limit: maxBody}
	case size >= 0:
		text := make([]byte, size)
		n, err := io.ReadFull(r.Body, text)
		return text[:n], err
	default:
		return io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	}
}
