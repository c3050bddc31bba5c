package dotnet

import (
	"strings"
	"unicode"
)

// SplitValues is the list of values in headers of one name. Quotes keep commas together and are taken off; empty values do not
// count (HeaderSegmentCollection.cs and ParsingHelpers.cs (aspnetcore); recorded: cX-X009).
func SplitValues(headers []string) (list []string) {
	for _, header := range headers {
		for more := true; more; {
			var value string
			value, header, more = cutComma(header)
			value = strings.TrimFunc(value, unicode.IsSpace)
			if len(value) > 1 && value[0] == '"' && value[len(value)-1] == '"' {
				value = value[1 : len(value)-1]
			}
			if value != "" {
				list = append(list, value)
			}
		}
	}
	return list
}

// cutComma cuts a text at its first comma outside of quotes.
func cutComma(text string) (before, after string, found bool) {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case text[i] == ',' && !quoted:
			return text[:i], text[i+1:], true
		}
	}
	return text, "", false
}

// QuoteValues makes one header of a list of values. A value with a comma gets quotes (ParsingHelpers.cs (aspnetcore)).
func QuoteValues(list []string) string {
	quoted := make([]string, len(list))
	for i, value := range list {
		if strings.Contains(value, ",") {
			value = `"` + value + `"`
		}
		quoted[i] = value
	}
	return strings.Join(quoted, ",")
}

// JoinValues makes one value of the values of a header, as .NET's StringValues does. It leaves out empty ones.
func JoinValues(values []string) string {
	if len(values) == 1 {
		return values[0]
	}
	var filled []string
	for _, value := range values {
		if value != "" {
			filled = append(filled, value)
		}
	}
	return strings.Join(filled, ",")
}
