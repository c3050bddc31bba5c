package client

import (
	"fmt"
	"net/http"
	"strings"
	"unicode"
)

// defaultUserAgent is sent unless WithUserAgent gives another one.
const defaultUserAgent = "mock-docspace-client"

// setHeaders gives the request a header map of its own: the headers that it has, the common ones, and one more unless the
// value is empty. A header that is set already stays. A cookie is added to those that are set.
func setHeaders(req *http.Request, userAgent, header, value string) {
	own := make(http.Header, len(req.Header)+3)
	for name, values := range req.Header {
		own[name] = values
	}
	values := [3]string{"application/json", userAgent, value} // one allocation for all three
	set := func(i int, name string) {
		if own.Get(name) == "" {
			own[name] = values[i : i+1 : i+1]
		}
	}
	set(0, "Accept")
	set(1, "User-Agent")
	if value != "" {
		if header == "Cookie" && own.Get(header) != "" {
			values[2] = strings.Join(own[header], "; ") + "; " + value
			delete(own, header)
		}
		set(2, header)
	}
	req.Header = own
}

// checkHeaderText refuses a value that a header would not carry unchanged. Its errors name the value and never quote it.
func checkHeaderText(name, value string) error {
	switch {
	case strings.TrimSpace(value) == "":
		return fmt.Errorf("the %s is empty", name)
	case strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }):
		return fmt.Errorf("the %s contains a line break or another character that cannot be seen; it was probably copied with it", name)
	case strings.TrimSpace(value) != value:
		return fmt.Errorf("the %s begins or ends with a blank; it was probably copied with it", name)
	}
	return nil
}
