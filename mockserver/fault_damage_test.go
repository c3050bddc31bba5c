package mockserver

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// Refusals can be damaged too, also those with a short or empty body. The journal has the status that was sent.
func TestDamagedRefusals(t *testing.T) {
	for _, profile := range ProfileNames() {
		eachWay(t, func(t *testing.T, s *Server, to reached) {
			for _, kind := range []FaultKind{FaultTruncated, FaultMalformed, FaultEmpty, FaultContentType} {
				s.ClearFaults()
				addFault(t, s, Fault{Kind: kind})
				r, _ := http.NewRequest("PUT", to.url+mocktest.ExternalPath, nil) // 401, without a body in v3.7.2
				resp, err := to.client.Do(r)
				if err != nil {
					t.Fatalf("%s: %v", kind, err)
				}
				body, err := io.ReadAll(resp.Body)
				resp.Body.Close()
				entry := s.LastRequests(1)[0]
				switch got := resp.StatusCode; {
				case kind == FaultEmpty && (got != 200 || len(body) > 0), kind != FaultEmpty && got != 401, entry.Status != got:
					t.Errorf("%s: %d, in the journal %d", kind, got, entry.Status)
				case (kind == FaultTruncated) != (err != nil):
					t.Errorf("%s: %v", kind, err)
				case kind == FaultMalformed && json.Valid(body):
					t.Errorf("%s: %q", kind, body)
				case kind == FaultContentType && resp.Header.Get("Content-Type") != "text/html":
					t.Errorf("%s: %q", kind, resp.Header.Get("Content-Type"))
				}
			}
		}, WithProfile(profile))
	}
}

// A panic of the fake beneath a fault that damages answers is answered like any other.
func TestPanicBeneathAFault(t *testing.T) {
	s := newServer(t)
	addFault(t, s, Fault{Kind: FaultTruncated})
	s.echo.GET(mocktest.SettingsPath, func(echo.Context) error { panic("own") })
	if w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", "Authorization", "YOUR_API_KEY"); w.Code != 500 || w.Body.Len() == 0 {
		t.Errorf("got %d %q", w.Code, w.Body)
	}
}

// A damaged answer declares its length.
func TestDamagedBodies(t *testing.T) {
	whole := mocktest.Send(newServer(t), "GET", mocktest.SettingsPath+"?fields=externalShare", "", "Authorization", "YOUR_API_KEY").Body.String()
	for kind, want := range map[FaultKind]struct{ body, contentType string }{
		FaultTruncated:   {whole[:len(whole)/2], dotnet.ContentJSON},
		FaultMalformed:   {strings.Replace(whole, ":", "=", 1), dotnet.ContentJSON},
		FaultEmpty:       {"", dotnet.ContentJSON},
		FaultContentType: {whole, "text/html"},
	} {
		s := newServer(t)
		addFault(t, s, Fault{Kind: kind})
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", mocktest.SettingsPath+"?fields=externalShare", nil)
		r.Header.Set("Authorization", "YOUR_API_KEY")
		func() {
			defer func() { _ = recover() }() // as net/http does when the answer is cut off
			s.ServeHTTP(w, r)
		}()
		length := len(want.body)
		if kind == FaultTruncated {
			length = len(whole)
		}
		if w.Code != 200 || w.Body.String() != want.body || w.Header().Get("Content-Type") != want.contentType || w.Header().Get("Content-Length") != strconv.Itoa(length) {
			t.Errorf("%s: got %d %v %s", kind, w.Code, w.Header(), w.Body)
		}
	}
}
