package host

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func controlsLinks(s *controlClient) {
	minted, err := s.AddLinkWithResponse(s.Context(), control.NewLink{Password: ptr(rightPassword)})
	status(s, 201, minted, err)
	if link := minted.JSON201; len(link.Key) != 111 || link.Entry != "10" || valueOf(link.Password) != rightPassword {
		s.Errorf("got %+v", link)
	}
	odd := "a/b c%2F😀?#\x01"
	given, err := s.AddLinkWithResponse(s.Context(), control.NewLink{Key: &odd, Internal: ptr(true), ID: ptr("AAAAAAAA-0000-4000-8000-000000000000")})
	status(s, 201, given, err)
	id := given.JSON201.ID
	if given.JSON201.Key != odd || id != "aaaaaaaa-0000-4000-8000-000000000000" {
		s.Errorf("got %+v", given.JSON201)
	}
	got, err := s.GetLinkWithResponse(s.Context(), id)
	status(s, 200, got, err)
	if got.JSON200.Key != odd || !got.JSON200.Internal {
		s.Errorf("got %+v", got.JSON200)
	}
	changed, err := s.ChangeLinkWithResponse(s.Context(), id, control.LinkPatch{"password": "p", "internal": nil, "expires": "2020-01-01T00:00:00Z"})
	status(s, 200, changed, err)
	if link := changed.JSON200; valueOf(link.Password) != "p" || link.Internal || link.Expires.Year() != 2020 || link.Key != odd {
		s.Errorf("got %+v", link)
	}
	changed2, err := s.ChangeLinkWithApplicationMergePatchPlusJSONBodyWithResponse(s.Context(), strings.ToUpper(id), control.LinkPatch{"password": nil, "expires": nil})
	status(s, 200, changed2, err)
	if link := changed2.JSON200; link.Password != nil || link.Expires != nil {
		s.Errorf("got %+v", link)
	}
	refusal := s.refused(409, http.MethodPatch, "/__mock/links/"+mocktest.LinkID, `{"key":`+string(dotnet.AppendJSON(nil, odd))+`}`)
	if valueOf(refusal.Path) != "key" || refusal.Message != "key: is the same as links[2].key" {
		s.Errorf("got %s", dotnet.AppendJSON(nil, refusal))
	}
	s.refused(409, http.MethodPatch, "/__mock/links/"+mocktest.LinkID, `{"id":"AAAAAAAA-0000-4000-8000-000000000000"}`)
	refusal = s.refused(409, http.MethodPost, "/__mock/links", `{"key":"KEY_FROM_URL"}`)
	if valueOf(refusal.Path) != "key" || valueOf(refusal.Line) != 1 || valueOf(refusal.Column) != 8 {
		s.Errorf("got %s", dotnet.AppendJSON(nil, refusal))
	}
	list, err := s.ListLinksWithResponse(s.Context())
	status(s, 200, list, err)
	if len(*list.JSON200) != 3 {
		s.Errorf("got %+v", *list.JSON200)
	}
	statuses, err := s.ListLinkStatusWithResponse(s.Context())
	status(s, 200, statuses, err)
	if got := *statuses.JSON200; len(got) != 3 || got[0].ID != mocktest.LinkID || got[0].Answer != control.LinkStatusAnswerOk || got[1].Answer != control.LinkStatusAnswerRequiredPassword || got[1].WrongPasswords != 0 || got[1].BlockedUntil != nil {
		s.Errorf("got %+v", got)
	}
	deleted, err := s.DeleteLinkWithResponse(s.Context(), id)
	status(s, 204, deleted, err)
	s.gone("/__mock/links/" + id)
	s.gone("/__mock/links/KEY_FROM_URL")
}

// The page shows how many wrong passwords count, and until when a link is locked.
func TestLinkStatusCountsWrongPasswords(t *testing.T) {
	clock := mocktest.NewClock()
	s := newControlClient(t, &coverage{seen: map[string]bool{}}, newHost(t, newServer(t, mockserver.WithPortal(protected()), mockserver.WithClock(clock.Now))))
	read := func() control.LinkStatus {
		t.Helper()
		answer, err := s.ListLinkStatusWithResponse(t.Context())
		status(t, 200, answer, err)
		return (*answer.JSON200)[0]
	}
	send := func(times int) {
		for range times {
			mocktest.Send(s.host, http.MethodPost, controlURL+mocktest.PasswordPath("protected"), mocktest.PasswordBody("wrong"))
		}
	}
	send(2)
	if got := read(); got.Answer != control.LinkStatusAnswerRequiredPassword || got.WrongPasswords != 2 || got.BlockedUntil != nil {
		t.Errorf("got %+v", got)
	}
	send(4)
	if got := read(); got.BlockedUntil == nil || !got.BlockedUntil.Equal(clock.Now().Add(time.Minute)) {
		t.Errorf("got %+v", got)
	}
	if clock.Advance(time.Minute); read().BlockedUntil != nil || read().WrongPasswords != 0 {
		t.Errorf("got %+v a minute later", read())
	}
}
