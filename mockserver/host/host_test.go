package host

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// href is the address that an answer names.
func href(t testing.TB, body []byte) string {
	t.Helper()
	var wrapper struct{ Links []api.LinkDto }
	if err := json.Unmarshal(body, &wrapper); err != nil || len(wrapper.Links) != 1 {
		t.Fatalf("%v in %s", err, body)
	}
	return wrapper.Links[0].Href
}

// A portal is reached in three ways, and its answers name the address that was used.
func TestPortalIsNamed(t *testing.T) {
	h := newHost(t, newServer(t))
	mine := addPortal(t, h, "mine", mockserver.Portal{Profile: mockserver.ProfileV372})
	addPortal(t, h, "other", mockserver.Portal{})
	owner := "Bearer " + mine.Key(mockserver.RoleOwner)
	for _, test := range []struct {
		name, target string
		headers      []string
		href         string
	}{
		{"path", "http://localhost:8092/portals/mine" + mocktest.SettingsPath, nil, "http://localhost:8092/portals/mine" + mocktest.SettingsPath},
		{"path with many slashes", "http://localhost:8092//portals/mine" + mocktest.SettingsPath, nil, "http://localhost:8092/portals/mine" + mocktest.SettingsPath},
		{"escaped path", "http://localhost:8092/portals/%6Dine" + mocktest.SettingsPath, nil, "http://localhost:8092/portals/mine" + mocktest.SettingsPath},
		{"header", "http://localhost:8092" + mocktest.SettingsPath, []string{"X-Mock-Portal", "mine"}, "http://localhost:8092" + mocktest.SettingsPath},
		{"host", "http://mine.localhost:8092" + mocktest.SettingsPath, nil, "http://mine.localhost:8092" + mocktest.SettingsPath},
		{"host in capitals", "http://MINE.LocalHost" + mocktest.SettingsPath, nil, "http://MINE.LocalHost" + mocktest.SettingsPath},
		{"path before header and host", "http://other.localhost/portals/mine" + mocktest.SettingsPath, []string{"X-Mock-Portal", "other"}, "http://other.localhost/portals/mine" + mocktest.SettingsPath},
		{"header before host", "http://other.localhost" + mocktest.SettingsPath, []string{"X-Mock-Portal", "mine"}, "http://other.localhost" + mocktest.SettingsPath},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := mocktest.Send(h, http.MethodGet, test.target, "", append(test.headers, "Authorization", owner)...)
			if w.Code != 200 {
				t.Fatalf("got %d %s", w.Code, w.Body)
			}
			if got := href(t, w.Body.Bytes()); got != test.href {
				t.Errorf("got %s, want %s", got, test.href)
			}
			if last := mine.LastRequests(1); len(last) != 1 || last[0].Path != mocktest.SettingsPath {
				t.Errorf("the portal was not asked: %+v", last)
			}
			mine.ClearRequests()
		})
	}
	if n := len(h.Main().LastRequests(1)); n != 0 {
		t.Error("the main portal was asked")
	}
}

func TestUnknownPortal(t *testing.T) {
	h := newHost(t, newServer(t))
	for _, test := range []struct {
		target  string
		headers []string
	}{
		{"http://localhost/portals/nobody" + mocktest.SettingsPath, nil},
		{"http://localhost/portals//" + mocktest.SettingsPath, nil},
		{"http://localhost/portals/", nil},
		{"http://localhost/portals/..%2f" + mocktest.SettingsPath, nil},
		{"http://localhost" + mocktest.SettingsPath, []string{"X-Mock-Portal", "nobody"}},
		{"http://localhost" + mocktest.SettingsPath, []string{"X-Mock-Portal", "a\x00"}},
		{"http://nobody.localhost" + mocktest.SettingsPath, nil},
		{"http://a.b.localhost" + mocktest.SettingsPath, nil},
		{"http://localhost/portals/nobody/__mock/health", nil},
	} {
		w := mocktest.Send(h, http.MethodGet, test.target, "", append(test.headers, "Origin", "http://localhost:3000")...)
		if w.Code != 404 || !strings.HasPrefix(w.Body.String(), `{"message":"there is no portal of the name`) || strings.Contains(strings.TrimSpace(w.Body.String()), "\n") || w.Header().Get(mockserver.HeaderVersion) != mockserver.Version {
			t.Errorf("%s %q: got %d %s", test.target, test.headers, w.Code, w.Body)
		}
	}
	for _, target := range []string{"http://localhost/portals", "http://localhost/portalsx/a", "http://localhost/api/portals/a"} {
		if w := mocktest.Send(h, http.MethodGet, target, ""); !strings.Contains(w.Body.String(), "No such call") {
			t.Errorf("%s: got %s", target, w.Body)
		}
	}
}

// Any share key works beneath /portals/NAME/ as it does without.
func TestOddShareKeysOfAPortal(t *testing.T) {
	h := newHost(t, newServer(t))
	keys := []string{"a/b", "/", "a%2Fb", "a b", "100%", "😀", "portals/other", "..%2f", "a?b#c", "...", `"<>`}
	p := mockserver.Portal{}
	for _, key := range keys {
		p.Links = append(p.Links, mockserver.Link{Key: key, Password: rightPassword})
	}
	addPortal(t, h, "mine", p)
	for _, key := range keys {
		path := mocktest.PasswordPath(key)
		for prefix, headers := range map[string][]string{"http://localhost/portals/mine": nil, "http://mine.localhost": nil, "http://localhost": {"X-Mock-Portal", "mine"}} {
			w := mocktest.Send(h, http.MethodPost, prefix+path, mocktest.PasswordBody(rightPassword), headers...)
			if got := share(t, w); got.Status != api.ExternalShareStatusOk {
				t.Errorf("%s%s: got status %d", prefix, path, got.Status)
			}
			shown := prefix + "/api/2.0/files/share/" + strings.ReplaceAll(key, "/", "%2F") + "/password"
			if got := href(t, w.Body.Bytes()); got != shown {
				t.Errorf("got %q, want %q", got, shown)
			}
		}
	}
}

// The prefix of a portal comes from the path alone, and cookies stay beneath it.
func TestCookiesOfAPortal(t *testing.T) {
	h := newHost(t, newServer(t))
	addPortal(t, h, "mine", protected())
	w := mocktest.Send(h, http.MethodPost, "http://localhost/portals/mine"+mocktest.PasswordPath("protected"), mocktest.PasswordBody(rightPassword))
	cookies := w.Result().Cookies()
	if len(cookies) != 2 || cookies[0].Path != "/portals/mine/" || cookies[1].Path != "/portals/mine/" {
		t.Errorf("got %v", cookies)
	}
	w = mocktest.Send(h, http.MethodPost, "http://mine.localhost"+mocktest.PasswordPath("protected"), mocktest.PasswordBody(rightPassword), "X-Forwarded-Prefix", "/evil")
	if cookies := w.Result().Cookies(); len(cookies) != 2 || cookies[0].Path != "/" {
		t.Errorf("got %v", cookies)
	}
}

// Clients that work at the same time, each with a portal of its own, do not meet each other.
func TestManyPortals(t *testing.T) {
	h := newHost(t, newServer(t))
	const clients, rounds = 200, 3
	var sizes []uint64
	for range rounds {
		server := httptest.NewServer(h) // another one each time, so that no client uses a connection again that is closed meanwhile
		var all sync.WaitGroup
		for i := range clients {
			all.Go(func() {
				if err := usePortal(t.Context(), server, i); err != nil {
					t.Errorf("client %d: %v", i, err)
				}
			})
		}
		all.Wait()
		if left := h.Portals(); len(left) != 0 {
			t.Fatalf("portals are left: %v", left)
		}
		server.Close()
		sizes = append(sizes, heap())
	}
	if first, last := sizes[0], sizes[rounds-1]; last > first+4<<20 {
		t.Errorf("the memory grows: %d", sizes)
	}
}

// usePortal makes a portal, lets it fail, moves its clock, looks what it was asked, and deletes it.
func usePortal(ctx context.Context, server *httptest.Server, client int) error {
	process, err := control.NewClientWithResponses(server.URL)
	if err != nil {
		return err
	}
	password := fmt.Sprint("password ", client)
	expires := time.Date(2030, 1, 1, 0, 0, client, 0, time.UTC)
	name := fmt.Sprint("client-", client)
	made, err := process.AddPortalWithResponse(ctx, control.NewPortal{Name: &name, Portal: &control.PortalFile{
		Links: []control.NewLink{{Key: ptr("the/key"), Password: &password, Expires: &expires}},
	}})
	if err != nil {
		return err
	}
	if made.JSON201 == nil {
		return fmt.Errorf("no portal: %s", made.Body)
	}
	mine, err := control.NewClientWithResponses(made.JSON201.URL)
	if err != nil {
		return err
	}
	at := expires.Add(-time.Minute)
	if frozen, err := mine.FreezeClockWithResponse(ctx, control.FreezeClock{At: &at}); err != nil || frozen.JSON200 == nil {
		return fmt.Errorf("not frozen: %w", err)
	}
	times := client%3 + 1
	fault, err := mine.AddFaultWithResponse(ctx, control.NewFault{Operation: ptr(control.OperationApplyExternalSharePassword), Status: ptr(503), Times: &times})
	if err != nil || fault.JSON201 == nil {
		return fmt.Errorf("no fault: %w", err)
	}
	ask := func() (int, api.ExternalShareStatus, error) {
		address := made.JSON201.URL + mocktest.PasswordPath("the/key")
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(mocktest.PasswordBody(password)))
		if err != nil {
			return 0, 0, err
		}
		r.Header.Set("Content-Type", "application/json")
		switch client % 3 {
		case 1: // by header
			r.URL.Path, r.URL.RawPath = "/api/2.0/files/share/the/key/password", mocktest.PasswordPath("the/key")
			r.Header.Set("X-Mock-Portal", name)
		case 2: // by host
			r.URL.Path, r.URL.RawPath = "/api/2.0/files/share/the/key/password", mocktest.PasswordPath("the/key")
			r.Host = name + ".localhost:" + r.URL.Port()
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			return 0, 0, err
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return 0, 0, err
		}
		var answer struct{ Response api.ExternalShareDto }
		if err := json.Unmarshal(body, &answer); err != nil {
			return 0, 0, err
		}
		return resp.StatusCode, answer.Response.Status, nil
	}
	for range times {
		if code, _, err := ask(); code != 503 {
			return fmt.Errorf("got %d, %w, want 503", code, err)
		}
	}
	if code, shared, err := ask(); code != 200 || shared != api.ExternalShareStatusOk {
		return fmt.Errorf("got %d, status %d, %w", code, shared, err)
	}
	if moved, err := mine.AdvanceClockWithResponse(ctx, control.AdvanceClock{By: "61s"}); err != nil || moved.JSON200 == nil {
		return fmt.Errorf("not advanced: %w", err)
	}
	if code, shared, err := ask(); code != 200 || shared != api.ExternalShareStatusExpired {
		return fmt.Errorf("got %d, status %d, %w, want an expired link", code, shared, err)
	}
	count, err := mine.CountRequestsWithResponse(ctx, nil)
	if err != nil || count.JSON200 == nil || count.JSON200.Count != times+2 {
		return fmt.Errorf("got %w %s, want %d requests", err, count.Body, times+2)
	}
	deleted, err := process.DeletePortalWithResponse(ctx, name)
	if err != nil || deleted.StatusCode() != 204 {
		return fmt.Errorf("not deleted: %w", err)
	}
	return nil
}

// A named portal does not know two slashes in a row either.
func TestTwoSlashesBehindThePortal(t *testing.T) {
	h := newHost(t, newServer(t))
	if _, err := h.AddPortal("p2", mockserver.Portal{}); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/" + mocktest.SettingsPath[1:]: 401, "//" + mocktest.SettingsPath[1:]: 404} {
		r := httptest.NewRequest("GET", "http://127.0.0.1/portals/p2"+path, nil)
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != want {
			t.Errorf("%s: got %d %s", path, w.Code, w.Body)
		}
	}
}

// A line of one of many portals says which.
func TestLogNamesThePortal(t *testing.T) {
	log, option := logged()
	h := newHost(t, newServer(t, option), WithServerOptions(option))
	if _, err := h.AddPortal("p2", mockserver.Portal{}); err != nil {
		t.Fatal(err)
	}
	for target, want := range map[string]bool{"/portals/p2" + mocktest.SettingsPath: true, mocktest.SettingsPath: false} {
		log.Reset()
		mocktest.Send(h, "GET", target, "")
		if got := strings.Contains(log.String(), `"portal":"p2"`); got != want || strings.Contains(log.String(), `"portal":""`) {
			t.Errorf("%s: %s", target, log)
		}
	}
}

func TestJournalSizeOfAllPortals(t *testing.T) {
	h := newHost(t, newServer(t), WithServerOptions(mockserver.WithJournal(1)))
	if _, err := h.AddPortal("mine", mockserver.Portal{}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/portals/mine", "/portals/mine", "/portals/mine", "", ""} {
		mocktest.Send(h, "GET", path+mocktest.SettingsPath, "")
	}
	if held, dropped := h.JournalSize(); held != 3 || dropped != 2 {
		t.Errorf("%d held, %d dropped", held, dropped)
	}
}

func TestControlCanBeLeftOut(t *testing.T) {
	h := newHost(t, newServer(t), WithoutControl())
	if w := mocktest.Send(h, http.MethodGet, "http://localhost/__mock/health", ""); w.Code != 404 || strings.Contains(w.Body.String(), "openapi.yaml lists") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if w := mocktest.Send(h.Control(), http.MethodGet, "http://localhost/__mock/state", ""); w.Code != 200 {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if w := mocktest.Send(h.Control(), http.MethodGet, "http://localhost"+mocktest.SettingsPath, ""); w.Code != 404 {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

// A lock that only readers have taken is noticed by the next portal that is added or removed, which would wait for ever.
func TestNoMethodKeepsTheLock(t *testing.T) {
	for name, method := range map[string]func(h *Host){
		"Portal":           func(h *Host) { h.Portal("mine") },
		"Portal, none":     func(h *Host) { h.Portal("other") },
		"Portals":          func(h *Host) { h.Portals() },
		"AddPortal":        func(h *Host) { _, _ = h.AddPortal("other", mockserver.Portal{}) },
		"AddPortal, again": func(h *Host) { _, _ = h.AddPortal("mine", mockserver.Portal{}) },
		"RemovePortal":     func(h *Host) { h.RemovePortal("mine") },
		"JournalSize":      func(h *Host) { h.JournalSize() },
		"Close":            func(h *Host) { h.Close() },
		"a request":        func(h *Host) { mocktest.Send(h, http.MethodGet, "/portals/mine"+mocktest.SettingsPath, "") },
		"a request, none":  func(h *Host) { mocktest.Send(h, http.MethodGet, "/portals/other"+mocktest.SettingsPath, "") },
	} {
		h := newHost(t, newServer(t))
		addPortal(t, h, "mine", mockserver.Portal{})
		if method(h); !h.mu.TryLock() {
			t.Errorf("%s keeps the lock", name)
		}
	}
}

func TestCloseOfAllPortals(t *testing.T) {
	h := newHost(t, newServer(t))
	mine := addPortal(t, h, "mine", mockserver.Portal{})
	h.Close()
	for _, s := range []*mockserver.Server{h.Main(), mine} {
		if _, err := s.Fault(mockserver.Fault{Status: 500}); err == nil {
			t.Error("a closed portal took a fault")
		}
	}
}
