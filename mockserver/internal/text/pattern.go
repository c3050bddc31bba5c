package text

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression that is compiled at its first use: all of them together would take longer than the rest of a start.
type Pattern struct {
	Text     string
	once     sync.Once
	compiled *regexp.Regexp
}

func (p *Pattern) regexp() *regexp.Regexp {
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.Text) })
	return p.compiled
}

// MatchString is [regexp.Regexp.MatchString].
func (p *Pattern) MatchString(s string) bool { return p.regexp().MatchString(s) }

// FindStringSubmatch is [regexp.Regexp.FindStringSubmatch].
func (p *Pattern) FindStringSubmatch(s string) []string { return p.regexp().FindStringSubmatch(s) }
