package host

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/portalname"
)

// namedPortal is a portal that has a name, and how it is used.
type namedPortal struct {
	server *mockserver.Server
	used   atomic.Int64 // when a request last came or went, in nanoseconds of the time of day
	active atomic.Int64 // requests under way
}

// The errors of [Host.AddPortal], beside [*mockserver.PortalError].
var (
	ErrPortalExists   = errors.New("there is a portal of this name already")
	ErrTooManyPortals = errors.New("delete some portals, or wait until idle ones expire")
)

// AddPortal makes a named portal. The name has 1 to 63 of a-z, 0-9 and -, and neither begins nor ends with -. Its log lines
// have the name as portal. The error is a [*mockserver.PortalError], [ErrPortalExists] or [ErrTooManyPortals].
func (h *Host) AddPortal(name string, p mockserver.Portal, opts ...mockserver.Option) (*mockserver.Server, error) {
	if !portalname.Pattern.MatchString(name) {
		return nil, &mockserver.PortalError{Path: "name", Message: "must be 1 to 63 of a-z, 0-9 and -, neither beginning nor ending with -"}
	}
	server, err := mockserver.New(slices.Concat(h.options.server, []mockserver.Option{mockserver.WithPortal(p)}, opts, []mockserver.Option{mockserver.WithName(h.withoutToken(name))})...)
	if err != nil {
		return nil, err
	}
	if h.options.token != "" {
		server.Mask(h.options.token)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.expire(h.options.now())
	switch _, taken := h.portals[name]; {
	case taken:
		err = ErrPortalExists
	case len(h.portals) >= h.options.limit:
		err = fmt.Errorf("there are %d portals, the most that there may be: %w", len(h.portals), ErrTooManyPortals)
	}
	if err != nil {
		server.Close() // the journals that share a budget know it already
		return nil, err
	}
	portal := &namedPortal{server: server}
	portal.used.Store(h.options.now().UnixNano())
	h.portals[name] = portal
	return server, nil
}

// Portal returns the portal of that name, if there is one. The call does not keep the portal from expiring.
func (h *Host) Portal(name string) (*mockserver.Server, bool) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	portal, ok := h.alive(name, h.options.now())
	if !ok {
		return nil, false
	}
	return portal.server, true
}

// alive is the named portal, unless it has expired. The lock is held.
func (h *Host) alive(name string, now time.Time) (*namedPortal, bool) {
	portal, ok := h.portals[name]
	return portal, ok && !h.idle(portal, now)
}

// RemovePortal removes a named portal, and says whether there was one. Running requests are still answered. Requests that hang or
// wait because of a fault stop waiting.
func (h *Host) RemovePortal(name string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.expire(h.options.now())
	_, ok := h.portals[name]
	h.remove(name)
	return ok
}

// Portals are the names of the named portals, in alphabetical order.
func (h *Host) Portals() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.expire(h.options.now())
	names := make([]string, 0, len(h.portals))
	for name := range h.portals {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// enter finds the portal of a request. The caller calls leave when the request is over.
func (h *Host) enter(name string) (*namedPortal, bool) {
	now := h.options.now()
	h.mu.RLock()
	defer h.mu.RUnlock()
	portal, ok := h.alive(name, now)
	if !ok {
		return nil, false
	}
	portal.active.Add(1) // within the lock, so that the portal cannot expire in between
	portal.used.Store(now.UnixNano())
	return portal, true
}

func (h *Host) leave(portal *namedPortal) {
	portal.used.Store(h.options.now().UnixNano())
	portal.active.Add(-1)
}

// sweep removes idle portals now and then, so that they do not keep memory that nobody uses.
func (h *Host) sweep() {
	now := h.options.now()
	if h.options.idle == 0 || now.UnixNano()-h.swept.Load() < int64(h.options.idle)/16 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.expire(now)
}

// expire removes the idle portals. The lock is held.
func (h *Host) expire(now time.Time) {
	h.swept.Store(now.UnixNano())
	for name, portal := range h.portals {
		if h.idle(portal, now) {
			h.remove(name)
		}
	}
}

// remove removes a portal, if it is there. The lock is held.
func (h *Host) remove(name string) {
	if portal, ok := h.portals[name]; ok {
		delete(h.portals, name)
		portal.server.Close()
	}
}

func (h *Host) idle(portal *namedPortal, now time.Time) bool {
	return h.options.idle > 0 && portal.active.Load() == 0 && now.UnixNano()-portal.used.Load() >= int64(h.options.idle)
}
