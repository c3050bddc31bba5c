package client

import (
	"net/url"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// Portal is one DocSpace portal, called with one set of credentials. Make it with [New] or [FromEnv]. It is safe for
// concurrent use. It has one visitor of its own, for [Portal.Unlock]. Make a [Portal.Visitor] for each person.
type Portal struct {
	cfg      *config
	api      *api.ClientWithResponses
	raw      *api.Client
	requests *requests
	visitor  *Visitor
	home     *url.URL
	session  bool // SignIn has made it
}

// New makes a Portal for the address baseURL, for example "https://yourportal.onlyoffice.com". The address is absolute, with
// http or https, and has no user info, query or fragment. A path in it is put before the path of every call. It must not end
// in /api or /api/2.0, which belong to the calls. New sends nothing.
//
// Without a credential option the calls are those of a visitor. A new Portal has counted no wrong passwords yet, whatever others
// have sent, see [Visitor.Unlock].
func New(baseURL string, opts ...Option) (*Portal, error) {
	cfg, home, err := newConfig(baseURL, opts)
	if err != nil {
		return nil, err
	}
	requests, err := newRequests(home.String() + "/")
	if err != nil {
		return nil, err
	}
	return newPortal(cfg, home, requests), nil
}

func newPortal(cfg *config, home *url.URL, requests *requests) *Portal {
	raw := &api.Client{Server: home.String() + "/", Client: newChain(cfg, authorise(home, cfg), cfg.doer), RequestEditors: cfg.editors}
	p := &Portal{cfg: cfg, api: &api.ClientWithResponses{ClientInterface: raw}, raw: raw, requests: requests, home: home}
	p.visitor = p.Visitor()
	return p
}

// API gives the client that was generated from the contract. It has the portal's credentials, retries, deadlines, size limit
// and redirect rule. It takes every status as success, so check StatusCode() first.
func (p *Portal) API() *api.ClientWithResponses {
	if p == nil {
		return nil
	}
	return p.api
}

// String gives the portal's address.
func (p *Portal) String() string {
	if p == nil || p.api == nil {
		return "DocSpace portal (none)"
	}
	return "DocSpace portal " + p.home.String()
}

// CloseIdleConnections closes the connections that no call uses. You do not have to close a Portal: its idle connections
// close by themselves after a while.
func (p *Portal) CloseIdleConnections() {
	if p == nil || p.cfg == nil {
		return
	}
	if closer, ok := p.cfg.doer.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}
