package mockserver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

var shortLinks = regexp.MustCompile(`http://example\.com/s/[\w-]{15}`)

// listed are the titles of the links of a list, with its count and its total.
func listed(t *testing.T, s *Server, path string, role Role) string {
	t.Helper()
	w := mocktest.Send(s, "GET", path, "", as(s, role)...)
	var list struct {
		Response []linked
		Count    int
		Total    *int
	}
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || w.Code != http.StatusOK {
		return fmt.Sprint(w.Code, " ", w.Body)
	}
	var titles []string
	for _, l := range list.Response {
		titles = append(titles, l.SharedLink.Title)
	}
	text := fmt.Sprintf("%s, %d", strings.Join(titles, " "), list.Count)
	if list.Total != nil {
		text += fmt.Sprintf(" of %d", *list.Total)
	}
	return text
}

func TestListedLinks(t *testing.T) {
	portal := tree(func(p *Portal) {
		for i, access := range []int{10, 6, 2} {
			p.Links = append(p.Links, Link{Entry: "file/51", Title: fmt.Sprintf("f%d", i), Access: access}, Link{Entry: "room/5", Title: fmt.Sprintf("r%d", i), Access: access})
		}
		p.Links = append(p.Links, Link{Entry: "room/5", Title: "inv", Invitation: true, Access: 9}, Link{Entry: "folder/51", Title: "d"})
	})
	for _, test := range []struct {
		role                   Role
		path, want, documented string // "" is the same
	}{
		{RoleOwner, linksPath("room/5"), "inv r0 r1 r2, 4", ""},
		{RoleUser, linksPath("room/5") + "?type=1", "r0 r1 r2, 3", ""},
		{RoleOwner, linksPath("room/5") + "?TYPE=invitation", "inv, 1", ""},
		{RoleOwner, linksPath("room/5") + "?type=", "inv r0 r1 r2, 4", ""},
		{RoleOwner, linksPath("room/5") + "?count=1&startIndex=1", "inv r0 r1 r2, 4", ""},
		{RoleDocSpaceAdmin, linksPath("room/5"), ", 0", ""},
		{RoleGuest, linksPath("room/5"), ", 0", ""},
		{RoleOwner, linksPath("folder/51") + "?type=0", "d, 1", ""},
		{RoleOwner, linksPath("file/51"), "f0 f1 f2, 3 of 3", "f0 f1 f2, 3"},
		{RoleOwner, linksPath("file/51") + "?count=2", "f0 f1, 2 of 3", "f0 f1, 2"},
		{RoleOwner, linksPath("file/51") + "?count=2&startIndex=2", "f2, 1 of 3", "f2, 1"},
		{RoleOwner, linksPath("file/51") + "?startIndex=5", ", -2 of 3", ", 0"},
		{RoleGuest, linksPath("file/51"), ", 0 of 0", ", 0"},
	} {
		for _, profile := range []string{ProfileV372, ProfileDocumented} {
			want := test.want
			if profile == ProfileDocumented && test.documented != "" {
				want = test.documented
			}
			if got := listed(t, newServer(t, WithPortal(portal), WithProfile(profile)), test.path, test.role); got != want {
				t.Errorf("%s: %s %s: got %s, want %s", profile, test.role, test.path, got, want)
			}
		}
	}
	s := newServer(t, WithPortal(portal))
	for path, want := range map[string]string{
		linksPath("room/5") + "?type=2": "The value '2' is invalid", linksPath("room/5") + "?type=x": "not valid for Type",
		linksPath("file/51") + "?count=0": "between 1 and 100", linksPath("file/51") + "?count=101": "between 1 and 100", linksPath("file/51") + "?count=x": "not valid for Count",
		linksPath("file/51") + "?startIndex=-1": "field StartIndex must be", linkPath("folder/51") + "?count=": "not valid for Count", linksPath("room/999"): "Item not found",
	} {
		if w := mocktest.Send(s, "GET", path, "", as(s, RoleOwner)...); w.Code != 400 && !strings.Contains(path, "999") || !strings.Contains(strings.ReplaceAll(w.Body.String(), `\u0027`, "'"), want) {
			t.Errorf("%s: got %d %s", path, w.Code, w.Body)
		}
	}
}

// The primary link is made by the first call that asks for it, and is the same from then on.
func TestPrimaryLink(t *testing.T) {
	for _, test := range []struct{ method, entry, body, want, documented string }{
		{"GET", "room/5", ``, "2 s4 Shared link", ""},
		{"GET", "room/6", ``, "2 s4 Shared link", ""},
		{"GET", "room/1", ``, "7 s4 Link to fill out", "403"},
		{"GET", "folder/51", ``, "2 s4 Shared link", ""},
		{"GET", "file/71", ``, "2 s4 Shared link", ""},
		{"POST", "file/71", `{"access":6,"title":" T ","password":"Secret123!","primary":false}`, "6 s4 Shared link Secret123!", "6 s4 T"},
		{"POST", "folder/71", `{"access":5,"title":" T ","denyDownload":true}`, "5 s4 T deny", ""},
		{"POST", "folder/71", `{"access":2,"internal":true}`, "2 s4 Shared link internal", ""},
	} {
		for _, profile := range []string{ProfileV372, ProfileDocumented} {
			want := test.want
			if profile == ProfileDocumented && test.documented != "" {
				want = test.documented
			}
			s := newServer(t, WithPortal(tree()), WithProfile(profile))
			w := mocktest.Send(s, test.method, linkPath(test.entry), test.body, as(s, RoleOwner)...)
			if w.Code != http.StatusOK {
				if fmt.Sprint(w.Code) != want {
					t.Errorf("%s: %s %s: got %d %s, want %s", profile, test.method, test.entry, w.Code, w.Body, want)
				}
				continue
			}
			first := linkOf(t, w)
			again := linkOf(t, mocktest.Send(s, "GET", linkPath(test.entry), "", as(s, RoleOwner)...))
			if described(first) != want || again != first || len(s.State().Links) != 1 {
				t.Errorf("%s: %s %s: got %s, want %s; again %+v", profile, test.method, test.entry, described(first), want, again)
			}
		}
	}
	s := newServer(t, WithPortal(tree()))
	if got := linkOf(t, mocktest.Send(s, "POST", linkPath("file/71"), `{}`, as(s, RoleOwner)...)); got.SharedLink.ID != "" || len(s.State().Links) != 0 {
		t.Errorf("without access: got %+v", got)
	}
}

// Who may not make the primary link may still be shown the one that there is.
func TestWhoSeesThePrimaryLink(t *testing.T) {
	s := newServer(t, WithPortal(tree(func(p *Portal) {
		for _, entry := range []string{"room/5", "room/6", "file/61", "file/51"} {
			p.Links = append(p.Links, Link{Key: strings.ReplaceAll(entry, "/", "-"), Entry: entry, Primary: true})
		}
	})))
	guest, admin := as(s, RoleGuest), as(s, RoleDocSpaceAdmin)
	for _, test := range []struct {
		entry   string
		headers []string
		status  int
	}{
		{"room/5", guest, 200}, {"room/6", admin, 200}, {"file/61", guest, 200}, {"file/51", guest, 403}, {"file/51", admin, 403},
		{"room/5", nil, 401}, {"file/61", nil, 403}, {"file/61", []string{"Request-Token", "file-61"}, 200},
		{"file/61", []string{"Request-Token", "room-6"}, 200}, {"file/61", []string{"Request-Token", "room-5"}, 403}, {"folder/71", nil, 403},
	} {
		if w := mocktest.Send(s, "GET", linkPath(test.entry), "", test.headers...); w.Code != test.status {
			t.Errorf("%s %v: got %d %s, want %d", test.entry, test.headers, w.Code, w.Body, test.status)
		}
	}
	if got := len(s.State().Links); got != 4 {
		t.Errorf("there are %d links", got)
	}
}

func TestHintsOfLinks(t *testing.T) {
	for _, test := range []struct{ method, path, body, hint string }{
		{"PUT", linksPath("room/5"), `{"linkType":2,"access":2}`, "400"},
		{"PUT", linksPath("room/5"), `{"linkType":1,"access":2,"password":"Secret123!"}`, "another password and canRevoke"},
		{"PUT", linksPath("room/6"), `{"linkType":1,"access":0,"linkId":"` + mocktest.LinkID + `"}`, "without a link"},
		{"GET", linkPath("room/1"), ``, "refuses this call with 403"},
		{"GET", linksPath("room/6"), ``, ""},
	} {
		s := newServer(t, WithPortal(tree(func(p *Portal) { p.Links = []Link{{ID: mocktest.LinkID, Entry: "room/6", Primary: true}} })))
		w := mocktest.Send(s, test.method, test.path, test.body, as(s, RoleOwner)...)
		if hint := w.Header().Get("X-Mock-Hint"); !strings.Contains(hint, test.hint) || (hint == "") != (test.hint == "") {
			t.Errorf("%s %s %s: got %q", test.method, test.path, test.body, hint)
		}
	}
}
