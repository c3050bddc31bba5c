package client

import (
	"cmp"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxLine is how many characters of a text from outside an error repeats.
const maxLine = 300

// masked takes the place of a secret.
const masked = "***"

// masker removes secrets from text that comes from outside, because servers and transports repeat what they were sent. It is
// a function, so that printing cannot show the secrets.
type masker func(string) string

// newMasker makes a masker that knows the secrets in every spelling in which they are likely to be repeated.
func newMasker(secrets ...string) masker {
	pattern := sync.OnceValue(func() *regexp.Regexp { // only errors need it
		return spellings(secrets)
	})
	return func(text string) string {
		if text == "" || pattern() == nil {
			return text
		}
		return pattern().ReplaceAllLiteralString(text, masked)
	}
}

// spellings gives a pattern that matches any of the secrets. The longest is first, because one may be part of another. The
// pattern is nil when there are no secrets.
func spellings(secrets []string) *regexp.Regexp {
	var all []string
	for _, secret := range secrets {
		if strings.Trim(secret, "*") != "" { // neither empty nor like the text that replaces secrets
			all = append(all, secret)
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	var pattern strings.Builder
	pattern.WriteString("(?i)") // hosts and share keys may come back in lower case
	for i, secret := range slices.Compact(all) {
		if i > 0 {
			pattern.WriteByte('|')
		}
		for at, r := range secret {
			pattern.WriteString(spellingsOf(r, secret[at:]))
		}
	}
	return regexp.MustCompile(pattern.String())
}

// spellingsOf gives a pattern for one character: as it is, in a URL, in JSON, in a quoted string and in HTML. It also matches
// a character that was encoded more than once. rest begins with the character.
func spellingsOf(r rune, rest string) string {
	if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.~", r)) {
		return regexp.QuoteMeta(string(r))
	}
	_, size := utf8.DecodeRuneInString(rest)
	var inURL, inText, inJSON strings.Builder
	for _, b := range []byte(rest[:size]) {
		fmt.Fprintf(&inURL, "%%(?:25)*%02x", b)
		fmt.Fprintf(&inText, `\\+x%02x`, b)
	}
	for _, unit := range utf16.Encode([]rune{r}) {
		fmt.Fprintf(&inJSON, `\\+u%04x`, unit)
	}
	forms := []string{
		`\\*` + regexp.QuoteMeta(string(r)), inURL.String(), inText.String(), inJSON.String(),
		fmt.Sprintf(`&(?:amp;)*#(?:x0*%x|0*%d);`, r, r),
	}
	if name := strings.Trim(html.EscapeString(string(r)), "&;"); len(name) > 1 && name[0] != '#' {
		forms = append(forms, "&(?:amp;)*"+name+";")
	}
	if quoted := strconv.QuoteRune(r); len(quoted) == 4 && quoted[1] == '\\' { // such as \n
		forms = append(forms, `\\+`+regexp.QuoteMeta(quoted[2:3]))
	}
	switch {
	case r == '"':
		forms = append(forms, "&(?:amp;)*quot;")
	case r == ' ':
		forms = append(forms, `\+`, `\s+`)
	case !unicode.IsPrint(r):
		forms = append(forms, `\s*`) // oneLine may have removed it
	}
	return "(?:" + strings.Join(forms, "|") + ")"
}

// line makes one printable line of at most maxLine characters, without secrets. It masks before and after oneLine, which can
// join the parts of a secret. It masks before the cut, which can leave half of a secret.
func (s masker) line(text string) string {
	if s != nil {
		text = s(oneLine(s(text)))
	} else {
		text = oneLine(text)
	}
	if runes := []rune(text); len(runes) > maxLine {
		text = string(runes[:maxLine-1]) + "…"
	}
	return text
}

// oneLine replaces characters that cannot be printed, and line breaks, by blanks.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) { // control, format and line-breaking characters
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
