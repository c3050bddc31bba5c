// Package mocktest has what the tests of several packages of the fake share.
package mocktest

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"time"
)

// The paths of the calls, and the id and key of the link of a fresh portal.
const (
	SettingsPath = "/api/2.0/files/settings"
	ExternalPath = "/api/2.0/files/settings/external"
	SocialPath   = "/api/2.0/files/settings/externalsocialmedia"

	LinkID  = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
	LinkKey = "KEY_FROM_URL"
)

// PasswordPath is the path of the password call.
func PasswordPath(key string) string {
	return "/api/2.0/files/share/" + url.PathEscape(key) + "/password"
}

// PasswordBody is the body of the password call.
func PasswordBody(password string) string {
	body, _ := json.Marshal(map[string]string{"password": password}) // a text is never refused
	return string(body)
}

// Logger logs everything into a buffer, as JSON.
func Logger() (*bytes.Buffer, *slog.Logger) {
	var b bytes.Buffer
	return &b, slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// Clock is a time that only the test moves.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// NewClock is a clock on a summer's day.
func NewClock() *Clock { return &Clock{at: time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)} }

// Now is the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Advance moves the clock on.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// Send makes a request without a connection. headers are pairs of name and value. A body is JSON unless they say otherwise, and an
// empty value leaves the header out.
func Send(h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
			continue
		}
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// PostUnescaped posts {} to a path of a server, exactly as it is written, and returns the status.
func PostUnescaped(server, path string) (status int, err error) {
	address, err := url.Parse(server)
	if err != nil {
		return 0, err
	}
	address.Opaque = path
	answer, err := http.DefaultClient.Do(&http.Request{
		Method: http.MethodPost, URL: address, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(`{}`)),
	})
	if err != nil {
		return 0, err
	}
	return answer.StatusCode, answer.Body.Close()
}
