package mockserver

import (
	"bytes"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// capturedAnswer keeps an answer in memory instead of sending it.
type capturedAnswer struct {
	http.ResponseWriter
	call   *call
	status int
	body   bytes.Buffer
}

func (a *capturedAnswer) WriteHeader(status int) {
	a.call.recorded.begin(status)
	a.status = status
}

func (a *capturedAnswer) Write(body []byte) (int, error) { return a.body.Write(body) }

// captureAnswer makes the call, and keeps its answer in memory. A call that panics is answered without the fault.
func captureAnswer(c echo.Context, next echo.HandlerFunc) *capturedAnswer {
	client := c.Response().Writer
	captured := &capturedAnswer{ResponseWriter: client, call: callFrom(c.Request().Context()), status: http.StatusOK}
	c.Response().Writer = captured
	defer func() { c.Response().Writer = client }()
	if err := next(c); err != nil {
		c.Error(err)
	}
	return captured
}

// damage makes the call, and sends a damaged answer.
func (s *Server) damage(c echo.Context, kind FaultKind, next echo.HandlerFunc) error {
	call, client := callFrom(c.Request().Context()), c.Response().Writer
	captured := captureAnswer(c, next)
	status, body, header := captured.status, captured.body.Bytes(), client.Header()
	length := len(body)
	switch kind {
	case FaultTruncated:
		length = max(1, length) // so that an empty body is cut off too
		body = body[:len(body)/2]
		call.ending = cutOff
	case FaultMalformed:
		if colon := bytes.IndexByte(body, ':'); colon >= 0 {
			body[colon] = '='
		} else {
			body = []byte("{")
			header.Set(echo.HeaderContentType, dotnet.ContentJSON)
		}
		length = len(body)
	case FaultEmpty:
		status, body, length = http.StatusOK, nil, 0
	default: // FaultContentType
		header.Set(echo.HeaderContentType, "text/html")
	}
	header.Set(echo.HeaderContentLength, strconv.Itoa(length))
	c.Response().Status = status
	s.record(call, status)
	client.WriteHeader(status)
	_, err := client.Write(body)
	if kind == FaultTruncated {
		err = http.NewResponseController(client).Flush()
	}
	if err != nil {
		s.logger.Debug("answer not written", "error", err)
	}
	return nil
}
