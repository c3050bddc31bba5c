package mockserver

import (
	"testing"
)

// allSettings are the switches in all ways in which they can be set.
func allSettings() []Settings {
	all := make([]Settings, 1<<7)
	for i := range all {
		on := func(bit int) bool { return i>>bit&1 == 1 }
		all[i] = Settings{on(0), on(1), on(2), on(3), on(4), on(5), on(6)}
	}
	return all
}

func TestSwitches(t *testing.T) {
	for _, s := range allSettings() {
		for _, on := range []bool{true, false} {
			want := s
			want.ExternalShare, want.ExternalShareSocialMedia = on, s.ExternalShareSocialMedia && on
			if got := s.setExternalShare(on); got != want {
				t.Errorf("%+v, external %t: got %+v", s, on, got)
			}
			want = s
			want.ExternalShareSocialMedia = s.ExternalShare && on
			if got := s.setSocialMedia(on); got != want || got.socialMediaInForce() != want.ExternalShareSocialMedia {
				t.Errorf("%+v, social %t: got %+v", s, on, got)
			}
		}
		if got := s.socialMediaInForce(); got != (s.ExternalShare && s.ExternalShareSocialMedia) {
			t.Errorf("%+v: in force %t", s, got)
		}
	}
}

func TestRestricts(t *testing.T) {
	for _, s := range allSettings() {
		blocks := !s.ExternalShare && s.BlockExistingLinksOnRestrict
		for section, want := range map[Section]bool{
			SectionDocuments: blocks && s.ExternalShareApplyToDocuments, SectionRooms: blocks && s.ExternalShareApplyToRooms, SectionTrash: false, SectionArchive: false,
		} {
			if got := s.restricts(section); got != want {
				t.Errorf("%+v, %s: %t", s, section, got)
			}
		}
	}
}
