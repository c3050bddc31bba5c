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
	// maxAnswer is the largest body of a 2xx, in bytes. A portal's settings have about 10 KB. A larger body is
	// ErrResponseTooLarge.
	maxAnswer = 4 << 20
	// maxErrorBody is how many bytes of any other body are kept. The rest is not read.
	maxErrorBody = 64 << 10
	// usualBody is the size of the first buffer when the length is not announced. The settings fit into it.
	usualBody = 16 << 10
	// maxIdleReads is how often in a row a body may give nothing, as in package bufio.
	maxIdleReads = 100
)

// limitAnswer reads the whole answer, within the deadline of the attempt and up to a size. So nobody above it can hang on a
// body or forget to close it. The size after decompression counts. Every failure is an *Error without the operation's name.
func limitAnswer(next api.HttpRequestDoer) api.HttpRequestDoer {
	return doerFunc(func(req *http.Request) (*http.Response, error) {
		resp, err := next.Do(req)
		if err == nil && resp == nil {
			err = errors.New("the HTTP client gave neither an answer nor an error")
		}
		if err != nil {
			return nil, attemptError(req, 0, err)
		}
		if err := readAnswer(req, resp); err != nil {
			return nil, err
		}
		return resp, nil
	})
}

// readAnswer replaces the body of the answer by one in memory.
func readAnswer(req *http.Request, resp *http.Response) error {
	if resp.Body == nil {
		resp.Body = http.NoBody
	}
	defer resp.Body.Close()    // the one that is replaced
	if resp.StatusCode < 200 { // after a 101 comes another protocol, which has no end
		resp.Body, resp.ContentLength = http.NoBody, 0
	}
	success := resp.StatusCode >= 200 && resp.StatusCode <= 299
	limit := maxErrorBody
	if success {
		limit = maxAnswer
	}
	content, err := readUpTo(limit+1, resp.Body, resp.ContentLength)
	switch {
	case err != nil:
		e := attemptError(req, resp.StatusCode, err)
		callOf(req).readErrorHeader(e, resp)
		return e
	case len(content) > limit && success:
		return &Error{
			StatusCode: resp.StatusCode, kinds: []error{ErrResponseTooLarge},
			detail: fmt.Sprintf("more than %d bytes", limit),
		}
	case len(content) > limit:
		content = content[:limit]
	}
	read := &bodyInMemory{content: content}
	read.Reset(content)
	resp.Body = read
	resp.ContentLength = int64(len(content))
	if resp.Request == nil {
		resp.Request = req
	}
	return nil
}

// attemptError makes an *Error of a failed attempt. It names the time when the client's own deadline ended the attempt, and
// not the caller's.
func attemptError(req *http.Request, status int, err error) *Error {
	c, ended := callOf(req), req.Context().Err()
	detail := ""
	if ended != nil && c.Err() == nil {
		detail = fmt.Sprintf("none within %v", c.attemptTime)
	}
	if ended != nil && !errors.Is(err, ended) {
		err = errors.Join(err, ended) // the transport may say only "use of closed network connection"
	}
	return c.connectionError(req, status, detail, err)
}

// readUpTo is io.ReadAll with a limit. Its first buffer has the announced length, when there is one.
func readUpTo(limit int, r io.Reader, announced int64) ([]byte, error) {
	size := usualBody
	if announced >= 0 && announced <= int64(limit) {
		size = int(announced) + 1 // one more byte, to find the end without growing
	}
	content := make([]byte, 0, size)
	for idle := 0; len(content) < limit; {
		if len(content) == cap(content) {
			content = append(content, 0)[:len(content)]
		}
		n, err := r.Read(content[len(content):min(cap(content), limit)])
		content = content[:len(content)+n]
		if err == io.EOF { // a wrapped EOF is a failure
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

// bodyInMemory is a body that nobody has to close.
type bodyInMemory struct {
	bytes.Reader
	content []byte
}

// Close does nothing.
func (b *bodyInMemory) Close() error { return nil }

// contentOf gives the body of an answer that limitAnswer has read.
func contentOf(resp *http.Response) []byte { return resp.Body.(*bodyInMemory).content }
