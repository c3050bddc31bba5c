// Package mockserver is a fake of one ONLYOFFICE DocSpace portal, in memory, for the four calls of external sharing: read the
// file settings, switch external sharing, switch sharing to social networks, and apply a password to a share link.
//
// In a test, [Start] listens on loopback until the test ends:
//
//	srv := mockserver.Start(t)
//	portal, err := client.New(srv.URL, client.WithAPIKey(srv.OwnerKey))
//
// [New] makes the same fake as an [net/http.Handler] for any HTTP server. [Server.Transport] needs no listener at all.
//
// A [Portal] describes the users, the links and the switches. [WithPortal] starts with one, and without it the fake starts
// with [DefaultPortal]. [Server.ChangeLink] and similar methods change the portal during a test, and [Server.Reset] undoes
// all changes.
//
// [Server.Fault] makes calls fail on purpose. [Server.Requests] returns the requests that the fake has received, and package
// matchers has Gomega matchers for them. [Server.Clock] can stop and move the portal's time.
//
// The published page about these calls and the real server disagree, and the server's releases differ. A profile says which of them
// the fake follows: [ProfileDocumented], [ProfileV372], [ProfileV38] or [ProfileNext]. When other profiles answer a request
// differently, the answer says how in the header X-Mock-Hint. [ProfileFacts] has all differences.
//
// Package host serves many portals behind one address. Package control changes a fake in another process.
package mockserver

// Version is the version of the fake. Every answer has it in the header X-Mock-Docspace.
const Version = "0.1.0"
