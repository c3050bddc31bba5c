package mockserver

import (
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// route is the meaning of a path on the server.
type route struct {
	operation  Operation // "" when the fake has no call there
	method     string    // the only method of the path; "" for an unknown path
	path       string    // as in openapi.yaml, with - for the share key
	key        string    // of the share link
	elsewhere  string    // the call that only the server has there
	outOfRange string    // the part of the version that the server refuses as out of range
	folder     string    // the ID of the folder that the server looks up there
}

// takes says whether the route has a method. The server ignores its letter case (recorded: F602).
func (r route) takes(method string) bool { return r.method != "" && dotnet.EqualFold(r.method, method) }

func routeOf(o Operation) route {
	return route{operation: o, method: o.Method(), path: strings.ReplaceAll(o.Path(), "{key}", "-")}
}

// resolve finds the route of a path from its decoded segments. It ignores the letter case of fixed segments, and a slash at
// the end (ASP.NET Core routing). The share key keeps its letter case.
func resolve(segments []string) route {
	if len(segments) > 1 && segments[len(segments)-1] == "" {
		segments = segments[:len(segments)-1]
	}
	if len(segments) < 4 || !dotnet.EqualFold(segments[0], "api") || !dotnet.EqualFold(segments[2], "files") {
		return route{}
	}
	// DefaultRoute.cs: the version is a segment, and only 2.0 exists.
	if is20, outOfRange := dotnet.Version(segments[1]); !is20 {
		return route{outOfRange: outOfRange}
	}
	rest := segments[3:]
	is := func(i int, literal string) bool { return dotnet.EqualFold(rest[i], literal) }
	switch {
	case rest[0] == "":
		return route{}
	case len(rest) == 1 && is(0, "settings"):
		return routeOf(GetFilesSettings)
	case len(rest) == 1:
		return route{method: http.MethodGet, elsewhere: "the folder of that id (GET files/{folderId})", folder: rest[0]}
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
