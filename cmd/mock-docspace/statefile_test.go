package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Whatever a portal can hold comes back from its file.
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
		file := newStateFile(name, slog.New(slog.DiscardHandler))
		file.state = s.State
		if err := file.save(); err != nil {
			t.Fatal(err)
		}
		if got, ok, err := readState(name); err != nil || !ok || !reflect.DeepEqual(got, s.State()) {
			t.Fatalf("got %+v, %t, %v\nwant %+v", got, ok, err, s.State())
		}
	})
}

// keeping saves the state of a portal in time that the test makes.
func keeping(t *testing.T, name string, log *output) (change func(link string), stop func() error, s *mockserver.Server, file *stateFile) {
	t.Helper()
	file = newStateFile(name, slog.New(slog.NewTextHandler(log, nil)))
	s, err := mockserver.New(mockserver.WithChanged(file.changed))
	if err != nil {
		t.Fatal(err)
	}
	file.state = s.State
	stop, err = file.start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return func(link string) {
		if _, err := s.AddLink(mockserver.Link{Key: link}); err != nil {
			t.Error(err)
		}
	}, stop, s, file
}

func TestEachChangeIsSaved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		name, log := filepath.Join(t.TempDir(), "state.json"), &output{}
		change, stop, s, _ := keeping(t, name, log)
		if p, ok, err := readState(name); !ok || err != nil || !reflect.DeepEqual(p, s.State()) {
			t.Fatalf("not saved at the start: %v", err)
		}
		for _, link := range []string{"a", "b", "c"} {
			change(link)
			synctest.Wait()
			if !strings.Contains(read(t, name), `"key": "`+link+`"`) {
				t.Errorf("link %s is not saved", link)
			}
		}
		change("last")
		if err := stop(); err != nil || !strings.Contains(read(t, name), `"key": "last"`) {
			t.Errorf("the last change is not saved at the end: %v", err)
		}
		if log.String() != "" {
			t.Errorf("logged: %s", log)
		}
	})
}

// Whoever has an answer finds what it tells of in the file, whatever happens to the program then.
func TestAnswersWaitForTheirChanges(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.json")
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--state", name)
	for i := range 50 {
		secret := fmt.Sprintf("Secret-%d!", i)
		p.do("POST", password, `{"password":"`+secret+`"}`, "Authorization", "YOUR_API_KEY")
		if !strings.Contains(read(t, name), secret) {
			t.Fatalf("%s was answered, and is not in the file", secret)
		}
		p.do("POST", "/__mock/links", fmt.Sprintf(`{"key":"link-%d"}`, i))
		if !strings.Contains(read(t, name), fmt.Sprintf(`"link-%d"`, i)) {
			t.Fatalf("link %d was answered, and is not in the file", i)
		}
	}
}

// Changes that are made while the file is written are saved together.
func TestChangesAreSavedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newStateFile(filepath.Join(t.TempDir(), "state.json"), slog.New(slog.DiscardHandler))
		looked, saves := make(chan struct{}), 0
		f.state = func() mockserver.Portal {
			saves++
			<-looked
			return mockserver.DefaultPortal()
		}
		go f.keep(t.Context())
		f.changed()
		synctest.Wait() // the first save is under way
		for range 100 {
			f.changed()
		}
		settled := make(chan struct{})
		go func() {
			f.settle(t.Context())
			close(settled)
		}()
		looked <- struct{}{}
		synctest.Wait()
		select {
		case <-settled:
			t.Error("settled before the changes were looked at")
		default:
		}
		looked <- struct{}{}
		<-settled
		if saves != 2 {
			t.Errorf("saved %d times", saves)
		}
		close(looked) // for the last save, at the end
	})
}

func TestNothingIsSavedWithoutChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		name := filepath.Join(t.TempDir(), "state.json")
		_, stop, s, _ := keeping(t, name, &output{})
		before, _ := os.Stat(name)
		s.Reset()
		<-time.After(time.Second)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if after, _ := os.Stat(name); !os.SameFile(before, after) {
			t.Error("the file was written again")
		}
	})
}

// A save that fails is told once, and tried again until it works.
func TestFailedSavesAreTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "kept")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		name, log := filepath.Join(dir, "state.json"), &output{}
		change, stop, _, file := keeping(t, name, log)
		if err := os.Rename(dir, dir+"-away"); err != nil {
			t.Fatal(err)
		}
		change("meanwhile")
		file.settle(t.Context()) // does not wait for what cannot be
		<-time.After(5 * retryDelay)
		synctest.Wait()
		if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "ERROR") || !strings.Contains(got, name+" cannot be written") {
			t.Errorf("logged %q, want the failure once", got)
		}
		if err := os.Rename(dir+"-away", dir); err != nil {
			t.Fatal(err)
		}
		<-time.After(2 * retryDelay)
		synctest.Wait()
		if !strings.Contains(read(t, name), "meanwhile") || !strings.Contains(log.String(), "saved again") {
			t.Errorf("not saved once it could be: %s", log)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		change("lost")
		if err := stop(); err == nil || !strings.Contains(err.Error(), name+" cannot be written") {
			t.Errorf("the end: %v, want the failure", err)
		}
	})
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
			file := file(t, test.text)
			before, _ := os.Stat(file)
			code, stdout, stderr := ended(t, nil, "--addr", "127.0.0.1:0", "--state", file)
			if code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, file+":") || !strings.Contains(stderr, test.want) {
				t.Errorf("exit %d, stdout %q, stderr %q; want %q in one line", code, stdout, stderr, test.want)
			}
			if after, _ := os.Stat(file); read(t, file) != test.text || !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
				t.Error("the file was touched")
			}
			if got := names(t, filepath.Dir(file)); got != filepath.Base(file) {
				t.Errorf("left behind: %s", got)
			}
		})
	}
}

func TestStateFileThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		filepath.Join(dir, "missing", "state.json"): "no such file or directory",
		dir:        "not a file",
		os.DevNull: "not a file",
	} {
		code, stdout, stderr := ended(t, nil, "--addr", "127.0.0.1:0", "--state", name)
		if code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, name) || !strings.Contains(stderr, want) {
			t.Errorf("%s: exit %d, stderr %q, want %q", name, code, stderr, want)
		}
	}
}

const (
	settings = "/api/2.0/files/settings"
	password = "/api/2.0/files/share/KEY_FROM_URL/password"
)

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
		t.Errorf("not told: %s", second.stderr)
	}
	second.do("PUT", settings+"/external", `{"set":true}`, owner...)
	if _, body := second.do("POST", password, `{"password":"wrong"}`); !strings.Contains(body, `{"response":{"status":4,`) {
		t.Errorf("the password was not kept: %s", body)
	}
	second.stop()
}

// --profile and --api-key win over the state file, which wins over the portal file.
func TestWhatWinsOverTheState(t *testing.T) {
	state := filepath.Join(t.TempDir(), "state.json")
	portal := file(t, "profile: v3.7.2\nlinks: [{key: of-the-file}]\n")
	args := []string{"--addr", "127.0.0.1:0", "--state", state}
	start(t, nil, args...).stop()

	p := start(t, nil, append(args, "--portal", portal)...)
	if p.get(settings).StatusCode != 401 || strings.Contains(read(t, state), "of-the-file") {
		t.Error("the portal file won over the state file")
	}
	p.stop()
	p = start(t, nil, append(args, "--portal", portal, "--profile", "v3.7.2", "--api-key", "sk-mine")...)
	if got := p.get(settings).StatusCode; got != 200 {
		t.Errorf("--profile did not win: %d", got)
	}
	if got := p.get(settings, "Authorization", "Bearer sk-mine").StatusCode; got != 200 {
		t.Errorf("--api-key did not win: %d", got)
	}
	p.stop()
	if !strings.Contains(read(t, state), "sk-mine") {
		t.Error("the key is not in the state")
	}
	if code, _, stderr := ended(t, nil, "--addr", "127.0.0.1:0", "--portal", state, "--state", state); code != exitUsage || !strings.Contains(stderr, "--state") {
		t.Errorf("one file for both: exit %d, %q", code, stderr)
	}
}

func TestSaveFailureAtTheEndIsAFailure(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--state", filepath.Join(dir, "state.json"))
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	p.do("PUT", settings+"/external", `{"set":false}`, "Authorization", "YOUR_API_KEY")
	if code := p.stop(); code != exitFailure || !strings.Contains(p.stderr.String(), "mock-docspace: --state: "+dir) {
		t.Errorf("exit %d, stderr %s", code, p.stderr)
	}
}

// What cannot be written as JSON is told like any other failure.
func TestSaveOfNoPortal(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.json")
	f := newStateFile(name, slog.New(slog.DiscardHandler))
	f.state = func() mockserver.Portal {
		p := mockserver.DefaultPortal()
		p.Links[0].Expires = time.Date(12345, 1, 1, 0, 0, 0, 0, time.UTC)
		return p
	}
	if err := f.save(); err == nil || !strings.Contains(err.Error(), name) {
		t.Errorf("got %v", err)
	}
	if _, err := f.start(t.Context()); err == nil {
		t.Error("started all the same")
	}
	if _, err := os.Stat(name); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file was made: %v", err)
	}
}

// Two programs on one file would each write over the changes of the other.
func TestOneProgramAFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.json")
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--state", name)
	code, _, stderr := ended(t, nil, "--addr", "127.0.0.1:0", "--state", name)
	if code != exitUsage || !strings.Contains(stderr, "--state: "+name+" is kept by another mock-docspace") || strings.Count(stderr, "\n") != 1 {
		t.Errorf("exit %d, %q", code, stderr)
	}
	p.stop()
	p = start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--state", name) // the lock is gone with the program
	p.stop()
}

func TestEmptyFlags(t *testing.T) {
	for _, test := range []struct {
		environ []string
		args    []string
		want    string
	}{
		{nil, []string{"--state", ""}, "--state: the value is empty"},
		{nil, []string{"--unix="}, "--unix: the value is empty"},
		{nil, []string{"--control-token", ""}, "--control-token: the value is empty"},
		{[]string{"MOCK_DOCSPACE_STATE="}, nil, "--state: the value is empty: leave it out (from MOCK_DOCSPACE_STATE)"},
	} {
		code, stdout, stderr := ended(t, test.environ, test.args...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, test.want) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v %v: exit %d, %q", test.environ, test.args, code, stderr)
		}
	}
}
