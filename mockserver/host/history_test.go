package host

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// This is a small model of a portal. It knows what the calls answer after any history of calls, of calls of the control API and of
// time, and nothing of how the fake does it.

// modelData is what a snapshot keeps.
type modelData struct {
	external, social, block, rooms, documents bool
	roles                                     map[string]string // of people, by the first letters of their addresses; a disabled one is ""
	keys                                      map[string]modelKey
	links                                     map[string]modelLink // by their ids
	title                                     string               // of the room
	attempts                                  int                  // wrong passwords that are allowed
}

type modelKey struct {
	person  string
	writes  bool
	expires time.Duration // since the beginning; 0 is never
}

type modelLink struct {
	key, password string
	file          bool // the link leads to the file, and not to the room
	internal      bool
	expires       time.Duration
}

func (d modelData) copy() modelData {
	d.roles, d.keys, d.links = maps.Clone(d.roles), maps.Clone(d.keys), maps.Clone(d.links)
	return d
}

// model is a portal with everything that a snapshot does not keep.
type model struct {
	modelData
	documented bool
	now        time.Duration
	saved      map[string]modelData
	wrong      map[string][]time.Duration // by the keys of links
	blocked    map[string]time.Duration
	faults     []*modelFault
	journal    map[string]int // requests, by operations
}

type modelFault struct {
	id, operation string
	status, left  int
}

var historyStart = mocktest.NewClock().Now()

const (
	roomLink = "3fa85f64-5717-4562-b3fc-2c963f66af01"
	fileLink = "3fa85f64-5717-4562-b3fc-2c963f66af02"
)

// historyPortal is how both a portal and its model begin.
const historyPortal = `{"profile":%q,"docDbKey":"the same",
	"users":[{"id":"66faa6e4-f133-11ea-b126-00ffeec8b4a0","email":"owner@example.com","role":"owner","tokens":["owner-token"]},
		{"id":"66faa6e4-f133-11ea-b126-00ffeec8b4a1","email":"admin@example.com","role":"docSpaceAdmin","tokens":["admin-token"]},
		{"id":"66faa6e4-f133-11ea-b126-00ffeec8b4a2","email":"user@example.com","role":"user","tokens":["user-token"]}],
	"apiKeys":[{"key":"sk-1","user":"admin@example.com"}],
	"entries":[{"id":"10","title":"Marketing","type":"room","createdBy":"owner@example.com"},{"id":"40","title":"Plan","type":"file","createdBy":"owner@example.com"}],
	"links":[{"id":"` + roomLink + `","key":"a","entry":"10"},{"id":"` + fileLink + `","key":"b","entry":"40","password":"Secret-1"}],
	"limits":{"passwordAttempts":{"count":3}}}`

var (
	people    = []string{"owner", "admin", "user"}
	personID  = map[string]string{"admin": "66faa6e4-f133-11ea-b126-00ffeec8b4a1", "user": "66faa6e4-f133-11ea-b126-00ffeec8b4a2"}
	keyNames  = []string{"sk-1", "sk-2", "sk-3"}
	linkIDs   = []string{roomLink, fileLink, "3fa85f64-5717-4562-b3fc-2c963f66af03"}
	linkKeys  = []string{"a", "b", "c", "B"}
	passwords = []string{"", "Secret-1", "Secret-2"}
)

func startData() modelData {
	return modelData{
		external: true, social: true, block: true, rooms: true, documents: true, title: "Marketing", attempts: 3,
		roles: map[string]string{"owner": "owner", "admin": "docSpaceAdmin", "user": "user"},
		keys:  map[string]modelKey{"sk-1": {person: "admin", writes: true}},
		links: map[string]modelLink{roomLink: {key: "a"}, fileLink: {key: "b", password: "Secret-1", file: true}},
	}
}

func (m *model) reset() {
	m.modelData, m.now, m.faults, m.journal = startData(), 0, nil, map[string]int{}
	m.forget()
}

func (m *model) forget() {
	m.wrong, m.blocked = map[string][]time.Duration{}, map[string]time.Duration{}
}

// caller is who calls with a token or a key. A key that does not work is bad, and one without a right lacks it.
func (m *model) caller(credential string, write bool) (person string, bad, lacks bool) {
	if key, isKey := m.keys[credential]; isKey || credential != "" && credential[0] == 's' {
		if !isKey || key.expires != 0 && key.expires <= m.now || m.roles[key.person] == "" {
			return "", true, false
		}
		return key.person, false, write && !key.writes
	}
	for _, person := range people {
		if credential == person+"-token" && m.roles[person] != "" {
			return person, false, false
		}
	}
	return "", false, false
}

func (m *model) admin(person string) bool {
	return m.roles[person] == "owner" || m.roles[person] == "docSpaceAdmin"
}

// fault is the status of the first fault that hits the operation, 0 for none.
func (m *model) fault(operation string) int {
	m.journal[operation]++
	for _, f := range m.faults {
		if f.left != 0 && (f.operation == "" || f.operation == operation) {
			f.left--
			return f.status
		}
	}
	return 0
}

// settings are the status and the two switches.
func (m *model) settings(credential string) (status int, external, social bool) {
	if status := m.fault("getFilesSettings"); status != 0 {
		return status, false, false
	}
	person, bad, _ := m.caller(credential, false)
	switch {
	case m.documented && person == "":
		return 401, false, false
	case bad:
		return 403, false, false
	case person == "":
		return 200, true, true
	default:
		return 200, m.external, m.external && m.social
	}
}

// mayChange is the status with which a change of the settings is refused, or 200.
func (m *model) mayChange(operation, credential string) int {
	if status := m.fault(operation); status != 0 {
		return status
	}
	person, bad, lacks := m.caller(credential, true)
	switch {
	case bad || person == "" && !bad:
		return 401
	case lacks || !m.admin(person):
		return 403
	default:
		return 200
	}
}

// use is what the use of a link gives: the status of the answer, and that of the link.
func (m *model) use(key, password, credential string, posts bool) (status, link int) {
	operation := "getExternalShareData"
	if posts {
		operation = "applyExternalSharePassword"
	}
	if status := m.fault(operation); status != 0 {
		return status, 0
	}
	person, bad, lacks := m.caller(credential, posts)
	if bad || lacks {
		return 403, 0
	}
	if !posts {
		return 200, m.decide(key, "", person)
	}
	name := string(key[0] | 0x20) // the count is that of the key in lower case
	if m.blocked[name] > m.now {
		return 403, 0
	}
	delete(m.blocked, name)
	m.wrong[name] = slices.DeleteFunc(m.wrong[name], func(at time.Duration) bool { return m.now-at >= time.Minute })
	if len(m.wrong[name]) >= m.attempts {
		m.blocked[name] = m.now + time.Minute
		delete(m.wrong, name)
		return 403, 0
	}
	if link = m.decide(key, password, person); link == 4 {
		m.wrong[name] = append(m.wrong[name], m.now)
	}
	return 200, link
}

// decide is the status of a link. At documented an administrator's password is set.
func (m *model) decide(key, password, person string) int {
	for id, l := range m.links {
		switch {
		case l.key != key:
			continue
		case l.expires != 0 && l.expires < m.now:
			return 2
		case l.internal && person == "":
			return 5
		case m.documented && password != "" && m.admin(person):
			l.password = password
			m.links[id] = l
			return 0
		case l.password != "" && password != "" && password != l.password:
			return 4
		}
		section := m.rooms
		if l.file {
			section = m.documents
		}
		switch {
		case l.password != "" && password == "" && (l.file || !m.admin(person)): // who may read a room needs no password for it
			return 3
		case person == "" && !l.internal && !m.external && m.block && section:
			return 5
		default:
			return 0
		}
	}
	return 1
}

// history is a portal with its model.
type history struct {
	h     *Host
	clock *mocktest.Clock
	model
}

func newHistory(t *rapid.T, profile string) *history {
	portal, err := mockserver.ParsePortal("portal.yaml", fmt.Appendf(nil, historyPortal, profile))
	if err != nil {
		t.Fatal(err)
	}
	clock := mocktest.NewClock()
	s, err := mockserver.New(mockserver.WithPortal(portal), mockserver.WithClock(clock.Now))
	if err != nil {
		t.Fatal(err)
	}
	h, err := New(WithMain(s))
	if err != nil {
		t.Fatal(err)
	}
	a := &history{h: h, clock: clock, model: model{documented: profile == mockserver.ProfileDocumented, saved: map[string]modelData{}}}
	a.reset()
	return a
}

// call makes a call of the portal. The answer is 0 where there is no response to read.
func (a *history) call(t *rapid.T, method, path, credential, body string, response any) (status int) {
	headers := []string{"Authorization", ""}
	if credential != "" {
		headers[1] = "Bearer " + credential
	}
	w := mocktest.Send(a.h, method, "/api/2.0/"+path, body, headers...)
	if w.Code == http.StatusOK {
		if err := json.Unmarshal(w.Body.Bytes(), &struct{ Response any }{response}); err != nil {
			t.Fatalf("%s %s: %s: %v", method, path, w.Body, err)
		}
	}
	return w.Code
}

// control makes a call of the control API that has this status.
func (a *history) control(t *rapid.T, method, path, body string, status int) []byte {
	w := mocktest.Send(a.h, method, "http://127.0.0.1/__mock/"+path, body)
	if w.Code != status {
		t.Fatalf("%s %s %s: got %d %s, want %d", method, path, body, w.Code, w.Body, status)
	}
	return w.Body.Bytes()
}

// step is one thing that happens. It is drawn once, so that it can happen to several portals.
type step func(t *rapid.T, a *history)

var credentials = []string{"", "owner-token", "admin-token", "user-token", "nope", "sk-1", "sk-2", "sk-3"}

// steps draw what can happen.
var steps = map[string]func(t *rapid.T) step{
	"settings": func(t *rapid.T) step {
		credential := rapid.SampledFrom(credentials).Draw(t, "credential")
		return func(t *rapid.T, a *history) {
			var got struct{ ExternalShare, ExternalShareSocialMedia bool }
			status, external, social := a.settings(credential)
			if code := a.call(t, "GET", "files/settings", credential, "", &got); code != status || got.ExternalShare != external || got.ExternalShareSocialMedia != social {
				t.Fatalf("settings with %q: got %d %+v, want %d %t %t", credential, code, got, status, external, social)
			}
		}
	},
	"switch": func(t *rapid.T) step {
		credential, on, social := rapid.SampledFrom(credentials).Draw(t, "credential"), rapid.Bool().Draw(t, "on"), rapid.Bool().Draw(t, "social")
		return func(t *rapid.T, a *history) {
			path, operation := "files/settings/external", "externalShare"
			if social {
				path, operation = "files/settings/externalsocialmedia", "externalShareSocialMedia"
			}
			status, want := a.mayChange(operation, credential), false
			switch {
			case status != 200:
			case social:
				a.social = a.external && on
				want = a.social
			default:
				a.external, a.social = on, a.social && on
				want = on
			}
			var got bool
			if code := a.call(t, "PUT", path, credential, fmt.Sprintf(`{"set":%t}`, on), &got); code != status || got != want {
				t.Fatalf("%s %t with %q: got %d %t, want %d %t", path, on, credential, code, got, status, want)
			}
		}
	},
	"policy": func(t *rapid.T) step {
		credential, flags := rapid.SampledFrom(credentials).Draw(t, "credential"), rapid.SliceOfN(rapid.Bool(), 4, 4).Draw(t, "flags")
		return func(t *rapid.T, a *history) {
			status := a.mayChange("changeExternalSharingSettings", credential)
			if status == 200 {
				a.external, a.social, a.block, a.rooms, a.documents = flags[0], a.social && flags[0], flags[1], flags[2], flags[3]
			}
			body := fmt.Sprintf(`{"externalShare":%t,"blockExistingLinksOnRestrict":%t,"externalShareApplyToRooms":%t,"externalShareApplyToDocuments":%t}`, flags[0], flags[1], flags[2], flags[3])
			if code := a.call(t, "PUT", "files/settings/externalsharingsettings", credential, body, new(any)); code != status {
				t.Fatalf("policy %s with %q: got %d, want %d", body, credential, code, status)
			}
		}
	},
	"link": func(t *rapid.T) step {
		key, password, credential := rapid.SampledFrom(linkKeys).Draw(t, "key"), rapid.SampledFrom(passwords).Draw(t, "password"), rapid.SampledFrom(credentials).Draw(t, "credential")
		posts, again := rapid.Bool().Draw(t, "posts"), rapid.IntRange(0, 4).Draw(t, "again")
		method, path, body := "GET", "files/share/"+key, ""
		if posts {
			method, path, body = "POST", path+"/password", mocktest.PasswordBody(password)
		}
		once := func(t *rapid.T, a *history) {
			status, link := a.use(key, password, credential, posts)
			var got struct {
				Status int
				Title  *string
			}
			if code := a.call(t, method, path, credential, body, &got); code != status || got.Status != link {
				t.Fatalf("%s %s %s with %q: got %d %d, want %d %d", method, path, body, credential, code, got.Status, status, link)
			}
			if got.Title != nil && *got.Title != a.title && *got.Title != "Plan" {
				t.Fatalf("%s %s: the title is %q, not %q", method, path, *got.Title, a.title)
			}
		}
		return func(t *rapid.T, a *history) {
			for range 1 + again {
				once(t, a)
			}
		}
	},
	"control link": func(t *rapid.T) step {
		id, key, password := rapid.SampledFrom(linkIDs).Draw(t, "id"), rapid.SampledFrom(linkKeys).Draw(t, "key"), rapid.SampledFrom(passwords).Draw(t, "password")
		file, internal, removes := rapid.Bool().Draw(t, "file"), rapid.Bool().Draw(t, "internal"), rapid.Bool().Draw(t, "removes")
		lasts := rapid.SampledFrom([]time.Duration{0, time.Second, time.Hour}).Draw(t, "lasts")
		return func(t *rapid.T, a *history) {
			_, exists := a.links[id]
			link := modelLink{key: key, password: password, file: file, internal: internal}
			entry, expires := map[bool]string{false: "10", true: "40"}[file], "null"
			if lasts > 0 {
				link.expires = a.now + lasts
				expires = quoted(historyStart.Add(link.expires).Format(time.RFC3339Nano))
			}
			taken := slices.ContainsFunc(slices.Collect(maps.Keys(a.links)), func(other string) bool { return other != id && a.links[other].key == key })
			switch {
			case removes && exists:
				a.control(t, "DELETE", "links/"+id, "", 204)
				delete(a.links, id)
			case removes:
				a.control(t, "DELETE", "links/"+id, "", 404)
			case taken && exists:
				a.control(t, "PATCH", "links/"+id, fmt.Sprintf(`{"key":%q}`, key), 409)
			case taken:
				a.control(t, "POST", "links", fmt.Sprintf(`{"id":%q,"key":%q}`, id, key), 409)
			case !exists && expires == "null":
				a.control(t, "POST", "links", fmt.Sprintf(`{"id":%q,"key":%q,"entry":%q,"password":%q,"internal":%t}`, id, key, entry, password, internal), 201)
				a.links[id] = link
			case !exists:
				a.control(t, "POST", "links", fmt.Sprintf(`{"id":%q,"key":%q,"entry":%q,"password":%q,"internal":%t,"expires":%s}`, id, key, entry, password, internal, expires), 201)
				a.links[id] = link
			default:
				a.control(t, "PATCH", "links/"+id, fmt.Sprintf(`{"key":%q,"entry":%q,"password":%q,"internal":%t,"expires":%s}`, key, entry, password, internal, expires), 200)
				a.links[id] = link
			}
		}
	},
	"control person": func(t *rapid.T) step {
		person, role, disabled := rapid.SampledFrom(people[1:]).Draw(t, "person"), rapid.SampledFrom([]string{"docSpaceAdmin", "user", "guest"}).Draw(t, "role"), rapid.IntRange(0, 4).Draw(t, "disabled") == 0
		return func(t *rapid.T, a *history) {
			a.control(t, "PATCH", "users/"+personID[person], fmt.Sprintf(`{"role":%q,"disabled":%t}`, role, disabled), 200)
			if a.roles[person] = role; disabled {
				a.roles[person] = ""
			}
		}
	},
	"control key": func(t *rapid.T) step {
		name, person, writes := rapid.SampledFrom(keyNames).Draw(t, "name"), rapid.SampledFrom(people).Draw(t, "person"), rapid.Bool().Draw(t, "writes")
		removes, lasts := rapid.Bool().Draw(t, "removes"), rapid.SampledFrom([]time.Duration{0, time.Second, time.Hour}).Draw(t, "lasts")
		return func(t *rapid.T, a *history) {
			_, exists := a.keys[name]
			key, permissions, expires := modelKey{person: person, writes: writes}, `["files:read"]`, "null"
			if writes {
				permissions = `["files:write"]`
			}
			if lasts > 0 {
				key.expires = a.now + lasts
				expires = quoted(historyStart.Add(key.expires).Format(time.RFC3339Nano))
			}
			switch {
			case removes && exists:
				a.control(t, "DELETE", "apiKeys/"+name, "", 204)
				delete(a.keys, name)
				return
			case removes:
				a.control(t, "DELETE", "apiKeys/"+name, "", 404)
				return
			case !exists:
				a.control(t, "POST", "apiKeys", fmt.Sprintf(`{"key":%q,"user":"%s@example.com"}`, name, person), 201)
			}
			a.control(t, "PATCH", "apiKeys/"+name, fmt.Sprintf(`{"user":"%s@example.com","permissions":%s,"expires":%s}`, person, permissions, expires), 200)
			a.keys[name] = key
		}
	},
	"control entry": func(t *rapid.T) step {
		title := rapid.SampledFrom([]string{"Marketing", "Sales"}).Draw(t, "title")
		return func(t *rapid.T, a *history) {
			a.control(t, "PATCH", "entries/10", fmt.Sprintf(`{"title":%q}`, title), 200)
			a.title = title
		}
	},
	"control state": func(t *rapid.T) step {
		external, social, attempts := rapid.Bool().Draw(t, "external"), rapid.Bool().Draw(t, "social"), rapid.IntRange(1, 4).Draw(t, "attempts")
		return func(t *rapid.T, a *history) {
			a.control(t, "PATCH", "state", fmt.Sprintf(`{"settings":{"externalShare":%t,"externalShareSocialMedia":%t},"limits":{"passwordAttempts":{"count":%d}}}`, external, social, attempts), 200)
			a.external, a.social, a.attempts = external, social, attempts
		}
	},
	"time": func(t *rapid.T) step {
		by := rapid.SampledFrom([]time.Duration{1, time.Second - 1, time.Second, 59 * time.Second, time.Minute - 1, time.Minute, time.Hour}).Draw(t, "by")
		return func(t *rapid.T, a *history) {
			a.control(t, "POST", "clock/advance", fmt.Sprintf(`{"by":%q}`, by), 200)
			a.now += by
		}
	},
	"fault": func(t *rapid.T) step {
		id, operation := rapid.SampledFrom([]string{"x", "y"}).Draw(t, "id"), rapid.SampledFrom([]string{"", "getFilesSettings", "externalShare", "applyExternalSharePassword"}).Draw(t, "operation")
		status, times := rapid.SampledFrom([]int{500, 503}).Draw(t, "status"), rapid.IntRange(1, 2).Draw(t, "times")
		return func(t *rapid.T, a *history) {
			if at := slices.IndexFunc(a.faults, func(f *modelFault) bool { return f.id == id }); at >= 0 {
				a.control(t, "DELETE", "faults/"+id, "", 204)
				a.faults = slices.Delete(slices.Clone(a.faults), at, at+1)
				return
			}
			body := fmt.Sprintf(`{"id":%q,"status":%d,"times":%d}`, id, status, times)
			if operation != "" {
				body = fmt.Sprintf(`{"id":%q,"operation":%q,"status":%d,"times":%d}`, id, operation, status, times)
			}
			a.control(t, "POST", "faults", body, 201)
			a.faults = append(a.faults, &modelFault{id, operation, status, times})
		}
	},
	"snapshot": func(t *rapid.T) step {
		name, restores := rapid.SampledFrom([]string{"one", "two"}).Draw(t, "name"), rapid.Bool().Draw(t, "restores")
		return func(t *rapid.T, a *history) {
			data, exists := a.saved[name]
			switch {
			case restores && exists:
				a.control(t, "POST", "snapshots/"+name+"/restore", "", 204)
				a.modelData = data.copy()
				a.forget()
			case restores:
				a.control(t, "POST", "snapshots/"+name+"/restore", "", 404)
			default:
				a.control(t, "PUT", "snapshots/"+name, "", 200)
				a.saved[name] = a.copy()
			}
		}
	},
	"reset": func(t *rapid.T) step {
		return func(t *rapid.T, a *history) {
			a.control(t, "POST", "reset", "", 204)
			a.reset()
		}
	},
	"journal": func(t *rapid.T) step {
		clears := rapid.Bool().Draw(t, "clears")
		return func(t *rapid.T, a *history) {
			for operation, count := range a.journal {
				got := string(a.control(t, "GET", "journal/count?operation="+operation, "", 200))
				if want := fmt.Sprintf("{\"count\":%d}\n", count); got != want {
					t.Fatalf("the journal of %s: got %s, want %s", operation, got, want)
				}
			}
			if clears {
				a.control(t, "DELETE", "journal", "", 204)
				a.journal = map[string]int{}
			}
		}
	},
	"read": func(t *rapid.T) step {
		return func(t *rapid.T, a *history) {
			var got struct {
				Settings struct{ ExternalShare, ExternalShareSocialMedia, BlockExistingLinksOnRestrict bool }
				Links    []struct{ ID, Key, Password string }
				APIKeys  []struct{ Key string }
			}
			if err := json.Unmarshal(a.control(t, "GET", "state", "", 200), &got); err != nil {
				t.Fatal(err)
			}
			if got.Settings.ExternalShare != a.external || got.Settings.ExternalShareSocialMedia != a.social || got.Settings.BlockExistingLinksOnRestrict != a.block || len(got.Links) != len(a.links) || len(got.APIKeys) != len(a.keys) {
				t.Fatalf("the state is %+v, and should be %+v", got, a.modelData)
			}
			for _, link := range got.Links {
				if want := a.links[link.ID]; link.Key != want.key || link.Password != want.password {
					t.Fatalf("the link %+v should be %+v", link, want)
				}
			}
		}
	},
}

// checkHistory lets the same things happen to a portal of each profile, and compares each answer with that of the model.
func checkHistory(t *rapid.T) {
	portals := []*history{newHistory(t, mockserver.ProfileV372), newHistory(t, mockserver.ProfileDocumented)}
	actions := map[string]func(*rapid.T){}
	for name, draw := range steps {
		actions[name] = func(t *rapid.T) {
			happens := draw(t)
			for _, a := range portals {
				happens(t, a)
			}
		}
	}
	t.Repeat(actions)
}

func TestHistoryFollowsTheModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, checkHistory)
}

func FuzzHistory(f *testing.F) { f.Fuzz(rapid.MakeFuzz(checkHistory)) }

func quoted(text string) string { return fmt.Sprintf("%q", text) }
