// Package mockserver is a stateful, in-memory ONLYOFFICE DocSpace for the four calls of external sharing: read the file
// settings, switch external sharing, switch sharing to social networks, apply a password to a share link.
//
// In a test, [Start] listens on loopback until the test ends:
//
//	srv := mockserver.Start(t)
//	portal, err := client.New(srv.URL, client.WithAPIKey(srv.OwnerKey))
//
// [New] gives the same as an [net/http.Handler], to be served by any server. Both take a [Portal], which says who can
// sign in, which links there are and how the switches stand; left out, it is [DefaultPortal].
//
// What goes wrong, goes wrong on purpose: [Server.Fault]. What was asked, the journal knows: [Server.Requests], and package
// matchers for Gomega. The portal's [Clock] can be stopped and moved. Tests that want no listener use [Server.Transport].
//
// The published page on these calls and the source of the real server disagree. The fake answers as one of them, see
// [ProfileDocumented] and [ProfileV372], and where the other one would have answered otherwise it says so in the header X-Mock-Hint.
package mockserver

// Version is the version of the fake. Every answer carries it in the header X-Mock-Docspace.
const Version = "0.1.0"
