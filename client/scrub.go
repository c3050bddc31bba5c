package client

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// maxLine is how much of any text from outside an error repeats, in characters.
const maxLine = 300

// mask stands where a secret was.
const mask = "***"

// scrubber takes secrets out of text from outside: servers and transports repeat what they were sent. It is a function,
// so that it cannot be printed.
type scrubber func(string) string

// newScrubber knows the secrets in every spelling that an echo is likely to have.
func newScrubber(secrets ...string) scrubber {
	replacer := sync.OnceValue(func() *strings.Replacer { // only an error needs it
		var pairs []string
		for _, spelling := range spellingsOf(secrets) {
			pairs = append(pairs, spelling, mask)
		}
		return strings.NewReplacer(pairs...)
	})
	return func(text string) string {
		if text == "" {
			return ""
		}
		return replacer().Replace(text)
	}
}

func spellingsOf(secrets []string) []string {
	var all []string
	for _, secret := range secrets {
		if strings.Trim(secret, "*") == "" { // empty, or not told from the mask
			continue
		}
		inJSON, _ := json.Marshal(secret) //nolint:errchkjson // a string always encodes
		quoted := strconv.Quote(secret)
		all = append(all,
			secret, url.PathEscape(secret), url.QueryEscape(secret), html.EscapeString(secret),
			string(inJSON[1:len(inJSON)-1]), quoted[1:len(quoted)-1],
			strings.ToValidUTF8(secret, "\uFFFD"), oneLine(secret))
	}
	// The longest first: a secret may be part of another one.
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return slices.DeleteFunc(slices.Compact(all), func(s string) bool { return s == "" })
}

// line makes text from outside fit for an error: one line, printable, bounded, no secret. It looks for secrets on both
// sides of the cleaning, which can put one together, and before the cut, which can leave half of one.
func (s scrubber) line(text string) string {
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

// requestSecrets are those that a request shows by itself: credentials, cookies and the share key in the path.
func requestSecrets(req *http.Request) []string {
	if req == nil {
		return nil
	}
	var secrets []string
	for _, value := range req.Header.Values("Authorization") {
		kind, token, _ := strings.Cut(value, " ")
		secrets = append(secrets, value, token)
		if kind == "Basic" {
			if pair, err := base64.StdEncoding.DecodeString(token); err == nil {
				_, password, _ := strings.Cut(string(pair), ":")
				secrets = append(secrets, string(pair), password)
			}
		}
	}
	for _, cookie := range req.Cookies() {
		secrets = append(secrets, cookie.Value)
	}
	segments := strings.Split(req.URL.EscapedPath(), "/")
	for i := 1; i+1 < len(segments); i++ {
		if segments[i-1] == "share" && segments[i+1] == "password" {
			key, _ := url.PathUnescape(segments[i])
			secrets = append(secrets, segments[i], key)
		}
	}
	return secrets
}

// exchangeSecrets adds the cookies that the answer sets: a share link's cookie is made of its password.
func exchangeSecrets(resp *http.Response) []string {
	secrets := requestSecrets(resp.Request)
	for _, cookie := range resp.Cookies() {
		secrets = append(secrets, cookie.Value)
	}
	return secrets
}
