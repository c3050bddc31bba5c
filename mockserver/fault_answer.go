package mockserver

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// failure is an error of DocSpace with the status of the fault. The portal or its proxy makes such an error.
func (f *plannedFault) failure(c *call) error {
	switch status := f.state.Status; status {
	case http.StatusBadRequest:
		return &dotnet.BodyError{Key: "$", Message: "The request is not valid.", Explanation: "The request is not valid"}
	case http.StatusUnauthorized, http.StatusNotFound:
		return &refusal{status: status, message: http.StatusText(status)}
	case http.StatusPaymentRequired:
		return &filterProblem{status: status} // an unpaid portal
	case http.StatusForbidden:
		return notAdmin()
	case http.StatusMethodNotAllowed:
		return &refusal{status: status, message: http.StatusText(status), header: http.Header{echo.HeaderAllow: {c.route.facts.method}}}
	case http.StatusUnsupportedMediaType:
		return &unsupportedMedia{}
	case http.StatusTooManyRequests:
		wait := f.state.RetryAfter
		r := rate{limit: c.state.portal.Limits.RateLimit.PerMinute, reset: c.started.Add(wait), tellsEnd: wait > 0, retryAfter: wait}
		return r.refusal(c.state.profile)
	case http.StatusBadGateway:
		return &exception{status: status, message: "The portal cannot be reached"}
	case http.StatusServiceUnavailable:
		return &exception{status: status, message: "The portal is being updated", retryAfter: int(f.state.RetryAfter / time.Second)}
	default:
		message := http.StatusText(status)
		if message == "" {
			message = "Error " + strconv.Itoa(status)
		}
		return &exception{status: status, message: message}
	}
}

// proxyPage answers as nginx, the reverse proxy of a portal, when it cannot reach the portal.
func (f *plannedFault) proxyPage(c echo.Context) error {
	status, header := f.state.Status, c.Response().Header()
	title := strconv.Itoa(status) + " " + http.StatusText(status)
	if status == http.StatusGatewayTimeout {
		title = "504 Gateway Time-out"
	}
	header.Set(echo.HeaderServer, "nginx")
	header.Del(echo.HeaderAccessControlAllowOrigin) // a page of the proxy's own, which no script may read
	if f.state.RetryAfter > 0 {
		header.Set(echo.HeaderRetryAfter, strconv.Itoa(int(f.state.RetryAfter/time.Second)))
	}
	page := fmt.Sprintf("<html>\r\n<head><title>%s</title></head>\r\n<body>\r\n<center><h1>%s</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n", title, title)
	return callFrom(c.Request().Context()).write(c.Response(), &answer{status: status, contentType: "text/html", body: []byte(page)})
}
