package mockserver

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestTokenWithPassword(t *testing.T) {
	s := secret("secret")
	got, fine := s.readToken(s.tokenWithPassword(mocktest.LinkID, "key"))
	if !fine || got != (shareToken{mocktest.LinkID, "key"}) {
		t.Errorf("got %v, %t", got, fine)
	}
	for _, bad := range []string{"", s.sign(mocktest.LinkID), s.sign("5"), secret("other").tokenWithPassword(mocktest.LinkID, "key")} {
		if got, fine := s.readToken(bad); fine {
			t.Errorf("%q: got %v", bad, got)
		}
	}
}
