package client

import (
	"net/url"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// Portal is one DocSpace portal, reached with one set of credentials. Make it with [New] or [FromEnv]; it is safe for
// concurrent use. Its own Unlock is that of one visitor: for several people, give each a [Portal.Visitor].
type Portal struct {
	cfg      *config
	api      *api.ClientWithResponses
	raw      *api.Client
	requests *requests
	visitor  *Visitor
	home     *url.URL
}

// New gives the portal at baseURL, for example "https://yourportal.onlyoffice.com". The address is absolute, http or
// https, without user info, query and fragment; a path in it is kept in front of every call. Nothing is sent yet.
//
// Without a credential option the portal is asked as a visitor.
func New(baseURL string, opts ...Option) (*Portal, error) {
	cfg, home, err := newConfig(baseURL, opts)
	if err != nil {
		return nil, err
	}
	address := home.String()
	requests, err := newRequests(address + "/")
	if err != nil {
		return nil, err
	}
	raw := &api.Client{
		Server:         address + "/",
		Client:         newChain(cfg, authorise(home, cfg), cfg.doer),
		RequestEditors: cfg.editors,
	}
	p := &Portal{cfg: cfg, api: &api.ClientWithResponses{ClientInterface: raw}, raw: raw, requests: requests, home: home}
	p.visitor = p.Visitor()
	return p, nil
}

// API gives the client generated from the contract. It has the portal's credentials, retries, deadlines, size limit and
// redirect rule, but takes every status as success: look at StatusCode() before anything else.
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

// CloseIdleConnections closes the connections that no call uses, as [http.Client.CloseIdleConnections] does. A Portal that
// is no longer needed does not have to be closed: its connections close by themselves after a while.
func (p *Portal) CloseIdleConnections() {
	if p == nil || p.cfg == nil {
		return
	}
	if closer, ok := p.cfg.doer.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}
