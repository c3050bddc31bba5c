package client

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// requests are the parts of the facade's requests that never change. The generated code makes them, because only the
// generated code knows the paths. It makes them once, because to make them for each call would cost more.
type requests struct {
	settings, policy, external, social *url.URL
	on, off                            string // the bodies of the switches
	get, put                           http.Header
}

func newRequests(server string) (*requests, error) {
	settings, settingsErr := api.NewGetFilesSettingsRequest(server, nil)
	policy, policyErr := api.NewGetFilesSettingsRequest(server, &api.GetFilesSettingsParams{Fields: policyFields})
	external, externalErr := api.NewExternalShareRequest(server, switchBody(true))
	social, socialErr := api.NewExternalShareSocialMediaRequest(server, switchBody(true))
	on, onErr := json.Marshal(switchBody(true))
	off, offErr := json.Marshal(switchBody(false))
	if err := errors.Join(settingsErr, policyErr, externalErr, socialErr, onErr, offErr); err != nil {
		return nil, err
	}
	return &requests{
		settings: settings.URL, policy: policy.URL, external: external.URL, social: social.URL,
		on: string(on), off: string(off),
		get: http.Header{}, put: http.Header{"Content-Type": {"application/json"}},
	}, nil
}

// get sends a GET of the facade.
func (p *Portal) get(c *call, address *url.URL) (*http.Response, error) {
	return p.send(c, http.MethodGet, address, "")
}

// put sends the PUT of one of the switches.
func (p *Portal) put(c *call, address *url.URL, on bool) (*http.Response, error) {
	text := p.requests.off
	if on {
		text = p.requests.on
	}
	return p.send(c, http.MethodPut, address, text)
}

func (p *Portal) send(c *call, method string, address *url.URL, body string) (*http.Response, error) {
	req := (&http.Request{
		Method: method, URL: address, Host: address.Host, Header: p.requests.get,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(c)
	if body != "" {
		req.Header, req.ContentLength = p.requests.put, int64(len(body))
		// net/http knows that a strings.Reader is in memory. For other types it flushes the header first.
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(body)), nil }
		req.Body, _ = req.GetBody()
	}
	if len(p.raw.RequestEditors) > 0 { // editors get copies; the chain makes its own
		own := *address
		req.URL, req.Header = &own, req.Header.Clone()
	}
	for _, edit := range p.raw.RequestEditors {
		if err := edit(c, req); err != nil {
			return nil, err
		}
	}
	return p.raw.Client.Do(req)
}
