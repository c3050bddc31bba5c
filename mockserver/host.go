package mockserver

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Host is one process with many portals, each with its own state, clock, faults, journal and limits: the main one, and named
// ones that are made and removed while it runs. It is an [http.Handler], and safe for concurrent use.
//
// A request is for the portal that the path /portals/NAME/… names, or else the header X-Mock-Portal, or else the host
// NAME.localhost; without a name it is for the main one. Beneath /__mock the portal it is for can be steered, see package
// mockserver/control.
type Host struct {
	main    *Server
	options hostOptions
	control http.Handler

	mu      sync.RWMutex
	portals map[string]*hosted
	swept   atomic.Int64 // when idle portals were last looked for, in nanoseconds of the time of day
}

// NewHost makes a Host around the portal that requests without a name are for.
func NewHost(main *Server, opts ...HostOption) (*Host, error) {
	if main == nil {
		return nil, errors.New("mockserver.NewHost: the main portal is nil")
	}
	h := &Host{main: main, portals: map[string]*hosted{}, options: hostOptions{
		logger: slog.New(slog.DiscardHandler), limit: 1000, idle: time.Hour, now: time.Now,
	}}
	for _, option := range opts {
		if option == nil {
			return nil, errors.New("mockserver.NewHost: an option is nil")
		}
		if err := option(&h.options); err != nil {
			return nil, err
		}
	}
	h.swept.Store(h.options.now().UnixNano())
	h.control = newController(h)
	return h, nil
}

// Main is the portal that requests without a name are for.
func (h *Host) Main() *Server { return h.main }

// Control is the control API alone, for an address of its own. Portals are named as they are for ServeHTTP.
func (h *Host) Control() http.Handler { return http.HandlerFunc(h.serveControl) }

// ServeHTTP answers a request for any of the portals.
func (h *Host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.serve(w, r, func(w http.ResponseWriter, r *http.Request, target target) {
		switch {
		case !h.options.noControl && (r.URL.Path == controlPath || strings.HasPrefix(r.URL.Path, controlPath+"/")):
			h.control.ServeHTTP(w, withTarget(r, target))
		case target.server == nil:
			refuseName(w, r, target)
		default:
			target.server.ServeHTTP(w, r)
		}
	})
}

func (h *Host) serveControl(w http.ResponseWriter, r *http.Request) {
	h.serve(w, r, func(w http.ResponseWriter, r *http.Request, target target) {
		h.control.ServeHTTP(w, withTarget(r, target))
	})
}

// serve finds the portal that a request is for, which does not become idle meanwhile.
func (h *Host) serve(w http.ResponseWriter, r *http.Request, answer func(http.ResponseWriter, *http.Request, target)) {
	h.sweep()
	target := target{server: h.main}
	var named bool
	if target.name, r, named = portalOf(r); named {
		portal, ok := h.enter(target.name)
		if ok {
			defer h.leave(portal)
			target.server = portal.server
		} else {
			target.server = nil
		}
	}
	answer(w, r, target)
}

// target is the portal that a request is for.
type target struct {
	name   string  // "" is the main one
	server *Server // nil when there is none of the name
}

type targetKey struct{}

func withTarget(r *http.Request, t target) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), targetKey{}, t))
}

// refuseName answers a request for a portal that does not exist. Scripts in a browser may read why.
func refuseName(w http.ResponseWriter, r *http.Request, t target) {
	if r.Header.Get("Origin") != "" {
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}
	w.Header().Set(headerMock, Version)
	failure := noPortal(t.name)
	_ = answer{status: failure.status, contentType: contentJSON, body: appendJSON(nil, failure.body)}.write(w) // nobody is left to tell
}
