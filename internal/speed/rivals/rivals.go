// Package rivals has what the fake is measured against: handlers that somebody could write by hand in its place.
package rivals

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// The calls that are measured, and what they are about.
const (
	Key          = "YOUR_API_KEY"
	LinkKey      = "measured"
	LinkPassword = "Secret123!"

	SettingsPath = "/api/2.0/files/settings"
	ExternalPath = SettingsPath + "/external"
	PasswordPath = "/api/2.0/files/share/" + LinkKey + "/password"
)

// Answer is an answer of the fake.
type Answer struct {
	Header http.Header
	Body   []byte
}

// Answers are those to the three calls.
type Answers struct{ Settings, External, Password Answer }

// Bare answers with constants, headers too, as fast as net/http can.
func Bare(answers Answers) http.Handler {
	send := func(answer Answer) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if _, err := io.Copy(io.Discard, r.Body); err != nil {
				return
			}
			for name, values := range answer.Header {
				w.Header().Set(name, values[0])
			}
			_, _ = w.Write(answer.Body)
		}
	}
	mux := http.NewServeMux()
	mux.Handle("GET "+SettingsPath, send(answers.Settings))
	mux.Handle("PUT "+ExternalPath, send(answers.External))
	mux.Handle("POST "+PasswordPath, send(answers.Password))
	return mux
}

// stateful is a portal as a team writes it for its own tests: a key, two switches and one link, behind a lock.
type stateful struct {
	mu       sync.RWMutex
	settings api.FilesSettingsWrapper
	password api.ExternalShareWrapper
	wrong    int
}

// Stateful is a small fake on Echo. It has no profiles, no journal, and no look at the contract.
func Stateful(answers Answers, middleware ...echo.MiddlewareFunc) (http.Handler, error) {
	var s stateful
	if err := json.Unmarshal(answers.Settings.Body, &s.settings); err != nil {
		return nil, fmt.Errorf("the answer with the settings: %w", err)
	}
	if err := json.Unmarshal(answers.Password.Body, &s.password); err != nil {
		return nil, fmt.Errorf("the answer to a password: %w", err)
	}
	e := echo.New()
	e.Use(middleware...)
	e.GET(SettingsPath, s.getSettings, signedIn)
	e.PUT(ExternalPath, s.putExternal, signedIn)
	e.POST("/api/2.0/files/share/:key/password", s.checkPassword)
	return e, nil
}

func signedIn(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if strings.TrimPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ") != Key {
			return echo.ErrUnauthorized
		}
		return next(c)
	}
}

func (s *stateful) getSettings(c echo.Context) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return c.JSON(http.StatusOK, &s.settings)
}

func (s *stateful) putExternal(c echo.Context) error {
	var body api.DisplayRequestDto
	if err := c.Bind(&body); err != nil {
		return err
	}
	if body.Set == nil {
		return echo.ErrBadRequest
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settings.Response.ExternalShare = body.Set
	r := c.Request()
	return c.JSON(http.StatusOK, api.BooleanWrapper{
		Response: *body.Set, Count: 1, StatusCode: http.StatusOK,
		Links: []api.LinkDto{{Href: "http://" + r.Host + r.URL.Path, Action: r.Method}},
	})
}

func (s *stateful) checkPassword(c echo.Context) error {
	var body api.ExternalShareRequestParam
	if err := c.Bind(&body); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.Param("key") != LinkKey {
		return echo.ErrNotFound
	}
	if body.Password == nil || *body.Password != LinkPassword {
		s.wrong++
		return echo.ErrForbidden
	}
	s.wrong = 0
	return c.JSON(http.StatusOK, &s.password)
}

// Serve serves a rival at the address in the first argument with the answers of the file in the second one, until it is ended.
func Serve(rival func(Answers) (http.Handler, error)) error {
	if len(os.Args) != 3 {
		return fmt.Errorf("give an address and a file of answers, not %d arguments", len(os.Args)-1)
	}
	text, err := os.ReadFile(os.Args[2]) //nolint:gosec // the file that the caller names
	if err != nil {
		return err
	}
	var answers Answers
	if err := json.Unmarshal(text, &answers); err != nil {
		return fmt.Errorf("%s: %w", os.Args[2], err)
	}
	handler, err := rival(answers)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", os.Args[1])
	if err != nil {
		return err
	}
	return http.Serve(listener, handler) //nolint:gosec // one client, on loopback
}
