package host

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func controlsState(s *controlClient) {
	main := s.host.Main()
	state, err := s.GetStateWithResponse(s.Context())
	status(s, 200, state, err)
	if p, err := mockserver.ParsePortal("state", state.Body); err != nil || !slices.Equal(p.Links, main.State().Links) {
		s.Errorf("the state is no portal file: %v", err)
	}

	replaced, err := s.ReplaceStateWithResponse(s.Context(), control.PortalFile{
		Profile: ptr(control.ProfileV372), Links: []control.NewLink{}, Settings: &control.NewSettings{EnableThirdParty: ptr(false)},
	})
	status(s, 200, replaced, err)
	got := main.State()
	if got.Profile != mockserver.ProfileV372 || len(got.Links) != 0 || got.Settings.EnableThirdParty || !got.Settings.ExternalShare || len(got.Users) != 4 {
		s.Errorf("PUT: got %+v", got)
	}

	changed, err := s.ChangeStateWithResponse(s.Context(), control.PortalPatch{
		"settings": map[string]any{"externalShare": false, "enableThirdParty": nil},
		"limits":   map[string]any{"passwordAttempts": map[string]any{"window": "2m"}},
		"links":    nil,
	})
	status(s, 200, changed, err)
	got = main.State()
	if got.Settings.ExternalShare || !got.Settings.EnableThirdParty || got.Limits.PasswordAttempts.Window != 2*time.Minute || len(got.Links) != 1 || got.Profile != mockserver.ProfileV372 {
		s.Errorf("PATCH: got %+v %+v", got, got.Settings)
	}
	merged, err := s.ChangeStateWithApplicationMergePatchPlusJSONBodyWithResponse(s.Context(), control.PortalPatch{"tenantId": 7})
	status(s, 200, merged, err)

	before := string(dotnet.AppendJSON(nil, main.State()))
	s.refused(409, http.MethodPut, "/__mock/state", `{"links":[{"key":"a"},{"key":"a"}]}`)
	refusal := s.refused(409, http.MethodPatch, "/__mock/state", `{"apiKeys": [{"key": "sk-1", "user": "nobody@example.com"}]}`)
	if valueOf(refusal.Path) != "apiKeys[0].user" || valueOf(refusal.Column) != 38 {
		s.Errorf("got %s", dotnet.AppendJSON(nil, refusal))
	}
	if after := string(dotnet.AppendJSON(nil, main.State())); after != before {
		s.Errorf("a refused call has changed the portal: %s", after)
	}

	main.Clock().Freeze()
	reset, err := s.ResetWithResponse(s.Context())
	status(s, 204, reset, err)
	if got := main.State(); got.Profile != mockserver.ProfileDocumented || got.TenantID != 1 || len(got.Links) != 1 {
		s.Errorf("reset: got %+v", got)
	}
	if main.Clock().State().Frozen {
		s.Error("reset leaves the clock frozen")
	}
}

// Patches that arrive at the same time are all there in the end.
func TestConcurrentPatches(t *testing.T) {
	s := newControlClient(t, &coverage{seen: map[string]bool{}}, newHost(t, newServer(t)))
	changes := []struct{ path, body string }{
		{"/__mock/state", `{"settings":{"externalShare":false}}`},
		{"/__mock/state", `{"settings":{"enableThirdParty":false}}`},
		{"/__mock/state", `{"tenantId":9}`},
		{"/__mock/state", `{"limits":{"rateLimit":{"enabled":true}}}`},
		{"/__mock/links/" + mocktest.LinkID, `{"password":"p"}`},
		{"/__mock/links/" + mocktest.LinkID, `{"internal":true}`},
		{"/__mock/links/" + mocktest.LinkID, `{"expires":"2030-01-01T00:00:00Z"}`},
		{"/__mock/entries/10", `{"title":"T"}`},
		{"/__mock/entries/10", `{"section":"trash"}`},
	}
	for range 20 {
		s.host.Main().Reset()
		var all sync.WaitGroup
		for _, change := range changes {
			all.Go(func() {
				if code, answer, _ := s.raw(http.MethodPatch, change.path, change.body); code != 200 {
					t.Errorf("%s: got %d %s", change.body, code, answer)
				}
			})
		}
		all.Wait()
		p := s.host.Main().State()
		l, e := p.Links[0], p.Entries[0]
		if p.Settings.ExternalShare || p.Settings.EnableThirdParty || p.TenantID != 9 || !p.Limits.RateLimit.Enabled ||
			l.Password != "p" || !l.Internal || l.Expires.IsZero() || e.Title != "T" || e.Section != mockserver.SectionTrash {
			t.Fatalf("a change is lost: %+v %+v", p, p.Settings)
		}
	}
}

// The answer of GET can be sent back by PUT.
func TestStateRoundTrip(t *testing.T) {
	main := newServer(t, mockserver.WithPortal(protected(func(p *mockserver.Portal) {
		p.Links = append(p.Links, mockserver.Link{Key: "\u2028😀\x01\"<>&", Expires: time.Date(2030, 1, 1, 0, 0, 0, 5, time.FixedZone("", -3600))})
		p.Users[1].Tokens = []string{}
		p.DocDBKey, p.BaseDomain, p.SameSite = "key", "localhost", ptr("Lax")
		p.Identity = &mockserver.Identity{Issuer: "i", Audience: "a", JWKS: []byte(`{"keys":[{"e":"AQAB","kty":"RSA","n":"AQAB"}]}`)}
		p.Users[0].Culture, p.Entries[0].RoomType = "de", 6
		p.Entries[0].Members = append(p.Entries[0].Members, mockserver.Member{User: "guest@example.com", Access: 9})
		p.Entries = append(p.Entries, mockserver.Entry{ID: "13", Type: mockserver.EntryFile, Parent: "room/10"})
		p.Links[0].Title, p.Links[0].Access, p.Links[0].Primary, p.Links[0].DenyDownload = "T", 10, true, true
		p.Links = append(p.Links, mockserver.Link{Key: "invite", Entry: "room/10", Invitation: true, Access: 11, MaxUses: 1000})
		p.Entries[0].PrimaryRevoked = true
		p.APIKeys[0].Active = ptr(false)
	})))
	s := newControlClient(t, &coverage{seen: map[string]bool{}}, newHost(t, main))
	_, before, _ := s.raw(http.MethodGet, "/__mock/state", "")
	ascii := strings.ReplaceAll(before, "😀", `\ud83d\ude00`) // as Python writes it
	for _, body := range []string{before, ascii} {
		if code, answer, _ := s.raw(http.MethodPut, "/__mock/state", body); code != 200 || answer != before {
			t.Errorf("got %d %s\nwant %s", code, answer, before)
		}
		p, err := mockserver.ParsePortal("state", []byte(body))
		if err != nil || !slices.EqualFunc(p.Links, main.State().Links, func(a, b mockserver.Link) bool { return a.Key == b.Key && a.Expires.Equal(b.Expires) }) {
			t.Errorf("got %+v, %v", p.Links, err)
		}
	}
}
