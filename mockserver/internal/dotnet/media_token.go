package dotnet

import "strings"

// cutToken cuts a token off the beginning of a header value, and the blanks around it. The token is empty where none stands.
func cutToken(text string) (token, rest string) {
	text = skipBlanks(text)
	end := 0
	for end < len(text) && isToken(text[end]) {
		end++
	}
	return text[:end], skipBlanks(text[end:])
}

func isToken(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '@', ',', ';', ':', '\\', '"', '/', '[', ']', '?', '=', '{', '}':
		return false
	default:
		return ' ' < c && c < 0x7f
	}
}

// cutQuoted cuts a text in quotation marks off, with its marks, and the blanks behind it.
func cutQuoted(text string) (quoted, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", text, false
	}
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+2 < len(text) && text[i+1] < 0x80:
			i++ // what is escaped does not end the text
		case text[i] == '"':
			return text[:i+1], skipBlanks(text[i+1:]), true
		}
	}
	return "", text, false
}

func unquote(text string) string {
	if len(text) >= 2 && text[0] == '"' && text[len(text)-1] == '"' {
		return text[1 : len(text)-1]
	}
	return text
}

func skipBlanks(text string) string {
	for text != "" && (text[0] == ' ' || text[0] == '\t') { // in the time that strings.TrimLeft takes to begin
		text = text[1:]
	}
	return text
}

// skipCommas drops commas and blanks. It says whether there was a comma.
func skipCommas(text string) (rest string, found bool) {
	text = skipBlanks(text)
	return strings.TrimLeft(text, ", \t"), strings.HasPrefix(text, ",")
}
