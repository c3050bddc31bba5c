package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/internal/speed/rivals"
)

// watched is the rival on Echo with what tests want of a fake besides: it looks whether requests keep to the contract, as kin-openapi does
// it, and keeps the last 1,000 of them.
func watched(answers rivals.Answers, contract []byte) (http.Handler, error) {
	document, err := openapi3.NewLoader().LoadFromData(contract)
	if err != nil {
		return nil, fmt.Errorf("the contract: %w", err)
	}
	document.Servers = nil // any address will do
	router, err := legacy.NewRouter(document)
	if err != nil {
		return nil, fmt.Errorf("the contract: %w", err)
	}
	w := watcher{router: router, kept: make([]kept, 1000)}
	return rivals.Stateful(answers, w.watch)
}

// kept is what is kept of a request.
type kept struct {
	arrived      time.Time
	method, path string
	header       http.Header
	body         []byte
	status       int
	violation    error
}

type watcher struct {
	router routers.Router

	mu   sync.Mutex
	kept []kept
	next int
}

func (w *watcher) watch(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		k := kept{arrived: time.Now(), method: r.Method, path: r.URL.Path, header: r.Header.Clone()}
		var err error
		if k.body, err = io.ReadAll(r.Body); err != nil {
			return err
		}
		r.Body = io.NopCloser(bytes.NewReader(k.body))
		k.violation = w.violation(r)
		r.Body = io.NopCloser(bytes.NewReader(k.body))
		err = next(c)
		k.status = c.Response().Status
		w.mu.Lock()
		defer w.mu.Unlock()
		w.kept[w.next%len(w.kept)] = k
		w.next++
		return err
	}
}

func (w *watcher) violation(r *http.Request) error {
	route, parameters, err := w.router.FindRoute(r)
	if err != nil {
		return err
	}
	return openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
		Request: r, PathParams: parameters, Route: route, Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	})
}
