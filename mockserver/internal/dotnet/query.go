package dotnet

import (
	"strconv"
	"strings"
)

// Query is a query string as ASP.NET Core reads it: names in any letter case. Its keys are in lower case.
type Query map[string][]string

// ParseQuery reads a query string. Only & separates, a pair without = has an empty value, and malformed escapes stay as they are
// (QueryStringEnumerable.cs (aspnetcore); recorded: F1103, F1590). It is nil without
// any.
func ParseQuery(raw string) Query {
	var q Query
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		if q == nil {
			q = Query{}
		}
		name = ToLower(UnescapeForm(name))
		q[name] = append(q[name], UnescapeForm(value))
	}
	return q
}

// UnescapeForm replaces the escapes of a text of a form or a query, once. A plus is a blank.
func UnescapeForm(text string) string { return unescape(strings.ReplaceAll(text, "+", " "), false) }

// Joined is the one text that .NET's StringValues makes of all values of a name in lower case: with commas, and without empty
// ones.
func (q Query) Joined(name string) string { return JoinValues(q[name]) }

// Get is the first value of a name in lower case, "" when there is none.
func (q Query) Get(name string) string {
	if values := q[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// ParseInt32 reads a whole number of 32 bits, with blanks around it and a sign.
func ParseInt32(text string) (n int, ok bool) {
	parsed, err := strconv.ParseInt(strings.TrimSpace(text), 10, 32)
	return int(parsed), err == nil
}
