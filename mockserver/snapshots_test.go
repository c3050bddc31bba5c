package mockserver

import (
	"errors"
	"net/http"
	"testing"
)

func TestSnapshots(t *testing.T) {
	s := newServer(t, WithPortal(protected()))
	for _, name := range []string{"", "-a", "a b", "a/b", "..", string(make([]byte, 101))} {
		if _, err := s.SaveSnapshot(name); !errors.Is(err, ErrSnapshotName) {
			t.Errorf("%q: got %v", name, err)
		}
	}
	s.Clock().Freeze()
	saved, err := s.SaveSnapshot("before")
	if err != nil || !saved.Saved.Equal(s.Clock().Now()) {
		t.Fatal(saved, err)
	}

	// What comes after does not reach into the snapshot, nor into a second use of it.
	for range 2 {
		if _, err := s.ChangeLink(linkID, func(l *Link) { l.Password = "other" }); err != nil {
			t.Fatal(err)
		}
		for range 6 {
			send(s, http.MethodPost, passwordPath("protected"), passwordBody(rightPW))
		}
		if code := send(s, http.MethodPost, passwordPath("protected"), passwordBody(rightPW)).Code; code != 403 {
			t.Fatalf("got %d after too many wrong passwords", code)
		}
		if !s.RestoreSnapshot("before") {
			t.Fatal("there is no snapshot")
		}
		if got := share(t, send(s, http.MethodPost, passwordPath("protected"), passwordBody(rightPW))); got.Status != ExternalShareStatusOk {
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
