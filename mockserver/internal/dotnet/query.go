package dotnet

import "net/url"

// Query is a query string as ASP.NET Core reads it: names in any letter case. Its keys are in lower case.
type Query url.Values

// ParseQuery reads a query string. Both the server and this function leave out what they cannot read.
func ParseQuery(raw string) Query {
	values, _ := url.ParseQuery(raw)
	q := Query{}
	for name, list := range values {
		name = ToLower(name)
		q[name] = append(q[name], list...)
	}
	return q
}

// Get is the first value of a name in lower case, "" when there is none.
func (q Query) Get(name string) string { return url.Values(q).Get(name) }
