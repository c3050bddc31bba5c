package mockserver

import (
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
