// Package host serves many portals of package mockserver behind one address, with the control API that changes them from outside.
//
//	h := host.Start(t) // listens on loopback until the test ends
//	server := h.AddPortal("tenant-a", mockserver.Portal{})
//	// h.URL + "/portals/tenant-a" is the address of that portal.
//
// [New] gives the same as an [net/http.Handler]. Package mockserver/control has the types and a client of the control API.
package host
