package host

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/portalname"
)

// Host is one process with many portals: the main one, and named ones that are made and removed while it runs. Each portal has its
// own state, clock, faults, journal and limits. A Host is an [http.Handler], and safe for concurrent use.
//
// A request names its portal in one of three ways: by the path /portals/NAME/…, by the header X-Mock-Portal, or by the host
// NAME.localhost. The path wins over the header, and the header over the host. A request without a name is for the main portal.
// Below /__mock is the control API of that portal, see package mockserver/control. At /__mock/ itself is its page for a browser.
type Host struct {
	main    *mockserver.Server
	options options
	control http.Handler

	turns *semaphore.Weighted // of control calls

	mu      sync.RWMutex
	portals map[string]*namedPortal
	swept   atomic.Int64 // when idle portals were last looked for, in nanoseconds of the time of day
}

// New makes a Host.
func New(opts ...Option) (*Host, error) {
	h := &Host{portals: map[string]*namedPortal{}, turns: newTurns(), options: options{
		logger: slog.New(slog.DiscardHandler), limit: 1000, idle: time.Hour, now: time.Now,
		server: []mockserver.Option{mockserver.WithJournalBudget(mockserver.NewJournalBudget())}, // the caller's options can say another
	}}
	for _, option := range opts {
		if option == nil {
			return nil, errors.New("host.New: an option is nil")
		}
		if err := option(&h.options); err != nil {
			return nil, err
		}
	}
	if h.main = h.options.main; h.main == nil {
		var err error
		if h.main, err = mockserver.New(h.options.server...); err != nil {
			return nil, err
		}
	}
	if h.options.token != "" {
		h.main.Mask(h.options.token)
	}
	h.swept.Store(h.options.now().UnixNano())
	h.control = newController(h)
	return h, nil
}

// Main is the portal that requests without a name are for.
func (h *Host) Main() *mockserver.Server { return h.main }

// Control is the control API alone, for an address of its own. Portals are named as they are for ServeHTTP.
func (h *Host) Control() http.Handler { return http.HandlerFunc(h.serveControl) }

// Close is [mockserver.Server.Close] of all portals.
func (h *Host) Close() {
	h.main.Close()
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, portal := range h.portals {
		portal.server.Close()
	}
}

// JournalSize is [mockserver.Server.JournalSize] of all portals together. It does not keep a portal from expiring.
func (h *Host) JournalSize() (held int, dropped uint64) {
	held, dropped = h.main.JournalSize()
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, portal := range h.portals {
		n, d := portal.server.JournalSize()
		held, dropped = held+n, dropped+d
	}
	return held, dropped
}

// ServeHTTP answers a request for any of the portals.
func (h *Host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.serve(w, r, func(w http.ResponseWriter, r *http.Request, target target) {
		switch {
		case target.server != nil && h.servePage(w, r, !h.options.noControl):
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
		if target.server != nil && h.servePage(w, r, true) {
			return
		}
		h.control.ServeHTTP(w, withTarget(r, target))
	})
}

// serve finds the portal that a request is for. The portal does not become idle meanwhile.
func (h *Host) serve(w http.ResponseWriter, r *http.Request, answer func(http.ResponseWriter, *http.Request, target)) {
	h.sweep()
	target := target{server: h.main}
	var named bool
	if target.name, r, named = portalname.FromRequest(r); named {
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
	name   string             // "" is the main one
	server *mockserver.Server // nil when no portal has the name
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
	w.Header().Set(mockserver.HeaderVersion, mockserver.Version)
	writeRefusal(w, noPortal(t.name))
}

func writeRefusal(w http.ResponseWriter, failure *controlFailure) {
	write(w, failure.status, dotnet.ContentJSON, dotnet.AppendJSON(nil, failure.body))
}
