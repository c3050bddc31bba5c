package mockserver

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// difference is what another profile does with a call. It is told for one profile and for several.
type difference struct {
	profile   *profile
	one, many string
	detail    bool
	claims    claimList // that the other profile follows
}

// because notes the claims that the other profile follows.
func (d *difference) because(claims ...string) { d.claims.add(claims...) }

// differs adds to the hint what another profile does. Its verbs stand in both forms: {answers|answer}. What a profile does first
// stays: it is about the first decision, which matters most.
func (c *call) differs(other *profile, format string, args ...any) *difference {
	return c.addDifference(difference{profile: other, one: fmt.Sprintf(conjugate(format, false), args...), many: fmt.Sprintf(conjugate(format, true), args...)})
}

// differsInDetail is like differs, for what matters only while nothing else differs.
func (c *call) differsInDetail(other *profile, format string, args ...any) {
	c.addDifference(difference{profile: other, one: fmt.Sprintf(conjugate(format, false), args...), many: fmt.Sprintf(conjugate(format, true), args...), detail: true})
}

// addDifference returns the difference where it is kept, or a copy when it is not.
func (c *call) addDifference(d difference) *difference {
	at := slices.IndexFunc(c.differences, func(known difference) bool { return known.profile == d.profile })
	switch {
	case at < 0:
		at = len(c.differences)
		c.differences = append(c.differences, d)
	case c.differences[at].detail && !d.detail:
		c.differences[at] = d
	default:
		return &d
	}
	c.tellDifferences()
	return &c.differences[at]
}

// forgetDetails forgets what other profiles do in detail, when the answer has no details such as cookies.
func (c *call) forgetDetails() {
	c.differences = slices.DeleteFunc(c.differences, func(d difference) bool { return d.detail })
	c.tellDifferences()
}

// tellDifferences makes the hint of the differences, unless it is a note.
func (c *call) tellDifferences() {
	if !c.noted {
		c.hint = sentence(c.differences)
	}
}

// note makes a hint that is not about profiles.
func (c *call) note(format string, args ...any) {
	c.hint, c.noted = fmt.Sprintf(format, args...), true
}

func (c *call) writeHint(h http.Header) {
	if c.hint != "" {
		h.Set(headerHint, c.hint)
	}
}

// conjugate chooses one form of each {singular|plural} in a format.
func conjugate(format string, plural bool) string {
	var text strings.Builder
	for {
		before, rest, found := strings.Cut(format, "{")
		text.WriteString(before)
		if !found {
			return text.String()
		}
		verbs, after, _ := strings.Cut(rest, "}")
		one, many, _ := strings.Cut(verbs, "|")
		if plural {
			one = many
		}
		text.WriteString(one)
		format = after
	}
}

// sentence tells the differences. Profiles that do the same are named together, in the order of [ProfileNames].
func sentence(differences []difference) string {
	var parts []string
	told := map[string]bool{}
	for _, p := range profiles {
		for _, d := range differences {
			if d.profile != p || told[d.one] {
				continue
			}
			told[d.one] = true
			parts = append(parts, d.text(differences))
		}
	}
	return strings.Join(parts, "; ")
}

// text is the part of the sentence about all profiles that do the same as d.
func (d difference) text(differences []difference) string {
	var names []string
	for _, p := range profiles {
		for _, other := range differences {
			if other.profile == p && other.one == d.one {
				names = append(names, p.name)
			}
		}
	}
	if len(names) == 1 {
		return "profile " + names[0] + " " + d.one
	}
	return "profiles " + enumerate(names, "and") + " " + d.many
}
