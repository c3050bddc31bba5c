package mockserver

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// shortSecret is a number of characters. A shorter secret is masked only as a whole word, because a secret such as "a" is a
// part of nearly every text.
const shortSecret = 6

// secrets has the docDbKey, share keys, passwords, tokens and API keys of a portal, which logs and journal must not show. The time of
// a search depends on the length of the text, not on the number of secrets.
type secrets struct {
	starts   [64]uint64                     // a set of the first two bytes of the long secrets, see startBit
	long     map[[shortSecret]byte][]string // by their first bytes; longer ones come first
	short    map[string]bool
	shortMax int      // bytes of the longest short secret
	besides  *secrets // more of them, which are not the portal's; nil when there are none
}

func emptySecrets() *secrets {
	return &secrets{long: map[[shortSecret]byte][]string{}, short: map[string]bool{}}
}

func newSecrets(p *Portal) *secrets {
	s := emptySecrets()
	s.add(p.DocDBKey)
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
	for _, session := range p.Sessions {
		s.add(session.Token)
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
		word, bit := startBit(secret[0], secret[1])
		s.starts[word] |= bit
	}
}

// startBit is the bit for two bytes in starts. Other bytes can have the same bit.
func startBit(first, second byte) (word int, bit uint64) {
	hash := uint16(first)*61 + uint16(second)
	return int(hash>>6) & 63, 1 << (hash & 63)
}

// find finds the first secret that begins at or after from, the longest one there. start is -1 when there is none.
func (s *secrets) find(text string, from int) (start, end int) {
	start, end = s.findOwn(text, from)
	if s.besides == nil {
		return start, end
	}
	other, otherEnd := s.besides.find(text, from)
	if other >= 0 && (start < 0 || other < start || other == start && otherEnd > end) {
		return other, otherEnd
	}
	return start, end
}

func (s *secrets) findOwn(text string, from int) (start, end int) {
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

// longAt is the longest long secret at the beginning of a text, or "" when there is none.
func (s *secrets) longAt(text string) string {
	if len(text) < shortSecret {
		return ""
	}
	if word, bit := startBit(text[0], text[1]); s.starts[word]&bit == 0 {
		return ""
	}
	for _, secret := range s.long[[shortSecret]byte([]byte(text[:shortSecret]))] {
		if strings.HasPrefix(text, secret) {
			return secret
		}
	}
	return ""
}

// in says whether a text contains a secret.
func (s *secrets) in(text string) bool {
	start, _ := s.find(text, 0)
	return start >= 0
}

// mask replaces every secret in a text by ***.
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
