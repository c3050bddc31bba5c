package mockserver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// modelLink is what the model knows of a link.
type modelLink struct {
	id, key, entry, password string
	internal                 bool
}

// linkModel is a small model of the links of a portal. It believes the answers to those who may make links, and checks that
// everything else says the same.
type linkModel struct {
	s     *Server
	links []modelLink
	gone  []string // keys of revoked links
	names []string // of entries
}

// send makes a request of somebody. A call that is refused changes nothing.
func (m *linkModel) send(t *rapid.T, method, path, body string, role Role) (got linked, accepted bool) {
	before := m.s.State()
	w := mocktest.Send(m.s, method, path, body, as(m.s, role)...)
	if w.Code != http.StatusOK {
		if w.Code < 400 || w.Code >= 500 || !reflect.DeepEqual(m.s.State(), before) {
			t.Fatalf("%s %s %s: got %d %s, and the portal is %+v", method, path, body, w.Code, w.Body, m.s.State())
		}
		return linked{}, false
	}
	if role != RoleOwner && role != RoleUser && !reflect.DeepEqual(m.s.State(), before) && (method != "GET" || !strings.Contains(path, "/rooms/6/")) {
		t.Fatalf("%s %s %s: %s has changed the portal", method, path, body, role)
	}
	var wrapper struct{ Response linked }
	if err := json.Unmarshal(w.Body.Bytes(), &wrapper); err != nil {
		t.Fatal(err)
	}
	return wrapper.Response, true
}

// put notes a link as an answer shows it. The answer has no key when another link has come back.
func (m *linkModel) put(t *rapid.T, entry, password string, got linked) {
	link := modelLink{got.SharedLink.ID, got.SharedLink.RequestToken, entry, password, got.SharedLink.Internal}
	if link.key == "" {
		stored, err := m.s.Link(link.id)
		if err != nil {
			t.Fatal(err)
		}
		link.key = stored.Key
	}
	i := slices.IndexFunc(m.links, func(l modelLink) bool { return l.id == link.id })
	if i < 0 {
		m.links = append(m.links, link)
		return
	}
	if m.links[i].key != link.key || m.links[i].entry != entry {
		t.Fatalf("a change makes %+v of %+v", link, m.links[i])
	}
	m.links[i] = link
}

func (m *linkModel) drop(id string) {
	m.links = slices.DeleteFunc(m.links, func(l modelLink) bool {
		if l.id == id {
			m.gone = append(m.gone, l.key)
		}
		return l.id == id
	})
}

// set makes a link, or changes or revokes an existing one.
func (m *linkModel) set(t *rapid.T) {
	entry, id := rapid.SampledFrom(m.names).Draw(t, "entry"), ""
	if len(m.links) > 0 && rapid.Bool().Draw(t, "existing") {
		link := rapid.SampledFrom(m.links).Draw(t, "link")
		entry, id = link.entry, link.id
	}
	access := rapid.SampledFrom([]int{0, 2, 2, 5, 6, 7, 7, 10, 3}).Draw(t, "access")
	password := rapid.SampledFrom([]string{"", "", rightPW, "short"}).Draw(t, "password")
	body := map[string]any{
		"access": access, "password": password, "internal": rapid.Bool().Draw(t, "internal"), "primary": rapid.Bool().Draw(t, "primary"),
		"title": rapid.SampledFrom([]string{"", "T"}).Draw(t, "title"),
	}
	if id != "" {
		body["linkId"] = id
	}
	if strings.HasPrefix(entry, "room/") {
		body["linkType"] = 1
	}
	text, _ := json.Marshal(body) // texts, numbers and booleans are never refused
	before := m.s.State()
	got, accepted := m.send(t, "PUT", linksPath(entry), string(text), rapid.SampledFrom([]Role{RoleOwner, RoleOwner, RoleUser, RoleDocSpaceAdmin, RoleGuest}).Draw(t, "role"))
	switch {
	case !accepted:
	case access == 0 && (got.SharedLink.ID == "" || got.SharedLink.ID != id):
		m.drop(id)
		if got.SharedLink.ID != "" {
			m.put(t, entry, "", got)
		}
	case reflect.DeepEqual(m.s.State(), before): // a change that is ignored, or that changes nothing
	default:
		m.put(t, entry, password, got)
	}
}

// ask asks for the primary link, which is made when there is none.
func (m *linkModel) ask(t *rapid.T) {
	entry := rapid.SampledFrom(m.names).Draw(t, "entry")
	before := len(m.s.State().Links)
	got, accepted := m.send(t, "GET", linkPath(entry), "", rapid.SampledFrom([]Role{RoleOwner, RoleUser, RoleDocSpaceAdmin, RoleGuest}).Draw(t, "role"))
	if !accepted {
		return
	}
	known := slices.ContainsFunc(m.links, func(l modelLink) bool {
		return l.id == got.SharedLink.ID && l.entry == entry && l.key == got.SharedLink.RequestToken
	})
	if made := len(m.s.State().Links) > before; made == known {
		t.Fatalf("%s: got %+v, known %t", entry, got, known)
	}
	if !known {
		m.put(t, entry, "", got)
	}
}

// check compares the portal with the model: the lists, and where the keys lead.
func (m *linkModel) check(t *rapid.T) {
	listed := 0
	for _, entry := range m.names {
		w := mocktest.Send(m.s, "GET", linksPath(entry), "", as(m.s, RoleUser)...)
		var list struct {
			Response []linked
			Count    int
		}
		if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || list.Count != len(list.Response) {
			t.Fatalf("got %d %s", w.Code, w.Body)
		}
		for _, l := range list.Response {
			if !slices.ContainsFunc(m.links, func(known modelLink) bool {
				return known.entry == entry && known.id == l.SharedLink.ID && known.key == l.SharedLink.RequestToken && known.internal == l.SharedLink.Internal
			}) {
				t.Fatalf("%s: the list has %+v, the model %+v", entry, l, m.links)
			}
		}
		listed += len(list.Response)
	}
	if listed != len(m.links) {
		t.Fatalf("the lists have %d links, the model %+v", listed, m.links)
	}
	for _, link := range m.links {
		want := ok
		switch {
		case link.internal:
			want = api.ExternalShareStatusExternalAccessDenied
		case !m.s.State().Settings.ExternalShare && link.password == "":
			want = api.ExternalShareStatusExternalAccessDenied
		case link.password != "":
			want = required
		}
		m.leads(t, link.key, want)
	}
	for _, key := range m.gone {
		m.leads(t, key, invalid)
	}
}

// leads checks that both calls which open a link say the same to a visitor.
func (m *linkModel) leads(t *rapid.T, key string, want api.ExternalShareStatus) {
	get, post := mocktest.Send(m.s, "GET", sharePath(key), ""), mocktest.Send(m.s, "POST", mocktest.PasswordPath(key), `{}`)
	var answers [2]struct{ Response api.ExternalShareDto }
	for i, w := range []fmt.Stringer{get.Body, post.Body} {
		if err := json.Unmarshal([]byte(w.String()), &answers[i]); err != nil {
			t.Fatal(err)
		}
	}
	if got := answers[0].Response; got.Status != want || !reflect.DeepEqual(answers[0], answers[1]) {
		t.Fatalf("got %s and %s, want status %d", get.Body, post.Body, want)
	}
}

func TestLinksFollowTheModel(t *testing.T) {
	for _, profile := range []string{ProfileV372, ProfileDocumented} {
		t.Run(profile, rapid.MakeCheck(func(t *rapid.T) {
			s, err := New(WithPortal(tree()), WithProfile(profile), WithClock(mocktest.NewClock().Now), WithContract(ContractOff))
			if err != nil {
				t.Fatal(err)
			}
			m := &linkModel{s: s, names: []string{"room/1", "room/2", "room/5", "room/6", "room/8", "folder/51", "file/51", "file/12", "file/61", "file/81"}}
			t.Repeat(map[string]func(*rapid.T){
				"set": m.set,
				"ask": m.ask,
				"switch": func(t *rapid.T) {
					body := fmt.Sprintf(`{"externalShare":%t,"externalShareApplyToRooms":true,"blockExistingLinksOnRestrict":true,"defaultShareLinkInternal":%t}`,
						rapid.Bool().Draw(t, "on"), rapid.Bool().Draw(t, "internal"))
					if w := mocktest.Send(s, "PUT", "/api/2.0/files/settings/externalsharingsettings", body, as(s, RoleOwner)...); w.Code != http.StatusOK {
						t.Fatalf("got %d %s", w.Code, w.Body)
					}
				},
				"": m.check,
			})
		}))
	}
}
