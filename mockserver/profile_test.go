package mockserver

import (
	"slices"
	"strings"
	"testing"
)

func TestProfiles(t *testing.T) {
	if got := ProfileNames(); !slices.Equal(got, []string{ProfileDocumented, ProfileV372, ProfileV38, ProfileNext}) {
		t.Errorf("got %q", got)
	}
	for _, p := range profiles {
		if found, ok := profileByName(p.name); !ok || found != p {
			t.Errorf("%s is not found", p.name)
		}
	}
	for _, name := range []string{"", "Documented", "v3.7"} {
		if p, ok := profileByName(name); ok || p != nil {
			t.Errorf("%q is a profile", name)
		}
	}
}

// Profiles that agree are asked once, and those that agree with the portal's own are not asked.
func TestAskOthers(t *testing.T) {
	for name, want := range map[string]struct{ asked, told string }{
		ProfileDocumented: {"v3.7.2", "v3.7.2 v3.8 next"}, ProfileV372: {"documented", "documented"}, ProfileNext: {"documented", "documented"},
	} {
		p, _ := profileByName(name)
		var asked, told []string
		askOthers(p, admitAlike, func(other *profile) bool {
			asked = append(asked, other.name)
			return other.anonymousSettings
		}, func(other *profile, answer bool) {
			told = append(told, other.name)
			if answer != other.anonymousSettings {
				t.Errorf("%s: the answer of %s is %t", name, other.name, answer)
			}
		})
		if strings.Join(asked, " ") != want.asked || strings.Join(told, " ") != want.told {
			t.Errorf("%s: asked %v, told %v", name, asked, told)
		}
	}
}
