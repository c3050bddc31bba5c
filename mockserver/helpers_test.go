package mockserver

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
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

// share posts a password and gives the answered share.
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

// passwordBody is the body of the password call.
func passwordBody(password string) string {
	return `{"password":` + string(dotnet.AppendJSON(nil, password)) + `}`
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
	p.Entries = append(p.Entries,
		Entry{ID: "20", Title: "Contracts", Type: EntryFolder, Section: SectionDocuments, CreatedBy: "owner@example.com"},
		Entry{ID: "30", Title: "Offer.docx", Type: EntryFile, Section: SectionDocuments, CreatedBy: "owner@example.com"})
	p.Links = []Link{{Key: "protected", ID: mocktest.LinkID, Entry: "20", Password: rightPW}}
	for _, c := range change {
		c(&p)
	}
	return p
}

func eachProfile(t *testing.T, test func(t *testing.T, profile string)) {
	t.Helper()
	for _, name := range ProfileNames() {
		t.Run(name, func(t *testing.T) { test(t, name) })
	}
}
