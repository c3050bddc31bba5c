package client

import "net/http"

// requestID is the id to tell the people who run the portal, or the proxy before it. Like all text from outside it is one
// short line without the secrets of the call.
func (c *call) requestID(resp *http.Response) string {
	for _, name := range []string{"X-Request-Id", "X-Correlation-Id", "Request-Id"} {
		if id := resp.Header.Get(name); id != "" {
			return c.maskerWith(exchangeSecrets(resp)).line(id)
		}
	}
	return ""
}
