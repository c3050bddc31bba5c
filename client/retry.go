package client

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/oapi-codegen/runtime/types"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// retry sends a request, and sends it again while the policy allows it. Each attempt has a deadline, a request of its own,
// and the body from its beginning.
func retry(cfg *config, next api.HttpRequestDoer) api.HttpRequestDoer {
	policy := cfg.retry
	return doerFunc(func(req *http.Request) (*http.Response, error) {
		c := callFor(req, cfg)
		repeatable, body := canRepeat(c.operation, req), req.Body
		defer func() {
			if body != nil {
				_ = body.Close() // as http.Client does, even when nothing is sent
			}
		}()
		if req.URL == nil {
			return c.conclude(nil, c.refuse("the request has no address", ErrInvalidArgument))
		}
		if c.Err() != nil {
			return c.conclude(nil, c.connectionError(req, 0, "nothing was sent", c.Err()))
		}
		for {
			if err := cfg.slots.take(c); err != nil {
				detail := fmt.Sprintf("it had to wait while %d other requests of this Portal were under way", maxRequests)
				return c.conclude(nil, c.connectionError(req, 0, detail, err))
			}
			c.startAttempt(cfg.attemptTimeout)
			resp, err := sendAttempt(c, cfg, next, req, body, repeatable)
			if !repeatable || c.attempts >= policy.Attempts || !policy.transient(c, resp, err) {
				return c.conclude(resp, err)
			}
			now := cfg.clock.Now()
			wait := policy.delay(c.attempts, resp, err, now)
			if !c.hasTime(wait) || !cfg.budget.take() {
				return c.conclude(resp, err)
			}
			c.logRetry(resp, err, wait)
			if err := c.waitUntil(now.Add(wait)); err != nil {
				return c.conclude(nil, c.endedWhileWaiting(req, resp, err))
			}
			if req.GetBody != nil {
				if body, err = req.GetBody(); err != nil {
					return c.conclude(nil, c.connectionError(req, 0, "the body could not be read again", err))
				}
			}
		}
	})
}

// sendAttempt sends a copy of the request, with an address of its own, because transports may change it.
func sendAttempt(c *call, cfg *config, next api.HttpRequestDoer, req *http.Request, body io.ReadCloser, repeatable bool) (*http.Response, error) {
	defer cfg.slots.release() // also after a panic in code of others
	ctx, cancel := context.WithDeadline(req.Context(), c.attemptDeadline)
	defer cancel()
	copied := req.WithContext(&attemptContext{Context: ctx, call: c})
	address := *req.URL
	copied.URL, copied.Body = &address, body
	if !repeatable {
		// net/http must not send it again either. It would need GetBody for that, after a redirect (307, 308) or on a stale
		// connection. The price: a password call can fail on a connection that the portal has just closed.
		copied.GetBody = nil
		if body == nil {
			copied.Body = io.NopCloser(strings.NewReader("")) // it sends a GET without a body again, see canRepeat
		}
	}
	return next.Do(copied)
}

// canRepeat looks at the request alone. It may be repeated when a second one changes nothing more, and when its body can be
// read again.
func canRepeat(operation string, req *http.Request) bool {
	again := []string{"", http.MethodGet, http.MethodPut}                                           // "" is GET
	if !slices.Contains(again, req.Method) && operation != opDeleteRoom && operation != opSignOut { // what has ended cannot end again
		return false
	}
	switch operation {
	case opRoomPrimaryLink, opFilePrimaryLink, opFolderPrimaryLink: // the portal makes a link when there is none
		return false
	case opSetRoomLink, opSetFileLink, opSetFolderLink:
		return req.GetBody != nil && namesLink(req.GetBody)
	}
	return req.Body == nil || req.Body == http.NoBody || req.GetBody != nil
}

// namesLink says whether a body has the id of a link. Without one the portal makes a new link each time.
func namesLink(getBody func() (io.ReadCloser, error)) bool {
	body, err := getBody()
	if err != nil {
		return false
	}
	defer body.Close()
	content, err := readUpTo(maxErrorBody, body, -1)
	var sent struct {
		LinkID types.UUID `json:"linkId"`
	}
	return err == nil && json.Unmarshal(content, &sent) == nil && sent.LinkID != types.UUID{}
}

// endedWhileWaiting is the error of a call that its caller or its deadline ended between two attempts.
func (c *call) endedWhileWaiting(req *http.Request, resp *http.Response, err error) error {
	detail := "while waiting to try again"
	if resp != nil {
		detail += fmt.Sprintf(" after HTTP %d", resp.StatusCode)
	}
	return c.connectionError(req, 0, detail, err)
}
