package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gofrs/flock"

	"github.com/mock-docspace/mock-docspace/internal/printable"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Every valid portal is read back from its file as it was written.
func TestStateFileHoldsAnyPortal(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.json")
	rapid.Check(t, func(t *rapid.T) {
		p := mockserver.DefaultPortal()
		p.Links[0].Key = rapid.StringN(1, 20, -1).Draw(t, "key")
		p.Links[0].Password = rapid.StringN(0, 20, -1).Draw(t, "password")
		p.Links[0].Expires = time.Unix(rapid.Int64Range(0, 1<<35).Draw(t, "expires"), rapid.Int64Range(0, 999).Draw(t, "nanoseconds")).UTC()
		p.Entries[0].Title = rapid.StringN(0, 20, -1).Draw(t, "title")
		p.Users[0].Tokens = append(p.Users[0].Tokens, rapid.SliceOfNDistinct(rapid.StringMatching(`[!-~]{1,20}`), 0, 3, rapid.ID[string]).Draw(t, "tokens")...)
		p.Users[3].Disabled = rapid.Bool().Draw(t, "disabled")
		p.Settings.ExternalShare = rapid.Bool().Draw(t, "externalShare")
		p.Limits.PasswordAttempts.Window = time.Duration(rapid.IntRange(1000, 9999000).Draw(t, "window")) * time.Millisecond
		s, err := mockserver.New(mockserver.WithPortal(p))
		if err != nil {
			t.Skip("not a portal: ", err)
		}
		file := newStateSaver(name, slog.New(slog.DiscardHandler))
		file.state = s.State
		if err := file.save(); err != nil {
			t.Fatal(err)
		}
		if got, ok, err := readState(name); err != nil || !ok || !reflect.DeepEqual(got, s.State()) {
			t.Fatalf("got %+v, %t, %v\nwant %+v", got, ok, err, s.State())
		}
	})
}

func TestStateIsKept(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.json")
	args := []string{"--addr", "127.0.0.1:0", "--state", name}
	owner := []string{"Authorization", "Bearer YOUR_API_KEY"}

	first := start(t, nil, args...)
	if info, err := os.Stat(name); err != nil || info.Mode() != 0o600 {
		t.Errorf("the file: %v, %v", info, err)
	}
	first.do("PUT", settings+"/external", `{"set":false}`, owner...)
	first.do("POST", password, `{"password":"Secret123!"}`, owner...)
	if code := first.stop(); code != exitOK {
		t.Fatalf("exit %d", code)
	}

	second := start(t, nil, args...)
	if _, body := second.do("GET", settings, "", owner...); !strings.Contains(body, `"externalShare":false`) {
		t.Errorf("the switch was not kept: %s", body)
	}
	if !strings.Contains(second.stderr.String(), name) {
		t.Errorf("the file is not named: %s", second.stderr)
	}
	second.do("PUT", settings+"/external", `{"set":true}`, owner...)
	if _, body := second.do("POST", password, `{"password":"wrong"}`); !strings.Contains(body, `{"response":{"status":4,`) {
		t.Errorf("the password was not kept: %s", body)
	}
	second.stop()
}

// --profile and --api-key override the state file, which overrides the portal file.
func TestFlagsOverrideTheStateFile(t *testing.T) {
	state := filepath.Join(t.TempDir(), "state.json")
	portal := writeFile(t, "profile: v3.7.2\nlinks: [{key: of-the-file}]\n")
	args := []string{"--addr", "127.0.0.1:0", "--state", state}
	start(t, nil, args...).stop()

	p := start(t, nil, append(args, "--portal", portal)...)
	if p.get(settings).StatusCode != 401 || strings.Contains(read(t, state), "of-the-file") {
		t.Error("the portal file overrode the state file")
	}
	p.stop()
	p = start(t, nil, append(args, "--portal", portal, "--profile", "v3.7.2", "--api-key", "sk-mine")...)
	if got := p.get(settings).StatusCode; got != 200 {
		t.Errorf("--profile did not override it: %d", got)
	}
	if got := p.get(settings, "Authorization", "Bearer sk-mine").StatusCode; got != 200 {
		t.Errorf("--api-key did not override it: %d", got)
	}
	p.stop()
	if !strings.Contains(read(t, state), "sk-mine") {
		t.Error("the key is not in the state")
	}
	if code, _, stderr := runToEnd(t, nil, "--addr", "127.0.0.1:0", "--portal", state, "--state", state); code != exitUsage || !strings.Contains(stderr, "--state") {
		t.Errorf("one file for both: exit %d, %q", code, stderr)
	}
}

func TestDamagedStateFile(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole.json")
	start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--state", whole).stop()
	good := read(t, whole)
	for name, test := range map[string]struct{ text, want string }{
		"empty":         {"", ":1:1: is damaged"},
		"blank":         {"\n\n", ":2:1: is damaged"},
		"zeros":         {strings.Repeat("\x00", 100), ":1:1: is damaged"},
		"cut off":       {good[:len(good)/2], ": is damaged: unexpected end"},
		"half a line":   {"{\n  \"profile\": \"docu", ":2:18: is damaged"},
		"more":          {good + "{}", fmt.Sprintf(":%d:1: is damaged", strings.Count(good, "\n")+1)},
		"YAML":          {"tenantId: 1\n", ":1:2: is damaged"},
		"null":          {"null", ":1:1: is damaged: expected a JSON object"},
		"list":          {"[]", ":1:1: is damaged: expected a JSON object"},
		"no text":       {"{\"profile\":\n 7}", `:2:2: profile`},
		"unknown key":   {"{\n \"nope\": 1}", `:2:2: unknown key "nope"`},
		"the same key":  {`{"links": [], "links": []}`, ":1:15: "},
		"not UTF-8":     {"{\"profile\": \"\xff\"}", ":1:14: is not valid UTF-8"},
		"nobody":        {strings.Replace(good, `"user": "admin@example.com"`, `"user": "nobody@example.com"`, 1), "apiKeys[1].user: no user"},
		"negative":      {strings.Replace(good, `"tenantId": 1`, `"tenantId": -1`, 1), ":3:15: tenantId"},
		"deeply nested": {strings.Repeat("[", 100000), ": is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			file := writeFile(t, test.text)
			before, _ := os.Stat(file)
			code, stdout, stderr := runToEnd(t, nil, "--addr", "127.0.0.1:0", "--state", file)
			if code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, file+":") || !strings.Contains(stderr, test.want) {
				t.Errorf("exit %d, stdout %q, stderr %q; want %q in one line", code, stdout, stderr, test.want)
			}
			if after, _ := os.Stat(file); read(t, file) != test.text || !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
				t.Error("the file was touched")
			}
			if got := filesIn(t, filepath.Dir(file)); got != filepath.Base(file) {
				t.Errorf("left behind: %s", got)
			}
		})
	}
}

func TestStateFileThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		filepath.Join(dir, "missing", "state.json"): "no such file or directory",
		dir:        "not a regular file",
		os.DevNull: "not a regular file",
	} {
		code, stdout, stderr := runToEnd(t, nil, "--addr", "127.0.0.1:0", "--state", name)
		if code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, name) || !strings.Contains(stderr, want) {
			t.Errorf("%s: exit %d, stderr %q, want %q", name, code, stderr, want)
		}
	}
}

// Two processes with one file would each overwrite the changes of the other.
func TestStateFileOfAnotherProcess(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.json")
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--state", name)
	code, _, stderr := runToEnd(t, nil, "--addr", "127.0.0.1:0", "--state", name)
	if code != exitUsage || !strings.Contains(stderr, "--state: "+name+" is used by another mock-docspace") || strings.Count(stderr, "\n") != 1 {
		t.Errorf("exit %d, %q", code, stderr)
	}
	p.stop()
	p = start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--state", name) // the lock ends with the program
	p.stop()
}

// A lock file that is removed or replaced is locked again with the next save. When another program has come first, the file is its own.
func TestRemovedLockOfTheState(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.json")
	args := []string{"--addr", "127.0.0.1:0", "--quiet", "--state", name}
	change := func(p *program, link string) {
		t.Helper()
		if answer, body := p.do("POST", "/__mock/links", `{"key":"`+link+`"}`); answer.StatusCode != 201 {
			t.Errorf("%s: got %d %s", link, answer.StatusCode, body)
		}
	}
	first := start(t, nil, args...)
	for link, lose := range map[string]func(){
		"removed":  func() {},
		"replaced": func() { rewrite(t, lockName(name), "") },
	} {
		if err := os.Remove(lockName(name)); err != nil {
			t.Fatal(err)
		}
		lose()
		change(first, link)
		if code, _, stderr := runToEnd(t, nil, args...); code != exitUsage || !strings.Contains(stderr, "is used by another mock-docspace") || !strings.Contains(read(t, name), link) {
			t.Errorf("%s: exit %d, stderr %q", link, code, stderr)
		}
	}

	if err := os.Remove(lockName(name)); err != nil {
		t.Fatal(err)
	}
	second := start(t, nil, args...)
	change(second, "of-the-second")
	change(first, "lost")
	change(first, "lost-too")
	second.stop()
	change(first, "lost-as-well")
	if code := first.stop(); code != exitFailure {
		t.Errorf("exit %d", code)
	}
	if got := read(t, name); !strings.Contains(got, "of-the-second") || strings.Contains(got, "lost") {
		t.Error("the first program has overwritten the changes of the second")
	}
	if got := first.stderr.String(); strings.Count(got, "level=ERROR") != 1 || strings.Count(got, "\n") != 2 || !strings.Contains(got, "the state is not saved any more") ||
		!strings.Contains(got, "mock-docspace: --state: "+name+" is used by another mock-docspace") {
		t.Errorf("stderr %q", got)
	}
}

// Two programs never use one file under two names: not under two paths, not behind a symbolic link, and not as two hard links.
func TestStateFileOfTwoNames(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "state.json")
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--state", name)
	beside := filepath.Join(t.TempDir(), "directory")
	link, hard := filepath.Join(dir, "link.json"), filepath.Join(dir, "hard.json")
	if err := errors.Join(os.Symlink(dir, beside), os.Symlink("state.json", link), os.Link(name, hard)); err != nil {
		t.Fatal(err)
	}
	refused := func(other, want string) {
		t.Helper()
		code, stdout, stderr := runToEnd(t, nil, "--addr", "127.0.0.1:0", "--state", other)
		if code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "--state: "+other) || !strings.Contains(stderr, want) {
			t.Errorf("%s: exit %d, stdout %q, stderr %q, want %q", other, code, stdout, stderr, want)
		}
	}
	refused(link, "a symbolic link: name the file itself")
	refused(hard, "a file with several names")
	refused(name, "a file with several names")
	if err := os.Remove(hard); err != nil {
		t.Fatal(err)
	}
	refused(filepath.Join(beside, "state.json"), "is used by another mock-docspace")
	refused(filepath.Join(dir, "..", filepath.Base(dir), "state.json"), "is used by another mock-docspace")
	if err := os.Link(name, hard); err != nil { // a backup does not keep the program from saving
		t.Fatal(err)
	}
	p.do("POST", "/__mock/links", `{"key":"saved-beside-a-backup"}`)
	if !strings.Contains(read(t, name), "saved-beside-a-backup") || strings.Contains(read(t, hard), "saved-beside-a-backup") {
		t.Error("not saved, or written through the other name")
	}
	p.stop()

	lock, other := filepath.Join(dir, ".other.json.lock"), filepath.Join(dir, "other.json")
	if err := os.Symlink("elsewhere", lock); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := runToEnd(t, nil, "--addr", "127.0.0.1:0", "--state", other); code != exitUsage || !strings.Contains(stderr, "--state: "+lock+" is a symbolic link") {
		t.Errorf("exit %d, stderr %q", code, stderr)
	}
}

// What the program has written is read again wherever a portal can be given, whatever its size.
func TestLargeStateIsReadByEveryDoor(t *testing.T) {
	p := mockserver.DefaultPortal()
	for i := range 1000 {
		id := strconv.Itoa(100 + i)
		p.Entries = append(p.Entries, mockserver.Entry{ID: id, Title: strings.Repeat("é", 170), Type: mockserver.EntryRoom, CreatedBy: "owner@example.com"})
		p.Links = append(p.Links, mockserver.Link{Entry: "room/" + id, Title: strings.Repeat("é", 255), Password: strings.Repeat("é", 255)})
	}
	s, err := mockserver.New(mockserver.WithPortal(p))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "state.json")
	file := newStateSaver(name, slog.New(slog.DiscardHandler))
	file.state = s.State
	if err := file.save(); err != nil {
		t.Fatal(err)
	}
	text := read(t, name)
	if len(text) < 3<<19 {
		t.Fatalf("only %d bytes", len(text))
	}
	if got, _, err := readState(name); err != nil || len(got.Entries) != len(p.Entries) {
		t.Errorf("--state: %d entries, %v", len(got.Entries), err)
	}
	if code, _, stderr := runToEnd(t, nil, "portal", "check", name); code != exitOK {
		t.Errorf("portal check: exit %d, %s", code, stderr)
	}
	server := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--portal", name)
	for _, call := range []struct{ method, path, body string }{
		{"PUT", "/__mock/state", text}, {"PATCH", "/__mock/state", text}, {"POST", "/__mock/portals", `{"name":"a","portal":` + text + `}`},
	} {
		if answer, body := server.do(call.method, call.path, call.body); answer.StatusCode > 299 {
			t.Errorf("%s %s: %d %s", call.method, call.path, answer.StatusCode, body)
		}
	}
	if answer, body := server.do("PUT", "/__mock/state", strings.Repeat(" ", mockserver.MaxPortalText+1)); answer.StatusCode != 413 || !strings.Contains(body, "larger than 16777216 bytes") {
		t.Errorf("got %d %s", answer.StatusCode, body)
	}
	if answer, body := server.do("POST", "/__mock/links", strings.Repeat(" ", 1<<20+1)); answer.StatusCode != 413 || !strings.Contains(body, "larger than 1048576 bytes") {
		t.Errorf("got %d %s", answer.StatusCode, body)
	}
}

// Whatever is in a state file is a portal that can be served and saved, or a mistake that names the file.
func FuzzStateFile(f *testing.F) {
	good, err := json.Marshal(mockserver.DefaultPortal())
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{string(good), "", "{}", "null", "[", "tenantId: 1", `{"tenantId":99999999999999999999}`, `{"loginEvents":2147483647,"sessions":[{"token":"x","user":"owner@example.com","loginEventId":-1}]}`, "{\"profile\":\"\xff\"}", `{"links":[{"expires":"9999-12-31T23:59:59-23:59"}]}`, strings.Repeat("[", 5000)} {
		f.Add([]byte(text))
	}
	name := filepath.Join(f.TempDir(), "state.json")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		p, found, err := readState(name)
		if err != nil {
			var mistake *mockserver.FileError
			if !errors.As(err, &mistake) || mistake.File != name || strings.Contains(printable.Line(err.Error()), "\n") {
				t.Errorf("%v", err)
			}
			return
		}
		if !found {
			t.Fatal("the file is not there")
		}
		s, err := mockserver.New(mockserver.WithPortal(p))
		if err != nil {
			t.Fatal(err)
		}
		file := newStateSaver(name, slog.New(slog.DiscardHandler))
		file.state = s.State
		if err := file.save(); err != nil {
			t.Fatal(err)
		}
		if again, _, err := readState(name); err != nil || !reflect.DeepEqual(again, s.State()) {
			t.Errorf("read again: %v", err)
		}
	})
}

// A program that ends while another one starts saves its last changes. They are what the other one starts with.
func TestStateThatIsSavedWhileTheProgramStarts(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.json")
	if err := os.WriteFile(name, []byte(`{"tenantId":2}`), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { takeLock = lockState })
	takeLock = func(name string) (*flock.Flock, error) {
		if err := replaceFile(name, []byte(`{"tenantId":3}`), 0o600); err != nil {
			t.Error(err)
		}
		return lockState(name)
	}
	flags := portalFlags{State: name}
	server, saver, err := flags.loadState(t.Context(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer saver.unlock()
	if got := server.State().TenantID; got != 3 {
		t.Errorf("it starts with tenant %d", got)
	}
}

// A start that fails leaves no lock behind.
func TestFailedStartUnlocksTheState(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.json")
	if err := os.WriteFile(name, []byte(`{"tenantId":2}`), 0o600); err != nil {
		t.Fatal(err)
	}
	flags := portalFlags{State: name}
	if _, _, err := flags.loadState(t.Context(), slog.New(slog.DiscardHandler), nil); err == nil {
		t.Fatal("an option that is nil is taken")
	}
	lock, err := lockState(name)
	if err != nil {
		t.Fatal(err)
	}
	_ = lock.Close()
}
