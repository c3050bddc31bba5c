package client

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// requests are what never changes in the facade's requests, made once by the generated code: it alone knows the paths.
type requests struct {
	settings, policy, external, social *url.URL
	on, off                            string // the bodies of the switches
	get, put                           http.Header
}

func newRequests(server string) (*requests, error) {
	r := requests{get: http.Header{}, put: http.Header{"Content-Type": {"application/json"}}}
	for _, made := range []struct {
		address **url.URL
		request func() (*http.Request, error)
	}{
		{&r.settings, func() (*http.Request, error) { return api.NewGetFilesSettingsRequest(server, nil) }},
		{&r.policy, func() (*http.Request, error) {
			return api.NewGetFilesSettingsRequest(server, &api.GetFilesSettingsParams{Fields: policyFields})
		}},
		{&r.external, func() (*http.Request, error) { return api.NewExternalShareRequest(server, switchBody(true)) }},
		{&r.social, func() (*http.Request, error) { return api.NewExternalShareSocialMediaRequest(server, switchBody(true)) }},
	} {
		request, err := made.request()
		if err != nil {
			return nil, err
		}
		*made.address = request.URL
	}
	for on, text := range map[bool]*string{true: &r.on, false: &r.off} {
		body, err := json.Marshal(switchBody(on))
		if err != nil {
			return nil, err
		}
		*text = string(body)
	}
	return &r, nil
}

// display says it under both names: the server reads `set` (DisplayRequestDto.cs) and takes its absence as off, the
// published page has `displayValue`.
func switchBody(on bool) api.DisplayRequestDto {
	return api.DisplayRequestDto{DisplayValue: &on, Set: &on}
}

// get sends a GET of the facade.
func (p *Portal) get(c *call, address *url.URL) (*http.Response, error) {
	return p.send(c, http.MethodGet, address, "")
}

// put sends a PUT of one of the switches.
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
		// A type that net/http knows to be in memory: for others it flushes the header first.
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(body)), nil }
		req.Body, _ = req.GetBody()
	}
	if len(p.raw.RequestEditors) > 0 { // the chain works on copies of its own
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
