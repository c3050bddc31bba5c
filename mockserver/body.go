package mockserver

import (
	"errors"
	"io"
	"net/http"
	"os"
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

// maxRefused is how much is read of the body of a request that is refused whatever the body says, in bytes. Nobody wants it but the
// journal and the contract watch.
const maxRefused = 16 << 10

// readRequest reads the body. It runs after limitRate, because a request with a slow body counts as a concurrent request too.
func (s *Server) readRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		s.readBody(callFrom(c.Request().Context()), c.Response().Header())
		return next(c)
	}
}

// readBody reads the body of a call that has one, at most once, when the caller is known. The contract watch, the binder and the journal
// all use it. A body that cannot be read becomes an error in the binder only.
func (s *Server) readBody(call *call, answer http.Header) {
	most := int64(maxRefused)
	if call.route.facts != nil && call.admission(call.state.profile, false) == admitted { // only a call without a body asks for visitors
		most = maxBody
	}
	s.readAtMost(call, answer, most)
}

// readRefused reads the body of a request that is refused already, if nobody has read it.
func (s *Server) readRefused(call *call, answer http.Header) { s.readAtMost(call, answer, maxRefused) }

func (s *Server) readAtMost(call *call, answer http.Header, most int64) {
	r := &call.inner
	if call.bodyRead {
		return
	}
	call.bodyRead = true
	if call.route.facts != nil && r.Method != http.MethodGet && r.Body != nil {
		call.charset, call.jsonMedia = dotnet.JSONInput(r.Header[echo.HeaderContentType])
		call.body, call.bodyErr = bodyOf(r, most)
		call.bodyDropped = errors.Is(call.bodyErr, errBodyTooLarge)
		if call.jsonMedia && call.charset == dotnet.UTF16 && call.bodyErr == nil {
			call.decodeUTF16()
		}
	}
	s.watchContract(call, answer)
}

// bodyOf reads a body of at most that many bytes. An error is the exception of the server.
func bodyOf(r *http.Request, most int64) ([]byte, error) {
	if r.ContentLength > most {
		return nil, errBodyTooLarge
	}
	body, err := readArriving(r.Body, r.ContentLength, most+1)
	switch n := int64(len(body)); {
	case n > most:
		return nil, errBodyTooLarge
	case err == nil && n >= r.ContentLength:
		return body, nil
	case err == nil, errors.Is(err, io.ErrUnexpectedEOF):
		return body, badHTTPRequest("Unexpected end of request content.")
	case errors.Is(err, os.ErrDeadlineExceeded): // best reading: KestrelBadHttpRequestException.cs (aspnetcore)
		return body, badHTTPRequest("Reading the request body timed out due to data arriving too slowly. See MinRequestBodyDataRate.")
	case strings.Contains(err.Error(), "malformed chunked encoding"): // of net/http, whose error has no type
		return body, badHTTPRequest("Bad chunk suffix.")
	default:
		return body, badHTTPRequest("Bad chunk size data.")
	}
}

// readArriving reads at most that many bytes. It takes memory as they arrive: a client can name a size and send nothing. A large body that
// has begun to arrive gets all its memory, which the system gives only where something is written.
func readArriving(from io.Reader, declared, most int64) ([]byte, error) {
	if declared >= 0 {
		most = min(most, declared+1) // one more, to see the end
	}
	text := make([]byte, 0, min(most, bufferSize))
	for int64(len(text)) < most {
		if len(text) == cap(text) {
			size := 2 * int64(cap(text))
			if declared >= 0 && size > maxCheckedBody {
				size = most // growing on would take more
			}
			text = append(make([]byte, 0, min(most, size)), text...)
		}
		n, err := from.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		if err == io.EOF {
			return text, nil
		}
		if err != nil {
			return text, err
		}
	}
	return text, nil
}

var errBodyTooLarge = badHTTPRequest("Request body too large. The max request body size is 104857600 bytes.")

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

// isBodySplit says whether the body does not lie in one piece of Kestrel's buffer, or of that of the stream that decodes it.
func (c *call) isBodySplit() bool {
	if c.decoded {
		return len(c.body) > streamBuffer
	}
	return headSize(c.request)+len(c.body) > bufferSize
}

// decodeUTF16 turns the body into UTF-8.
func (c *call) decodeUTF16() {
	text, err := dotnet.FromUTF16(c.body)
	c.body, c.decoded = text, true
	if err != nil {
		c.bodyErr = undecodable(err.Error())
	}
}
