package mockserver

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

const (
	ok, invalid, expired, required, wrong = api.ExternalShareStatusOk, api.ExternalShareStatusInvalid, api.ExternalShareStatusExpired,
		api.ExternalShareStatusRequiredPassword, api.ExternalShareStatusInvalidPassword
)

// visit is somebody who uses a link of some portal.
type visit struct {
	portal   Portal
	role     Role // "" is anonymous
	password string
}

// anyVisit is a visit of any kind. The link of the portal is "key", and leads to the entry "20" or to nothing.
func anyVisit(t *rapid.T) visit {
	settings := rapid.SampledFrom(allSettings()).Draw(t, "settings")
	p := DefaultPortal()
	p.Settings, p.TenantID = &settings, 7
	p.Entries = append(p.Entries, Entry{
		ID: "20", Title: "Contracts", CreatedBy: "owner@example.com", Members: []Member{{User: "user@example.com"}},
		Type:    rapid.SampledFrom([]EntryType{EntryRoom, EntryFolder, EntryFile}).Draw(t, "type"),
		Section: rapid.SampledFrom([]Section{SectionRooms, SectionDocuments, SectionTrash, SectionArchive}).Draw(t, "section"),
	})
	p.Links = []Link{{
		Key: "key", ID: mocktest.LinkID, Entry: rapid.SampledFrom([]string{"20", "20", "20", "99"}).Draw(t, "entry"),
		Password: rapid.SampledFrom([]string{"", rightPW, rightPW}).Draw(t, "password"), Internal: rapid.IntRange(0, 3).Draw(t, "internal") == 0,
	}}
	if rapid.IntRange(0, 5).Draw(t, "expired") == 0 {
		p.Links[0].Expires = mocktest.NewClock().Now().Add(-time.Second)
	}
	return visit{
		portal: p, role: rapid.SampledFrom([]Role{"", "", RoleOwner, RoleDocSpaceAdmin, RoleUser, RoleGuest}).Draw(t, "role"),
		password: rapid.SampledFrom([]string{"", rightPW, "wrong"}).Draw(t, "posted"),
	}
}

// The contract suite has the answers one by one. Here is what holds for all of them: no answer tells more than its status allows, and
// nobody changes a link but the owner and administrators where the profile lets them.
func TestEveryUseOfALink(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := anyVisit(t)
		answers := map[string]api.ExternalShareDto{}
		for _, profile := range ProfileNames() {
			s, err := New(WithPortal(v.portal), WithProfile(profile), WithClock(mocktest.NewClock().Now))
			if err != nil {
				t.Fatal(err)
			}
			before := s.State()
			var headers []string
			if v.role != "" {
				headers = as(s, v.role)
			}
			w := mocktest.Send(s, "POST", mocktest.PasswordPath("key"), mocktest.PasswordBody(v.password), headers...)
			var wrapper struct{ Response api.ExternalShareDto }
			if err := json.Unmarshal(w.Body.Bytes(), &wrapper); err != nil || w.Code != 200 {
				t.Fatalf("got %d %s", w.Code, w.Body)
			}
			got := wrapper.Response
			answers[profile] = got

			entry := got.ID != nil && got.Title != nil && got.Type != nil
			described := got.LinkID != uuid.UUID{}
			switch {
			case entry != (got.ID != nil), entry != (got.Title != nil), described != (got.TenantID != 0):
				t.Fatalf("half of something: %+v", got)
			case described && (!entry || got.Status != ok), got.Shared && (!described || v.role == ""), got.IsRoomMember && (!entry || v.role == ""):
				t.Fatalf("the answer describes the link: %+v", got)
			case entry && (got.Status == wrong || got.Status == expired):
				t.Fatalf("the answer describes the entry: %+v", got)
			case got.IsAuthenticated != (v.role != ""):
				t.Fatalf("somebody else: %+v", got)
			}

			admin := v.role == RoleOwner || v.role == RoleDocSpaceAdmin
			link, sets := before.Links[0], admin && profile == ProfileDocumented && v.password != ""
			switch {
			case described && link.Password != "" && v.password != link.Password && !sets:
				t.Fatalf("%s: the link opens without its password: %+v", profile, got)
			case described && (link.Internal && v.role == "" || !link.Expires.IsZero()):
				t.Fatalf("%s: the link opens although it is internal or has expired: %+v", profile, got)
			}
			after := s.State()
			changed := after.Links[0].Password != link.Password
			if changed && (!sets || after.Links[0].Password != v.password || got.Status != ok) {
				t.Fatalf("%s: the password of the link has become %q", profile, after.Links[0].Password)
			}
			if after.Links[0].Password = link.Password; !reflect.DeepEqual(after, before) {
				t.Fatalf("the portal has become %+v", after)
			}

			// A visitor who came in once comes in again with the cookies alone.
			cookies := w.Result().Cookies()
			if got.Status == ok && v.password != "" && len(cookies) > 0 {
				again := append(slices.Clone(headers), "Cookie", "")
				for _, c := range cookies {
					again[len(again)-1] += c.Name + "=" + c.Value + "; "
				}
				w := mocktest.Send(s, "POST", mocktest.PasswordPath("key"), `{}`, again...)
				if err := json.Unmarshal(w.Body.Bytes(), &wrapper); err != nil || wrapper.Response.Status != ok || len(w.Result().Cookies()) > 0 {
					t.Fatalf("again: got %s, %v", w.Body, w.Result().Cookies())
				}
			}
			if got.Status == wrong && len(cookies) > 0 || got.Status == required && len(cookies) > 0 {
				t.Fatalf("status %d sets %v", got.Status, cookies)
			}
		}
		differ := !reflect.DeepEqual(answers[ProfileDocumented], answers[ProfileV372])
		if admin := v.role == RoleOwner || v.role == RoleDocSpaceAdmin; differ && (!admin || v.password == "") {
			t.Fatalf("the profiles differ: %+v", answers)
		}
	})
}

// The answer is written by hand, as encoding/json writes it.
func TestAppendShare(t *testing.T) {
	text, file, number, no, yes := `a "quoted" <title> é`, api.FileEntryTypeFile, int32(2), false, true
	for _, share := range []api.ExternalShareDto{
		{},
		{Status: api.ExternalShareStatusInvalidPassword, IsAuthenticated: true},
		{ID: &text, Title: &text, Type: &file, TenantID: -1, Shared: true, LinkID: uuid.MustParse(mocktest.LinkID), IsRoomMember: true},
		{EntityID: &text, EntityTitle: &text, EntityType: &number, IsRoom: &no},
		{IsRoom: &yes},
		filledShare(t),
	} {
		if got, want := string(appendShare(nil, share)), string(dotnet.AppendJSON(nil, share)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// filledShare is an answer in which every property has a value, so that a new one of the contract is not forgotten.
func filledShare(t *testing.T) (d api.ExternalShareDto) {
	t.Helper()
	fields := reflect.ValueOf(&d).Elem()
	for i := range fields.NumField() {
		if field := fields.Field(i); field.Kind() == reflect.Pointer {
			field.Set(reflect.New(field.Type().Elem()))
		}
	}
	return d
}
