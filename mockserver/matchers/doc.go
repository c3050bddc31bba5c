// Package matchers has Gomega matchers for what a portal of package mockserver was asked:
//
//	Expect(srv).To(HaveReceived(mockserver.ExternalShare, Times(3), From("owner@example.com")))
//
// They look into the journal. Where that has dropped requests which could match, the matcher fails with this reason, also
// beneath NotTo: it never counts wrong. So does a matcher that cannot be meant, such as one for an unknown call.
package matchers
