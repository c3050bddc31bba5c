package dotnet

import (
	"mime"
	"slices"
	"strconv"
	"strings"
)

// The content types of answers.
const (
	ContentJSON     = "application/json; charset=utf-8"
	ContentTextJSON = "text/json; charset=utf-8"
	ContentProblem  = "application/problem+json; charset=utf-8"
)

// Negotiate returns the content type of a success, for the values of the header Accept. It is text/json when the caller prefers
// it, and application/json otherwise. With */* no other value counts (ASP.NET Core's defaults).
func Negotiate(accept []string) string {
	type option struct {
		media string
		q     float64
	}
	var options []option
	for _, part := range strings.Split(strings.Join(accept, ","), ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		if media == "*/*" {
			return ContentJSON
		}
		q := 1.0
		if text, ok := params["q"]; ok {
			q, _ = strconv.ParseFloat(text, 64)
		}
		options = append(options, option{media, q})
	}
	slices.SortStableFunc(options, func(a, b option) int {
		switch {
		case a.q > b.q:
			return -1
		case a.q < b.q:
			return 1
		default:
			return 0
		}
	})
	for _, o := range options {
		switch o.media {
		case "application/json", "application/*":
			return ContentJSON
		case "text/json", "text/*":
			return ContentTextJSON
		}
	}
	return ContentJSON
}
