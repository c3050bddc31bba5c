package mockserver

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// filled is a portal with so many users, API keys, entries and links.
func filled(records int) Portal {
	return protected(func(p *Portal) {
		for i := p.records(); i < records; i++ {
			p.Links = append(p.Links, Link{Key: fmt.Sprint("key ", i)})
		}
	})
}

// withTexts is a portal whose texts take so many bytes, with room for more records.
func withTexts(t *testing.T, bytes int) Portal {
	t.Helper()
	p := filled(maxRecords - 10)
	p.Users[0].Password = "owner's"
	p = newServer(t, WithPortal(p)).State() // with IDs and entries
	left := bytes - p.texts()
	for i := range p.Links {
		if size := min(left, maxText); size > 0 && i > 10 {
			p.Links[i].Title = strings.Repeat("t", size)
			left -= size
		}
	}
	for i := range p.Links {
		if size := min(left, maxText); size > 0 && p.Links[i].Password == "" && i > 10 {
			p.Links[i].Password = strings.Repeat("p", size)
			left -= size
		}
	}
	return p
}

// No call makes the texts of a portal larger than they may be, so that a saved portal can be read again.
func TestFullOfTexts(t *testing.T) {
	s := newServer(t, WithPortal(withTexts(t, maxTexts)), WithProfile(ProfileDocumented), WithPasswordRounds(1))
	calls := []struct{ method, path, body string }{
		{"PUT", linksPath("file/30"), `{"access":2}`},
		{"PUT", linksPath("folder/20"), `{"access":2,"linkId":"` + mocktest.LinkID + `","title":"` + strings.Repeat("é", maxText) + `","password":"` + rightPW + `"}`},
		{"POST", "/api/2.0/files/rooms", `{"title":"one more","roomType":6}`},
		{"POST", "/api/2.0/authentication", `{"userName":"owner@example.com","password":"owner's"}`},
		{"POST", mocktest.PasswordPath("protected"), `{"password":"` + strings.Repeat("p", maxText) + `"}`},
	}
	for _, call := range calls {
		before := s.State()
		if got := mocktest.Send(s, call.method, call.path, call.body, as(s, RoleOwner)...); got.Code != 403 || !strings.Contains(got.Body.String(), "at most 6291456 bytes") || !reflect.DeepEqual(s.State(), before) {
			t.Errorf("%s %s: got %d %s", call.method, call.path, got.Code, got.Body)
		}
	}
	s.RemoveLink(s.State().Links[100].ID)
	for _, call := range calls[:1] {
		if got := mocktest.Send(s, call.method, call.path, call.body, as(s, RoleOwner)...); got.Code != 200 {
			t.Errorf("%s %s: got %d %s when there is room", call.method, call.path, got.Code, got.Body)
		}
	}
}

// What is added to a full portal is refused, whatever it is.
func TestFullPortal(t *testing.T) {
	s := newServer(t, WithPortal(filled(maxRecords)))
	for path, add := range map[string]func() error{
		"users":   func() error { return mistakeOf(s.AddUser(User{Email: "one@example.com", Role: RoleUser})) },
		"apiKeys": func() error { return mistakeOf(s.AddAPIKey(APIKey{User: "owner@example.com"})) },
		"entries": func() error { return mistakeOf(s.AddEntry(Entry{Type: EntryRoom})) },
		"links":   func() error { return mistakeOf(s.AddLink(Link{})) },
	} {
		var mistake *PortalError
		before := s.State()
		if err := add(); !errors.As(err, &mistake) || mistake.Path != path || !strings.Contains(mistake.Message, "10001 ") || !strings.Contains(mistake.Message, " 10000 ") {
			t.Errorf("%s: got %v", path, err)
		}
		if !reflect.DeepEqual(s.State(), before) {
			t.Errorf("%s: the portal has changed", path)
		}
		s.RemoveLink(s.State().Links[0].ID)
		if err := add(); err != nil {
			t.Errorf("%s: %v, although one link less is there", path, err)
		}
	}
	for _, call := range []struct{ method, path, body string }{
		{"PUT", linksPath("file/30"), `{"access":2}`},
		{"POST", "/api/2.0/files/rooms", `{"title":"one more","roomType":6}`},
	} {
		before := s.State()
		if got := mocktest.Send(s, call.method, call.path, call.body, as(s, RoleOwner)...); got.Code != 403 || !strings.Contains(got.Body.String(), "at most 10000") || !reflect.DeepEqual(s.State(), before) {
			t.Errorf("%s %s: got %d %s", call.method, call.path, got.Code, got.Body)
		}
	}
}

// A portal at a bound is taken, and one beyond it is refused, whichever way it comes in.
func TestBoundsOfAPortal(t *testing.T) {
	text := strings.Repeat("é", maxText)
	for _, bound := range []struct {
		path string
		most int
		fill func(p *Portal, n int)
	}{
		{"links", maxRecords, func(p *Portal, n int) { *p = filled(n) }},
		{"users", maxRecords, func(p *Portal, n int) {
			for i := p.records(); i < n; i++ {
				p.Users = append(p.Users, User{Email: fmt.Sprint(i, "@example.com"), Role: RoleUser})
			}
			p.APIKeys, p.Entries, p.Links = []APIKey{}, []Entry{}, []Link{}
			for i := p.records(); i < n; i++ {
				p.Users = append(p.Users, User{Email: fmt.Sprint(i, "@example.org"), Role: RoleUser})
			}
		}},
		{"sessions", maxSessions, func(p *Portal, n int) {
			for i := range n {
				p.Sessions = append(p.Sessions, Session{Token: fmt.Sprint("token ", i), User: "owner@example.com"})
			}
		}},
		{"users[0].tokens", maxTokens, func(p *Portal, n int) {
			p.Users[0].Tokens = nil
			for i := range n {
				p.Users[0].Tokens = append(p.Users[0].Tokens, fmt.Sprint("token ", i))
			}
		}},
		{"apiKeys[0].permissions", maxPermissions, func(p *Portal, n int) {
			p.APIKeys[0].Permissions = strings.Split(strings.Repeat("files:read ", n)[:11*n-1], " ")
		}},
		{"entries[0].members", maxMembers, func(p *Portal, n int) {
			p.Entries[0].Members = nil
			for range n {
				p.Entries[0].Members = append(p.Entries[0].Members, Member{User: "user@example.com"})
			}
		}},
		{"identity.jwks", maxKeySet, func(p *Portal, n int) {
			p.Identity = &Identity{Issuer: "i", Audience: "a", JWKS: []byte(`{"keys":[{"e":"AQAB","kty":"RSA","n":"AQAB"}],"x":"` + strings.Repeat("x", n-53) + `"}`)}
		}},
		{"texts", maxTexts, func(p *Portal, n int) { *p = withTexts(t, n) }},
		{"users[0].password", maxText, func(p *Portal, n int) { p.Users[0].Password = (text + "é")[:2*n] }},
		{"users[0].firstName", maxText, func(p *Portal, n int) { p.Users[0].FirstName = (text + "é")[:2*n] }},
		{"entries[0].title", maxText, func(p *Portal, n int) { p.Entries[0].Title = (text + "é")[:2*n] }},
		{"links[0].title", maxText, func(p *Portal, n int) { p.Links[0].Title = (text + "é")[:2*n] }},
		{"links[0].password", maxText, func(p *Portal, n int) { p.Links[0].Password = (text + "é")[:2*n] }},
		{"links[0].entry", maxText, func(p *Portal, n int) { p.Links[0].Entry = (text + "é")[:2*n] }},
		{"apiKeys[0].permissions[0]", maxText, func(p *Portal, n int) { p.APIKeys[0].Permissions = []string{(text + "é")[:2*n]} }},
	} {
		t.Run(bound.path, func(t *testing.T) {
			at, beyond := protected(), protected()
			bound.fill(&at, bound.most)
			bound.fill(&beyond, bound.most+1)
			s := newServer(t, WithPortal(at))
			for way, set := range map[string]func(Portal) error{
				"New":     func(p Portal) error { return mistakeOf(New(WithPortal(p))) },
				"Replace": s.Replace,
				"Reseed":  s.Reseed,
				"Change":  func(p Portal) error { return mistakeOf(s.Change(func(Portal) (Portal, error) { return p, nil })) },
			} {
				if err := set(at); err != nil {
					t.Errorf("%s: %v", way, err)
				}
				before := s.State()
				var mistake *PortalError
				switch err := set(beyond); {
				case !errors.As(err, &mistake):
					t.Errorf("%s: one more is taken: %v", way, err)
				case mistake.Path != bound.path || !strings.Contains(mistake.Message, fmt.Sprint(bound.most+1)) || !strings.Contains(mistake.Message, fmt.Sprint(bound.most)):
					t.Errorf("%s: the error does not tell the bound and the number: %v", way, err)
				}
				if !reflect.DeepEqual(s.State(), before) {
					t.Errorf("%s: a refused portal has changed the portal", way)
				}
			}
		})
	}
}

// A call that would make a room or a link is refused when too much memory is in use. Other calls are not.
func TestCallsWhenTheMemoryIsFull(t *testing.T) {
	var full atomic.Bool
	var asked atomic.Int32
	s := newServer(t, WithPortal(protected()), WithMemoryCheck(func() error {
		asked.Add(1)
		if full.Load() {
			return errors.New("257 MiB of memory are in use")
		}
		return nil
	}))
	full.Store(true)
	before := s.State()
	for _, call := range []struct{ method, path, body string }{
		{"PUT", linksPath("file/30"), `{"access":2}`},
		{"POST", "/api/2.0/files/rooms", `{"title":"one more","roomType":6}`},
	} {
		if got := mocktest.Send(s, call.method, call.path, call.body, as(s, RoleOwner)...); got.Code != 403 || !strings.Contains(got.Body.String(), "257 MiB") || !reflect.DeepEqual(s.State(), before) {
			t.Errorf("%s %s: got %d %s", call.method, call.path, got.Code, got.Body)
		}
		if n := asked.Swap(0); n != 1 {
			t.Errorf("%s %s: the memory was asked for %d times", call.method, call.path, n)
		}
		full.Store(false)
		if got := mocktest.Send(s, call.method, call.path, call.body, as(s, RoleOwner)...); got.Code != 200 {
			t.Errorf("%s %s: got %d %s when there is room", call.method, call.path, got.Code, got.Body)
		}
		full.Store(true)
		asked.Store(0)
		before = s.State()
	}
	if got := mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, as(s, RoleOwner)...); got.Code != 200 {
		t.Errorf("a switch: got %d %s", got.Code, got.Body)
	}
}

// The largest portals of each kind are read again from what is saved of them.
func TestLargestPortalsAreReadAgain(t *testing.T) {
	members := func(access int) func(p *Portal, i int) {
		many := make([]Member, maxMembers)
		for i := range many {
			many[i] = Member{User: "o@x", Access: access}
		}
		return func(p *Portal, i int) {
			p.Entries = append(p.Entries, Entry{ID: fmt.Sprint(i), Title: "t", Type: EntryRoom, Section: SectionRooms, Members: many})
		}
	}
	links := func(title string) func(p *Portal, i int) {
		return func(p *Portal, i int) {
			p.Links = append(p.Links, Link{ID: fmt.Sprintf("00000000-0000-0000-0000-%012d", i), Key: fmt.Sprint(i), Title: strings.Repeat(title, 255), Password: "p",
				Expires: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Internal: true, DenyDownload: true, Access: 2, Entry: "1"})
		}
	}
	for name, add := range map[string]func(p *Portal, i int){
		"members with access": members(1),
		"tokens": func(p *Portal, i int) {
			u := User{ID: fmt.Sprintf("00000000-0000-0000-0000-%012d", i), Email: fmt.Sprint(i, "@x"), Role: RoleUser}
			for token := range maxTokens {
				u.Tokens = append(u.Tokens, fmt.Sprint(i, ".", token))
			}
			p.Users = append(p.Users, u)
		},
		"permissions": func(p *Portal, i int) {
			p.APIKeys = append(p.APIKeys, APIKey{Key: fmt.Sprint("sk-", i), User: "o@x", Permissions: slices.Repeat([]string{"a"}, maxPermissions), Expires: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)})
		},
		"links": links("t"), "links with control characters": links("\x01"), "links with invisible characters": links("\u0080"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := Portal{Users: []User{{ID: "10000000-0000-0000-0000-000000000000", Email: "o@x", Role: RoleOwner, Tokens: []string{"token"}}}, APIKeys: []APIKey{}, Entries: []Entry{}, Links: []Link{}}
			for i, texts := 0, p.texts(); p.records() < maxRecords; i++ {
				var one Portal
				add(&one, i)
				if texts += one.texts(); texts > maxTexts {
					break
				}
				add(&p, i)
			}
			text, err := json.MarshalIndent(newServer(t, WithPortal(p)).State(), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := ParsePortal("saved", text); err != nil || len(text) > MaxPortalText {
				t.Errorf("%d records, %d bytes: %v", p.records(), len(text), err)
			}
		})
	}
}
