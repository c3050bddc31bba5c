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

// maxLine is how much of any text from outside an error repeats, in characters.
const maxLine = 300

// mask stands where a secret was.
const mask = "***"

// masker takes secrets out of text from outside: servers and transports repeat what they were sent. It is a function,
// so that it cannot be printed.
type masker func(string) string

// newMasker knows the secrets in every spelling that an echo is likely to have.
func newMasker(secrets ...string) masker {
	pattern := sync.OnceValue(func() *regexp.Regexp { // only an error needs it
		return spellings(secrets)
	})
	return func(text string) string {
		if text == "" || pattern() == nil {
			return text
		}
		return pattern().ReplaceAllLiteralString(text, mask)
	}
}

// spellings matches any of the secrets, the longest first: one may be part of another. It is nil when there are none.
func spellings(secrets []string) *regexp.Regexp {
	var all []string
	for _, secret := range secrets {
		if strings.Trim(secret, "*") != "" { // neither empty nor like the mask
			all = append(all, secret)
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	var pattern strings.Builder
	pattern.WriteString("(?i)") // hosts and link keys are the same in small letters
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

// spellingsOf matches a character as it is, in a URL, in JSON or a quoted string and in HTML, each also when it was put
// into one of them again. rest begins with it.
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
		forms = append(forms, `\s*`) // oneLine may have taken it away
	}
	return "(?:" + strings.Join(forms, "|") + ")"
}

// line makes text from outside fit for an error: one line, printable, bounded, no secret. It looks for secrets on both
// sides of the cleaning, which can put one together, and before the cut, which can leave half of one.
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

func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) { // control, format and line-breaking characters
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
