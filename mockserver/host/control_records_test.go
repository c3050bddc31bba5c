package host

import (
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func controlsLinks(s *steering) {
	minted, err := s.AddLinkWithResponse(s.Context(), control.NewLink{Password: ptr(rightPassword)})
	status(s, 201, minted, err)
	if link := minted.JSON201; len(link.Key) != 111 || link.Entry != "10" || valueOf(link.Password) != rightPassword {
		s.Errorf("got %+v", link)
	}
	odd := "a/b c%2F😀?#\x01"
	given, err := s.AddLinkWithResponse(s.Context(), control.NewLink{Key: &odd, Internal: ptr(true), ID: ptr("AAAAAAAA-0000-4000-8000-000000000000")})
	status(s, 201, given, err)
	id := given.JSON201.ID
	if given.JSON201.Key != odd || id != "aaaaaaaa-0000-4000-8000-000000000000" {
		s.Errorf("got %+v", given.JSON201)
	}
	got, err := s.GetLinkWithResponse(s.Context(), id)
	status(s, 200, got, err)
	if got.JSON200.Key != odd || !got.JSON200.Internal {
		s.Errorf("got %+v", got.JSON200)
	}
	changed, err := s.ChangeLinkWithResponse(s.Context(), id, control.LinkPatch{"password": "p", "internal": nil, "expires": "2020-01-01T00:00:00Z"})
	status(s, 200, changed, err)
	if link := changed.JSON200; valueOf(link.Password) != "p" || link.Internal || link.Expires.Year() != 2020 || link.Key != odd {
		s.Errorf("got %+v", link)
	}
	changed2, err := s.ChangeLinkWithApplicationMergePatchPlusJSONBodyWithResponse(s.Context(), strings.ToUpper(id), control.LinkPatch{"password": nil, "expires": nil})
	status(s, 200, changed2, err)
	if link := changed2.JSON200; link.Password != nil || link.Expires != nil {
		s.Errorf("got %+v", link)
	}
	refusal := s.refused(409, http.MethodPatch, "/__mock/links/"+mocktest.LinkID, `{"key":`+string(dotnet.AppendJSON(nil, odd))+`}`)
	if valueOf(refusal.Path) != "key" || refusal.Message != "key: is the same as links[2].key" {
		s.Errorf("got %s", dotnet.AppendJSON(nil, refusal))
	}
	s.refused(409, http.MethodPatch, "/__mock/links/"+mocktest.LinkID, `{"id":"AAAAAAAA-0000-4000-8000-000000000000"}`)
	refusal = s.refused(409, http.MethodPost, "/__mock/links", `{"key":"KEY_FROM_URL"}`)
	if valueOf(refusal.Path) != "key" || valueOf(refusal.Line) != 1 || valueOf(refusal.Column) != 8 {
		s.Errorf("got %s", dotnet.AppendJSON(nil, refusal))
	}
	list, err := s.ListLinksWithResponse(s.Context())
	status(s, 200, list, err)
	if len(*list.JSON200) != 3 {
		s.Errorf("got %+v", *list.JSON200)
	}
	deleted, err := s.DeleteLinkWithResponse(s.Context(), id)
	status(s, 204, deleted, err)
	s.gone("/__mock/links/" + id)
	s.gone("/__mock/links/KEY_FROM_URL")
}

// gone looks that there is nothing left to read, change or delete.
func (s *steering) gone(path string) {
	s.Helper()
	s.refused(404, http.MethodGet, path, "")
	s.refused(404, http.MethodPatch, path, "{}")
	s.refused(404, http.MethodDelete, path, "")
}

func controlsUsers(s *steering) {
	added, err := s.AddUserWithResponse(s.Context(), control.NewUser{Email: "new@example.com", Role: control.RoleGuest})
	status(s, 201, added, err)
	if len(added.JSON201.Tokens) != 1 {
		s.Errorf("got %+v", added.JSON201)
	}
	id := added.JSON201.ID
	got, err := s.GetUserWithResponse(s.Context(), id)
	status(s, 200, got, err)
	changed, err := s.ChangeUserWithResponse(s.Context(), id, control.UserPatch{"role": "docSpaceAdmin", "password": "p", "tokens": []string{}})
	status(s, 200, changed, err)
	if u := changed.JSON200; u.Role != control.RoleDocSpaceAdmin || valueOf(u.Password) != "p" || len(u.Tokens) != 0 {
		s.Errorf("got %+v", u)
	}
	merged, err := s.ChangeUserWithApplicationMergePatchPlusJSONBodyWithResponse(s.Context(), id, control.UserPatch{"disabled": true})
	status(s, 200, merged, err)
	if refusal := s.refused(409, http.MethodPatch, "/__mock/users/"+id, `{"email":"OWNER@example.com"}`); valueOf(refusal.Path) != "email" {
		s.Errorf("got %s", dotnet.AppendJSON(nil, refusal))
	}
	s.refused(409, http.MethodPost, "/__mock/users", `{"email":"owner@example.com","role":"user"}`)
	list, err := s.ListUsersWithResponse(s.Context())
	status(s, 200, list, err)
	if len(*list.JSON200) != 5 {
		s.Errorf("got %+v", list.JSON200)
	}
	deleted, err := s.DeleteUserWithResponse(s.Context(), id)
	status(s, 204, deleted, err)
	s.gone("/__mock/users/" + id)
}

func controlsAPIKeys(s *steering) {
	added, err := s.AddAPIKeyWithResponse(s.Context(), control.NewAPIKey{User: "user@example.com", Permissions: []string{"files:read"}})
	status(s, 201, added, err)
	if key := added.JSON201.Key; len(key) != 67 || !strings.HasPrefix(key, "sk-") {
		s.Errorf("got %q", key)
	}
	for _, key := range []string{"sk-a/b c%2F😀?#", "sk-100%", "sk-%25", "sk-a+b", "sk-a;b=c:d@e"} {
		status(s, 201, must(s.AddAPIKeyWithResponse(s.Context(), control.NewAPIKey{Key: &key, User: "owner@example.com"})), nil)
		got, err := s.GetAPIKeyWithResponse(s.Context(), key)
		status(s, 200, got, err)
		if got.JSON200.Key != key {
			s.Errorf("asked for %q, got %q", key, got.JSON200.Key)
		}
		changed, err := s.ChangeAPIKeyWithResponse(s.Context(), key, control.APIKeyPatch{"active": false, "expires": "2030-01-01T00:00:00Z"})
		status(s, 200, changed, err)
		if k := changed.JSON200; *k.Active || k.Expires.Year() != 2030 {
			s.Errorf("got %+v", k)
		}
		merged, err := s.ChangeAPIKeyWithApplicationMergePatchPlusJSONBodyWithResponse(s.Context(), key, control.APIKeyPatch{"active": nil})
		status(s, 200, merged, err)
		status(s, 409, must(s.ChangeAPIKeyWithResponse(s.Context(), key, control.APIKeyPatch{"user": "nobody"})), nil)
		deleted, err := s.DeleteAPIKeyWithResponse(s.Context(), key)
		status(s, 204, deleted, err)
		status(s, 404, must(s.DeleteAPIKeyWithResponse(s.Context(), key)), nil)
	}
	list, err := s.ListAPIKeysWithResponse(s.Context())
	status(s, 200, list, err)
	if len(*list.JSON200) != 5 {
		s.Errorf("got %+v", list.JSON200)
	}
	if refusal := s.refused(409, http.MethodPost, "/__mock/apiKeys", `{"user":"nobody@example.com"}`); valueOf(refusal.Path) != "user" {
		s.Errorf("got %s", dotnet.AppendJSON(nil, refusal))
	}
	if refusal := s.refused(404, http.MethodGet, "/__mock/apiKeys/sk-secret", ""); strings.Contains(refusal.Message, "secret") {
		s.Errorf("got %s", dotnet.AppendJSON(nil, refusal))
	}
	s.gone("/__mock/apiKeys/sk-none")
}

func controlsEntries(s *steering) {
	minted, err := s.AddEntryWithResponse(s.Context(), control.NewEntry{Type: control.EntryTypeFolder, Title: ptr("Contracts")})
	status(s, 201, minted, err)
	if e := minted.JSON201; e.ID != "11" || e.Section != control.SectionDocuments {
		s.Errorf("got %+v", e)
	}
	given, err := s.AddEntryWithResponse(s.Context(), control.NewEntry{ID: ptr("a/b"), Type: control.EntryTypeRoom, Members: []string{"user@example.com"}})
	status(s, 201, given, err)
	got, err := s.GetEntryWithResponse(s.Context(), "a/b")
	status(s, 200, got, err)
	changed, err := s.ChangeEntryWithResponse(s.Context(), "a/b", control.EntryPatch{"section": "archive"})
	status(s, 200, changed, err)
	if e := changed.JSON200; e.Section != control.SectionArchive || len(e.Members) != 1 {
		s.Errorf("got %+v", e)
	}
	merged, err := s.ChangeEntryWithApplicationMergePatchPlusJSONBodyWithResponse(s.Context(), "a/b", control.EntryPatch{"section": nil, "members": nil})
	status(s, 200, merged, err)
	if e := merged.JSON200; e.Section != control.SectionRooms || len(e.Members) != 0 {
		s.Errorf("got %+v", e)
	}
	s.refused(409, http.MethodPost, "/__mock/entries", `{"id":"10","type":"file"}`)
	s.refused(409, http.MethodPatch, "/__mock/entries/10", `{"createdBy":"nobody"}`)
	list, err := s.ListEntriesWithResponse(s.Context())
	status(s, 200, list, err)
	if len(*list.JSON200) != 3 {
		s.Errorf("got %+v", list.JSON200)
	}
	deleted, err := s.DeleteEntryWithResponse(s.Context(), "a/b")
	status(s, 204, deleted, err)
	s.gone("/__mock/entries/a%2Fb")
}
