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
}

// differs adds to the hint what another profile does. Its verbs stand in both forms: {answers|answer}. What a profile does first
// stays: it is about the first decision, which matters most.
func (c *call) differs(other *profile, format string, args ...any) {
	c.addDifference(difference{other, fmt.Sprintf(conjugate(format, false), args...), fmt.Sprintf(conjugate(format, true), args...), false})
}

// differsInDetail is like differs, for what matters only while nothing else differs.
func (c *call) differsInDetail(other *profile, format string, args ...any) {
	c.addDifference(difference{other, fmt.Sprintf(conjugate(format, false), args...), fmt.Sprintf(conjugate(format, true), args...), true})
}

func (c *call) addDifference(d difference) {
	if c.hint != "" && len(c.differences) == 0 {
		return // a note
	}
	for i, known := range c.differences {
		if known.profile != d.profile {
			continue
		}
		if known.detail && !d.detail {
			c.differences[i] = d
			c.hint = sentence(c.differences)
		}
		return
	}
	c.differences = append(c.differences, d)
	c.hint = sentence(c.differences)
}

// forgetDetails forgets what other profiles do in detail, when the answer has no details such as cookies.
func (c *call) forgetDetails() {
	if len(c.differences) == 0 {
		return
	}
	c.differences = slices.DeleteFunc(c.differences, func(d difference) bool { return d.detail })
	c.hint = sentence(c.differences)
}

// note makes a hint that is not about profiles.
func (c *call) note(format string, args ...any) {
	c.hint, c.differences = fmt.Sprintf(format, args...), nil
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
