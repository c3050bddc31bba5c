package contract_test

import (
	"bytes"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// startLiveWithRoom starts a fake that the program takes for a live portal, with a room for links: 20. Room 10 has a link already, and
// somebody else made room 30.
func startLiveWithRoom(t *testing.T, profile string, change func(*http.Response)) (server *mockserver.Server, address string, before []mockserver.Link) {
	t.Helper()
	server, address = startLive(t, profile, change)
	for _, entry := range []mockserver.Entry{
		{ID: "20", Title: "For links", Type: mockserver.EntryRoom, RoomType: 5, CreatedBy: "owner@example.com"},
		{ID: "30", Title: "Of another", Type: mockserver.EntryRoom, RoomType: 5, CreatedBy: "user@example.com"},
		{ID: "40", Title: "For work", Type: mockserver.EntryRoom, RoomType: 2, CreatedBy: "owner@example.com"},
	} {
		if _, err := server.AddEntry(entry); err != nil {
			t.Fatal(err)
		}
	}
	return server, address, server.State().Links
}

func inRoom(room string) []string {
	return append([]string{"CONTRACT_CREATE=1", "CONTRACT_ROOM=" + room}, withLink...)
}

const linksOnly = "A1101 || A1107 || A1114 || A1117 || A1118 || A1125 || A1129"

// isLinkChange says whether the portal has just made a link in the room.
func isLinkChange(resp *http.Response) bool {
	return resp.Request.Method == http.MethodPut && resp.Request.URL.Path == "/api/2.0/files/rooms/20/links" && resp.StatusCode == http.StatusOK
}

// beforeLinkSpecs is more than the number of links that are made before the first spec.
const beforeLinkSpecs = 12

func TestProgramMakesLinksAndRemovesThem(t *testing.T) {
	for _, profile := range allProfiles {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			g := gomega.NewWithT(t)
			var made atomic.Int32
			server, address, before := startLiveWithRoom(t, profile, func(resp *http.Response) {
				if isLinkChange(resp) {
					made.Add(1)
				}
			})
			r := runProgramOnce(t, liveEnviron(address, inRoom("20")...), "-v", "--labels", "/^A11/ || /^A71/ || /^A122/ || /^A123/")
			g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
			g.Expect(r.notes).To(gomega.ContainSubstring("the links that were made in room 20 are removed"))
			g.Expect(r.stdout).To(gomega.ContainSubstring("The portal matches " + profile + " best"))
			g.Expect(r.stdout).NotTo(gomega.ContainSubstring(notAsked))
			g.Expect(r.leftOut()).NotTo(gomega.ContainElement(gomega.MatchRegexp(`A11(04|08|13|14|15|18|25)`)))
			g.Expect(made.Load()).To(gomega.BeNumerically(">", 100))
			g.Expect(server.State().Links).To(gomega.Equal(before))
			g.Expect(rooms(server)).To(gomega.Equal([]string{"10", "20", "30", "40"}))
			g.Expect(server.Requests(mockserver.Filter{Operation: mockserver.CreateRoom})).To(gomega.BeEmpty())
			g.Expect(server.Requests(mockserver.Filter{Operation: mockserver.DeleteRoom})).To(gomega.BeEmpty())
		})
	}
}

// Without CONTRACT_CREATE no link is made, and the table says so.
func TestProgramMakesNoLinksUnlessItMay(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	var made atomic.Int32
	_, address, _ := startLiveWithRoom(t, mockserver.ProfileV372, func(resp *http.Response) {
		if strings.Contains(resp.Request.URL.Path, "/link") && resp.StatusCode == http.StatusOK {
			made.Add(1)
		}
	})
	r := runProgramOnce(t, liveEnviron(address, append(withLink, "CONTRACT_ROOM=20")...), "-v", "--labels", linksOnly+" || A1136")
	g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
	g.Expect(made.Load()).To(gomega.BeZero())
	g.Expect(r.stdout).To(gomega.ContainSubstring(notAsked))
	g.Expect(r.leftOut()).To(gomega.ContainElement("A1125"))
}

func TestProgramTellsDriftOfLinks(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	server, address, before := startLiveWithRoom(t, mockserver.ProfileV372, func(resp *http.Response) {
		if isLinkChange(resp) {
			rewriteBody(resp, func(text string) string { return strings.ReplaceAll(text, `"canRevoke":false`, `"canRevoke":true`) })
		}
	})
	r := runProgramOnce(t, liveEnviron(address, inRoom("20")...), "--labels", linksOnly)
	g.Expect(r.code).To(gomega.Equal(exitDrift), r.stdout+r.stderr)
	g.Expect(r.drift()).To(gomega.ContainElement(gomega.ContainSubstring("PUT /api/2.0/files/rooms/{room}/links: true instead of false")))
	g.Expect(server.State().Links).To(gomega.Equal(before))
}

// A link that was made is removed also when the answer to the call says something else.
func TestProgramRemovesLinksAfterFailures(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	var made atomic.Int32
	server, address, before := startLiveWithRoom(t, mockserver.ProfileV372, func(resp *http.Response) {
		if isLinkChange(resp) && made.Add(1) > beforeLinkSpecs && resp.Header.Get("X-Mock-Hint") != "" {
			rewriteBody(resp, func(string) string { return "{}" })
		}
	})
	r := runProgramOnce(t, liveEnviron(address, inRoom("20")...), "--labels", linksOnly)
	g.Expect(r.code).To(gomega.Equal(exitDrift), r.stdout+r.stderr)
	g.Expect(r.notes).To(gomega.ContainSubstring("the links that were made in room 20 are removed"))
	g.Expect(server.State().Links).To(gomega.Equal(before))
}

func TestProgramRemovesLinksWhenInterrupted(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	reached, sent := make(chan struct{}), make(chan struct{})
	var once sync.Once
	var made atomic.Int32
	server, address, before := startLiveWithRoom(t, mockserver.ProfileV372, func(resp *http.Response) {
		if isLinkChange(resp) && made.Add(1) > beforeLinkSpecs {
			rewriteBody(resp, func(text string) string {
				if strings.HasPrefix(text, `{"response":`) {
					once.Do(func() { close(reached); <-sent })
				}
				return text
			})
		}
	})
	cmd := command(t, liveEnviron(address, inRoom("20")...), "--labels", linksOnly)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	g.Expect(cmd.Start()).To(gomega.Succeed())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-reached:
	case <-ended:
		t.Fatal("it ended before a link was made:", stdout.String(), stderr.String())
	}
	g.Expect(server.State().Links).NotTo(gomega.Equal(before))
	g.Expect(cmd.Process.Signal(os.Interrupt)).To(gomega.Succeed())
	close(sent)
	<-ended
	g.Expect(cmd.ProcessState.ExitCode()).To(gomega.Equal(exitUnchecked), stdout.String()+stderr.String())
	g.Expect(stderr.String()).To(gomega.ContainSubstring("the links that were made in room 20 are removed"))
	g.Expect(server.State().Links).To(gomega.Equal(before))
}

func TestProgramRemovesLinksAfterTheTimeOut(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	var made atomic.Int32
	ended := make(chan struct{})
	server, address, before := startLiveWithRoom(t, mockserver.ProfileV372, func(resp *http.Response) {
		if strings.HasPrefix(resp.Request.URL.Path, "/api/2.0/files/share/") && made.Load() > beforeLinkSpecs { // it hangs after links were made
			select {
			case <-resp.Request.Context().Done():
			case <-ended:
			}
		}
		if isLinkChange(resp) {
			made.Add(1)
		}
	})
	time.AfterFunc(9*time.Second, func() { close(ended) })
	r := runProgramOnce(t, liveEnviron(address, "CONTRACT_CREATE=1", "CONTRACT_ROOM=20"), "--timeout", "8s", "--labels", linksOnly)
	g.Expect(made.Load()).To(gomega.BeNumerically(">", beforeLinkSpecs))
	g.Expect(r.code).To(gomega.Equal(exitUnchecked), r.stdout+r.stderr)
	g.Expect(r.stderr).To(gomega.ContainSubstring("it ran out of time"))
	g.Expect(r.notes).To(gomega.ContainSubstring("the links that were made in room 20 are removed"))
	g.Expect(server.State().Links).To(gomega.Equal(before))
}

func TestProgramSaysWhenLinksAreLeft(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	server, address, before := startLiveWithRoom(t, mockserver.ProfileV372, nil)
	o := options{URL: address, Key: "admins-key"}
	p, err := o.connect(t.Context())
	g.Expect(err).NotTo(gomega.HaveOccurred())
	var stderr bytes.Buffer
	err, restored := p.useAndRestore(&stderr, func() error {
		if err := p.useRoom(t.Context(), "20"); err != nil {
			return err
		}
		if _, err := p.ask(t.Context(), request{method: http.MethodPut, path: "files/rooms/20/links", key: p.key, body: `{"linkType":1,"access":2}`}); err != nil {
			return err
		}
		_, err := server.Fault(mockserver.Fault{Operation: mockserver.SetRoomLink, Status: http.StatusForbidden})
		return err
	})
	g.Expect(err).NotTo(gomega.HaveOccurred())
	g.Expect(restored).To(gomega.MatchError(gomega.ContainSubstring("the links in room 20 COULD NOT BE REMOVED: PUT files/rooms/{id}/links is answered with 403")))
	g.Expect(stderr.String()).NotTo(gomega.ContainSubstring("are removed"))
	g.Expect(stderr.String()).To(gomega.ContainSubstring("COULD NOT BE REMOVED"))
	g.Expect(server.State().Links).NotTo(gomega.Equal(before))
}

// A portal that is busy at the end is asked again.
func TestLinksAreRemovedThoughThePortalIsBusy(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	server, address, before := startLiveWithRoom(t, mockserver.ProfileV372, nil)
	o := options{URL: address, Key: "admins-key"}
	p, err := o.connect(t.Context())
	g.Expect(err).NotTo(gomega.HaveOccurred())
	g.Expect(p.useRoom(t.Context(), "20")).To(gomega.Succeed())
	_, err = p.ask(t.Context(), request{path: "files/rooms/20/link", key: p.key})
	g.Expect(err).NotTo(gomega.HaveOccurred())
	g.Expect(server.State().Links).NotTo(gomega.Equal(before))
	_, err = server.Fault(mockserver.Fault{Status: http.StatusServiceUnavailable, Times: 5})
	g.Expect(err).NotTo(gomega.HaveOccurred())
	var stderr bytes.Buffer
	g.Expect(p.removeLinksAtEnd(&stderr)).To(gomega.Succeed(), stderr.String())
	g.Expect(server.State().Links).To(gomega.Equal(before))
}

func TestProgramRefusesARoom(t *testing.T) {
	server, address, before := startLiveWithRoom(t, mockserver.ProfileV372, nil)
	for name, c := range map[string]struct {
		environ []string
		says    string
	}{
		"that is not there":       {liveEnviron(address, inRoom("99")...), "has no room 99"},
		"that has links":          {liveEnviron(address, inRoom("10")...), "room 10 has links, which the check would remove"},
		"of somebody else":        {liveEnviron(address, inRoom("30")...), "the key may not make a link in room 30"},
		"that takes no links":     {liveEnviron(address, inRoom("40")...), "the key may not make a link in room 40"},
		"that is no number":       {liveEnviron(address, inRoom("x/y")...), `--room: "x/y" is not the id of a room, which is a number`},
		"when there is no portal": {[]string{"CONTRACT_CREATE=1", "CONTRACT_ROOM=20"}, "--create: links are made only at a portal"},
	} {
		t.Run(name, func(t *testing.T) {
			g := gomega.NewWithT(t)
			r := runProgramOnce(t, c.environ)
			g.Expect(r.code).To(gomega.Equal(exitUnchecked), r.stdout+r.stderr)
			g.Expect(r.stderr).To(gomega.And(gomega.HavePrefix(programName+": "), gomega.ContainSubstring(c.says)))
			g.Expect(strings.Count(r.stderr, "\n")).To(gomega.Equal(1), r.stderr)
			g.Expect(server.State().Links).To(gomega.Equal(before))
		})
	}
}
