package client

import (
	"net/http"
)

// requestID is what to tell the people who run the portal, or the proxy in front of it. It comes from outside, so it is
// taken for one only when it looks like one, and repeats no secret of the call.
func (c *call) requestID(resp *http.Response) string {
	for _, name := range []string{"X-Request-Id", "X-Correlation-Id", "Request-Id"} {
		if id := resp.Header.Get(name); id != "" {
			return c.maskerWith(exchangeSecrets(resp)).line(id)
		}
	}
	return ""
}
