package mockserver

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestNamesOfSnapshots(t *testing.T) {
	var s snapshots
	clock := clockOf(mocktest.NewClock().Now)
	for name, fits := range map[string]bool{
		"a": true, "0": true, "A.b_c-d": true, strings.Repeat("a", 100): true,
		"": false, "-a": false, ".a": false, "_a": false, "a b": false, "a/b": false, "..": false, "é": false, "a\n": false, strings.Repeat("a", 101): false,
	} {
		saved, err := s.save(name, clock, func() *state { return nil })
		if fits && (err != nil || saved.Name != name) || !fits && !errors.Is(err, ErrSnapshotName) {
			t.Errorf("%q: got %+v, %v", name, saved, err)
		}
	}
}

func TestSnapshotsAreBoundedAndSorted(t *testing.T) {
	var s snapshots
	base := mocktest.NewClock()
	clock := clockOf(base.Now)
	save := func(name string) error {
		_, err := s.save(name, clock, func() *state { return nil })
		return err
	}
	for i := range MaxSnapshots {
		if err := save(fmt.Sprintf("s%02d", MaxSnapshots-1-i)); err != nil {
			t.Fatal(err)
		}
	}
	base.Advance(time.Hour)
	if err := save("more"); !errors.Is(err, ErrTooManySnapshots) {
		t.Errorf("one more: %v", err)
	}
	if err := save("s07"); err != nil {
		t.Errorf("one in place of another: %v", err)
	}
	list := s.list()
	if !slices.IsSortedFunc(list, func(a, b Snapshot) int { return strings.Compare(a.Name, b.Name) }) || len(list) != MaxSnapshots || !list[7].Saved.Equal(base.Now()) || list[8].Saved.Equal(base.Now()) {
		t.Errorf("got %+v", list)
	}
	if _, found := s.find("s07"); !found || !s.remove("s07") || s.remove("s07") || save("more") != nil {
		t.Error("a snapshot is not where it should be")
	}
}

// A state is taken as it is at the moment of saving.
func TestSnapshotHoldsTheState(t *testing.T) {
	var s snapshots
	want := &state{}
	if _, err := s.save("a", clockOf(mocktest.NewClock().Now), func() *state { return want }); err != nil {
		t.Fatal(err)
	}
	if got, ok := s.find("a"); !ok || got.state != want {
		t.Errorf("got %+v, %t", got, ok)
	}
	if _, ok := s.find("b"); ok {
		t.Error("there is one that nobody saved")
	}
}
