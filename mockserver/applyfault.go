package mockserver

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
)

// headerFault carries the IDs of faults: in a request of those that are meant for it, in an answer of those that were applied.
const headerFault = "X-Mock-Fault"

// ending is how the connection of a request ends.
type ending int

const (
	answered   ending = iota
	cutOff            // in the middle of the answer
	unanswered        // without an answer
	resetConn         // without an answer, by a reset
)

// applyFaults lets some of the four calls fail. It comes before everything that the portal itself does.
func (s *Server) applyFaults(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := callFrom(c.Request().Context())
		if !call.isOperation() {
			return next(c)
		}
		hits := s.faults.Load().draw(call.route.operation, call.request.Header)
		if len(hits) == 0 {
			return next(c)
		}
		s.read(c)
		_ = call.identify(http.Header{}) // for the journal
		for _, h := range hits {
			call.faults = append(call.faults, h.state.ID)
			call.faultKinds = append(call.faultKinds, h.state.Kind)
			c.Response().Header().Add(headerFault, h.state.ID)
		}
		for _, h := range hits {
			if h.delay > 0 {
				s.record(call, 0) // a client that gives up finds it in the journal
			}
			if !h.wait(c.Request().Context(), h.delay) {
				call.ending = unanswered
				return nil
			}
		}
		f := hits[len(hits)-1]
		switch kind := f.state.Kind; {
		case kind == FaultReset:
			call.ending = resetConn
			return nil
		case kind == FaultHang:
			s.record(call, 0)
			f.hang(c.Request().Context())
			call.ending = unanswered
			return nil
		case kind == FaultProxy:
			return f.proxyPage(c)
		case kind.answers():
			return f.failure(call)
		case kind.spoils():
			return s.spoil(c, kind, next)
		default:
			return next(c)
		}
	}
}

// wait is over after the delay, when the fault is removed, or when the client gives up, which is false.
func (f *plannedFault) wait(ctx context.Context, delay time.Duration) bool {
	if delay == 0 {
		return true
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
	case <-f.removed:
	case <-f.released:
	}
	return true
}

func (f *plannedFault) hang(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-f.removed:
	case <-f.released:
	}
}

// failure is an error of DocSpace with the status of the fault, as the portal itself or what stands before it would have it.
func (f *plannedFault) failure(c *call) error {
	status := f.state.Status
	seconds := int(f.state.RetryAfter / time.Second)
	switch status {
	case http.StatusBadRequest:
		return &badBody{key: "$", message: "The request is not valid.", plain: "The request is not valid"}
	case http.StatusUnauthorized, http.StatusNotFound:
		return &refusal{status: status, message: http.StatusText(status)}
	case http.StatusPaymentRequired:
		return &filterProblem{status: status} // an unpaid portal
	case http.StatusForbidden:
		return notAdmin()
	case http.StatusMethodNotAllowed:
		return &refusal{status: status, message: http.StatusText(status), header: http.Header{echo.HeaderAllow: {c.route.method}}}
	case http.StatusUnsupportedMediaType:
		return &unsupportedMedia{contentType: "none"}
	case http.StatusTooManyRequests:
		limit := c.state.portal.Limits.RateLimit.PerMinute
		r := rate{limit: limit, reset: c.started.Add(f.state.RetryAfter)}
		header := r.header()
		if seconds == 0 && c.state.profile.errorMessages {
			seconds = 1 // the reference promises the header with every 429
		}
		if seconds > 0 {
			header.Set(echo.HeaderRetryAfter, strconv.Itoa(seconds))
		}
		return &refusal{status: status, message: tooManyRequests, header: header}
	case http.StatusBadGateway:
		return &exception{status: status, message: "The portal cannot be reached"}
	case http.StatusServiceUnavailable:
		return &exception{status: status, message: "The portal is being updated", retryAfter: seconds}
	default:
		message := http.StatusText(status)
		if message == "" {
			message = "Error " + strconv.Itoa(status)
		}
		return &exception{status: status, message: message}
	}
}

// proxyPage answers as the reverse proxy before a portal does when it cannot reach it (nginx).
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
	return answer{status: status, contentType: "text/html", body: []byte(page)}.write(c.Response())
}

// keptAnswer keeps an answer back.
type keptAnswer struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (k *keptAnswer) WriteHeader(status int)         { k.status = status }
func (k *keptAnswer) Write(body []byte) (int, error) { return k.body.Write(body) }

// keep makes the call, and keeps its answer back. A call that panics is answered as if there were no fault.
func keep(c echo.Context, next echo.HandlerFunc) *keptAnswer {
	client := c.Response().Writer
	kept := &keptAnswer{ResponseWriter: client, status: http.StatusOK}
	c.Response().Writer = kept
	defer func() { c.Response().Writer = client }()
	if err := next(c); err != nil {
		c.Error(err)
	}
	return kept
}

// spoil makes the call, and spoils what it answers.
func (s *Server) spoil(c echo.Context, kind FaultKind, next echo.HandlerFunc) error {
	call, client := callFrom(c.Request().Context()), c.Response().Writer
	kept := keep(c, next)
	status, body, header := kept.status, kept.body.Bytes(), client.Header()
	length := len(body)
	switch kind {
	case FaultTruncated:
		length = max(1, length) // of an empty body even that is missing
		body = body[:len(body)/2]
		call.ending = cutOff
	case FaultMalformed:
		if colon := bytes.IndexByte(body, ':'); colon >= 0 {
			body[colon] = '='
		} else {
			body = []byte("{")
			header.Set(echo.HeaderContentType, contentJSON)
		}
		length = len(body)
	case FaultEmpty:
		status, body, length = http.StatusOK, nil, 0
	default: // FaultContentType
		header.Set(echo.HeaderContentType, "text/html")
	}
	header.Set(echo.HeaderContentLength, strconv.Itoa(length))
	c.Response().Status = status
	s.record(call, status)
	client.WriteHeader(status)
	_, err := client.Write(body)
	if kind == FaultTruncated {
		err = http.NewResponseController(client).Flush()
	}
	if err != nil {
		s.logger.Debug("answer not written", "error", err)
	}
	return nil
}

// statusOf is the status of an answer; 0 when there is none.
func (e ending) statusOf(status int) int {
	if e == unanswered || e == resetConn {
		return 0
	}
	return status
}

// end ends the connection of a request whose answer is missing or cut off.
func (e ending) end(w http.ResponseWriter) {
	if e == answered {
		return
	}
	if e == resetConn {
		resetConnection(w)
	}
	panic(http.ErrAbortHandler)
}

// resetConnection resets the TCP connection of HTTP/1; over HTTP/2 there is nothing to take over.
func resetConnection(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if wrapped, ok := connection.(interface{ NetConn() net.Conn }); ok {
		connection = wrapped.NetConn() // without the farewell of TLS
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}
