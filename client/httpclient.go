package client

import (
	"net/http"
)

// maxHeader bounds the header of an answer; a portal's is below 2 KB, and cookies may come on top.
const maxHeader = 256 << 10

// newHTTPClient is what requests go through unless WithHTTPClient says otherwise: the default transport, made fit for
// many calls to one host.
func newHTTPClient() *http.Client {
	transport, ok := http.DefaultTransport.(*http.Transport)
	if !ok { // somebody has put another one in its place, and means it
		return &http.Client{}
	}
	own := transport.Clone()
	own.MaxIdleConnsPerHost = maxRequests
	own.MaxResponseHeaderBytes = maxHeader
	return &http.Client{Transport: own}
}
