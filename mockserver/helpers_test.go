package mockserver

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func newServer(t testing.TB, opts ...Option) *Server {
	t.Helper()
	s, err := New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// as is the header of somebody with the default portal's key for the role.
func as(s *Server, role Role) []string { return []string{"Authorization", "Bearer " + s.Key(role)} }

// share gives the share of an answer to the password call.
func share(t testing.TB, w *httptest.ResponseRecorder) api.ExternalShareDto {
	t.Helper()
	if w.Code != http.StatusOK {
		t.Fatalf("got %d %s, want 200", w.Code, w.Body)
	}
	var wrapper struct{ Response api.ExternalShareDto }
	if err := json.Unmarshal(w.Body.Bytes(), &wrapper); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return wrapper.Response
}

// response is the raw response in an envelope.
func response(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	var wrapper struct{ Response json.RawMessage }
	if err := json.Unmarshal(w.Body.Bytes(), &wrapper); err != nil {
		t.Fatalf("%v in %q", err, w.Body)
	}
	return string(wrapper.Response)
}

const rightPW = "Secret123!"

// protected is a portal with one link on one entry, with a password.
func protected(change ...func(*Portal)) Portal {
	p := DefaultPortal()
	p.Profile = ProfileV372
	p.Entries = append(p.Entries[:1],
		Entry{ID: "20", Title: "Contracts", Type: EntryFolder, Section: SectionDocuments, CreatedBy: "owner@example.com"},
		Entry{ID: "30", Title: "Offer.docx", Type: EntryFile, Section: SectionDocuments, CreatedBy: "owner@example.com"})
	p.Links = []Link{{Key: "protected", ID: mocktest.LinkID, Entry: "20", Password: rightPW}}
	for _, c := range change {
		c(&p)
	}
	return p
}

// eachProfile runs a test once for each profile.
func eachProfile(t *testing.T, test func(t *testing.T, profile string)) {
	t.Helper()
	for _, name := range ProfileNames() {
		t.Run(name, func(t *testing.T) { test(t, name) })
	}
}

// addFault adds a fault that has no mistake.
func addFault(t testing.TB, s *Server, f Fault) FaultState {
	t.Helper()
	added, err := s.Fault(f)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

// reached is a way to the portal: a client and an address.
type reached struct {
	client *http.Client
	url    string
	proto  string
}

// get asks for the settings as the owner.
func (to reached) get(ctx context.Context, s *Server) (*http.Response, []byte, error) {
	r, _ := http.NewRequestWithContext(ctx, "GET", to.url+mocktest.SettingsPath, nil)
	r.Header.Set("Authorization", "Bearer "+s.Key(RoleOwner))
	resp, err := to.client.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, body, err
}

// settingsOf are the values of the settings answer, as JSON.
func settingsOf(t testing.TB, s *Server, headers ...string) map[string]string {
	t.Helper()
	body, err := parseObject([]byte(response(t, mocktest.Send(s, "GET", mocktest.SettingsPath, "", headers...))))
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{}
	for _, p := range body {
		values[p.name] = string(p.value)
	}
	return values
}

const (
	ownerID = "66faa6e4-f133-11ea-b126-00ffeec8b4ef"
	userID  = "0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a02"
)

// logged keeps what a portal logs, as JSON.
func logged() (*bytes.Buffer, Option) {
	log, logger := mocktest.Logger()
	return log, WithLogger(logger)
}

var traceIDs = regexp.MustCompile(`"traceId":"00-[0-9a-f]{32}-[0-9a-f]{16}-00"`)

// tokenWithPassword is a share key that has a remembered password in it.
func (s secret) tokenWithPassword(linkID, passwordKey string) string {
	return s.sign(string(dotnet.AppendJSON(nil, shareToken{linkID, passwordKey})))
}

var guid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// tree is a portal with a room of each kind, which has the number of its type as its ID. The owner made all, and the user manages the
// rooms. In each room is a folder, and in the folder two files. The owner and the user have a folder with files of their own.
func tree(change ...func(*Portal)) Portal {
	p := DefaultPortal()
	p.Profile, p.Entries, p.Links = ProfileV372, nil, []Link{}
	add := func(id, parent, maker string) {
		p.Entries = append(p.Entries,
			Entry{ID: id + "1", Title: "Folder", Type: EntryFolder, Parent: parent, CreatedBy: maker},
			Entry{ID: id + "1", Title: "Text.docx", Type: EntryFile, Parent: "folder/" + id + "1", CreatedBy: maker},
			Entry{ID: id + "2", Title: "Form.pdf", Type: EntryFile, Parent: "folder/" + id + "1", CreatedBy: maker})
	}
	for _, kind := range []int{roomForm, 2, roomCustom, roomPublic, roomData, 9} {
		id := strconv.Itoa(kind)
		p.Entries = append(p.Entries, Entry{ID: id, Title: "Room", Type: EntryRoom, RoomType: kind, CreatedBy: "owner@example.com",
			Members: []Member{{User: "user@example.com", Access: accessRoomManager}, {User: "guest@example.com", Access: accessRead}}})
		add(id, "room/"+id, "owner@example.com")
	}
	add("7", ParentMy, "owner@example.com")
	add("3", ParentMy, "user@example.com")
	for _, c := range change {
		c(&p)
	}
	return p
}

// linked is the answer about one link.
type linked struct {
	Access      int
	CanRevoke   bool
	SubjectType int
	SharedLink  struct {
		ID, Title, ExpirationDate, Password, RequestToken string
		Primary, Internal, DenyDownload, IsExpired        bool
	}
}

// linkOf is the link of an answer, which has no ID when there is none.
func linkOf(t testing.TB, w *httptest.ResponseRecorder) linked {
	t.Helper()
	var wrapper struct{ Response linked }
	if err := json.Unmarshal(w.Body.Bytes(), &wrapper); err != nil || w.Code != http.StatusOK {
		t.Fatalf("got %d %s, want 200", w.Code, w.Body)
	}
	return wrapper.Response
}

// linksPath is the path of the links of an entry, which is named such as room/5.
func linksPath(name string) string {
	return "/api/2.0/files/" + strings.Replace(name, "room/", "rooms/", 1) + "/links"
}

// linkPath is the path of the primary link of an entry.
func linkPath(name string) string { return strings.TrimSuffix(linksPath(name), "s") }

// sharePath is the path of the call that tells where a link leads.
func sharePath(key string) string { return strings.TrimSuffix(mocktest.PasswordPath(key), "/password") }
