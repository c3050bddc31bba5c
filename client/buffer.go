package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	// maxAnswer bounds the body of a 2xx; a portal's settings are about 10 KB. More is ErrResponseTooLarge.
	maxAnswer = 4 << 20
	// maxErrorBody is how much of any other body is kept. The rest is not read.
	maxErrorBody = 64 << 10
)

// buffer reads the whole answer within one deadline, so that nobody above it can hang on a body or forget to close it.
// The decompressed size counts. Whatever fails is an *Error without the operation's name.
func buffer(timeout time.Duration, next HttpRequestDoer) HttpRequestDoer {
	return doerFunc(func(req *http.Request) (*http.Response, error) {
		outer := req.Context()
		ctx, cancel := context.WithTimeout(outer, timeout)
		defer cancel()

		fail := func(status int, err error) error {
			// The caller's own end of the context is the caller's; ours needs a word.
			detail := ""
			if ctx.Err() != nil && outer.Err() == nil {
				detail = fmt.Sprintf("none within %v", timeout)
			}
			if end := ctx.Err(); end != nil && !errors.Is(err, end) {
				err = errors.Join(err, end) // such as "use of closed network connection"
			}
			return connectionError(req, status, detail, err)
		}

		resp, err := next.Do(req.WithContext(ctx))
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

		ok := resp.StatusCode >= 200 && resp.StatusCode <= 299
		limit := int64(maxErrorBody)
		if ok {
			limit = maxAnswer
		}
		var body bytes.Buffer
		if resp.ContentLength > 0 && resp.ContentLength <= limit {
			body.Grow(int(resp.ContentLength) + bytes.MinRead)
		}
		n, err := io.Copy(&body, io.LimitReader(resp.Body, limit+1))
		switch {
		case err != nil:
			return nil, fail(resp.StatusCode, err)
		case n > limit && ok:
			return nil, &Error{
				StatusCode: resp.StatusCode, classes: []error{ErrResponseTooLarge},
				detail: fmt.Sprintf("more than %d bytes", limit),
			}
		case n > limit:
			body.Truncate(int(limit))
		}
		resp.Body = io.NopCloser(&body)
		resp.ContentLength = int64(body.Len())
		if resp.Request == nil {
			resp.Request = req
		}
		return resp, nil
	})
}
