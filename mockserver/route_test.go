package mockserver

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestDispatch(t *testing.T) {
	for _, test := range []struct {
		method, path string
		status       int
		allow        string
		message      string // of documented, and of the folder in all profiles
		hint         string
	}{
		{"GET", "/nope", 404, "", "No such call: see openapi.yaml for those that there are", "this 404 "},
		{"GET", mocktest.ExternalPath, 405, "PUT", "GET is not allowed here, only PUT", "this 405 "},
		{"PROPFIND", mocktest.PasswordPath("x"), 405, "POST", "PROPFIND is not allowed here, only POST", "this 405 "},
		{"POST", "/api/2.0/files/share/x", 405, "GET", "POST is not allowed here, only GET", "this 405 "},
		{"POST", "/api/2.0/files/rooms/10/links", 405, "GET, PUT", "POST is not allowed here, only GET, PUT", "this 405 "},
		{"GET", "/api/2.0/files/share", 403, "", "Access denied", "a portal answers here with the folder of that id (GET files/{folderId})"},
	} {
		eachProfile(t, func(t *testing.T, profile string) {
			w := mocktest.Send(newServer(t, WithProfile(profile)), test.method, test.path, "")
			if w.Code != test.status || w.Header().Get("Allow") != test.allow || !strings.Contains(w.Header().Get(headerHint), test.hint) {
				t.Errorf("%s %s: got %d, Allow %q, hint %q", test.method, test.path, w.Code, w.Header().Get("Allow"), w.Header().Get(headerHint))
			}
			told := profile == ProfileDocumented || test.path == "/api/2.0/files/share"
			if told && !strings.Contains(w.Body.String(), `"message":"`+test.message+`"`) || !told && w.Body.Len() > 0 {
				t.Errorf("%s %s: got %s", test.method, test.path, w.Body)
			}
		})
	}
}

// The ID of a folder is a number of 32 bits. Any other text names a folder of a third-party account.
func TestFolderOfNobodyAndSomebody(t *testing.T) {
	s := newServer(t)
	for folder, want := range map[string]string{
		"12": "The required folder was not found", "2147483647": "The required folder was not found",
		"2147483648": "Selector '' not found", "file": "Selector '' not found",
	} {
		if w := mocktest.Send(s, "GET", "/api/2.0/files/"+folder, "", as(s, RoleOwner)...); w.Code != 404 || !strings.Contains(w.Body.String(), `"message":"`+want+`"`) {
			t.Errorf("%s: got %d %s", folder, w.Code, w.Body)
		}
		if w := mocktest.Send(s, "GET", "/api/2.0/files/"+folder, ""); w.Code != 403 || !strings.Contains(w.Body.String(), `"message":"Access denied"`) {
			t.Errorf("%s, for nobody: got %d %s", folder, w.Code, w.Body)
		}
	}
}

// An API key is asked for its scopes before the folder is looked for.
func TestFolderAsksTheAPIKey(t *testing.T) {
	s := newServer(t, WithPortal(authPortal()), WithProfile(ProfileV372))
	for key, want := range map[string]string{
		"sk-files:read": "application/json; charset=utf-8", "sk-everything": "application/json; charset=utf-8",
		"sk-rooms:read": "application/problem+json; charset=utf-8", "sk-gone": "application/problem+json; charset=utf-8", "sk-nope": "application/problem+json; charset=utf-8",
	} {
		if w := mocktest.Send(s, "GET", "/api/2.0/files/10", "", "Authorization", "Bearer "+key); w.Header().Get("Content-Type") != want {
			t.Errorf("%s: got %d %v", key, w.Code, w.Header())
		}
	}
}
