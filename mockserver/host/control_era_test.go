package host

import (
	"net/http"
	"reflect"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// A control call of which only a part has arrived when the portal is reset belongs to the time before: it is answered, and changes nothing
// that is there afterwards.
func TestControlCallsUnderWayAtAReset(t *testing.T) {
	for _, call := range []struct {
		method, path, first, second string
		status                      int
	}{
		{"PUT", "/state", `{"tenantId":`, `7}`, 200},
		{"PATCH", "/state", `{"settings":{"externalShare":`, `false}}`, 200},
		{"POST", "/users", `{"email":"late@exam`, `ple.com","role":"user"}`, 201},
		{"PATCH", "/users/66faa6e4-f133-11ea-b126-00ffeec8b4ef", `{"firstName":`, `"Late"}`, 200},
		{"POST", "/apiKeys", `{"key":"sk-late",`, `"user":"owner@example.com"}`, 201},
		{"POST", "/entries", `{"title":"Late",`, `"type":"room","section":"rooms"}`, 201},
		{"PATCH", "/entries/10", `{"title":`, `"Late"}`, 200},
		{"POST", "/links", `{"key":`, `"late"}`, 201},
		{"PATCH", "/links/" + mocktest.LinkID, `{"password":`, `"late"}`, 200},
		{"POST", "/faults", `{"status":5`, `00}`, 201},
		{"POST", "/clock/freeze", `{"at":"2030-01-01`, `T00:00:00Z"}`, 200},
		{"POST", "/clock/advance", `{"by":`, `"24h"}`, 200},
	} {
		t.Run(call.method+" "+call.path, func(t *testing.T) {
			for name, prefix := range map[string]string{"the main portal": "", "a named portal": "/portals/mine"} {
				main := newServer(t)
				h := newHost(t, main)
				portal := main
				if prefix != "" {
					portal = addPortal(t, h, "mine", mockserver.Portal{})
				}
				before := portal.State()
				finish := mocktest.UnderWay(h, call.method, controlURL+prefix+"/__mock"+call.path, call.first, call.second)
				if got := mocktest.Send(h, http.MethodPost, controlURL+prefix+"/__mock/reset", ""); got.Code != http.StatusNoContent {
					t.Fatalf("%s: the reset is answered %d %s", name, got.Code, got.Body)
				}
				if got := finish(); got.Code != call.status {
					t.Errorf("%s: it is answered %d %s", name, got.Code, got.Body)
				}
				if after := portal.State(); !reflect.DeepEqual(after, before) || len(portal.Faults()) > 0 || portal.Clock().State().Frozen || portal.Clock().State().Offset != 0 {
					t.Errorf("%s: after the reset there are %+v, %+v, %+v", name, after, portal.Faults(), portal.Clock().State())
				}
			}
		})
	}
}
