package mockserver

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// The example with every key that there is.
func TestReadPortalFile(t *testing.T) {
	got, err := ReadPortalFile("testdata/portal.yaml")
	if err != nil {
		t.Fatal(err)
	}
	settings, active, none := FreshSettings(), true, "None"
	want := Portal{
		Profile: ProfileDocumented, TenantID: 1,
		DocDBKey: "ee172eee-3cac-4131-8adf-36c0c24c0872", BaseDomain: "localhost", SameSite: &none,
		Identity: &Identity{Issuer: "https://portal.example/oauth2", Audience: "https://portal.example", JWKS: []byte(`{"keys":[{"e":"AQAB","kid":"one","kty":"RSA","n":"AQAB"}]}`)},
		Users: []User{
			{ID: ownerID, Email: "owner@example.com", Role: RoleOwner, Password: "Owner-pass-1", Tokens: []string{"YOUR_API_KEY"}},
			{Email: "user@example.com", Role: RoleUser, Culture: "de"},
		},
		APIKeys: []APIKey{{Key: "sk-" + strings.Repeat("0123456789abcdef", 4), User: "owner@example.com", Permissions: []string{"*"}, Expires: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Active: &active}},
		Entries: []Entry{
			{ID: "10", Title: "Marketing", Type: EntryRoom, Section: SectionRooms, RoomType: 5, CreatedBy: "owner@example.com", Members: []Member{{User: "owner@example.com"}, {User: "user@example.com", Access: 2}}},
			{ID: "14", Title: "Sub", Type: EntryFolder, Parent: "room/10", PrimaryRevoked: true},
			{ID: "10", Title: "note.txt", Type: EntryFile, Parent: "folder/14", Section: SectionTrash},
		},
		Links: []Link{
			{Key: "KEY_FROM_URL", ID: mocktest.LinkID, Entry: "room/10", Password: rightPW, Expires: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), Title: "For customers", Access: 7, Primary: true, DenyDownload: true},
			{Key: "invite", Entry: "room/10", Invitation: true, Access: 9, MaxUses: 5},
		},

		Settings: &settings, Limits: freshLimits(),
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if _, err := New(WithPortal(got)); err != nil {
		t.Error(err)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	folder := t.TempDir()
	big := filepath.Join(folder, "big.yaml")
	if err := os.WriteFile(big, []byte(strings.Repeat("#", MaxPortalText+1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{filepath.Join(folder, "gone.yaml"): "no such file", folder: "cannot be read", big: "larger than"} {
		_, err := ReadPortalFile(name)
		var mistake *FileError
		if !errors.As(err, &mistake) || mistake.Line != 0 || strings.Count(err.Error(), name) != 1 || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func FuzzPortalFile(f *testing.F) {
	example, err := os.ReadFile("testdata/portal.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{string(example), "", "users: []", "users: &a [*a]", "identity: {issuer: a, audience: b, jwks: {keys: [{a: &x 0x1, b: *x}]}}", "identity:\n  jwks:\n    ? a\n    : |\n      b", "entries: [{id: 1, type: folder, parent: 1}, {id: 1, type: file, members: [a, {user: owner@example.com}]}]\nlinks: [{entry: 1}]", "a: |\n  b", "? a\n: b", "links: [{key: '..'}]", "<<: *x", "users:\n- &u {email: a, role: user}\n- *u", "\"\\", "%YAML 9", "--- !!map", "tenantId: 0b1", "limits: {passwordAttempts: {window: 1h60s}}"} {
		f.Add(seed)
	}
	oneLine := regexp.MustCompile(`^p\.yaml:[1-9][0-9]*:[1-9][0-9]*: [^\r\n]+$`)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParsePortal("p.yaml", []byte(text))
		var mistake *FileError
		switch {
		case err == nil:
			if _, err := New(WithPortal(p)); err != nil {
				t.Fatalf("%q is read, but New says %v", text, err)
			}
		case !errors.As(err, &mistake) || !oneLine.MatchString(err.Error()):
			t.Fatalf("%q: %q is not one line with file, line and column", text, err)
		case mistake.Line > strings.Count(text, "\n")+strings.Count(text, "\r")+1:
			t.Fatalf("%q: line %d is not there", text, mistake.Line)
		}
	})
}

// The result of State is a portal file when it is written as JSON, and nothing gets lost on the way.
func TestPortalAsJSON(t *testing.T) {
	off, lax := false, "Lax"
	p := DefaultPortal()
	p.Profile, p.TenantID = ProfileV372, 7
	p.Users[3].Disabled = true
	p.APIKeys[1].Active, p.APIKeys[1].Expires, p.APIKeys[1].Permissions = &off, time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), []string{"files:read"}
	p.Entries[0].Section = SectionTrash
	p.Links = append(p.Links, Link{Key: "a/b \"ü\"", Entry: "10", Password: "pw: #1", Internal: true, Expires: time.Date(2030, 1, 2, 3, 4, 5, 6000, time.UTC)})
	p.Settings.ExternalShare = false
	p.Limits.PasswordAttempts = PasswordAttempts{Count: 3, Window: 90 * time.Second, Block: 2 * time.Hour}
	p.Limits.RateLimit.Enabled = true
	p.DocDBKey, p.BaseDomain, p.SameSite = "key", "localhost", &lax
	p.Identity = &Identity{Issuer: "i", Audience: "a", JWKS: []byte(`{"keys":[{"e":"AQAB","kty":"RSA","n":"AQAB"}]}`)}
	p.Users[0].Culture, p.Entries[0].RoomType = "de", 6
	p.Entries[0].Members = append(p.Entries[0].Members, Member{User: "guest@example.com", Access: 9})
	p.Entries = append(p.Entries, Entry{ID: "13", Type: EntryFile, Parent: "room/10"}, Entry{ID: "14", Type: EntryFile, Parent: ParentMy})
	p.Links[0].Title, p.Links[0].Access, p.Links[0].Primary, p.Links[0].DenyDownload = "T", 10, true, true
	p.Links = append(p.Links, Link{Key: "invite", Entry: "room/10", Invitation: true, Access: 11, MaxUses: 1000})
	p.Entries[0].PrimaryRevoked = true
	state := newServer(t, WithPortal(p)).State()
	text, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	var plain Portal
	if err := json.Unmarshal(text, &plain); err != nil || !reflect.DeepEqual(plain, state) {
		t.Errorf("by encoding/json: %v, %+v", err, plain)
	}
	read, err := ParsePortal("state.json", text)
	if err != nil {
		t.Fatal(err)
	}
	if again := newServer(t, WithPortal(read)).State(); !reflect.DeepEqual(again, state) {
		t.Errorf("got  %+v\nwant %+v", again, state)
	}
}

func TestPortalFileInJSON(t *testing.T) {
	p, err := ParsePortal("portal.json", []byte("\xef\xbb\xbf{\"users\": [{\"email\": \"\\ud83d\\ude00@example.com\", \"role\": \"owner\", \"tokens\": [\"0123\"]}],\n"+
		"\"tenantId\": 7.0, \"links\": [{\"key\": \"a\\/b\", \"expires\": \"2030-01-01T00:00:00Z\", \"password\": \"\"}],\n"+
		"\"settings\": {\"externalShare\": false}, \"limits\": {\"passwordAttempts\": {\"window\": \"2m0s\"}}}"))
	if err != nil {
		t.Fatal(err)
	}
	if u := p.Users[0]; u.Email != "😀@example.com" || u.Tokens[0] != "0123" {
		t.Errorf("got %+v", u)
	}
	if l := p.Links[0]; l.Key != "a/b" || l.Expires.Year() != 2030 {
		t.Errorf("got %+v", l)
	}
	if p.TenantID != 7 || p.Settings.ExternalShare || !p.Settings.EnableThirdParty || p.Limits.PasswordAttempts.Window != 2*time.Minute {
		t.Errorf("got %+v", p)
	}
}

// The reader has its own tests: here is what a file means where it leaves something out.
func TestPortalFileValues(t *testing.T) {
	parse := func(text string) Portal {
		t.Helper()
		p, err := ParsePortal("p.yaml", []byte(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		return p
	}
	if p := parse("# nothing\n"); p.Users != nil || p.Links != nil || *p.Settings != FreshSettings() || p.Profile != "" {
		t.Errorf("nothing: %+v", p)
	}
	if p := parse("settings: {externalShare: false}"); *p.Settings != (Settings{false, true, true, false, true, true, true}) {
		t.Errorf("a switch left out is not that of a fresh portal: %+v", *p.Settings)
	}
	if p := parse("links: []"); p.Links == nil || len(p.Links) != 0 {
		t.Errorf("an empty list: %#v", p.Links)
	}
	if p := parse("links: [{}]"); p.Links[0].Key != "" || p.Links[0].ID != "" || p.Links[0].Entry != "" {
		t.Errorf("ids and keys are minted too early: %+v", p.Links)
	}
	if p := parse("entries: [{id: 1, type: file, title: ''}]\nlinks: [{key: a, password: ''}]"); p.Entries[0].Title != "" || p.Links[0].Password != "" {
		t.Errorf("empty texts: %+v", p)
	}
	if p := parse("apiKeys: [{key: sk-1, user: owner@example.com, permissions: [files:read, rooms:write], active: false}]"); !slices.Equal(p.APIKeys[0].Permissions, []string{"files:read", "rooms:write"}) || *p.APIKeys[0].Active {
		t.Errorf("an API key: %+v", p.APIKeys)
	}
}

// A mistake in a portal is reported at its place in the file.
func TestPortalFileMistakes(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"nope: 1", `f:1:1: unknown key "nope": use profile, tenantId, docDbKey, baseDomain, sameSite, identity, passwordSalt, users, apiKeys, entries, links, sessions, loginEvents, settings, limits`},
		{"users:\n  - email: a@b\n    rolle: user", `f:3:5: unknown key "rolle" in users[0]: use id, email, role, firstName, lastName, password, tokens, disabled, culture`},
		{"limits:\n  rateLimit: {on: true}", `f:2:15: unknown key "on" in limits.rateLimit: use enabled, perMinute, concurrentReads, concurrentWrites, writesPerDay`},
		{"profile: v9", `f:1:10: profile: unknown profile "v9": use documented, v3.7.2, v3.8 or next`},
		{"tenantId: 0", "f:1:11: tenantId: expected a whole number, 1 or more"},
		{"loginEvents: -1", "f:1:14: loginEvents: expected a whole number, 0 or more"},
		{"users:\n  - {email: a@b, role: king}", `f:2:24: users[0].role: must be one of owner, docSpaceAdmin, roomAdmin, user, guest, not "king"`},
		{"users:\n  - email: a@b", `f:2:5: users[0].role: must be one of owner, docSpaceAdmin, roomAdmin, user, guest, not ""`},
		{"users:\n  - {email: a@b, role: user}\n  - {email: A@B, role: user}", "f:3:13: users[1].email: is the same as users[0].email"},
		{"users: [{email: '', role: user}]", "f:1:17: users[0].email: expected a text that is not empty; leave the key out instead"},
		{"links:\n  - key: a\n    id: 17", `f:3:9: links[0].id: "17" is not a GUID such as 66faa6e4-f133-11ea-b126-00ffeec8b4ef`},
		{"links:\n  - key: a\n  - key: a", "f:3:10: links[1].key: is the same as links[0].key"},
		{"links: [{key: a, expires: 0001-01-01}]", "f:1:27: links[0].expires: expected a time such as 2030-01-01T00:00:00Z"}, // which would be never
		{"apiKeys:\n  - key: sk-1\n    user: nobody@example.com", `f:3:11: apiKeys[0].user: no user has the e-mail address "nobody@example.com"`},
		{"limits: {passwordAttempts: {window: 0s}}", "f:1:37: limits.passwordAttempts.window: must be between 1s and 9999s"},
		{"limits: {passwordAttempts: {block: 9999999h}}", "f:1:36: limits.passwordAttempts.block: must be between 1s and 9999s"},
		{"limits: {passwordAttempts: {window: 1ms}}", "f:1:37: limits.passwordAttempts.window: must be between 1s and 9999s, not 1ms"},
		{"limits: {passwordAttempts: {count: 10000}}", "f:1:36: limits.passwordAttempts.count: must be between 1 and 9999, not 10000"},
		{`{"users":[{"email":"a","role":"owner"},{"email":"b","role":"boss"}]}`, `f:1:60: users[1].role: must be one of owner, docSpaceAdmin, roomAdmin, user, guest, not "boss"`},
		{"{\n  \"userz\": []}", `f:2:3: unknown key "userz": use profile, tenantId, docDbKey, baseDomain, sameSite, identity, passwordSalt, users, apiKeys, entries, links, sessions, loginEvents, settings, limits`},
		{`{"links":[{"key":"a"},{"key":"a"}]}`, `f:1:30: links[1].key: is the same as links[0].key`},
		{"entries: [{id: 1, type: file, parent: room/2}]", `f:1:39: entries[0].parent: there is no room or folder "room/2": give room/ID, folder/ID or my`},
		{"entries:\n  - {id: 1, type: folder, parent: folder/2}\n  - {id: 2, type: folder, parent: folder/1}", "f:2:35: entries[0].parent: leads back to folder/1: no folder can be inside itself"},
		{"entries: [{id: 1, type: folder, parent: 1}]", "f:1:41: entries[0].parent: leads back to folder/1: no folder can be inside itself"},
		{"entries: [{id: 1, type: file}]\nlinks: [{key: a, entry: room/1}]", `f:2:25: links[0].entry: "room/1" names a room, but 1 is a file`},
		{"sameSite: Some", `f:1:11: sameSite: must be one of None, Lax, Strict, "", not "Some"`},
		{"sameSite: lax", `f:1:11: sameSite: must be one of None, Lax, Strict, "", not "lax"`},
		{"identity: {issuer: a, audience: b}", "f:1:11: identity.jwks: must be a JSON Web Key Set such as {keys: [...]}, with an RSA or P-256 key for signatures"},
		{"entries: [{id: 1, type: room, members: [{user: owner@example.com, access: 12}]}]", "f:1:75: entries[0].members[0].access: must be one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, not 12"},
		{"identity: {issuer: a, audience: b, jwks: {keys: [{kty: X}, {kty: RSA, n: AQAB, e: AQAB}, {kty: EC, crv: P-256}]}}", "f:1:42: identity.jwks.keys[2]: is no JSON Web Key: invalid EC key, missing x/y values"},
		{"identity: {issuer: a, audience: b, jwks: {keys: [{kty: X}]}}", "f:1:42: identity.jwks: must be a JSON Web Key Set such as {keys: [...]}, with an RSA or P-256 key for signatures"},
		{"entries: [{id: 1, type: room, members: [owner@example.com, {user: OWNER@example.com, access: 9}]}]", "f:1:60: entries[0].members[1]: is a member already, with another access: leave one of them out"},
		{"entries: [{id: 2, type: room}, {id: 2, type: file}, {id: room/2, type: file}]", "f:1:58: entries[2].id: is also the name of the room 2: choose another"},
		{"users: [{email: a@b, role: user, tokens: [\"PLANTED\\n\"]}]", "f:1:43: users[0].tokens[0]: must not contain control characters, nor begin or end with a blank: it is sent in a header"},
	} {
		_, err := ParsePortal("f", []byte(test.text))
		if !errors.As(err, new(*FileError)) || err.Error() != test.want {
			t.Errorf("%q:\ngot  %v\nwant %s", test.text, err, test.want)
		}
	}
}
