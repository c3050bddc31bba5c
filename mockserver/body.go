package mockserver

import (
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// maxBody is the largest body the fake takes. A portal takes 100 MiB (Program.cs); no body of these calls comes near.
const maxBody = 1 << 20

// readRequest reads the request within the limit of requests at a time, to which a slow body counts.
func (s *Server) readRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		s.read(c)
		return next(c)
	}
}

// read reads the body of the calls that have one, once, for all who look at it: the contract watch, the binder and the
// journal. That it cannot be read is an error only when it is bound. What is refused before it comes to that is read when it
// is answered.
func (s *Server) read(c echo.Context) {
	call, r := callFrom(c.Request().Context()), c.Request()
	if call.read {
		return
	}
	call.read = true
	if call.isOperation() && r.Method != http.MethodGet && r.Body != nil {
		call.text, call.unreadable = bodyOf(c.Response(), r)
		if charset, _ := dotnet.JSONCharset(r.Header.Get(echo.HeaderContentType)); charset == "utf-16" {
			call.text = dotnet.FromUTF16(call.text)
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
