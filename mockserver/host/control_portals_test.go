package host

import (
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/portalname"
)

func controlsPortals(s *controlClient) {
	minted, err := s.AddPortalWithResponse(s.Context(), control.NewPortal{})
	status(s, 201, minted, err)
	if p := minted.JSON201; !portalname.Pattern.MatchString(p.Name) || p.URL != controlURL+"/portals/"+p.Name || !strings.HasPrefix(p.Keys["owner"], "sk-") {
		s.Errorf("got %+v", p)
	}
	named, err := s.AddPortalWithResponse(s.Context(), control.NewPortal{Name: ptr("mine"), Portal: &control.PortalFile{Profile: ptr(control.ProfileV372)}})
	status(s, 201, named, err)
	inner, err := control.NewClientWithResponses(named.JSON201.URL, control.WithHTTPClient(s.http))
	if err != nil {
		s.Fatal(err)
	}
	state, err := inner.GetStateWithResponse(s.Context())
	status(s, 200, state, err)
	if state.JSON200.Profile != control.ProfileV372 {
		s.Errorf("got %+v", state.JSON200.Profile)
	}
	if code, body, _ := s.raw(http.MethodPost, "/__mock/portals", ""); code != 201 {
		s.Errorf("without a body: got %d %s", code, body)
	}
	status(s, 409, must(s.AddPortalWithResponse(s.Context(), control.NewPortal{Name: ptr("mine")})), nil)
	refusal := s.refused(409, http.MethodPost, "/__mock/portals", `{"portal":{"links":[{"key":"a"},{"key":"a"}]}}`)
	if valueOf(refusal.Path) != "portal.links[1].key" || valueOf(refusal.Column) != 40 {
		s.Errorf("got %s", dotnet.AppendJSON(nil, refusal))
	}
	s.refused(400, http.MethodPost, "/__mock/portals", `{"name":"Mine"}`)
	list, err := s.ListPortalsWithResponse(s.Context())
	status(s, 200, list, err)
	if len(*list.JSON200) != 3 {
		s.Errorf("got %+v", list.JSON200)
	}
	got, err := s.GetPortalWithResponse(s.Context(), "mine")
	status(s, 200, got, err)
	deleted, err := s.DeletePortalWithResponse(s.Context(), "mine")
	status(s, 204, deleted, err)
	s.refused(404, http.MethodDelete, "/__mock/portals/mine", "")
	s.refused(404, http.MethodGet, "/__mock/portals/mine", "")

	for address, want := range map[string]string{
		"https://mock.example.com/": "https://mock.example.com/portals/far",
		"http://[::]:8092":          "http://mock.local:8092/portals/far", // where the caller has reached it
		"http://0.0.0.0:8092":       "http://mock.local:8092/portals/far",
	} {
		host, err := New(WithMain(s.host.Main()), WithURL(address), WithControlToken("t"))
		if err != nil {
			s.Fatal(err)
		}
		w := mocktest.Send(host, http.MethodPost, "http://mock.local:1234/__mock/portals", `{"name":"far"}`, "X-Mock-Token", "t")
		if w.Code != 201 || !strings.Contains(w.Body.String(), `"url":"`+want+`"`) {
			s.Errorf("%s: got %d %s", address, w.Code, w.Body)
		}
	}
	if _, err := New(WithMain(s.host.Main()), WithURL("8092")); err == nil {
		s.Error("an address without a host was taken")
	}
}
