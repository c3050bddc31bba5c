package mockserver

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

const (
	ok, invalid, expired, required, wrong, denied = api.ExternalShareStatusOk, api.ExternalShareStatusInvalid, api.ExternalShareStatusExpired,
		api.ExternalShareStatusRequiredPassword, api.ExternalShareStatusInvalidPassword, api.ExternalShareStatusExternalAccessDenied
)

func in(section Section) func(*Portal) {
	return func(p *Portal) { p.Entries[1].Section = section }
}

func restricted(change ...func(*Settings)) func(*Portal) {
	return func(p *Portal) {
		settings := FreshSettings().setExternalShare(false)
		for _, c := range change {
			c(&settings)
		}
		p.Settings = &settings
	}
}

func link(change func(*Link)) func(*Portal) { return func(p *Portal) { change(&p.Links[0]) } }

var (
	noPassword = link(func(l *Link) { l.Password = "" })
	internal   = link(func(l *Link) { l.Internal = true })
	toRoom     = link(func(l *Link) { l.Entry = "10" })
	toNothing  = link(func(l *Link) { l.Entry = "99" })
	longAgo    = link(func(l *Link) { l.Expires = mocktest.NewClock().Now().Add(-time.Second) })
	later      = link(func(l *Link) { l.Expires = mocktest.NewClock().Now().Add(time.Second) })
)

// ExternalShare.cs and ExternalLinkHelper.cs: the first condition that holds wins.
func TestDecisionOrder(t *testing.T) {
	const right, none = rightPW, ""
	const known, unknown, described = "known", "unknown", "described" // what is told: the entry, nothing, entry and link
	type changes = []func(*Portal)
	tests := []struct {
		name     string
		changes  changes
		key      string
		role     Role // "" is anonymous
		password string
		status   api.ExternalShareStatus
		told     string
	}{
		{"1 unknown key", nil, "nope", "", right, invalid, unknown},
		{"1 another case", nil, "PROTECTED", "", right, invalid, unknown},
		{"1 unknown key, signed in", nil, "nope", RoleOwner, "", invalid, unknown},
		{"2 expired", changes{longAgo}, "", "", right, expired, unknown},
		{"2 expired before internal", changes{longAgo, internal}, "", "", right, expired, unknown},
		{"2 expired, no entry", changes{longAgo, toNothing}, "", "", right, expired, unknown},
		{"2 not yet expired", changes{later}, "", "", right, ok, described},
		{"3 internal, anonymous", changes{internal}, "", "", right, denied, unknown},
		{"3 internal without password", changes{internal, noPassword}, "", "", none, denied, unknown},
		{"3 internal, signed in", changes{internal}, "", RoleGuest, right, ok, described},
		{"3 internal, signed in, wrong", changes{internal}, "", RoleGuest, "x", wrong, unknown},
		{"4 no password, one posted", changes{noPassword}, "", "", "x", ok, described},
		{"4 no password, none posted", changes{noPassword}, "", "", none, ok, described},
		{"6 none posted", nil, "", "", none, required, known},
		{"7 right", nil, "", "", right, ok, described},
		{"8 wrong", nil, "", "", "x", wrong, unknown},
		{"8 wrong case", nil, "", "", strings.ToUpper(right), wrong, unknown},
		{"8 not trimmed", nil, "", "", right + " ", wrong, unknown},
		{"8 before the entry is looked at", changes{toNothing}, "", "", "x", wrong, unknown},
		{"9a entry gone", changes{toNothing}, "", "", right, invalid, unknown},
		{"9a entry gone, none posted", changes{toNothing}, "", "", none, invalid, unknown},
		{"9b trash", changes{in(SectionTrash)}, "", "", right, invalid, known},
		{"9b archive, none posted", changes{in(SectionArchive)}, "", "", none, invalid, known},
		{"9b trash before restriction", changes{in(SectionTrash), restricted()}, "", "", right, invalid, known},
		{"9c restricted", changes{restricted()}, "", "", right, denied, known},
		{"9c restricted, wrong", changes{restricted()}, "", "", "x", wrong, unknown},
		{"9c restricted, none posted", changes{restricted()}, "", "", none, required, known},
		{"9c restricted, no password", changes{restricted(), noPassword}, "", "", none, denied, known},
		{"9c restricted, signed in", changes{restricted()}, "", RoleGuest, right, ok, described},
		{"9c restricted, room", changes{restricted(), toRoom}, "", "", right, denied, known},
		{"9c existing links stay", changes{restricted(func(s *Settings) { s.BlockExistingLinksOnRestrict = false })}, "", "", right, ok, described},
		{"9c not for documents", changes{restricted(func(s *Settings) { s.ExternalShareApplyToDocuments = false })}, "", "", right, ok, described},
		{"9c rooms only concern rooms", changes{toRoom, restricted(func(s *Settings) { s.ExternalShareApplyToDocuments = false })}, "", "", right, denied, known},
		{"9c not for rooms", changes{toRoom, restricted(func(s *Settings) { s.ExternalShareApplyToRooms = false })}, "", "", right, ok, described},
		{"9d member of the room", changes{toRoom}, "", RoleUser, none, ok, known},
		{"9d creator of the room", changes{toRoom}, "", RoleOwner, none, ok, known},
		{"9d no member of the room", changes{toRoom}, "", RoleGuest, none, required, known},
		{"9d anonymous", changes{toRoom}, "", "", none, required, known},
		{"9d wrong password of a member", changes{toRoom}, "", RoleUser, "x", wrong, unknown},
		{"9e a folder of one's own", nil, "", RoleOwner, none, required, known},
		{"9f signed in", nil, "", RoleUser, right, ok, described},
		{"9f member", changes{toRoom}, "", RoleUser, right, ok, described},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newServer(t, WithPortal(protected(append(test.changes, func(p *Portal) { p.TenantID = 7 })...)), WithClock(mocktest.NewClock().Now))
			key, headers := "protected", []string(nil)
			if test.key != "" {
				key = test.key
			}
			if test.role != "" {
				headers = as(s, test.role)
			}
			before := s.State()
			got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(key), passwordBody(test.password), headers...))
			if got.Status != test.status {
				t.Fatalf("status %d, want %d", got.Status, test.status)
			}
			if (got.ID != nil) != (test.told != unknown) || (got.Title != nil) != (got.ID != nil) || (got.Type != nil) != (got.ID != nil) {
				t.Errorf("entry told: %v %v %v, want %s", got.ID, got.Title, got.Type, test.told)
			}
			tenant, id := int32(0), "00000000-0000-0000-0000-000000000000"
			if test.told == described {
				tenant, id = 7, mocktest.LinkID
			}
			if got.TenantID != tenant || got.LinkID.String() != id {
				t.Errorf("tenant %d, link %s, want %d, %s", got.TenantID, got.LinkID, tenant, id)
			}
			if got.IsAuthenticated != (test.role != "") || got.Shared != (test.role != "" && test.told == described) {
				t.Errorf("authenticated %t, shared %t", got.IsAuthenticated, got.Shared)
			}
			room := before.Links[0].Entry == "10"
			if member := test.told == described && room && (test.role == RoleUser || test.role == RoleOwner); got.IsRoomMember != member {
				t.Errorf("isRoomMember %t, want %t", got.IsRoomMember, member)
			}
			if after := s.State(); after.Links[0] != before.Links[0] {
				t.Errorf("the call changed the link: %+v", after.Links[0])
			}
		})
	}
}

func TestShareBodies(t *testing.T) {
	for _, test := range []struct {
		name, entry, want string
		headers           []string
	}{
		{"file", "30", `{"status":0,"id":"30","title":"Offer.docx","type":2,"tenantId":1,"shared":false,"linkId":"` + mocktest.LinkID + `","isAuthenticated":false,"isRoomMember":false}`, nil},
		{"folder", "20", `{"status":0,"id":"20","title":"Contracts","type":1,"tenantId":1,"isRoom":false,"shared":false,"linkId":"` + mocktest.LinkID + `","isAuthenticated":false,"isRoomMember":false}`, nil},
		{"room", "10", `{"status":0,"id":"10","title":"Marketing","type":1,"tenantId":1,"isRoom":true,"shared":true,"linkId":"` + mocktest.LinkID + `","isAuthenticated":true,"isRoomMember":true}`,
			[]string{"Authorization", "YOUR_API_KEY"}},
		{"gone", "99", `{"status":1,"tenantId":0,"shared":false,"linkId":"00000000-0000-0000-0000-000000000000","isAuthenticated":false,"isRoomMember":false}`, nil},
	} {
		s := newServer(t, WithPortal(protected(link(func(l *Link) { l.Entry = test.entry }))))
		if got := response(t, mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(rightPW), test.headers...)); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// setCookies are the cookies of an answer in their order, as "name=" or "-name" for a deleted one.
func setCookies(w *httptest.ResponseRecorder) string {
	var names []string
	for _, c := range w.Result().Cookies() {
		if c.Value == "" && !c.Expires.IsZero() {
			names = append(names, "-"+c.Name)
			continue
		}
		names = append(names, c.Name+"=")
	}
	return strings.Join(names, " ")
}

func TestCookiesOfTheShare(t *testing.T) {
	const remember, session, cookie = "sharelink" + mocktest.LinkID + "=", sessionCookie + "=", "sharelink" + mocktest.LinkID
	tests := []struct {
		name     string
		changes  []func(*Portal)
		role     Role
		password string
		cookie   string // sent along
		want     string
	}{
		{"right, anonymous", nil, "", rightPW, "", remember + " " + session},
		{"right, with a session", nil, "", rightPW, sessionCookie + "=x", remember},
		{"right, signed in", nil, RoleUser, rightPW, "", remember},
		{"right, restricted", []func(*Portal){restricted()}, "", rightPW, "", remember},
		{"right, trash", []func(*Portal){in(SectionTrash)}, "", rightPW, "", remember},
		{"no password", []func(*Portal){noPassword}, "", "", "", session},
		{"no password, signed in", []func(*Portal){noPassword}, RoleUser, "", "", ""},
		{"none posted", nil, "", "", "", ""},
		{"wrong", nil, "", "x", "", ""},
		{"wrong, with a stale cookie", nil, "", "x", cookie + "=stale", "-" + cookie},
		{"wrong, with another link's cookie", nil, "", "x", "sharelink0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a01=stale", ""},
		{"none posted, with a stale cookie", nil, "", "", cookie + "=stale", ""},
		{"expired", []func(*Portal){longAgo}, "", rightPW, cookie + "=stale", ""},
	}
	for _, test := range tests {
		s := newServer(t, WithPortal(protected(test.changes...)), WithClock(mocktest.NewClock().Now))
		headers := []string{"Cookie", test.cookie}
		if test.role != "" {
			headers = append(headers, as(s, test.role)...)
		}
		w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(test.password), headers...)
		if got := setCookies(w); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestRememberedPassword(t *testing.T) {
	const cookie = "sharelink" + mocktest.LinkID
	s := newServer(t, WithPortal(protected()))
	first := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(rightPW)).Result().Cookies()
	key := first[0].Value
	token := s.secret.tokenWithPassword(mocktest.LinkID, key)
	other := secret("another portal")
	for _, test := range []struct {
		name, query string
		headers     []string
		want        api.ExternalShareStatus
	}{
		{"cookie", "", []string{"Cookie", cookie + "=" + key}, ok},
		{"header", "", []string{cookie, key}, ok},
		{"Request-Token", "", []string{"Request-Token", token}, ok},
		{"share in the query", "?share=" + token, nil, ok},
		{"cookie of another password", "", []string{"Cookie", cookie + "=" + s.secret.passwordKey("x")}, wrong},
		{"cookie of another portal", "", []string{"Cookie", cookie + "=" + other.passwordKey(rightPW)}, wrong},
		{"cookie with the plain password", "", []string{"Cookie", cookie + "=" + rightPW}, wrong},
		{"token of another link", "?share=" + s.secret.tokenWithPassword("0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a01", key), nil, wrong},
		{"token of another portal", "?share=" + other.tokenWithPassword(mocktest.LinkID, key), nil, wrong},
		{"nothing", "", nil, wrong},
	} {
		s.passwords.Store(newPasswordLimiter())
		w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected")+test.query, passwordBody("not the password"), test.headers...)
		if got := share(t, w); got.Status != test.want {
			t.Errorf("%s: status %d, want %d", test.name, got.Status, test.want)
		}
		if test.want == ok && strings.Contains(setCookies(w), cookie) {
			t.Errorf("%s: the password is remembered again: %s", test.name, setCookies(w))
		}
	}
}

// The longer form of a key brings the password along (ExternalShare.cs).
func TestKeysWithThePassword(t *testing.T) {
	s := newServer(t, WithPortal(protected()), WithProfile(ProfileDocumented))
	key := func(id, password string) string {
		return s.secret.tokenWithPassword(id, s.secret.passwordKey(password))
	}
	post := func(key, password string, headers ...string) api.ExternalShareStatus {
		return share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(key), passwordBody(password), headers...)).Status
	}
	for _, test := range []struct {
		name, key, password string
		want                api.ExternalShareStatus
	}{
		{"none posted", key(mocktest.LinkID, rightPW), "", ok},
		{"whatever is posted", key(mocktest.LinkID, rightPW), "x", ok},
		{"of another password", key(mocktest.LinkID, "old"), "", required},
		{"of another password, right posted", key(mocktest.LinkID, "old"), rightPW, ok},
		{"of another link", key("0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a01", rightPW), "", invalid},
		{"of another portal", secret("x").tokenWithPassword(mocktest.LinkID, secret("x").passwordKey(rightPW)), "", invalid},
	} {
		if got := post(test.key, test.password); got != test.want {
			t.Errorf("%s: status %d, want %d", test.name, got, test.want)
		}
	}
	if got := post(key(mocktest.LinkID, rightPW), "Another-one1", as(s, RoleOwner)...); got != ok || s.State().Links[0].Password != "Another-one1" {
		t.Errorf("set by the owner: status %d, password %q", got, s.State().Links[0].Password)
	}
	if got := post(key(mocktest.LinkID, rightPW), ""); got != required {
		t.Errorf("after the change: status %d, want 3", got)
	}
}

// A changed password makes what visitors remember worthless.
func TestDocumentedProfileSetsThePassword(t *testing.T) {
	const posted = "Another-one1"
	tests := []struct {
		name   string
		change func(*Portal)
		role   Role
		sets   bool
		status api.ExternalShareStatus
	}{
		{"owner", nil, RoleOwner, true, ok},
		{"administrator", nil, RoleDocSpaceAdmin, true, ok},
		{"user", nil, RoleUser, false, wrong},
		{"guest", nil, RoleGuest, false, wrong},
		{"anonymous", nil, "", false, wrong},
		{"a link without password", noPassword, RoleOwner, true, ok},
		{"a user, a link without password", noPassword, RoleUser, false, ok},
		{"an internal link", internal, RoleOwner, true, ok},
		{"in the trash", in(SectionTrash), RoleOwner, false, invalid},
		{"in the archive", in(SectionArchive), RoleOwner, false, invalid},
		{"entry gone", toNothing, RoleOwner, false, invalid},
		{"expired", longAgo, RoleOwner, false, expired},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			change := test.change
			if change == nil {
				change = func(*Portal) {}
			}
			s := newServer(t, WithPortal(protected(change)), WithProfile(ProfileDocumented), WithClock(mocktest.NewClock().Now))
			var headers []string
			if test.role != "" {
				headers = as(s, test.role)
			}
			before := s.State().Links[0].Password
			w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(posted), headers...)
			if got := share(t, w); got.Status != test.status {
				t.Errorf("status %d, want %d", got.Status, test.status)
			}
			want := before
			if test.sets {
				want = posted
			}
			if got := s.State().Links[0].Password; got != want {
				t.Errorf("the link has the password %q, want %q", got, want)
			}
			// A password that was not stored must not be remembered as if it fitted.
			if !test.sets && strings.Contains(setCookies(w), "sharelink"+mocktest.LinkID+"=") {
				t.Errorf("a password that is not the link's is remembered: %s", setCookies(w))
			}
		})
	}
}

func TestDocumentedProfileChecksTheNewPassword(t *testing.T) {
	s := newServer(t, WithPortal(protected()), WithProfile(ProfileDocumented))
	old := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(rightPW)).Result().Cookies()[0]
	mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody("Another-one1"), as(s, RoleOwner)...)
	for password, want := range map[string]api.ExternalShareStatus{"Another-one1": ok, rightPW: wrong, "": required} {
		if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(password), "Cookie", old.Name+"="+old.Value)); got.Status != want {
			t.Errorf("%q: status %d, want %d", password, got.Status, want)
		}
	}
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), `{}`, as(s, RoleOwner)...)); got.Status != required || s.State().Links[0].Password != "Another-one1" {
		t.Errorf("an empty password of the owner: status %d, password %q", got.Status, s.State().Links[0].Password)
	}
	s.Reset()
	if got := s.State().Links[0].Password; got != rightPW {
		t.Errorf("after Reset the password is %q", got)
	}
}

// A portal refuses a link password of more than 255 UTF-16 units, where one is set.
func TestLengthOfAPasswordThatIsSet(t *testing.T) {
	for _, test := range []struct {
		profile, password string
		want              int
	}{
		{ProfileDocumented, strings.Repeat("x", 255), 200},
		{ProfileDocumented, strings.Repeat("x", 256), 400},
		{ProfileDocumented, strings.Repeat("é", 255), 200},
		{ProfileDocumented, strings.Repeat("😀", 128), 400},
		{ProfileV372, strings.Repeat("x", 256), 200}, // where it is only compared
	} {
		s := newServer(t, WithPortal(protected()), WithProfile(test.profile))
		w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(test.password), as(s, RoleOwner)...)
		if w.Code != test.want || w.Code == 400 && !strings.Contains(w.Body.String(), `"Body: $.password: has 256 characters, the password of a link has at most 255"`) {
			t.Errorf("%s, %d bytes: %d %s", test.profile, len(test.password), w.Code, w.Body)
		}
		if got := s.State().Links[0].Password; got != rightPW && test.want == 400 {
			t.Errorf("it was set all the same")
		}
		if w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(test.password)); w.Code != 200 {
			t.Errorf("%s: from a visitor: %d", test.profile, w.Code)
		}
	}
}

// A password that is only checked takes no turn with changes of the portal.
func TestCheckingAPasswordWaitsForNoWriter(t *testing.T) {
	s := newServer(t, WithPortal(protected()))
	s.writing.Lock()
	defer s.writing.Unlock()
	for _, password := range []string{"wrong", rightPW, ""} {
		if w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(password)); w.Code != 200 {
			t.Errorf("%q: %d", password, w.Code)
		}
	}
}
