package host

import (
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

func controlsEntries(s *controlClient) {
	minted, err := s.AddEntryWithResponse(s.Context(), control.NewEntry{Type: control.EntryTypeFolder, Title: ptr("Contracts")})
	status(s, 201, minted, err)
	if e := minted.JSON201; e.ID != "13" || *e.Section != control.SectionDocuments {
		s.Errorf("got %+v", e)
	}
	given, err := s.AddEntryWithResponse(s.Context(), control.NewEntry{ID: ptr("a/b"), Type: control.EntryTypeRoom, Members: []control.Member{{User: "user@example.com"}}})
	status(s, 201, given, err)
	got, err := s.GetEntryWithResponse(s.Context(), "a/b")
	status(s, 200, got, err)
	changed, err := s.ChangeEntryWithResponse(s.Context(), "a/b", control.EntryPatch{"section": "archive"})
	status(s, 200, changed, err)
	if e := changed.JSON200; *e.Section != control.SectionArchive || len(e.Members) != 1 {
		s.Errorf("got %+v", e)
	}
	merged, err := s.ChangeEntryWithApplicationMergePatchPlusJSONBodyWithResponse(s.Context(), "a/b", control.EntryPatch{"section": nil, "members": nil})
	status(s, 200, merged, err)
	if e := merged.JSON200; *e.Section != control.SectionRooms || len(e.Members) != 0 {
		s.Errorf("got %+v", e)
	}
	file, err := s.AddEntryWithResponse(s.Context(), control.NewEntry{ID: ptr("10"), Type: control.EntryTypeFile, Parent: ptr("room/10")})
	status(s, 201, file, err)
	if got, err := s.GetEntryWithResponse(s.Context(), "file/10"); err != nil || got.StatusCode() != 200 || got.JSON200.Section != nil {
		s.Errorf("got %+v, %v", got, err)
	}
	for _, method := range []string{http.MethodGet, http.MethodDelete} {
		if refusal := s.refused(404, method, "/__mock/entries/10", ""); refusal.Message != `"10" can be a room and a file: write room/10 or file/10` {
			s.Errorf("%s: got %s", method, refusal.Message)
		}
	}
	removed, err := s.DeleteEntryWithResponse(s.Context(), "file/10")
	status(s, 204, removed, err)
	s.refused(400, http.MethodPatch, "/__mock/entries/10", `{"members":[{"user":"owner@example.com","access":"all"}]}`)
	s.refused(409, http.MethodPost, "/__mock/entries", `{"id":"10","type":"folder"}`)
	s.refused(409, http.MethodPatch, "/__mock/entries/10", `{"createdBy":"nobody"}`)
	list, err := s.ListEntriesWithResponse(s.Context())
	status(s, 200, list, err)
	if len(*list.JSON200) != 5 {
		s.Errorf("got %+v", list.JSON200)
	}
	deleted, err := s.DeleteEntryWithResponse(s.Context(), "a/b")
	status(s, 204, deleted, err)
	s.gone("/__mock/entries/a%2Fb")
}
