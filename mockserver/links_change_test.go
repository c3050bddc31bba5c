package mockserver

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// What is refused changes nothing, and the status is that of the server.
func TestRefusedLinks(t *testing.T) {
	const otherID = "aaaaaaaa-0000-4000-8000-000000000000"
	full := func(p *Portal) {
		p.Links = []Link{{ID: mocktest.LinkID, Entry: "room/6", Primary: true}, {ID: otherID, Entry: "room/1", Primary: true, Access: accessFillForms}}
		for range 5 {
			p.Links = append(p.Links, Link{Entry: "room/5"})
		}
	}
	for _, test := range []struct {
		role                Role
		entry, body         string
		status, documented  int
		message             string
		withoutSharing, get bool
	}{
		{RoleOwner, "room/999", `{}`, 404, 404, "Item not found", false, false},
		{RoleOwner, "file/6", `{}`, 404, 404, "Item not found", false, false},
		{RoleOwner, "room/x", `{}`, 404, 404, "Selector '' not found", false, false},
		{RoleDocSpaceAdmin, "room/5", `{"linkType":1,"access":2}`, 403, 403, "", false, false},
		{RoleGuest, "room/6", `{"linkType":1,"access":2}`, 403, 403, "", false, false},
		{RoleOwner, "room/5", `{"linkType":1,"access":2}`, 403, 403, "may not exceed 5", false, false},
		{RoleOwner, "room/5", `{"linkType":1,"access":1}`, 403, 403, "role is not available", false, false},
		{RoleOwner, "room/5", `{"linkType":2,"access":2}`, 403, 400, "", false, false},
		{RoleOwner, "room/5", `{"linkType":1,"access":99}`, 403, 400, "", false, false},
		{RoleOwner, "room/8", `{"linkType":1,"access":2}`, 403, 403, "role is not available", false, false},
		{RoleOwner, "room/1", `{"linkType":1,"access":7}`, 403, 403, "", false, false},
		{RoleOwner, "room/51", `{"linkType":0,"access":2}`, 403, 403, "role is not available", false, false}, // a folder has no invitations
		{RoleOwner, "file/11", `{"access":2}`, 403, 403, "role is not available", false, false},
		{RoleOwner, "file/71", `{"access":2,"password":"short"}`, 400, 400, "from 8 to 30", false, false},
		{RoleOwner, "file/71", `{"access":2,"expirationDate":"2100-01-01"}`, 400, 400, "expirationDate", false, false},
		{RoleOwner, "room/2", `{"access":2,"expirationDate":"2020-01-01"}`, 400, 400, "expirationDate", false, false},
		{RoleOwner, "room/2", `{"access":2,"linkId":"` + mocktest.LinkID + `"}`, 403, 403, "linkId", false, false},
		{RoleOwner, "room/6", `{"linkType":1,"access":2}`, 403, 403, "", true, false},
		{RoleOwner, "room/6", `{"linkType":1,"linkId":"` + mocktest.LinkID + `"}`, 403, 403, "", true, false},
		{RoleDocSpaceAdmin, "room/5", ``, 403, 403, "", false, true},
		{RoleOwner, "room/2", ``, 403, 403, "role is not available", false, true},
	} {
		for profile, status := range map[string]int{ProfileV372: test.status, ProfileDocumented: test.documented} {
			s := newServer(t, WithPortal(tree(full, func(p *Portal) { p.Settings.ExternalShare = !test.withoutSharing })), WithProfile(profile), WithClock(mocktest.NewClock().Now))
			before := s.State()
			method, path := "PUT", linksPath(test.entry)
			if test.get {
				method, path = "GET", linkPath(test.entry)
			}
			w := mocktest.Send(s, method, path, test.body, as(s, test.role)...)
			if w.Code != status || profile == ProfileV372 && !strings.Contains(w.Body.String(), test.message) {
				t.Errorf("%s: %s %s %s: got %d %s", profile, method, path, test.body, w.Code, w.Body)
			}
			if !reflect.DeepEqual(s.State(), before) {
				t.Errorf("%s: %s %s %s changes the portal", profile, method, path, test.body)
			}
		}
	}
}

func TestMadeLinks(t *testing.T) {
	for _, test := range []struct {
		entry, body   string
		internal, off bool // the portal makes links internal; external sharing is off
		want          string
	}{
		{"room/5", `{"linkType":1,"access":10,"title":" T ","password":" Secret123! ","denyDownload":true}`, false, false, "10 s1  T  Secret123! deny"},
		{"room/5", `{"access":2,"maxUseCount":3}`, false, false, "2 s3 Invitation link"},
		{"room/5", `{"linkType":1,"access":2}`, true, false, "2 s1 Shared link internal"},
		{"room/5", `{"linkType":1,"access":2,"linkId":"aaaaaaaa-0000-4000-8000-000000000000"}`, true, false, "2 s1 Shared link"},
		{"room/5", `{"linkType":1,"access":2}`, false, true, "2 s1 Shared link internal"},
		{"room/6", `{"linkType":1,"access":5,"internal":true}`, true, false, "5 s1 Shared link"},
		{"folder/81", `{"access":2}`, false, false, "2 s1 Shared link internal"},
		{"file/71", `{"access":6,"primary":true,"expirationDate":"2020-01-01"}`, false, false, "6 s4 Shared link"},
		{"file/71", `{"access":6,"expirationDate":"2027-01-01T00:00:00Z"}`, false, false, "6 s1 Shared link 2027-01-01T00:00:00.0000000Z"},
		{"file/12", `{"access":7,"primary":true}`, false, false, "7 s4 Link to fill out"},
	} {
		s := newServer(t, WithPortal(tree(func(p *Portal) {
			p.Settings.DefaultShareLinkInternal, p.Settings.ExternalShare = test.internal, !test.off
		})), WithClock(mocktest.NewClock().Now))
		got := linkOf(t, mocktest.Send(s, "PUT", linksPath(test.entry), test.body, as(s, RoleOwner)...))
		if described := described(got); described != test.want {
			t.Errorf("%s %s: got %s, want %s", test.entry, test.body, described, test.want)
		}
		made := s.State().Links
		if len(made) != 1 || made[0].ID != got.SharedLink.ID || made[0].Entry != test.entry || !made[0].Invitation && made[0].Key != got.SharedLink.RequestToken {
			t.Errorf("%s %s: the portal has %+v", test.entry, test.body, made)
		}
	}
}

// described is what matters of a link, in one line.
func described(l linked) string {
	words := []string{fmt.Sprintf("%d s%d", l.Access, l.SubjectType), l.SharedLink.Title}
	for _, word := range []string{l.SharedLink.Password, l.SharedLink.ExpirationDate} {
		if word != "" {
			words = append(words, word)
		}
	}
	if l.SharedLink.Internal {
		words = append(words, "internal")
	}
	if l.SharedLink.DenyDownload {
		words = append(words, "deny")
	}
	return strings.Join(words, " ")
}

// A change forgets what it leaves out, and some are ignored as a whole (recorded: VL217).
func TestChangedLinks(t *testing.T) {
	for _, test := range []struct {
		entry      string
		link       Link
		body, want string
	}{
		{"room/5", Link{Password: rightPW, Title: "T", DenyDownload: true}, `"linkType":1,"access":5`, "5 s1 Shared link"},
		{"room/5", Link{Password: rightPW}, `"linkType":1,"access":2,"password":"Other-pass-1"`, "2 s1 Shared link Other-pass-1"},
		{"room/5", Link{}, `"access":2,"password":"Other-pass-1","internal":true,"denyDownload":true`, "2 s1 Shared link"}, // no linkType
		{"room/5", Link{Invitation: true}, `"linkType":1,"access":9,"title":"I"`, "9 s3 I"},                                // the kind stays
		{"room/6", Link{Primary: true, Password: rightPW}, `"linkType":1,"access":5`, "2 s4 Shared link Secret123!"},
		{"room/6", Link{Password: rightPW}, `"linkType":1,"access":5,"internal":true`, "2 s1 Shared link Secret123!"},
		{"room/6", Link{Primary: true}, `"linkType":1,"access":2,"expirationDate":"2027-01-01"`, "2 s4 Shared link"},
		{"folder/81", Link{Internal: true, Title: "T"}, `"access":5`, "2 s1 T internal"},
		{"folder/81", Link{Internal: true}, `"access":5,"internal":true`, "5 s1 Shared link internal"},
	} {
		test.link.ID, test.link.Entry = mocktest.LinkID, test.entry
		s := newServer(t, WithPortal(tree(func(p *Portal) { p.Links = []Link{test.link} })), WithClock(mocktest.NewClock().Now))
		key := s.State().Links[0].Key
		got := linkOf(t, mocktest.Send(s, "PUT", linksPath(test.entry), `{"linkId":"`+mocktest.LinkID+`",`+test.body+`}`, as(s, RoleOwner)...))
		if described := described(got); described != test.want {
			t.Errorf("%s %s: got %s, want %s", test.entry, test.body, described, test.want)
		}
		if links := s.State().Links; len(links) != 1 || links[0].Key != key {
			t.Errorf("%s %s: the portal has %+v", test.entry, test.body, links)
		}
	}
}

// A revoked link is gone. The primary link of a public room and of a form room comes back with another key, but in the reference.
func TestRevokedLinks(t *testing.T) {
	for _, test := range []struct {
		entry           string
		link            Link
		body            string
		back            string // "" is gone
		token, recalled bool   // the answer has the key; profile documented remembers
	}{
		{"room/5", Link{}, `"linkType":1,"access":0`, "", false, false},
		{"room/5", Link{Primary: true}, `"linkType":1`, "", false, true},
		{"room/5", Link{Invitation: true}, `"access":0`, "", false, false},
		{"room/6", Link{Primary: true, Password: rightPW, Title: "T"}, `"linkType":1`, "2 s4 Shared link", false, true},
		{"room/6", Link{Primary: true}, `"linkType":0`, "", false, true},
		{"room/6", Link{}, `"linkType":1`, "", false, false},
		{"file/61", Link{Primary: true}, `"access":0`, "2 s4 Shared link", true, true},
		{"folder/61", Link{Primary: true}, `"access":0`, "2 s4 Shared link", false, true},
		{"room/1", Link{Primary: true, Access: accessFillForms}, `"linkType":1`, "7 s4 Link to fill out", false, true},
		{"file/71", Link{Primary: true}, `"access":0`, "", false, true},
	} {
		for _, profile := range []string{ProfileV372, ProfileDocumented} {
			if profile == ProfileDocumented && test.entry == "room/1" {
				continue // has no links there
			}
			test.link.ID, test.link.Entry = mocktest.LinkID, test.entry
			s := newServer(t, WithPortal(tree(func(p *Portal) { p.Links = []Link{test.link} })), WithProfile(profile))
			key := s.State().Links[0].Key
			w := mocktest.Send(s, "PUT", linksPath(test.entry), `{"linkId":"`+mocktest.LinkID+`",`+test.body+`}`, as(s, RoleOwner)...)
			got, links := linkOf(t, w), s.State().Links
			if back := profile != ProfileDocumented && test.back != ""; !back && (len(links) != 0 || got.SharedLink.ID != "") {
				t.Errorf("%s: %s %s: got %s", profile, test.entry, test.body, w.Body)
			} else if back && (len(links) != 1 || links[0].Key == key || described(got) != test.back || (got.SharedLink.RequestToken != "") != test.token) {
				t.Errorf("%s: %s %s: got %s, want %s", profile, test.entry, test.body, w.Body, test.back)
			}
			recalls, _ := s.Entry(test.entry)
			if recalls.PrimaryRevoked != (test.recalled && profile == ProfileDocumented) {
				t.Errorf("%s: %s %s: primaryRevoked is %t", profile, test.entry, test.body, recalls.PrimaryRevoked)
			}
			if recalls.PrimaryRevoked {
				if w := mocktest.Send(s, "GET", linkPath(test.entry), "", as(s, RoleOwner)...); w.Code != http.StatusNotFound {
					t.Errorf("%s: the primary link is made again: %d %s", test.entry, w.Code, w.Body)
				}
			}
		}
	}
}

// recorded: VL142 to VL154
func TestGoodPassword(t *testing.T) {
	for password, good := range map[string]bool{
		"1234567": false, "12345678": true, strings.Repeat("~", 30): true, strings.Repeat("~", 31): false, "with blank": false, "passwörter": false, "tab\tulator": false, "😀😀😀😀": false,
	} {
		if got := goodPassword(password); got != good {
			t.Errorf("%q: got %t", password, got)
		}
	}
}
