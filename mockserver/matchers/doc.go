// Package matchers has Gomega matchers for the requests that a portal of package mockserver has received:
//
//	Expect(srv).To(HaveReceived(mockserver.ExternalShare, Times(3), From("owner@example.com")))
//
// The matchers read the journal of the portal. When the result depends on requests that the journal has dropped, a matcher
// fails with this reason: it never counts wrong. A matcher with a mistake, such as an unknown call, fails too. In both cases
// NotTo also fails.
package matchers
