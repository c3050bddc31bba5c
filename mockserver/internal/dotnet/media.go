package dotnet

import (
	"mime"
	"strings"
)

// JSONCharset says whether ASP.NET Core's SystemTextJsonInputFormatter reads bodies of this type, and in which encoding: utf-8,
// utf-16, or "" when the type names none.
func JSONCharset(contentType string) (charset string, ok bool) {
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return "", false
	}
	kind, subtype, _ := strings.Cut(media, "/")
	switch {
	case media == "application/json", media == "text/json":
	case kind == "application" && strings.HasSuffix(subtype, "+json"):
	default:
		return "", false
	}
	charset = strings.ToLower(params["charset"])
	return charset, charset == "" || charset == "utf-8" || charset == "utf-16"
}
