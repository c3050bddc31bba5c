package host

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/schema"
)

// controlsBodies sends what is no body of a call, and looks that nothing changes.
func controlsBodies(s *controlClient) {
	doc, err := controlDoc()
	if err != nil {
		s.Fatal(err)
	}
	main := s.host.Main()
	before, clock := string(dotnet.AppendJSON(nil, main.State())), main.Clock().State()
	for path, item := range doc.Paths.Map() {
		path := strings.NewReplacer("{name}", "none", "{id}", mocktest.LinkID, "{key}", "sk-none").Replace(path)
		for method, operation := range item.Operations() {
			if operation.Security != nil {
				continue // health and ready may be asked anyhow
			}
			if operation.RequestBody == nil {
				s.refused(400, method, path, `{"to":"empty"}`)
				continue
			}
			s.refused(413, method, path, `{"a":"`+strings.Repeat("a", int(maxBodyOf(&schema.Request{Operation: operation.OperationID})))+`"}`)
			if refusal := s.refused(503, method, path, `{}`, lateBody, "yes"); !strings.Contains(refusal.Message, "send it again") {
				s.Errorf("%s: %s", path, refusal.Message)
			}
			s.refused(415, method, path, `{}`, "Content-Type", "text/plain")
			s.refused(415, method, path, `{}`, "Content-Type", "")
			if operation.RequestBody.Value.Required {
				s.refused(400, method, path, "")
			}
			for _, body := range []string{
				"\v", `{`, `]`, `[]`, `null`, `"text"`, `7`, `{} {}`, `{"nope":1}`, `{"nope":1,"nope":2}`, "{\"a\":\"\xff\"}", `{"key":"\ud800"}`,
				strings.Repeat("[", 100_000), `{"key":` + strings.Repeat("[", 20) + strings.Repeat("]", 20) + `}`,
				`{"id":7,"name":7,"key":7,"user":7,"email":7,"by":7,"at":7,"links":7}`,
			} {
				if refusal := s.refused(400, method, path, body); len(refusal.Message) > 400 {
					s.Errorf("%s: %.100s: a message of %d characters", path, body, len(refusal.Message))
				}
			}
		}
	}
	for _, test := range []struct{ method, path, body, want string }{
		{"POST", "/__mock/links", `{"keyy":1}`, `{"column":9,"line":1,"message":"keyy: unknown property: use access, denyDownload, entry, expires, id, internal, invitation, key, maxUses, password, primary, title","path":"keyy"}`},
		{"POST", "/__mock/links", "{\n  \"expires\": \"2020\"}", `{"column":14,"line":2,"message":"expires: expected a time such as 2030-01-01T00:00:00Z","path":"expires"}`},
		{"POST", "/__mock/links", `{"expires":"2020-01-01T25:00:00Z"}`, `{"column":12,"line":1,"message":"expires: expected a time such as 2030-01-01T00:00:00Z","path":"expires"}`},
		{"POST", "/__mock/links", `{"key":".."}`, `{"column":8,"line":1,"message":"key: expected a text other than . and .., which are no segments of a path","path":"key"}`},
		{"POST", "/__mock/links", `{"id":"7"}`, `{"column":7,"line":1,"message":"id: expected a GUID such as 66faa6e4-f133-11ea-b126-00ffeec8b4ef","path":"id"}`},
		{"POST", "/__mock/links", `{"key":""}`, `{"column":8,"line":1,"message":"key: is empty: leave it out instead","path":"key"}`},
		{"POST", "/__mock/links", `{"password":null}`, `{"column":13,"line":1,"message":"password: null is not allowed here: leave it out","path":"password"}`},
		{"POST", "/__mock/links", `{"key":"a","key":"b"}`, `{"column":12,"line":1,"message":"key: stands there twice","path":"key"}`},
		{"POST", "/__mock/links", `{"key":`, `{"column":8,"line":1,"message":"the body is not valid JSON: unexpected end of JSON input"}`},
		{"POST", "/__mock/links", `[]`, `{"message":"the body: expected an object"}`},
		{"POST", "/__mock/users", `{"role":"user"}`, `{"column":1,"line":1,"message":"email: is missing","path":"email"}`},
		{"POST", "/__mock/users", `{"email":"a","role":"boss"}`, `{"column":21,"line":1,"message":"role: must be one of owner, docSpaceAdmin, roomAdmin, user, guest","path":"role"}`},
		{"POST", "/__mock/users", `{"email":"a","role":"user","tokens":["secret\n"]}`, `{"column":38,"line":1,"message":"tokens[0]: expected a text without control characters, and without blanks around it","path":"tokens[0]"}`},
		{"PUT", "/__mock/state", `{"users":[{"email":"a","role":"user"},{"email":"b","role":7}]}`, `{"column":59,"line":1,"message":"users[1].role: must be one of owner, docSpaceAdmin, roomAdmin, user, guest","path":"users[1].role"}`},
		{"PATCH", "/__mock/state", `{"settings":{"externalShare":"yes"}}`, `{"column":30,"line":1,"message":"settings.externalShare: expected true or false","path":"settings.externalShare"}`},
		{"POST", "/__mock/clock/advance", `{"by":"soon"}`, `{"column":7,"line":1,"message":"by: expected a duration such as 250ms, 61s or 1h30m","path":"by"}`},
		{"POST", "/__mock/faults", `{"times":-1}`, `{"column":10,"line":1,"message":"times: must be from 0 to 2147483647","path":"times"}`},
		{"POST", "/__mock/faults", `{"times":1e-400}`, `{"column":10,"line":1,"message":"times: expected a whole number, 0 or more","path":"times"}`},
		{"POST", "/__mock/faults", `{"times":0.99999999999999999999}`, `{"column":10,"line":1,"message":"times: expected a whole number, 0 or more","path":"times"}`},
		{"POST", "/__mock/faults", `{"times":1e999999999}`, `{"column":10,"line":1,"message":"times: expected a whole number","path":"times"}`},
		{"POST", "/__mock/faults", `{"status":503,"seed":1e-400}`, `{"column":22,"line":1,"message":"seed: expected a whole number, 0 or more","path":"seed"}`},
		{"POST", "/__mock/faults", `{"probability":1.5}`, `{"column":16,"line":1,"message":"probability: must be more than 0 and at most 1; leave it out for every request","path":"probability"}`},
		{"POST", "/__mock/faults", `{"status":503,"probability":0}`, `{"column":29,"line":1,"message":"probability: must be more than 0 and at most 1; leave it out for every request","path":"probability"}`},
		{"POST", "/__mock/faults", `{"status":503,"probability":-0.5}`, `{"column":29,"line":1,"message":"probability: must be more than 0 and at most 1; leave it out for every request","path":"probability"}`},
		{"PUT", "/__mock/state", `{"tenantId":2147483648}`, `{"column":13,"line":1,"message":"tenantId: must be from 1 to 2147483647","path":"tenantId"}`},
		{"PATCH", "/__mock/state", `{"tenantId":2147483648}`, `{"column":13,"line":1,"message":"tenantId: must be from 1 to 2147483647","path":"tenantId"}`},
		{"POST", "/__mock/faults", `{}`, `{"message":"the body: is empty: give at least one property"}`},
	} {
		if code, answer, _ := s.raw(test.method, test.path, test.body); code != 400 || answer != test.want {
			s.Errorf("%s %s %s:\ngot  %d %s\nwant 400 %s", test.method, test.path, test.body, code, answer, test.want)
		}
	}
	for _, window := range []string{"0s", "99999999999999999999s"} {
		if got := s.refused(409, "PATCH", "/__mock/state", `{"limits":{"passwordAttempts":{"window":"`+window+`"}}}`).Message; got != "limits.passwordAttempts.window: must be between 1s and 9999s" {
			s.Errorf("%s: got %s", window, got)
		}
	}
	after, now := string(dotnet.AppendJSON(nil, main.State())), main.Clock().State()
	if after != before || len(main.Faults()) > 0 || len(main.Snapshots()) > 0 || len(s.host.Portals()) > 0 || now.Frozen || now.Offset != clock.Offset {
		s.Errorf("a refused call has changed something: %s", after)
	}

	for _, body := range []string{`{"by":"1s"}`, "\xef\xbb\xbf{\"by\":\"1s\"}", " {\"by\" : \"1s\"}\n"} {
		if code, answer, _ := s.raw("POST", "/__mock/clock/advance", body, "Content-Type", "Application/JSON; charset=utf-8"); code != 200 {
			s.Errorf("%q: got %d %s", body, code, answer)
		}
	}
	for _, path := range []string{"/__mock/health?x=1", "/__mock/ready?x=1"} {
		s.refused(400, "GET", path, "")
	}
	s.refused(415, "POST", "/__mock/clock/advance", `{"by":"1s"}`, "Content-Type", "application/json; charset=utf-16")
	for _, id := range []string{".", ".."} {
		s.refused(400, "POST", "/__mock/entries", `{"id":"`+id+`","type":"file"}`)
	}
	s.refused(400, "POST", "/__mock/apiKeys", `{"key":"sk-","user":"owner@example.com"}`)
	if code, answer, _ := s.raw("POST", "/__mock/faults", `{"status":503.0,"times":1e1}`); code != 201 || !strings.Contains(answer, `"times":10`) {
		s.Errorf("whole numbers with a fraction: got %d %s", code, answer)
	}
}

// Every body is answered as the contract says, and a refusal is one line. The transport checks this.
func FuzzControl(f *testing.F) {
	for i, body := range []string{`{"key":"a/b"}`, `{"expires":"2030-01-01T00:00:00Z","password":null}`, `{"by":"61s"}`, `{"at":"2030-01-01T00:00:00Z"}`,
		`{"status":503,"times":2}`, `{"users":[{"email":"a","role":"owner"}]}`, `{"name":"a","portal":{"links":[]}}`, `{"limits":{"passwordAttempts":{"window":"1h"}}}`} {
		for offset := range 4 {
			f.Add(i*4+offset, body)
		}
	}
	doc, err := controlDoc()
	if err != nil {
		f.Fatal(err)
	}
	type call struct{ method, path string }
	var calls []call
	for _, path := range doc.Paths.InMatchingOrder() {
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch} {
			if operation := doc.Paths.Value(path).GetOperation(method); operation != nil && operation.RequestBody != nil {
				path := strings.NewReplacer("{id}", mocktest.LinkID, "{key}", "sk-none").Replace(path)
				calls = append(calls, call{method, strings.Replace(path, "entries/"+mocktest.LinkID, "entries/10", 1)})
			}
		}
	}
	f.Fuzz(func(t *testing.T, which int, body string) {
		s := newControlClient(t, &coverage{seen: map[string]bool{}}, newHost(t, newServer(t)))
		to := calls[uint(which)%uint(len(calls))]
		before := string(dotnet.AppendJSON(nil, s.host.Main().State()))
		code, answer, _ := s.raw(to.method, to.path, body, "Content-Type", "application/json")
		after := string(dotnet.AppendJSON(nil, s.host.Main().State()))
		switch {
		case code >= 500:
			t.Errorf("%s %s %q: got %d %s", to.method, to.path, body, code, answer)
		case code >= 400 && after != before:
			t.Errorf("%s %s %q: got %d, and the portal has changed", to.method, to.path, body, code)
		}
		if code, _, _ := s.raw(http.MethodGet, "/__mock/state", ""); code != 200 {
			t.Errorf("%s %s %q: the portal cannot be read any more", to.method, to.path, body)
		}
	})
}

// A body that breaks off changes nothing, and the refusal says so.
func TestControlBodyThatBreaksOff(t *testing.T) {
	h := newHost(t, newServer(t))
	r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/__mock/links", io.MultiReader(strings.NewReader(`{"key":"half`), iotest.ErrReader(io.ErrUnexpectedEOF)))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	before := len(h.Main().State().Links)
	h.ServeHTTP(w, r)
	if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "the body could not be read to its end") || len(h.Main().State().Links) != before {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}
