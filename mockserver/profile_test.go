package mockserver

import (
	"slices"
	"testing"
)

func TestProfiles(t *testing.T) {
	if got := ProfileNames(); !slices.Equal(got, []string{ProfileDocumented, ProfileV372}) {
		t.Errorf("got %q", got)
	}
	for _, p := range profiles {
		if found, ok := profileByName(p.name); !ok || found != p {
			t.Errorf("%s is not found", p.name)
		}
		if others := p.others(); len(others) != len(profiles)-1 || slices.Contains(others, p) {
			t.Errorf("%s has %d others", p.name, len(others))
		}
	}
	for _, name := range []string{"", "Documented", "v3.7"} {
		if p, ok := profileByName(name); ok || p != nil {
			t.Errorf("%q is a profile", name)
		}
	}
}
