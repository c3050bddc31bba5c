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
	settings, active := FreshSettings(), true
	want := Portal{
		Profile: ProfileDocumented, TenantID: 1,
		Users: []User{
			{ID: ownerID, Email: "owner@example.com", Role: RoleOwner, Password: "Owner-pass-1", Tokens: []string{"YOUR_API_KEY"}},
			{Email: "user@example.com", Role: RoleUser},
		},
		APIKeys: []APIKey{{Key: "sk-" + strings.Repeat("0123456789abcdef", 4), User: "owner@example.com", Permissions: []string{"*"}, Expires: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Active: &active}},
		Entries: []Entry{{ID: "10", Title: "Marketing", Type: EntryRoom, Section: SectionRooms, CreatedBy: "owner@example.com", Members: []string{"user@example.com"}}},
		Links:   []Link{{Key: "KEY_FROM_URL", ID: mocktest.LinkID, Entry: "10", Password: rightPW, Expires: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}},

		Settings: &settings, Limits: freshLimits(),
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if _, err := New(WithPortal(got)); err != nil {
		t.Error(err)
	}
}

func TestPortalFileValues(t *testing.T) {
	parse := func(text string) Portal {
		t.Helper()
		p, err := ParsePortal("p.yaml", []byte(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		return p
	}
	for _, empty := range []string{"", "\ufeffprofile: documented\n", "%YAML 1.2\n---\nprofile: documented\n", "# nothing\n", "---\n", "{}", "users:\n  - {email: a@b, role: user}\nlinks: []\n"} {
		parse(empty)
	}
	if p := parse("settings: {externalShare: false}"); *p.Settings != (Settings{false, true, true, false, true, true, true}) {
		t.Errorf("a switch left out is not that of a fresh portal: %+v", *p.Settings)
	}
	if p := parse("links: []"); p.Links == nil || len(p.Links) != 0 {
		t.Errorf("an empty list: %#v", p.Links)
	}
	// A text stays as it is written, whatever YAML takes it for.
	for _, key := range []string{"0123", "1e3", "true", "0x10", "2020-01-01", "1_000", "'quoted'", `"a\nb"`, "no"} {
		want := strings.Trim(key, "'")
		if key == `"a\nb"` {
			want = "a\nb"
		}
		if p := parse("links:\n  - key: " + key); len(p.Links) != 1 || p.Links[0].Key != want {
			t.Errorf("key %s: got %+v", key, p.Links)
		}
	}
	if p := parse("links: [{key: a, expires: 2020-01-01}]"); !p.Links[0].Expires.Equal(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("a date: %s", p.Links[0].Expires)
	}
	if p := parse("users: [{email: a@b, role: user, tokens: [a:b, 'c: d', e:f:g]}]\napiKeys: [{key: sk-1, user: a@b, permissions: [files:read, rooms:write]}]"); !slices.Equal(p.Users[0].Tokens, []string{"a:b", "c: d", "e:f:g"}) || !slices.Equal(p.APIKeys[0].Permissions, []string{"files:read", "rooms:write"}) {
		t.Errorf("a colon within a text: %+v", p)
	}
	if p := parse("users: [{email: a@b, role: user, tokens: &t [x]}]\nlinks: [{key: &k y}]\nentries: [{id: *k, type: file}]"); p.Entries[0].ID != "y" {
		t.Errorf("an alias: %+v", p.Entries)
	}
}

func TestPortalFileMistakes(t *testing.T) {
	tests := []struct{ text, at, message string }{
		{"nope: 1", "1:1", `unknown key "nope"`},
		{"users:\n  - email: a@b\n    rolle: user", "3:5", `unknown key "rolle" in users[0]: use id, email`},
		{"limits:\n  rateLimit: {on: true}", "2:15", `unknown key "on" in limits.rateLimit`},
		{"tenantId: one", "1:11", "tenantId: expected a whole number"},
		{"tenantId: 0", "1:11", "1 or more"},
		{"tenantId: 99999999999", "1:11", "whole number"},
		{"tenantId: 1.5", "1:11", "whole number"},
		{`tenantId: "1"`, "1:11", "whole number"},
		{"profile: v9", "1:10", "use documented or v3.7.2"},
		{"profile: [a]", "1:10", "a text"},
		{"users: 1", "1:8", "users: expected a list"},
		{"users:\n  email: a@b", "2:3", "expected a list"},
		{"users: null", "1:8", "[] is none"},
		{"users: [1]", "1:9", "users[0]: expected a mapping"},
		{"users:\n  - ~", "2:5", "users[0]: expected a value"},
		{"users:\n  - {email: a@b, role: king}", "2:24", "users[0].role: must be one of"},
		{"users:\n  - email: a@b", "2:5", "users[0].role: must be one of"},
		{"users:\n  - {email: a@b, role: user, disabled: yes please}", "2:40", "true or false"},
		{"users:\n  - {email: a@b, role: user}\n  - {email: A@B, role: user}", "3:13", "the same as users[0].email"},
		{"users: [{email: '', role: user}]", "1:17", "not empty"},
		{"links:\n  - key: a\n    expires: tomorrow", "3:14", "a time such as"},
		{"links: [{key: a, expires: 0001-01-01}]", "1:27", "a time such as"}, // which would be never
		{"users: [{email: a@b, role: user, tokens: [a: b]}]", "1:43", "a text"},
		{"links:\n  - key: a\n    id: 17", "3:9", "not a GUID"},
		{"links:\n  - key: a\n  - key: a", "3:10", "links[1].key: is the same as links[0].key"},
		{"apiKeys:\n  - key: sk-1\n    user: nobody@example.com", "3:11", "no user has"},
		{"limits: {passwordAttempts: {window: 5}}", "1:37", "a duration such as 60s"},
		{"limits: {passwordAttempts: {window: 0s}}", "1:37", "between 1s and 9999s"},
		{"limits: {passwordAttempts: {block: 9999999h}}", "1:36", "between 1s and 9999s"},
		{"limits: {passwordAttempts: {window: 1ms}}", "1:37", "between 1s and 9999s"},
		{"limits: {passwordAttempts: {count: 10000}}", "1:36", "between 1 and 9999"},
		{"settings: {externalShare: 1}", "1:27", "true or false"},
		{"users: [{email: a@b, role: user, tokens: *gone}]", "1:42", "anchor"},
		{"profile: !x documented", "1:10", "without a tag"},
		{"profile: documented\n---\nprofile: documented", "3:1", "second document"},
		{"- a\n- b", "1:1", "the file: expected a mapping"},
		{"just text", "1:1", "the file: expected a mapping"},
		{"tenantId: 1\n\xff", "2:1", "not valid UTF-8"},
		{"profile: documented\nprofile: v3.7.2", "2:1", ""},
		{strings.Repeat("[", 500_000), "1:17", "nested too deeply"},
		{"users:\n" + strings.Repeat("- ", 250_000), "2:257", "nested too deeply"},
		{strings.Repeat("? ", 250_000), "1:257", "nested too deeply"},
		{"users: [", "1:8", ""},
		{"profile: \"open", "1:10", ""},
		{"a: b: c", "1:4", ""},
		{"users:\n\t- email: a@b", "2:1", ""},
	}
	for _, test := range tests {
		_, err := ParsePortal("p.yaml", []byte(test.text))
		var mistake *FileError
		if !errors.As(err, &mistake) {
			t.Errorf("%.200q: got %v, want a FileError", test.text, err)
			continue
		}
		if want := "p.yaml:" + test.at + ": "; !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), test.message) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.200q:\ngot  %v\nwant %s…%s", test.text, err, want, test.message)
		}
	}
}

// A value at the wrong place may be a secret.
func TestPortalFileMistakesDoNotRepeatValues(t *testing.T) {
	for _, text := range []string{"users: PLANTED", "users: [{email: a@b, role: user, tokens: PLANTED}]", "users: [{email: a@b, role: user, tokens: [\"PLANTED\\n\"]}]", "tenantId: PLANTED", "links: [{key: a, expires: PLANTED}]"} {
		if _, err := ParsePortal("p.yaml", []byte(text)); err == nil || strings.Contains(err.Error(), "PLANTED") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	folder := t.TempDir()
	big := filepath.Join(folder, "big.yaml")
	if err := os.WriteFile(big, []byte(strings.Repeat("#", maxFile+1)), 0o600); err != nil {
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
	for _, seed := range []string{string(example), "", "users: []", "users: &a [*a]", "a: |\n  b", "? a\n: b", "links: [{key: '..'}]", "<<: *x", "users:\n- &u {email: a, role: user}\n- *u", "\"\\", "%YAML 9", "--- !!map", "tenantId: 0b1", "limits: {passwordAttempts: {window: 1h60s}}"} {
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

// The parser's memory grows with the square of the depth: a few megabytes of brackets would take all there is.
func TestDeepNestingIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"lists in brackets":    "users: " + strings.Repeat("[", 100_000),
		"mappings in brackets": strings.Repeat("{a: ", 100_000),
		"lists in lists":       strings.Repeat("- ", 100_000),
	} {
		_, err := ParsePortal("portal.yaml", []byte(text))
		if err == nil || !strings.Contains(err.Error(), "nested too deeply") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What the library takes for a mapping, a second document or a part of the first key.
func TestWaysOfWriting(t *testing.T) {
	for name, text := range map[string]string{
		"a colon within brackets": "apiKeys:\n  - {key: sk-1, user: owner@example.com, permissions: [files:read]}\n",
		"a byte order mark":       "\ufefftenantId: 2\n",
		"a directive":             "%YAML 1.2\n---\ntenantId: 2\n",
	} {
		p, err := ParsePortal("portal.yaml", []byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if p.TenantID != 2 && (len(p.APIKeys) != 1 || p.APIKeys[0].Permissions[0] != "files:read") {
			t.Errorf("%s: read as %+v", name, p)
		}
	}
}

// What State gives is a portal file when it is written as JSON, and nothing gets lost on the way.
func TestPortalAsJSON(t *testing.T) {
	off := false
	p := DefaultPortal()
	p.Profile, p.TenantID = ProfileV372, 7
	p.Users[3].Disabled = true
	p.APIKeys[1].Active, p.APIKeys[1].Expires, p.APIKeys[1].Permissions = &off, time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), []string{"files:read"}
	p.Entries[0].Section = SectionTrash
	p.Links = append(p.Links, Link{Key: "a/b \"ü\"", Entry: "10", Password: "pw: #1", Internal: true, Expires: time.Date(2030, 1, 2, 3, 4, 5, 6000, time.UTC)})
	p.Settings.ExternalShare = false
	p.Limits.PasswordAttempts = PasswordAttempts{Count: 3, Window: 90 * time.Second, Block: 2 * time.Hour}
	p.Limits.RateLimit.Enabled = true
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

func TestMistakesInJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{"users":[{"email":"a","role":"owner"},{"email":"b","role":"boss"}]}`: `f:1:60: users[1].role: must be one of owner, docSpaceAdmin, roomAdmin, user, guest, not "boss"`,
		"{\n  \"userz\": []}":                 `f:2:3: unknown key "userz": use profile, tenantId, users, apiKeys, entries, links, settings, limits`,
		`{"tenantId":1,"tenantId":2}`:         `f:1:15: tenantId: stands there twice`,
		`{"tenantId":1.5}`:                    `f:1:13: tenantId: expected a whole number, 1 or more`,
		`{"tenantId":0}`:                      `f:1:13: tenantId: expected a whole number, 1 or more`,
		`{"links":[{"key":"😀\ud800"}]}`:       `f:1:18: links[0].key: has half a surrogate pair`,
		`{"links":null}`:                      `f:1:10: links: expected a list; [] is none`,
		`"text"`:                              `f:1:1: the file: expected a mapping`,
		`{"links":[{"key":"a"},{"key":"a"}]}`: `f:1:30: links[1].key: is the same as links[0].key`,
	} {
		_, err := ParsePortal("f", []byte(text))
		var mistake *FileError
		if !errors.As(err, &mistake) || err.Error() != want {
			t.Errorf("%s:\ngot  %v\nwant %s", text, err, want)
		}
	}
}
