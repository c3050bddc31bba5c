package mockserver

import (
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestLinks(t *testing.T) {
	s := newServer(t)
	minted, err := s.AddLink(Link{Password: rightPW})
	if err != nil || len(minted.Key) != 111 || !guid.MatchString(minted.ID) || minted.Entry != "10" {
		t.Fatalf("got %+v, %v", minted, err)
	}
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(minted.Key), mocktest.PasswordBody(rightPW))); got.Status != ok {
		t.Errorf("the new link: status %d", got.Status)
	}
	expires := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	changed, err := s.ChangeLink(strings.ToUpper(minted.ID), func(l *Link) error { l.Key, l.Expires, l.Internal = "a/b", expires, true; return nil })
	if err != nil || changed.Key != "a/b" || !changed.Expires.Equal(expires) || !changed.Internal || changed.Password != rightPW {
		t.Fatalf("got %+v, %v", changed, err)
	}
	if got, err := s.Link(strings.ToUpper(minted.ID)); err != nil || got != changed {
		t.Errorf("got %+v, %v", got, err)
	}
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath(minted.Key), mocktest.PasswordBody(rightPW))); got.Status != invalid {
		t.Errorf("the old key: status %d", got.Status)
	}
	if !s.RemoveLink(minted.ID) || s.RemoveLink(minted.ID) || s.RemoveLink("a/b") || len(s.State().Links) != 1 {
		t.Errorf("left: %+v", s.State().Links)
	}
}
