package mockserver

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// maxBody is the largest body that a portal takes, in bytes (recorded: F308).
const maxBody = 100 << 20

// bufferSize is the size of a piece of Kestrel's buffer, in bytes.
const bufferSize = 4096

// streamBuffer is how much of a stream the server reads before it looks at it, in bytes (ReadBufferState.cs (runtime)).
const streamBuffer = 16 << 10

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
	if call.route.facts != nil && r.Method != http.MethodGet && r.Body != nil {
		call.charset, call.jsonMedia = dotnet.JSONInput(r.Header.Values(echo.HeaderContentType))
		call.body, call.bodyErr = bodyOf(r, maxBody)
		call.bodySplit = headSize(r)+len(call.body) > bufferSize
		if call.jsonMedia && call.charset == dotnet.UTF16 && call.bodyErr == nil {
			call.decodeUTF16()
		}
	}
	s.watchContract(call, c.Response().Header())
}

// bodyOf reads a body of at most that many bytes. An error is the exception of the server.
func bodyOf(r *http.Request, most int64) ([]byte, error) {
	if r.ContentLength > most {
		return nil, bodyTooLarge()
	}
	var body bytes.Buffer
	body.Grow(int(max(0, min(r.ContentLength, 1<<20))) + bytes.MinRead) // a client can name a size and send nothing
	n, err := body.ReadFrom(io.LimitReader(r.Body, most+1))
	switch {
	case n > most:
		return nil, bodyTooLarge()
	case err == nil && n >= r.ContentLength:
		return body.Bytes(), nil
	case err == nil, errors.Is(err, io.ErrUnexpectedEOF):
		return body.Bytes(), badHTTPRequest("Unexpected end of request content.")
	case strings.Contains(err.Error(), "malformed chunked encoding"): // of net/http, whose error has no type
		return body.Bytes(), badHTTPRequest("Bad chunk suffix.")
	default:
		return body.Bytes(), badHTTPRequest("Bad chunk size data.")
	}
}

func bodyTooLarge() error {
	return badHTTPRequest("Request body too large. The max request body size is 104857600 bytes.")
}

// headSize is how many bytes the request line and the headers have taken.
func headSize(r *http.Request) int {
	size := len(r.Method) + len(r.RequestURI) + len(r.Host) + len("  HTTP/1.1\r\nHost: \r\n\r\n")
	for name, values := range r.Header {
		for _, value := range values {
			size += len(name) + len(": ") + len(value) + len("\r\n")
		}
	}
	if r.ContentLength < 0 {
		size += len("Transfer-Encoding: chunked\r\n")
	}
	return size
}

// decodeUTF16 turns the body into UTF-8. The server decodes a stream, which has a buffer of its own.
func (c *call) decodeUTF16() {
	text, err := dotnet.FromUTF16(c.body)
	c.body, c.bodySplit = text, len(text) > streamBuffer
	if err != nil {
		c.bodyErr = undecodable(err.Error())
	}
}
