package client

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/mock-docspace/mock-docspace/client/api"
)

const (
	// maxAnswer bounds the body of a 2xx; a portal's settings are about 10 KB. More is ErrResponseTooLarge.
	maxAnswer = 4 << 20
	// maxErrorBody is how much of any other body is kept. The rest is not read.
	maxErrorBody = 64 << 10
	// usualBody is where reading begins when the length is not announced: settings fit.
	usualBody = 16 << 10
	// maxIdleReads is how often in a row a body may give nothing, as in package bufio.
	maxIdleReads = 100
)

// buffer reads the whole answer within the deadline of the attempt, so that nobody above it can hang on a body or forget
// to close it. The decompressed size counts. Whatever fails is an *Error without the operation's name.
func limitAnswer(next api.HttpRequestDoer) api.HttpRequestDoer {
	return doerFunc(func(req *http.Request) (*http.Response, error) {
		c, ctx := callOf(req), req.Context()
		fail := func(status int, err error) *Error {
			// The caller's own end of the context is the caller's; ours needs a word.
			detail := ""
			if ctx.Err() != nil && c.Err() == nil {
				detail = fmt.Sprintf("none within %v", c.within)
			}
			if end := ctx.Err(); end != nil && !errors.Is(err, end) {
				err = errors.Join(err, end) // such as "use of closed network connection"
			}
			return c.connectionError(req, status, detail, err)
		}

		resp, err := next.Do(req)
		if err != nil {
			return nil, fail(0, err)
		}
		if resp == nil {
			return nil, fail(0, errors.New("the HTTP client gave neither an answer nor an error"))
		}
		if resp.Body == nil {
			resp.Body = http.NoBody
		}
		defer resp.Body.Close()
		if resp.StatusCode < 200 { // 101: what follows is no body, and has no end
			resp.Body, resp.ContentLength = http.NoBody, 0
		}

		ok := resp.StatusCode >= 200 && resp.StatusCode <= 299
		limit := maxErrorBody
		if ok {
			limit = maxAnswer
		}
		content, err := readUpTo(limit+1, resp.Body, resp.ContentLength)
		switch {
		case err != nil:
			e := fail(resp.StatusCode, err)
			c.readHeader(e, resp)
			return nil, e
		case len(content) > limit && ok:
			return nil, &Error{
				StatusCode: resp.StatusCode, kinds: []error{ErrResponseTooLarge},
				detail: fmt.Sprintf("more than %d bytes", limit),
			}
		case len(content) > limit:
			content = content[:limit]
		}
		read := &buffered{content: content}
		read.Reset(content)
		resp.Body = read
		resp.ContentLength = int64(len(content))
		if resp.Request == nil {
			resp.Request = req
		}
		return resp, nil
	})
}

// readUpTo is io.ReadAll that stops at a limit, and begins with the announced length where there is one.
func readUpTo(limit int, r io.Reader, announced int64) ([]byte, error) {
	size := usualBody
	if announced >= 0 && announced <= int64(limit) {
		size = int(announced) + 1 // the one byte is where the end is found
	}
	content := make([]byte, 0, size)
	for idle := 0; len(content) < limit; {
		if len(content) == cap(content) {
			content = append(content, 0)[:len(content)]
		}
		n, err := r.Read(content[len(content):min(cap(content), limit)])
		content = content[:len(content)+n]
		if err == io.EOF { // a wrapped one is a failure
			return content, nil
		}
		if err != nil {
			return content, err
		}
		if idle++; n > 0 {
			idle = 0
		}
		if idle > maxIdleReads {
			return content, io.ErrNoProgress
		}
	}
	return content, nil
}

// buffered is a body in memory. Nobody has to close it.
type buffered struct {
	bytes.Reader
	content []byte
}

// Close does nothing.
func (b *buffered) Close() error { return nil }

// contentOf gives the body of an answer that buffer has read.
func contentOf(resp *http.Response) []byte { return resp.Body.(*buffered).content }
