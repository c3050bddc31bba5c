package mockserver

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestPortalErrors(t *testing.T) {
	long := strings.Repeat("x", 256)
	user := func(change func(*User)) func(*Portal) {
		return func(p *Portal) { change(&p.Users[1]) }
	}
	key := func(change func(*APIKey)) func(*Portal) {
		return func(p *Portal) { change(&p.APIKeys[0]) }
	}
	link := func(change func(*Link)) func(*Portal) {
		return func(p *Portal) { change(&p.Links[0]) }
	}
	entry := func(change func(*Entry)) func(*Portal) {
		return func(p *Portal) { change(&p.Entries[0]) }
	}
	tests := []struct {
		path, message string
		change        func(*Portal)
	}{
		{"profile", "use documented, v3.7.2, v3.8 or next", func(p *Portal) { p.Profile = "v9" }},
		{"tenantId", "1 or more", func(p *Portal) { p.TenantID = -1 }},
		{"users[1].id", "not a GUID", user(func(u *User) { u.ID = "x" })},
		{"users[1].id", "not a GUID", user(func(u *User) { u.ID = "{" + ownerID + "}" })},
		{"users[1].id", "the same as users[0].id", user(func(u *User) { u.ID = strings.ToUpper(ownerID) })},
		{"users[1].email", "is missing", user(func(u *User) { u.Email = "" })},
		{"users[1].email", "256 characters", user(func(u *User) { u.Email = long })},
		{"users[1].email", "colon", user(func(u *User) { u.Email = "a:b" })},
		{"users[1].email", "the same as users[0].email", user(func(u *User) { u.Email = "OWNER@EXAMPLE.COM" })},
		{"users[1].role", "must be one of owner, docSpaceAdmin", user(func(u *User) { u.Role = "root" })},
		{"users[1].role", "must be one of", user(func(u *User) { u.Role = "" })},
		{"users[1].tokens[1]", "is missing", user(func(u *User) { u.Tokens = []string{"a", ""} })},
		{"users[1].tokens[0]", "control characters", user(func(u *User) { u.Tokens = []string{"a\nb"} })},
		{"users[1].tokens[0]", "blank", user(func(u *User) { u.Tokens = []string{" a"} })},
		{"users[1].tokens[0]", "UTF-8", user(func(u *User) { u.Tokens = []string{"\xff"} })},
		{"users[1].tokens[0]", "the same as users[0].tokens[0]", user(func(u *User) { u.Tokens = []string{"YOUR_API_KEY"} })},
		{"apiKeys[0].key", "is missing", key(func(k *APIKey) { k.Key = "" })},
		{"apiKeys[0].key", "sk-", key(func(k *APIKey) { k.Key = "key" })},
		{"apiKeys[0].key", "nothing after sk-", key(func(k *APIKey) { k.Key = "sk-" })},
		{"apiKeys[1].key", "the same as apiKeys[0].key", func(p *Portal) { p.APIKeys[1].Key = p.APIKeys[0].Key }},
		{"apiKeys[0].user", "no user has", key(func(k *APIKey) { k.User = "nobody@example.com" })},
		{"apiKeys[0].permissions[0]", "is missing", key(func(k *APIKey) { k.Permissions = []string{""} })},
		{"entries[0].id", "is missing", entry(func(e *Entry) { e.ID = "" })},
		{"entries[0].id", "segment", entry(func(e *Entry) { e.ID = "." })},
		{"entries[0].id", "segment", entry(func(e *Entry) { e.ID = ".." })},
		{"entries[1].id", "the same as entries[0].id", func(p *Portal) { p.Entries = append(p.Entries, p.Entries[0]) }},
		{"entries[0].type", "room, folder, file", entry(func(e *Entry) { e.Type = "disk" })},
		{"entries[0].section", "must be one of", entry(func(e *Entry) { e.Section = "attic" })},
		{"entries[0].createdBy", "no user has", entry(func(e *Entry) { e.CreatedBy = "nobody@example.com" })},
		{"entries[0].members[0]", "no user has", entry(func(e *Entry) { e.Members = []Member{{User: "nobody@example.com"}} })},
		{"entries[0].members[0].access", "must be one of 1, 2, 3", entry(func(e *Entry) { e.Members[0].Access = 12 })},
		{"entries[0].roomType", "must be one of 1, 2, 5, 6, 8, 9, not 3", entry(func(e *Entry) { e.RoomType = 3 })},
		{"entries[1].roomType", "only a room", func(p *Portal) { p.Entries = append(p.Entries, Entry{ID: "1", Type: EntryFile, RoomType: 5}) }},
		{"entries[0].parent", "a room is in nothing", entry(func(e *Entry) { e.Parent = ParentMy })},
		{"entries[1].parent", "has nothing inside", func(p *Portal) {
			p.Entries = append(p.Entries, Entry{ID: "1", Type: EntryFile, Parent: "file/2"}, Entry{ID: "2", Type: EntryFile})
		}},
		{"entries[1].parent", "names a folder, but 10 is a room", func(p *Portal) { p.Entries = append(p.Entries, Entry{ID: "1", Type: EntryFile, Parent: "folder/10"}) }},
		{"entries[1].section", "the parent room/10 is in rooms", func(p *Portal) {
			p.Entries = append(p.Entries, Entry{ID: "1", Type: EntryFile, Parent: "room/10", Section: SectionDocuments})
		}},
		{"links[0].access", "must be one of 2, 5, 6, 7, 10, not 1", link(func(l *Link) { l.Access = 1 })},
		{"links[0].access", "must be one of 2, 5, 6, 7, 9, 10, 11, not 1", link(func(l *Link) { l.Invitation, l.Access = true, 1 })},
		{"links[0].maxUses", "only an invitation", link(func(l *Link) { l.MaxUses = 1 })},
		{"links[0].maxUses", "between 1 and 1000, not 1001", link(func(l *Link) { l.Invitation, l.MaxUses = true, 1001 })},
		{"links[0].primary", "never the primary link", link(func(l *Link) { l.Invitation, l.Primary = true, true })},
		{"links[0].invitation", "only a room", func(p *Portal) {
			p.Entries = append(p.Entries, Entry{ID: "1", Type: EntryFile})
			p.Links[0].Invitation, p.Links[0].Entry = true, "1"
		}},
		{"links[0].entry", `"10" can be a room and a file: write room/10 or file/10`, func(p *Portal) { p.Entries = append(p.Entries, Entry{ID: "10", Type: EntryFile}) }},
		{"docDbKey", "256 characters", func(p *Portal) { p.DocDBKey = long }},
		{"baseDomain", "without a scheme", func(p *Portal) { p.BaseDomain = "http://localhost" }},
		{"sameSite", "None, Lax, Strict", func(p *Portal) { p.SameSite = &long }},
		{"baseDomain", "control characters", func(p *Portal) { p.BaseDomain = "a\nb" }},
		{"baseDomain", "dot before it", func(p *Portal) { p.BaseDomain = ".localhost" }},
		{"baseDomain", "such as localhost", func(p *Portal) { p.BaseDomain = "localhost; httponly" }},
		{"identity.issuer", "is missing", func(p *Portal) { p.Identity = &Identity{Audience: "a", JWKS: []byte(`{"keys":[{}]}`)} }},
		{"identity.jwks", "Key Set", func(p *Portal) { p.Identity = &Identity{Issuer: "i", Audience: "a", JWKS: []byte(`{"keys":[]}`)} }},
		{"links[0].id", "not a GUID", link(func(l *Link) { l.ID = "1" })},
		{"links[0].key", "256 characters", link(func(l *Link) { l.Key = long })},
		{"links[0].key", "segment", link(func(l *Link) { l.Key = ".." })},
		{"links[0].key", "segment", link(func(l *Link) { l.Key = "a\x00b" })},
		{"links[0].key", "segment", link(func(l *Link) { l.Key = "\u00a0 " })},
		{"links[0].key", "UTF-8", link(func(l *Link) { l.Key = "\xff" })},
		{"links[1].key", "the same as links[0].key", func(p *Portal) { p.Links = append(p.Links, Link{Key: p.Links[0].Key}) }},
		{"links[0].entry", "no entries", func(p *Portal) { p.Entries, p.Links[0].Entry = []Entry{}, "" }},
		{"limits.passwordAttempts.count", "between 1 and 9999", func(p *Portal) { p.Limits.PasswordAttempts.Count = 10_000 }},
		{"limits.passwordAttempts.window", "between 1s", func(p *Portal) { p.Limits.PasswordAttempts.Window = time.Millisecond }},
		{"limits.passwordAttempts.block", "9999s", func(p *Portal) { p.Limits.PasswordAttempts.Block = 10_000 * time.Second }},
		{"limits.rateLimit.perMinute", "between 1", func(p *Portal) { p.Limits.RateLimit.PerMinute = -1 }},
		{"limits.rateLimit.concurrentReads", "between 1", func(p *Portal) { p.Limits.RateLimit.ConcurrentReads = -1 }},
		{"limits.rateLimit.concurrentWrites", "between 1", func(p *Portal) { p.Limits.RateLimit.ConcurrentWrites = -1 }},
		{"limits.rateLimit.writesPerDay", "between 1", func(p *Portal) { p.Limits.RateLimit.WritesPerDay = -1 }},
	}
	for _, test := range tests {
		p := DefaultPortal()
		p.Entries = p.Entries[:1]
		test.change(&p)
		_, err := New(WithPortal(p))
		var mistake *PortalError
		if !errors.As(err, &mistake) || mistake.Path != test.path || !strings.Contains(mistake.Message, test.message) {
			t.Errorf("%s: got %v, want %q in it", test.path, err, test.message)
			continue
		}
		if strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), test.path) {
			t.Errorf("%s: the error reads %q", test.path, err)
		}
	}
}

// Every text, number and time of a portal is checked, and a mistake is told at its own place.
func TestEveryValueOfAPortalIsChecked(t *testing.T) {
	whole := func() Portal {
		settings, sameSite := FreshSettings(), "Lax"
		return Portal{
			Profile: ProfileV372, TenantID: 2, DocDBKey: "key", BaseDomain: "localhost", SameSite: &sameSite, PasswordSalt: "salt", LoginEvents: 1, Settings: &settings,
			Identity: &Identity{Issuer: "i", Audience: "a", JWKS: []byte(`{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}`)},
			Users:    []User{{ID: ownerID, Email: "owner@example.com", Role: RoleOwner, FirstName: "F", LastName: "L", Password: "p", Tokens: []string{"t"}, Culture: "de"}},
			Sessions: []Session{{Token: "s", User: "owner@example.com", LoginEventID: 1}},
			APIKeys:  []APIKey{{Key: "sk-k", User: "owner@example.com", Permissions: []string{"files:read"}}},
			Entries: []Entry{
				{ID: "2", Title: "T", Type: EntryFolder, Parent: "room/1", Section: SectionRooms, CreatedBy: "owner@example.com"},
				{ID: "1", Title: "R", Type: EntryRoom, RoomType: 5, Section: SectionRooms, Members: []Member{{User: "owner@example.com", Access: 2}}},
			},
			Links:  []Link{{Key: "k", ID: mocktest.LinkID, Entry: "room/1", Password: "p", Title: "T", Access: 2, MaxUses: 1, Invitation: true}},
			Limits: Limits{PasswordAttempts: PasswordAttempts{5, time.Minute, time.Minute}, RateLimit: RateLimit{PerMinute: 1, ConcurrentReads: 1, ConcurrentWrites: 1, WritesPerDay: 1}},
		}
	}
	if _, err := New(WithPortal(whole())); err != nil {
		t.Fatal(err)
	}
	for i := 0; ; i++ {
		p, n, place := whole(), i, ""
		eachValue(reflect.ValueOf(&p).Elem(), "", func(v reflect.Value, at string) {
			if n--; n != -1 {
				return
			}
			place = at
			switch {
			case v.Type() == reflect.TypeFor[time.Time]():
				v.Set(reflect.ValueOf(time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)))
			case v.Kind() == reflect.String:
				v.SetString(strings.Repeat("x", 256))
			default:
				v.SetInt(-1)
			}
		})
		if place == "" {
			if i < 50 {
				t.Errorf("there are %d values only", i)
			}
			return
		}
		place = regexp.MustCompile(`(members\[\d\])\.user$`).ReplaceAllString(place, "$1") // an address can stand alone there
		_, err := New(WithPortal(p))
		var mistake *PortalError
		if !errors.As(err, &mistake) || mistake.Path != place {
			t.Errorf("%s: got %v", place, err)
		}
	}
}

// eachValue visits the texts, numbers and times in a value, with their places.
func eachValue(v reflect.Value, at string, visit func(v reflect.Value, at string)) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time](), v.Kind() == reflect.String, v.CanInt():
		visit(v, at)
	case v.Kind() == reflect.Pointer && !v.IsNil():
		eachValue(v.Elem(), at, visit)
	case v.Kind() == reflect.Slice && v.Type() != reflect.TypeFor[json.RawMessage]():
		for i := range v.Len() {
			eachValue(v.Index(i), fmt.Sprintf("%s[%d]", at, i), visit)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			eachValue(v.Field(i), strings.TrimPrefix(at+"."+name, "."), visit)
		}
	}
}

// A mistake in a secret is reported without the secret.
func TestPortalErrorsDoNotRepeatSecrets(t *testing.T) {
	const planted = "PLANTED\x01"
	for name, change := range map[string]func(*Portal){
		"token":   func(p *Portal) { p.Users[0].Tokens = []string{planted} },
		"API key": func(p *Portal) { p.APIKeys[0].Key = planted },
		"link":    func(p *Portal) { p.Links = []Link{{Key: planted}, {Key: planted}} },
	} {
		p := DefaultPortal()
		change(&p)
		if _, err := New(WithPortal(p)); err == nil || strings.Contains(err.Error(), "PLANTED") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStateCanBeGivenAgain(t *testing.T) {
	first := newServer(t, WithPortal(authPortal())).State()
	if again := newServer(t, WithPortal(first)).State(); !reflect.DeepEqual(again, first) {
		t.Errorf("got %+v\nwant %+v", again, first)
	}
}
