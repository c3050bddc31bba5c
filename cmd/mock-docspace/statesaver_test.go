package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/host"
)

// startSaver makes a portal whose changes are saved to a file.
func startSaver(t *testing.T, name string, log *output) (change func(link string), stop func() error, s *mockserver.Server, file *stateSaver) {
	t.Helper()
	file = newStateSaver(name, slog.New(slog.NewTextHandler(log, nil)))
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
		change, stop, s, _ := startSaver(t, name, log)
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

// A change is in the file when its request has been answered.
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

// Whatever changes the portal is answered only when its change is in the file. What changes nothing does not wait for others.
func TestEveryChangeWaitsForItsSave(t *testing.T) {
	const owner, person = "YOUR_API_KEY", `{"userName":"owner@example.com","password":"Owner-pass-1"}`
	for _, call := range []struct {
		method, path, body string
		changes            bool
	}{
		{"GET", settings, "", false},
		{"GET", "/api/2.0/files/rooms/10/links", "", false},
		{"GET", "/__mock/state", "", false},
		{"GET", "/__mock/health", "", false},
		{"PUT", settings + "/external", `{"set":false}`, true},
		{"PUT", settings + "/externalsocialmedia", `{"set":false}`, true},
		{"PUT", settings + "/externalsharingsettings", `{"enableExternalSharing":false}`, true},
		{"POST", password, `{"password":"Secret123!"}`, true},
		{"GET", "/api/2.0/files/rooms/10/link", "", true},
		{"PUT", "/api/2.0/files/rooms/10/links", `{"access":2,"linkType":1,"title":"x"}`, true},
		{"GET", "/api/2.0/files/folder/11/link", "", true},
		{"POST", "/api/2.0/files/folder/11/link", `{"access":2}`, true},
		{"PUT", "/api/2.0/files/folder/11/links", `{"access":2}`, true},
		{"GET", "/api/2.0/files/file/12/link", "", true},
		{"POST", "/api/2.0/files/file/12/link", `{"access":2}`, true},
		{"PUT", "/api/2.0/files/file/12/links", `{"access":2}`, true},
		{"POST", "/api/2.0/files/rooms", `{"title":"x","roomType":5}`, true},
		{"DELETE", "/api/2.0/files/rooms/10", `{}`, true},
		{"POST", "/api/2.0/authentication", person, true},
		{"PUT", "/__mock/state", `{"profile":"v3.7.2"}`, true},
		{"PATCH", "/__mock/state", `{"tenantId":5}`, true},
		{"POST", "/__mock/reset", "", true},
		{"POST", "/__mock/snapshots/a/restore", "", true},
		{"POST", "/__mock/links", `{"key":"new"}`, true},
		{"PATCH", "/__mock/links/3fa85f64-5717-4562-b3fc-2c963f66afa6", `{"title":"x"}`, true},
		{"DELETE", "/__mock/links/3fa85f64-5717-4562-b3fc-2c963f66afa6", "", true},
		{"POST", "/__mock/users", `{"email":"new@example.com","role":"user"}`, true},
		{"PATCH", "/__mock/users/8b959b14-f133-11ea-b126-00ffeec8b4ef", `{"firstName":"x"}`, true},
		{"DELETE", "/__mock/users/8b959b14-f133-11ea-b126-00ffeec8b4ef", "", true},
		{"POST", "/__mock/apiKeys", `{"key":"sk-new","user":"owner@example.com"}`, true},
		{"PATCH", "/__mock/apiKeys/sk-mine", `{"active":false}`, true},
		{"DELETE", "/__mock/apiKeys/sk-mine", "", true},
		{"POST", "/__mock/entries", `{"title":"x","type":"room"}`, true},
		{"PATCH", "/__mock/entries/room/10", `{"title":"x"}`, true},
		{"DELETE", "/__mock/entries/room/10", "", true},
	} {
		synctest.Test(t, func(t *testing.T) {
			p := mockserver.DefaultPortal()
			p.APIKeys = append(p.APIKeys, mockserver.APIKey{Key: "sk-mine", User: "owner@example.com"})
			p.Users[3].ID = "8b959b14-f133-11ea-b126-00ffeec8b4ef"
			file := newStateSaver(filepath.Join(t.TempDir(), "state.json"), slog.New(slog.DiscardHandler))
			s, err := mockserver.New(mockserver.WithPortal(p), mockserver.WithChanged(file.changed), mockserver.WithPasswordRounds(1))
			if err != nil {
				t.Fatal(err)
			}
			h, err := host.New(host.WithMain(s), host.WithPortalIdle(0))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.SaveSnapshot("a"); err != nil {
				t.Fatal(err)
			}
			if _, err := s.AddLink(mockserver.Link{Key: "earlier"}); err != nil { // is not saved when the request comes
				t.Fatal(err)
			}
			looked := make(chan struct{})
			file.state = func() mockserver.Portal {
				<-looked
				return s.State()
			}
			chain := newChain(h, file, newBodyLimits(), 100)
			r := httptest.NewRequest(call.method, "http://127.0.0.1"+call.path, strings.NewReader(call.body))
			r.Header.Set("Authorization", owner)
			r.Header.Set("Content-Type", "application/json")
			w, answered := httptest.NewRecorder(), make(chan struct{})
			go func() {
				chain.ServeHTTP(w, r)
				close(answered)
			}()
			synctest.Wait()
			select {
			case <-answered:
				if call.changes {
					t.Errorf("%s %s was answered before its change was saved", call.method, call.path)
				}
			default:
				if !call.changes {
					t.Errorf("%s %s waits for the change of another request", call.method, call.path)
				}
			}
			close(looked)
			if err := file.save(); err != nil {
				t.Error(err)
			}
			<-answered
			if w.Code > 299 {
				t.Errorf("%s %s: got %d %s", call.method, call.path, w.Code, w.Body)
			}
		})
	}
}

// Changes that are made while the file is written are saved together.
func TestChangesAreSavedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newStateSaver(filepath.Join(t.TempDir(), "state.json"), slog.New(slog.DiscardHandler))
		looked, saves := make(chan struct{}), 0
		f.state = func() mockserver.Portal {
			saves++
			<-looked
			return mockserver.DefaultPortal()
		}
		go f.saveChanges(t.Context())
		f.changed()
		synctest.Wait() // the first save is under way
		for range 100 {
			f.changed()
		}
		settled := make(chan struct{})
		go func() {
			f.waitUntilSaved(t.Context())
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
		_, stop, s, _ := startSaver(t, name, &output{})
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

// A failing save is logged once, and tried again until it succeeds.
func TestFailedSavesAreTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "kept")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		name, log := filepath.Join(dir, "state.json"), &output{}
		change, stop, _, file := startSaver(t, name, log)
		if err := os.Rename(dir, dir+"-away"); err != nil {
			t.Fatal(err)
		}
		change("meanwhile")
		file.waitUntilSaved(t.Context()) // does not wait while saving fails
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

// A portal that cannot be encoded as JSON is an error like any other.
func TestSaveOfNoPortal(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.json")
	f := newStateSaver(name, slog.New(slog.DiscardHandler))
	f.state = func() mockserver.Portal {
		p := mockserver.DefaultPortal()
		p.Links[0].Expires = time.Date(12345, 1, 1, 0, 0, 0, 0, time.UTC)
		return p
	}
	if err := f.save(); err == nil || !strings.Contains(err.Error(), name) {
		t.Errorf("got %v", err)
	}
	if _, err := f.start(t.Context()); err == nil {
		t.Error("started in spite of the error")
	}
	if _, err := os.Stat(name); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file was made: %v", err)
	}
}
