package mockserver

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// The calls that only a portal has let in whom they let in there (recorded: Z2-0832, VR060, VR067, body-Z2-0198, body-Z2-0375).
func TestNeighbours(t *testing.T) {
	s := newServer(t, WithPortal(protected(func(p *Portal) {
		p.APIKeys = append(p.APIKeys, APIKey{Key: "sk-accounts", User: "owner@example.com", Permissions: []string{"accounts:read"}})
	})))
	owner, scopeless := as(s, RoleOwner), []string{"Authorization", "Bearer sk-accounts"}
	for _, test := range []struct {
		method, path, body string
		headers            []string
		status             int
		message            string
	}{
		{"GET", "files/share", "", nil, 403, "Access denied"},
		{"GET", "files/share", "", scopeless, 403, `"title":"Forbidden"`},
		{"GET", "files/share", "", owner, 404, "not found"},
		{"GET", "files/@my", "", nil, 401, ""},
		{"GET", "files/@my", "", scopeless, 403, ""},
		{"GET", "files/@my", "", owner, 404, ""},
		{"GET", "files/@common", "", owner, 404, ""},
		{"PUT", "files/rooms/10", `{}`, owner, 404, ""},
		{"PUT", "files/rooms/10", `{}`, append([]string{"Content-Type", "", "Content-Type", "text/plain"}, owner...), 415, ""},
		{"PATCH", "files/rooms", `{}`, owner, 405, ""},
		{"PUT", "files/share", `{}`, nil, 401, ""},
	} {
		w := mocktest.Send(s, test.method, apiRoot+test.path, test.body, test.headers...)
		if w.Code != test.status || !strings.Contains(w.Body.String(), test.message) {
			t.Errorf("%s %s %v: got %d %s, want %d", test.method, test.path, test.headers, w.Code, w.Body, test.status)
		}
		if hint := w.Header().Get("X-Mock-Hint"); test.status != 405 && !strings.Contains(hint, "mock-docspace does not have this call") {
			t.Errorf("%s %s: got the hint %q", test.method, test.path, hint)
		}
	}
}
