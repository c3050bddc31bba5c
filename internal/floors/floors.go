// Package floors has the table of which package of this module may import which. Its test reads the table and every Go file.
package floors

import (
	"slices"
	"strings"
)

// floor says what a package may import.
type floor struct {
	pkg      string
	imports  []string // packages of this module, in all files
	tests    []string // further ones, in tests only; the package itself is allowed there
	examples []string // further ones, in examples of the documentation only
	outside  []string // modules of others, except in tests; nil is any, empty is the standard library alone
	why      string
}

const (
	apart      = "the fake and the client never see each other, so that neither can be right only because the other is wrong in the same way"
	inherited  = "an app that imports it inherits what it imports"
	bottom     = "it is a floor that others stand on, and knows nothing of portals"
	standalone = "it is a tool, and knows the rest by its files alone"
)

var (
	standardLibrary = []string{}
	runtime         = []string{"github.com/oapi-codegen/runtime"}
)

// floors is the table. Each package stands below those that may import it.
var floors = []floor{
	{pkg: "client/api", outside: runtime, why: inherited},
	{pkg: "client", imports: []string{"client/api"}, examples: []string{"mockserver"}, outside: runtime, why: inherited + ", and " + apart},

	{pkg: "internal/kestrel", outside: standardLibrary, why: bottom},
	{pkg: "internal/printable", outside: standardLibrary, why: bottom},
	{pkg: "mockserver/internal/text", why: bottom},
	{pkg: "mockserver/internal/strict", imports: []string{"mockserver/internal/text"}, why: bottom},
	{pkg: "mockserver/internal/dotnet", imports: []string{"mockserver/internal/text"}, why: bottom},
	{pkg: "mockserver/internal/member", outside: standardLibrary, why: "the portal file and the control API have the same members"},
	{pkg: "mockserver/internal/portalname", imports: []string{"mockserver/internal/text"}, outside: standardLibrary, why: bottom},
	{pkg: "mockserver/internal/claims", outside: standardLibrary, why: "its table is written by the contract suite, which the fake never sees"},
	{pkg: "mockserver/internal/mocktest", outside: standardLibrary, why: "tests of several packages share it"},
	{
		pkg: "mockserver/internal/schema", imports: []string{"mockserver/internal/text"}, tests: []string{"mockserver/control", "mockserver/internal/api", "mockserver/internal/controlapi"},
		outside: standardLibrary, why: "a start pays for what it imports: its tests compare it with kin-openapi",
	},
	{pkg: "mockserver/internal/api", imports: []string{"mockserver/internal/schema"}, why: "it is generated from openapi.yaml alone"},
	{
		pkg:     "mockserver",
		imports: []string{"internal/kestrel", "mockserver/internal/api", "mockserver/internal/claims", "mockserver/internal/dotnet", "mockserver/internal/member", "mockserver/internal/portalname", "mockserver/internal/schema", "mockserver/internal/strict", "mockserver/internal/text"},
		tests:   []string{"mockserver/internal/mocktest"},
		why:     "one portal knows nothing of the host of many, nor of what changes it from outside; " + apart,
	},
	{pkg: "mockserver/matchers", imports: []string{"mockserver"}, why: "it asks a portal's journal, and nothing else"},
	{pkg: "mockserver/control", imports: []string{"mockserver/internal/member"}, tests: []string{"mockserver/host"}, outside: runtime, why: "a program that changes a fake in another process need not have the fake"},
	{pkg: "mockserver/internal/controlapi", imports: []string{"mockserver/control", "mockserver/internal/schema", "mockserver/internal/text"}, why: "it is generated from the control API's contract, with the types of mockserver/control"},
	{pkg: "mockserver/host/page", outside: standardLibrary, why: "it is files for a browser, and knows nothing of portals"},
	{
		pkg: "mockserver/host",
		imports: []string{
			"internal/kestrel", "internal/printable", "mockserver", "mockserver/control", "mockserver/host/page",
			"mockserver/internal/controlapi", "mockserver/internal/dotnet", "mockserver/internal/portalname", "mockserver/internal/schema", "mockserver/internal/strict", "mockserver/internal/text",
		},
		tests: []string{"mockserver/internal/api", "mockserver/internal/mocktest"},
		why:   "it stands on the portals; " + apart,
	},
	{pkg: "cmd/mock-docspace", imports: []string{"internal/kestrel", "internal/printable", "mockserver", "mockserver/control", "mockserver/host"}, why: "the program is the fake; " + apart},

	{pkg: "internal/drift", imports: []string{"internal/printable"}, outside: []string{"github.com/goccy/go-yaml"}, why: "it makes reports of any run, and knows nothing of how a portal is asked"},
	{pkg: "contract_test", imports: []string{"client", "client/api", "internal/drift", "mockserver", "mockserver/host"}, why: "it meets the fake as users do, from outside"},
	{pkg: "interop/drivers", why: "its files are sources of clients in many languages; make interop builds each in a module of its own"},
	{pkg: "interop", imports: []string{"client", "mockserver"}, why: "it meets the program as users do, from outside"},
	{pkg: "action", imports: []string{"client"}, why: "it meets the program as users do, from outside"},
	{pkg: "examples/external-sharing", imports: []string{"client", "client/api", "mockserver"}, why: "it shows what an app imports"},
	{pkg: "examples/share-a-room", imports: []string{"client", "mockserver"}, why: "it shows what an app imports"},
	{pkg: "examples/portals", imports: []string{"client", "mockserver"}, why: "its test uses the portal files as an app would"},
	{pkg: "examples/sharding", imports: []string{"mockserver/host"}, why: "it shows fakes behind a proxy"},
	{pkg: "internal/breaking", why: standalone},
	{pkg: "internal/collections", why: standalone},
	{pkg: "internal/detach", why: standalone},
	{pkg: "internal/floors", why: standalone},
	{pkg: "internal/image", imports: []string{"client", "mockserver"}, why: "it meets the image as users do, from outside"},
	{pkg: "internal/mutation", why: standalone},
	{pkg: "internal/reference", why: standalone},
	{pkg: "internal/release", why: standalone},
	{pkg: "internal/requests", why: standalone},
	{pkg: "internal/speed", imports: []string{"internal/speed/rivals", "mockserver", "mockserver/host"}, why: "it measures the fake as users meet it"},
	{pkg: "internal/speed/bare", imports: []string{"internal/speed/rivals"}, why: "it is measured beside the fake, and has nothing of it"},
	{pkg: "internal/speed/rivals", imports: []string{"client/api"}, why: "it is measured beside the fake, and has nothing of it"},
	{pkg: "internal/speed/stateful", imports: []string{"internal/speed/rivals"}, why: "it is measured beside the fake, and has nothing of it"},
	{pkg: "internal/snippets", imports: []string{"mockserver/control"}, why: "it knows the rest by the documentation alone"},
}

const module = "github.com/mock-docspace/mock-docspace"

// allows says whether a file of the package may import another one.
func (f floor) allows(file, imported string) bool {
	inTest, inExample := strings.HasSuffix(file, "_test.go"), strings.HasPrefix(file, "example") && strings.HasSuffix(file, "_test.go")
	if ours, ok := strings.CutPrefix(imported, module+"/"); ok {
		return slices.Contains(f.imports, ours) || inTest && (ours == f.pkg || slices.Contains(f.tests, ours)) || inExample && slices.Contains(f.examples, ours)
	}
	first, _, _ := strings.Cut(imported, "/")
	if standard := !strings.Contains(first, "."); standard || inTest || f.outside == nil {
		return true
	}
	return slices.ContainsFunc(f.outside, func(allowed string) bool {
		return imported == allowed || strings.HasPrefix(imported, allowed+"/")
	})
}
