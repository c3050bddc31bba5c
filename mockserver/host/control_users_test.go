package host

import (
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

func controlsUsers(s *controlClient) {
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
