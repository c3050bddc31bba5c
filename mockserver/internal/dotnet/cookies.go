package dotnet

import "strings"

// SentCookie is the value of a cookie of a request, "" when it was not sent. As ASP.NET Core reads it, a name has any letter
// case, the last value that is not empty wins, a value is unescaped, and a pair that breaks the grammar is not there
// (CookieHeaderParserShared.cs (aspnetcore); recorded: cK-K009A to cK-K040D). Only a semicolon separates (recorded: cK-K029A).
func SentCookie(headers []string, name string) string {
	found := ""
	for _, header := range headers {
		for pair := range strings.SplitSeq(header, ";") {
			sent, value, ok := strings.Cut(strings.Trim(pair, " \t"), "=")
			if ok && value != "" && EqualFold(sent, name) && isCookieValue(value) {
				found = unescape(value, false)
			}
		}
	}
	return found
}

// isCookieValue says whether a text can be a value. Quotes around it are a part of it.
func isCookieValue(text string) bool {
	if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
		text = text[1 : len(text)-1]
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r >= 0x7F || strings.ContainsRune(`",;\`, r) })
}
