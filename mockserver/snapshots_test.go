package mockserver

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestSnapshots(t *testing.T) {
	s := newServer(t, WithPortal(protected()))
	s.Clock().Freeze()
	saved, err := s.SaveSnapshot("before")
	if err != nil || !saved.Saved.Equal(s.Clock().Now()) {
		t.Fatal(saved, err)
	}

	// Later changes do not change the snapshot, and it can be used twice.
	for range 2 {
		if _, err := s.ChangeLink(mocktest.LinkID, func(l *Link) error { l.Password = "other"; return nil }); err != nil {
			t.Fatal(err)
		}
		for range 6 {
			mocktest.Send(s, http.MethodPost, mocktest.PasswordPath("protected"), mocktest.PasswordBody(rightPW))
		}
		if code := mocktest.Send(s, http.MethodPost, mocktest.PasswordPath("protected"), mocktest.PasswordBody(rightPW)).Code; code != 403 {
			t.Fatalf("got %d after too many wrong passwords", code)
		}
		if !s.RestoreSnapshot("before") {
			t.Fatal("there is no snapshot")
		}
		if got := share(t, mocktest.Send(s, http.MethodPost, mocktest.PasswordPath("protected"), mocktest.PasswordBody(rightPW))); got.Status != api.ExternalShareStatusOk {
			t.Errorf("got status %d", got.Status)
		}
	}
	if n := len(s.LastRequests(100)); n != 16 {
		t.Errorf("the journal has %d requests", n)
	}
	if s.RestoreSnapshot("none") || !s.RemoveSnapshot("before") || s.RemoveSnapshot("before") || len(s.Snapshots()) != 0 {
		t.Error("a snapshot is not where it should be")
	}
}

// Reset and snapshots cost the same whatever the portal has.
func TestResetAllocations(t *testing.T) {
	measure := func(links int) float64 {
		s := newServer(t, WithPortal(protected(func(p *Portal) {
			for i := range links {
				p.Links = append(p.Links, Link{Key: fmt.Sprint("key ", i)})
			}
		})))
		return testing.AllocsPerRun(50, func() {
			if _, err := s.SaveSnapshot("before"); err != nil {
				t.Fatal(err)
			}
			s.RestoreSnapshot("before")
			s.Reset()
		})
	}
	if few, many := measure(1), measure(2000); many > few+1 {
		t.Errorf("%.f allocations with many links, %.f with few", many, few)
	}
}
