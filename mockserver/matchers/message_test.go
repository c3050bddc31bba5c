package matchers_test

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
	. "github.com/mock-docspace/mock-docspace/mockserver/matchers"
)

func TestFailureShowsTheNearest(t *testing.T) {
	g := NewWithT(t)
	srv := asked(t)
	m := HaveReceived(mockserver.ExternalShare, From(owner), WithStatus(200), Times(2))
	g.Expect(m.Match(srv)).To(BeFalse())
	g.Expect(m.FailureMessage(srv)).To(Equal(`Expected the portal to have received externalShare from owner@example.com with status 200 2 times, but it has received once.
The requests that came nearest:
  #2 PUT /api/2.0/files/settings/external from owner@example.com: 200 {"set":true} (matches)
  #1 PUT /api/2.0/files/settings/external from owner@example.com: 503 {"set":true}, fault down (not with status 200)
  #3 PUT /api/2.0/files/settings/external from anonymous: 401 {"set":false} (not from owner@example.com, not with status 200)
  #4 GET /api/2.0/files/settings from owner@example.com: 200 (another call)
  #5 GET /nowhere from owner@example.com: 404 (another call)`))

	m = HaveReceived(mockserver.ExternalShare)
	g.Expect(m.Match(srv)).To(BeTrue())
	g.Expect(m.NegatedFailureMessage(srv)).To(HavePrefix("Expected the portal not to have received externalShare at least once, but it has received 3 times.\n"))

	m = HaveReceived(mockserver.ExternalShare, WithHeader("User-Agent", "curl"), WithHeader("X-Request-Id", "a"))
	g.Expect(m.Match(srv)).To(BeFalse())
	g.Expect(m.FailureMessage(srv)).To(ContainSubstring(`(not with header User-Agent "curl" but ["the-app/1.0"], not with header X-Request-Id "a" but without it)`))

	m = HaveReceived(mockserver.ExternalShare, AtLeast(1), AtMost(2))
	g.Expect(m.Match(srv)).To(BeFalse())
	g.Expect(m.FailureMessage(srv)).To(HavePrefix("Expected the portal to have received externalShare at least once and at most 2 times, but it has received 3 times.\n"))

	m = HaveReceived("", AtMost(4))
	g.Expect(m.Match(srv)).To(BeFalse())
	g.Expect(m.FailureMessage(srv)).To(HavePrefix("Expected the portal to have received a request at most 4 times, but it has received 5 times.\n"))

	m = HaveReceived(mockserver.ExternalShare)
	g.Expect(m.Match(portal(t))).To(BeFalse())
	g.Expect(m.FailureMessage(nil)).To(HaveSuffix("It has received nothing at all."))
}

func TestFailureIsShort(t *testing.T) {
	g := NewWithT(t)
	srv := portal(t)
	for range 30 {
		ask(t, srv, "", "PUT", mockserver.ExternalShare.Path(), `{"response":{`+strings.Repeat(`"set":true,`, 100)+`"set":false}}`)
	}
	m := HaveReceived(mockserver.ExternalShare, WithStatus(200))
	g.Expect(m.Match(srv)).To(BeFalse())
	message := m.FailureMessage(srv)
	g.Expect(strings.Split(message, "\n")).To(HaveLen(13))
	g.Expect(message).To(HaveSuffix("\n  and 20 more"))
	g.Expect(len(message)).To(BeNumerically("<", 5000))
}
