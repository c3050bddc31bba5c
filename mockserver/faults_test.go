package mockserver

import (
	"slices"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestFaultsAreRemoved(t *testing.T) {
	s := newServer(t)
	ids := func() []string {
		var ids []string
		for _, f := range s.Faults() {
			ids = append(ids, f.ID)
		}
		return ids
	}
	for _, id := range []string{"a", "b", "c"} {
		addFault(t, s, Fault{ID: id, Status: 500})
	}
	if !s.RemoveFault("b") || s.RemoveFault("b") || s.RemoveFault("nope") || !slices.Equal(ids(), []string{"a", "c"}) {
		t.Errorf("left: %v", ids())
	}
	s.ClearFaults()
	if got := ids(); got != nil {
		t.Errorf("left: %v", got)
	}
	addFault(t, s, Fault{ID: "a", Status: 500})
	s.Reset()
	if got := ids(); got != nil {
		t.Errorf("left by Reset: %v", got)
	}
	if w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, RoleOwner)...); w.Code != 200 {
		t.Errorf("after Reset: %d", w.Code)
	}
	s.Close()
	if _, err := s.Fault(Fault{Status: 500}); err == nil {
		t.Error("a closed portal took a fault")
	}
	s.Reset()
	if _, err := s.Fault(Fault{Status: 500}); err == nil {
		t.Error("a closed portal took a fault after Reset")
	}
}
