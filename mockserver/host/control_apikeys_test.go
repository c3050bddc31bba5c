package host

import (
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

func controlsAPIKeys(s *controlClient) {
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
