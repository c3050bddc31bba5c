package mockserver

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestAPIKeys(t *testing.T) {
	s := newServer(t)
	minted, err := s.AddAPIKey(APIKey{User: "user@example.com"})
	if err != nil || len(minted.Key) != len("sk-")+64 || !strings.HasPrefix(minted.Key, "sk-") {
		t.Fatalf("got %+v, %v", minted, err)
	}
	if another, err := s.AddAPIKey(APIKey{User: "user@example.com"}); err != nil || another.Key == minted.Key {
		t.Errorf("got %+v, %v", another, err)
	}
	if w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Authorization", "Bearer "+minted.Key); w.Code != 200 {
		t.Errorf("the new key: %d", w.Code)
	}
	changed, err := s.ChangeAPIKey(minted.Key, func(k *APIKey) error { k.Permissions = []string{"rooms:read"}; return nil })
	if err != nil || len(changed.Permissions) != 1 {
		t.Errorf("got %+v, %v", changed, err)
	}
	if w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Authorization", "Bearer "+minted.Key); w.Code != 403 {
		t.Errorf("the changed key: %d", w.Code)
	}
	if got, err := s.APIKey(minted.Key); err != nil || got.User != "user@example.com" || got.Permissions[0] != "rooms:read" {
		t.Errorf("got %+v, %v", got, err)
	}
	if s.RemoveAPIKey(strings.ToUpper(minted.Key)) || !s.RemoveAPIKey(minted.Key) || s.RemoveAPIKey(minted.Key) {
		t.Error("a key is removed once, by its exact letters")
	}
}
