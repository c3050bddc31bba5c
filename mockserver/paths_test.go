package mockserver

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestResolve(t *testing.T) {
	const folder = "folder"
	for path, want := range map[string]string{
		"/api/2.0/files/settings":                         string(GetFilesSettings),
		"/API/2.0/Files/SETTINGS":                         string(GetFilesSettings),
		"/api/2/files/settings/":                          string(GetFilesSettings),
		"/api/2.0/files/%73ettings":                       string(GetFilesSettings),
		"/api/2.0/files/x/../settings":                    string(GetFilesSettings),
		"//api/2.0/files/settings":                        "",
		"/api/2.0//files/settings":                        "",
		"/api/2.0/files/settings//":                       "",
		"/api/2/files/settings":                           string(GetFilesSettings),
		"/api/02.00/files/settings":                       string(GetFilesSettings),
		"/api/2.0/files/settings/External":                string(ExternalShare),
		"/api/2.0/files/settings/externalSocialMedia/":    string(ExternalShareSocialMedia),
		"/api/2.0/files/Share/a%2Fb/PASSWORD/":            string(ApplyExternalSharePassword) + " a%2Fb",
		"/api/2.0/files/share/password/password":          string(ApplyExternalSharePassword) + " password",
		"/api/2.0/files/settings/externalsharingsettings": string(ChangeExternalSharingSettings),
		"/api/2.0/files/share/x":                          string(GetExternalShareData) + " x",
		"/api/2.0/files/rooms/10/link":                    string(GetRoomsPrimaryExternalLink) + " 10",
		"/api/2.0/files/Rooms/10/LINKS/":                  string(SetRoomLink) + " 10",
		"/api/2.0/files/file/x/link":                      string(GetFilePrimaryExternalLink) + " x",
		"/api/2.0/files/folder/1/links":                   string(SetFolderPrimaryExternalLink) + " 1",
		"/api/2.0/files/rooms//links":                     "",
		"/api/2.0/files/file/1/links/more":                "",
		"/api/2.0/files/rooms/":                           string(GetRoomsFolder),
		"/api/2.0/files/@MY":                              "elsewhere",
		"/api/2.0/files/10":                               string(GetFolderByFolderID) + " 10",
		"/api/2.0/files/settings.json":                    string(GetFolderByFolderID) + " settings.json",
		"/api/2.0/files/settings%2Fexternal":              string(GetFolderByFolderID) + " settings%2Fexternal",
		"/api/2.0/files/Folder/10":                        string(GetFolderInfo) + " 10",
		"/api/2.0/files/file/1":                           string(GetFileInfo) + " 1",
		"/api/2.0/files/rooms/10":                         string(GetRoomInfo) + " 10",
		"/api/2.0/AUTHENTICATION/":                        string(GetIsAuthentificated),
		"/api/2.0/authentication/logout":                  string(Logout),
		"/api/2.0/authentication/123456":                  "elsewhere",
		"/api/2.0/authentication/a/b":                     "",
		"/api/2.0/authentication.json":                    "",
		"/api/2/people/%40self":                           string(GetSelfProfile),
		"/api/2.0/people/@self/nope":                      "",
		"/api/2.0/people/self":                            "elsewhere",
		"/api/2.0/files/share":                            folder,
		"/api/2.0/files/share/":                           folder,
		"/":                                               "",
		"/api":                                            "",
		"/api/2.0/files":                                  "",
		"/api/2.0/files/":                                 "",
		"/api/2.0/files//":                                "",
		"/api/2.0/files//settings":                        "",
		"/api/2.0/files/settings/nope":                    "",
		"/api/2.0/files/settings/external/more":           "",
		"/api/2.0/files/settings/external.json":           "",
		"/api/2.0/files/share//password":                  "",
		"/api/2.0/files/share/x/nope":                     "",
		"/api/2.0/files/share/x/password/more":            "",
		"/api/2.0/files/ſettings/external":                "",
		"/api/v2/files/settings":                          "",
		"/api/1.0/files/settings":                         "",
		"/apis/2.0/files/settings":                        "",
		"/api/2.0/file/settings":                          "",
		"/files/settings":                                 "",
	} {
		got := ""
		for _, method := range []string{"DELETE", "POST", "GET", "PUT"} { // of several calls, the last one is compared
			r := resolve(method, dotnet.Segments(nil, path))
			switch {
			case (r.path == nil) != (want == ""):
				t.Errorf("%s %s: got %+v, want %q", method, path, r, want)
			case r.facts != nil:
				got = strings.TrimSpace(string(r.operation()) + " " + r.parameter)
				if r.facts.method != method || strings.Contains(r.path.routed, "{") {
					t.Errorf("%s %s: got %+v", method, path, r)
				}
			case r.neighbour != nil && r.neighbour.path == "files/share" && method == "GET":
				got = folder
			case r.neighbour != nil && got == "":
				got = "elsewhere"
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}

func TestShareKeysAreTakenAsTheyAre(t *testing.T) {
	keys := []string{"x.json", "a/b", "%", "%2f", "..%2f", "../..", "a b", "a+b", "?x=1#y", "ключ", "😀", "a\nb", "share/KEY/password", ".hidden", "...", strings.Repeat("k", 255), "-", "password", "\\", ";x", "KEY%5FFROM"}
	for _, key := range keys {
		s := newServer(t, WithPortal(Portal{Links: []Link{{Key: key}}}))
		if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(key), `{}`)); got.Status != ok {
			t.Errorf("%q: status %d, want 0", key, got.Status)
		}
		if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(key+"x"), `{}`)); got.Status != invalid {
			t.Errorf("%q and a letter: status %d, want 1", key, got.Status)
		}
	}
	// Case matters, and a plus is no blank.
	s := newServer(t, WithPortal(Portal{Links: []Link{{Key: "Key +"}}}))
	for target, want := range map[string]api.ExternalShareStatus{"Key%20+": ok, "Key%20%2B": ok, "key%20+": invalid, "Key++": invalid, "Key%20%20": invalid} {
		if got := share(t, mocktest.Send(s, "POST", "/api/2.0/files/share/"+target+"/password", `{}`)); got.Status != want {
			t.Errorf("%s: status %d, want %d", target, got.Status, want)
		}
	}
}

func FuzzShareKey(f *testing.F) {
	for _, seed := range []string{"KEY_FROM_URL", "a/b", "%", "%25", "..%2f", "..", ".", "", "\xff", "%FF", "a\xffb", "é", "\x00", "/", "//", "?", "#", "+", " "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, key string) {
		s, err := New(WithPortal(Portal{Links: []Link{{Key: key}, {Key: "other", Password: "x"}}}))
		if err != nil || key == "" {
			// Not a key: whatever is answered, it is answered.
			w := mocktest.Send(newServer(t), "POST", mocktest.PasswordPath(key), `{}`)
			if w.Code != 200 && w.Code != 400 && w.Code != 404 && w.Code != 405 && w.Code != 500 {
				t.Fatalf("%q: %d %s", key, w.Code, w.Body)
			}
			if utf8.ValidString(key) && key != "" && key != "." && key != ".." && key != "other" && !strings.Contains(key, "\x00") && strings.TrimSpace(key) != "" && utf8.RuneCountInString(key) <= 255 {
				t.Fatalf("%q is refused: %v", key, err)
			}
			return
		}
		w := mocktest.Send(s, "POST", mocktest.PasswordPath(key), `{}`)
		if got := share(t, w); got.Status != ok {
			t.Fatalf("%q: status %d, want 0", key, got.Status)
		}
		// The same key, as Go's own client writes it.
		r := httptest.NewRequest("POST", "/", strings.NewReader(`{}`))
		r.Header.Set("Content-Type", "application/json")
		r.URL = (&url.URL{Scheme: "http", Host: "example.com"}).JoinPath("api/2.0/files/share", url.PathEscape(key), "password")
		w = httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if got := share(t, w); got.Status != ok {
			t.Fatalf("%q through JoinPath: status %d, want 0", key, got.Status)
		}
	})
}
