package host

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/portalname"
)

func (c controller) ListPortals(ctx context.Context, _ controlapi.ListPortalsRequestObject) (controlapi.ListPortalsResponseObject, error) {
	list := controlapi.ListPortals200JSONResponse{}
	for _, name := range c.Portals() {
		if server, ok := c.Portal(name); ok {
			list = append(list, c.describe(ctx, name, server))
		}
	}
	return list, nil
}

func (c controller) AddPortal(ctx context.Context, r controlapi.AddPortalRequestObject) (controlapi.AddPortalResponseObject, error) {
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
	return controlapi.AddPortal201JSONResponse(c.describe(ctx, name, server)), nil
}

func (c controller) GetPortal(ctx context.Context, r controlapi.GetPortalRequestObject) (controlapi.GetPortalResponseObject, error) {
	server, ok := c.Portal(r.Name)
	if !ok {
		return nil, noPortal(r.Name)
	}
	return controlapi.GetPortal200JSONResponse(c.describe(ctx, r.Name, server)), nil
}

func (c controller) DeletePortal(_ context.Context, r controlapi.DeletePortalRequestObject) (controlapi.DeletePortalResponseObject, error) {
	if !c.RemovePortal(r.Name) {
		return nil, noPortal(r.Name)
	}
	return controlapi.DeletePortal204Response{}, nil
}

// describe says where a portal is and which keys its users have.
func (c controller) describe(ctx context.Context, name string, server *mockserver.Server) control.NamedPortal {
	keys := map[string]string{}
	for _, role := range []mockserver.Role{mockserver.RoleOwner, mockserver.RoleDocSpaceAdmin, mockserver.RoleRoomAdmin, mockserver.RoleUser, mockserver.RoleGuest} {
		if key := server.Key(role); key != "" {
			keys[string(role)] = key
		}
	}
	return control.NamedPortal{Name: name, URL: c.address(controlFrom(ctx).request) + portalname.Path + name, Keys: keys}
}

// address is the address of the process: that of WithURL, or else the one that the caller has used.
func (h *Host) address(r *http.Request) string {
	scheme, host := dotnet.CallerAddress(r)
	if h.options.url == nil {
		return scheme + "://" + host
	}
	own := *h.options.url
	if ip := net.ParseIP(own.Hostname()); own.Hostname() == "" || ip != nil && ip.IsUnspecified() {
		own.Host = net.JoinHostPort(portalname.HostName(host), own.Port())
	}
	return own.String()
}
