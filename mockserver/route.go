package mockserver

import (
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// route is where a path leads on the server.
type route struct {
	operation Operation // "" where this fake has nothing
	method    string    // the one that the path knows, "" for an unknown path
	path      string    // as openapi.yaml spells it, without the key
	key       string    // of the share link
	elsewhere string    // what the server has there, where the fake has nothing
	lookup    bool      // the server looks up an id there, and does not find it
}

func routeOf(o Operation) route {
	return route{operation: o, method: o.Method(), path: strings.ReplaceAll(o.Path(), "{key}", "-")}
}

// resolve finds the route of a path, given as its decoded segments. Literals match in any case, and a slash at the end is
// ignored (ASP.NET Core routing); the share key stands as it is.
func resolve(segments []string) route {
	if len(segments) > 1 && segments[len(segments)-1] == "" {
		segments = segments[:len(segments)-1]
	}
	// DefaultRoute.cs: the version is a segment, and only 2.0 exists. That 2 is the same is the best reading of
	// Asp.Versioning; behind nginx only 2.0 arrives.
	if len(segments) < 4 || !dotnet.EqualFold(segments[0], "api") || (segments[1] != "2.0" && segments[1] != "2") || !dotnet.EqualFold(segments[2], "files") {
		return route{}
	}
	rest := segments[3:]
	is := func(i int, literal string) bool { return dotnet.EqualFold(rest[i], literal) }
	switch {
	case rest[0] == "":
		return route{}
	case len(rest) == 1 && is(0, "settings"):
		return routeOf(GetFilesSettings)
	case len(rest) == 1:
		return route{method: http.MethodGet, elsewhere: "the folder of that id (GET files/{folderId})", lookup: true}
	case len(rest) == 2 && is(0, "settings") && is(1, "external"):
		return routeOf(ExternalShare)
	case len(rest) == 2 && is(0, "settings") && is(1, "externalsocialmedia"):
		return routeOf(ExternalShareSocialMedia)
	case len(rest) == 2 && is(0, "settings") && is(1, "externalsharingsettings"):
		return route{method: http.MethodPut, elsewhere: "the whole sharing policy (PUT files/settings/externalsharingsettings)"}
	case len(rest) == 2 && is(0, "share") && rest[1] != "":
		return route{method: http.MethodGet, elsewhere: "the target of the share link (GET files/share/{key})"}
	case len(rest) == 3 && is(0, "share") && rest[1] != "" && is(2, "password"):
		password := routeOf(ApplyExternalSharePassword)
		password.key = rest[1]
		return password
	default:
		return route{}
	}
}
