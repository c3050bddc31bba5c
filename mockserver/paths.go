package mockserver

import (
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// apiRoot is before the path of every call.
const apiRoot = "/api/2.0/"

// route is the meaning of a request's method and path on the server.
type route struct {
	facts     *operationFacts // of the call; nil when the fake has none
	neighbour *neighbour      // the call that only the server has
	path      *pathTemplate   // nil for an unknown path
	parameter string          // key of a share link, or ID of an entry

	outOfRange string // the part of the version that the server refuses as out of range
}

// pathTemplate is a path of the server with its calls, one for each method.
type pathTemplate struct {
	segments []string // after the version; {…} takes any text that is not empty
	calls    []pathCall
	allow    string // the methods, as the header Allow names them
	routed   string // the path that Echo's router gets
}

// pathCall is one method of a path.
type pathCall struct {
	method    string
	facts     *operationFacts // nil: only the server has the call
	neighbour *neighbour
}

// pathTemplates are all known paths. A literal segment goes before a parameter.
var pathTemplates = func() []*pathTemplate {
	var templates []*pathTemplate
	add := func(path string, call pathCall) {
		i := slices.IndexFunc(templates, func(t *pathTemplate) bool { return strings.Join(t.segments, "/") == path })
		if i < 0 {
			i = len(templates)
			// The generated stub reads an ID as a number, and takes any key.
			routed := strings.NewReplacer("{key}", "-", "{id}", "0", "{folderId}", "0", "{fileId}", "0").Replace(apiRoot + path)
			templates = append(templates, &pathTemplate{segments: strings.Split(path, "/"), routed: routed})
		}
		templates[i].calls = append(templates[i].calls, call)
	}
	for _, f := range operationTable {
		add(f.path, pathCall{f.method, f, nil})
	}
	for i := range neighbours {
		n := &neighbours[i]
		for _, method := range n.methods {
			add(n.path, pathCall{method, nil, n})
		}
	}
	for _, t := range templates {
		methods := make([]string, len(t.calls))
		for i, call := range t.calls {
			methods[i] = call.method
		}
		slices.Sort(methods)
		t.allow = strings.Join(methods, ", ")
	}
	parameters := func(t *pathTemplate) int { return strings.Count(strings.Join(t.segments, "/"), "{") }
	slices.SortStableFunc(templates, func(a, b *pathTemplate) int { return parameters(a) - parameters(b) })
	return templates
}()

// known are the methods with which the path is a call of the contract.
func (t *pathTemplate) known() string {
	var methods []string
	for _, call := range t.calls {
		if call.facts != nil {
			methods = append(methods, call.method)
		}
	}
	slices.Sort(methods)
	return strings.Join(methods, ", ")
}

// match says whether the segments are those of the path, in any letter case, and gives the parameter.
func (t *pathTemplate) match(segments []string) (parameter string, ok bool) {
	if len(segments) != len(t.segments) {
		return "", false
	}
	for i, want := range t.segments {
		if strings.HasPrefix(want, "{") {
			if parameter = segments[i]; parameter == "" {
				return "", false
			}
		} else if !dotnet.EqualFold(segments[i], want) {
			return "", false
		}
	}
	return parameter, true
}

// resolve finds the route of a request from its method and the decoded segments of its path. It ignores the letter case of the
// method (recorded: F602) and of fixed segments, and a slash at the end (ASP.NET Core routing). Keys keep their letter case.
func resolve(method string, segments []string) route {
	if len(segments) > 1 && segments[len(segments)-1] == "" {
		segments = segments[:len(segments)-1]
	}
	if len(segments) < 3 || !dotnet.EqualFold(segments[0], "api") {
		return route{}
	}
	// DefaultRoute.cs: the version is a segment, and only 2.0 exists.
	if is20, outOfRange := dotnet.Version(segments[1]); !is20 {
		return route{outOfRange: outOfRange}
	}
	for _, template := range pathTemplates {
		parameter, ok := template.match(segments[2:])
		if !ok {
			continue
		}
		r := route{path: template, parameter: parameter}
		for _, call := range template.calls {
			if dotnet.EqualFold(call.method, method) {
				r.facts, r.neighbour = call.facts, call.neighbour
			}
		}
		return r
	}
	return route{}
}

// operation is the call, "" when it is none of the contract.
func (r route) operation() Operation {
	if r.facts == nil {
		return ""
	}
	return r.facts.operation
}

// isOurs says whether the path has a call of the contract, whatever the method.
func (r route) isOurs() bool {
	return r.path != nil && slices.ContainsFunc(r.path.calls, func(call pathCall) bool { return call.facts != nil })
}

// byNumber says whether the path names an entry by its number, which is no secret.
func (r route) byNumber() bool {
	if r.facts == nil || r.facts.entry == "" {
		return false
	}
	_, number := dotnet.ParseInt32(r.parameter)
	return number
}
