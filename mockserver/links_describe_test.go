package mockserver

import (
	"net/http"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// What is null is left out, and what is false is not (recorded: VL001, VL181).
func TestDescribedLink(t *testing.T) {
	s := newServer(t, WithPortal(tree(func(p *Portal) {
		p.Links = []Link{
			{ID: mocktest.LinkID, Key: "key", Entry: "room/5", Primary: true},
			{ID: "aaaaaaaa-0000-4000-8000-000000000000", Key: "invitation", Entry: "room/5", Invitation: true, Access: 9, MaxUses: 3},
		}
	})))
	const link = `{"id":"3fa85f64-5717-4562-b3fc-2c963f66afa6","title":"Shared link","shareLink":"SHORT","linkType":1,"denyDownload":false,"isExpired":false,"primary":true,"internal":false,"requestToken":"key"}`
	const invitation = `{"id":"aaaaaaaa-0000-4000-8000-000000000000","title":"Invitation link","shareLink":"SHORT","linkType":0,"denyDownload":false,"isExpired":false,"primary":false,"internal":false,"maxUseCount":3,"currentUseCount":0}`
	const flags = `"isLocked":false,"isOwner":false,"canEditAccess":false,"canEditInternal":true,"canEditDenyDownload":true,"canEditExpirationDate":true,"canRevoke":false,"subjectType":`
	for kind, want := range map[string]string{
		"1": `[{"access":2,"sharedTo":` + link + `,"sharedLink":` + link + `,` + flags + `4}]`,
		"0": `[{"access":9,"sharedTo":` + invitation + `,"sharedLink":` + invitation + `,` + flags + `3}]`,
	} {
		got := response(t, mocktest.Send(s, "GET", linksPath("room/5")+"?type="+kind, "", as(s, RoleOwner)...))
		if got = shortLinks.ReplaceAllString(got, "SHORT"); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// What may be edited depends on the kind of the room, and on the caller (recorded: VL001, VL022, VL043, VL106, VL260).
func TestEditableLinks(t *testing.T) {
	s := newServer(t, WithPortal(tree())).era().state.Load()
	documented, _ := profileByName(ProfileDocumented)
	k := linkCall{call: &call{state: s, request: &http.Request{}}}
	for _, test := range []struct {
		entry                    string
		primary, mayEdit         bool
		internal, expires        bool
		revoke, revokeDocumented bool
	}{
		{"room/5", true, true, true, true, false, true},
		{"room/5", false, true, true, true, false, true},
		{"room/5", true, false, false, false, false, false},
		{"room/6", true, true, false, false, true, true},
		{"room/6", false, true, false, true, false, true},
		{"folder/61", true, true, false, true, true, true},
		{"room/1", true, true, true, false, true, true},
		{"file/12", true, true, true, false, true, true},
		{"file/81", false, true, false, true, false, true},
		{"file/71", true, true, true, true, false, true},
	} {
		link, place := &Link{Primary: test.primary, Password: rightPW}, s.placeOf(s.entries.find(test.entry))
		got, theirs := k.describeLink(s.profile, link, place, test.mayEdit), k.describeLink(documented, link, place, test.mayEdit)
		if got.CanEditInternal != test.internal || got.CanEditExpirationDate != test.expires || !got.CanEditDenyDownload || got.CanRevoke != test.revoke || theirs.CanRevoke != test.revokeDocumented {
			t.Errorf("%+v: got %+v, documented %+v", test, got, theirs)
		}
		if got.SharedLink.Password != rightPW || theirs.SharedLink.Password != "" {
			t.Errorf("%+v: passwords %q, documented %q", test, got.SharedLink.Password, theirs.SharedLink.Password)
		}
	}
}

// The short address is at the portal's host, and another one for each link.
func TestShortAddress(t *testing.T) {
	for _, test := range []struct{ address, base, want string }{
		{"http://portal.example", "localhost", "http://portal.example/s/"},
		{"http://127.0.0.1:8080", "", "http://127.0.0.1:8080/s/"},
		{"http://127.0.0.1:8080", "localhost", "http://localhost:8080/s/"},
		{"https://[::1]", "localhost", "https://localhost/s/"},
	} {
		k := linkCall{call: &call{state: newState(DefaultPortal()), address: test.address, cookiePath: "/"}}
		k.state.portal.BaseDomain = test.base
		got, other := k.shortAddress(&Link{Key: "a"}), k.shortAddress(&Link{Key: "b"})
		if !strings.HasPrefix(got, test.want) || len(got) != len(test.want)+15 || got == other {
			t.Errorf("%s, %s: got %s and %s", test.address, test.base, got, other)
		}
	}
}
