package mockserver

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

func (c controller) ListPortals(ctx context.Context, _ control.ListPortalsRequestObject) (control.ListPortalsResponseObject, error) {
	list := control.ListPortals200JSONResponse{}
	for _, name := range c.Portals() {
		if server, ok := c.Portal(name); ok {
			list = append(list, c.describe(ctx, name, server))
		}
	}
	return list, nil
}

func (c controller) AddPortal(ctx context.Context, r control.AddPortalRequestObject) (control.AddPortalResponseObject, error) {
	if r.Body == nil {
		r.Body = &control.NewPortal{}
	}
	name := valueOf(r.Body.Name)
	if name == "" {
		name = strings.ToLower(rand.Text())
	}
	p, err := portalFrom("portal", r.Body.Portal)
	if err != nil {
		return nil, err
	}
	server, err := c.Host.AddPortal(name, p)
	if err != nil {
		return nil, err
	}
	return control.AddPortal201JSONResponse(c.describe(ctx, name, server)), nil
}

func (c controller) GetPortal(ctx context.Context, r control.GetPortalRequestObject) (control.GetPortalResponseObject, error) {
	server, ok := c.Portal(r.Name)
	if !ok {
		return nil, noPortal(r.Name)
	}
	return control.GetPortal200JSONResponse(c.describe(ctx, r.Name, server)), nil
}

func (c controller) DeletePortal(_ context.Context, r control.DeletePortalRequestObject) (control.DeletePortalResponseObject, error) {
	if !c.RemovePortal(r.Name) {
		return nil, noPortal(r.Name)
	}
	return control.DeletePortal204Response{}, nil
}

// describe tells how to reach a portal.
func (c controller) describe(ctx context.Context, name string, server *Server) control.NamedPortal {
	keys := map[string]string{}
	for _, role := range []Role{RoleOwner, RoleDocSpaceAdmin, RoleRoomAdmin, RoleUser, RoleGuest} {
		if key := server.Key(role); key != "" {
			keys[string(role)] = key
		}
	}
	return control.NamedPortal{Name: name, URL: c.address(controlFrom(ctx).request) + portalsPath + name, Keys: keys}
}

// address is where the process is reached: where WithURL says, or else where the caller has reached it.
func (h *Host) address(r *http.Request) string {
	scheme, host := callerAddress(r)
	if h.options.url == nil {
		return scheme + "://" + host
	}
	own := *h.options.url
	if ip := net.ParseIP(own.Hostname()); own.Hostname() == "" || ip != nil && ip.IsUnspecified() {
		own.Host = net.JoinHostPort(hostName(host), own.Port())
	}
	return own.String()
}
