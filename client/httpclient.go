package client

import "net/http"

// maxHeader is the longest header of an answer, in bytes. A portal sends less than 2 KB, and its cookies may add to that.
const maxHeader = 256 << 10

// newHTTPClient makes the http.Client that sends requests unless WithHTTPClient gives another one. It is the default
// transport, set for many calls to one host.
func newHTTPClient() *http.Client {
	transport, ok := http.DefaultTransport.(*http.Transport)
	if !ok { // the program has replaced it on purpose
		return &http.Client{}
	}
	own := transport.Clone()
	own.MaxIdleConnsPerHost = maxRequests
	own.MaxResponseHeaderBytes = maxHeader
	return &http.Client{Transport: own}
}
