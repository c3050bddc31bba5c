package mockserver

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// shortSecret is below how many characters a secret is one only as a whole word: an a would stand nearly everywhere.
const shortSecret = 6

// secrets are what a portal must not tell: share keys, passwords, tokens and API keys. To look for them takes a time that
// depends on the text, not on how many there are.
type secrets struct {
	begins   [64]uint64                     // which first two bytes long ones may have
	long     map[[shortSecret]byte][]string // by their first bytes, longer ones first
	short    map[string]bool
	shortMax int // bytes of the longest short one
}

func newSecrets(p *Portal) *secrets {
	s := &secrets{long: map[[shortSecret]byte][]string{}, short: map[string]bool{}}
	for _, l := range p.Links {
		s.add(l.Key)
		s.add(l.Password)
	}
	for _, u := range p.Users {
		s.add(u.Password)
		for _, token := range u.Tokens {
			s.add(token)
		}
	}
	for _, k := range p.APIKeys {
		s.add(k.Key)
	}
	for _, list := range s.long {
		slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) })
	}
	return s
}

func (s *secrets) add(secret string) {
	switch {
	case secret == "":
	case utf8.RuneCountInString(secret) < shortSecret:
		s.short[secret] = true
		s.shortMax = max(s.shortMax, len(secret))
	default:
		start := [shortSecret]byte([]byte(secret[:shortSecret]))
		s.long[start] = append(s.long[start], secret)
		word, bit := beginning(secret[0], secret[1])
		s.begins[word] |= bit
	}
}

// beginning is where in begins two bytes are noted.
func beginning(first, second byte) (word int, bit uint64) {
	hash := uint16(first)*61 + uint16(second)
	return int(hash>>6) & 63, 1 << (hash & 63)
}

// find is where the first secret of a text stands, at or after from; start is -1 when there is none.
func (s *secrets) find(text string, from int) (start, end int) {
	for i := from; i < len(text); i++ {
		if secret := s.longAt(text[i:]); secret != "" {
			return i, i + len(secret)
		}
		if len(s.short) == 0 {
			continue
		}
		if before, _ := utf8.DecodeLastRuneInString(text[:i]); isWord(before) {
			continue
		}
		for end := min(len(text), i+s.shortMax); end > i; end-- {
			if after, _ := utf8.DecodeRuneInString(text[end:]); s.short[text[i:end]] && !isWord(after) {
				return i, end
			}
		}
	}
	return -1, -1
}

// longAt is the long secret that a text begins with, "" when there is none.
func (s *secrets) longAt(text string) string {
	if len(text) < shortSecret {
		return ""
	}
	if word, bit := beginning(text[0], text[1]); s.begins[word]&bit == 0 {
		return ""
	}
	for _, secret := range s.long[[shortSecret]byte([]byte(text[:shortSecret]))] {
		if strings.HasPrefix(text, secret) {
			return secret
		}
	}
	return ""
}

// in says whether a text has a secret in it.
func (s *secrets) in(text string) bool {
	start, _ := s.find(text, 0)
	return start >= 0
}

// mask is a text with every secret in it as ***.
func (s *secrets) mask(original string) string {
	start, end := s.find(original, 0)
	if start < 0 {
		return original
	}
	var shown strings.Builder
	done := 0
	for start >= 0 {
		shown.WriteString(original[done:start] + text.Mask)
		done = end
		start, end = s.find(original, done)
	}
	shown.WriteString(original[done:])
	return shown.String()
}

func isWord(r rune) bool {
	return r == '_' || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
