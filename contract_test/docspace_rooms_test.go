package contract_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// adminsAPIKey is an API key of the owner of the portal that the program takes for a live one.
const adminsAPIKey = "sk-1234567890abcdef1234567890abcdef1234567890abcdef1234567890abcdef"

func startLiveWithAPIKey(t *testing.T, profile string, change func(*http.Response)) (server *mockserver.Server, address string) {
	t.Helper()
	server, address = startLive(t, profile, change)
	state := server.State()
	state.APIKeys = append(state.APIKeys, mockserver.APIKey{Key: adminsAPIKey, User: "owner@example.com"})
	if err := server.Replace(state); err != nil {
		t.Fatal(err)
	}
	return server, address
}

// rooms are the ids of the rooms of a portal.
func rooms(server *mockserver.Server) []string {
	var ids []string
	for _, e := range server.State().Entries {
		if e.Type == mockserver.EntryRoom {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// mostLeftOut is the most claims that are left out at a live portal when the program may make rooms there.
const mostLeftOut = 120

func TestProgramMakesRoomsAndRemovesThem(t *testing.T) {
	for profile, environ := range map[string][]string{
		mockserver.ProfileDocumented: {"DOCSPACE_API_KEY=" + adminsAPIKey}, mockserver.ProfileV372: {"DOCSPACE_API_KEY=" + adminsAPIKey}, mockserver.ProfileNext: withLink,
	} {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			g := gomega.NewWithT(t)
			server, address := startLiveWithAPIKey(t, profile, nil)
			before := server.State()
			args := []string{"-v"}
			if profile != mockserver.ProfileV372 { // the others have little of their own here
				args = []string{"-v", "--labels", "/^A0/ || /^A2/ || /^A10/ || /^A12/"}
			}
			r := runProgramOnce(t, append(liveEnviron(address, "CONTRACT_CREATE=1"), environ...), args...)
			g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
			g.Expect(r.stderr).To(gomega.BeEmpty())
			g.Expect(r.notes).To(gomega.ContainSubstring("the rooms that were made are removed"))
			g.Expect(r.stdout).NotTo(gomega.ContainSubstring(notAsked))
			g.Expect(r.leftOut()).NotTo(gomega.ContainElement(gomega.MatchRegexp(`^A(201|206|301|1001|1101|1201|1219|1228)$`)))
			g.Expect(len(r.leftOut())).To(gomega.BeNumerically("<=", mostLeftOut))
			g.Expect(server.State().Entries).To(gomega.Equal(before.Entries))
			g.Expect(server.State().Links).To(gomega.Equal(before.Links))
			g.Expect(server.State().Settings).To(gomega.Equal(before.Settings))
			answer, err := http.Post(address+"/api/2.0/files/share/a-link/password", "application/json", strings.NewReader(rightPassword))
			g.Expect(err).NotTo(gomega.HaveOccurred())
			g.Expect(answer.StatusCode).To(gomega.Equal(http.StatusOK), "the link of another room is not locked")
			g.Expect(answer.Body.Close()).To(gomega.Succeed())
		})
	}
}

// isLinkAsked says whether somebody has just asked for a link that is there.
func isLinkAsked(resp *http.Response) bool {
	return strings.HasPrefix(resp.Request.URL.Path, "/api/2.0/files/share/") && resp.StatusCode == http.StatusOK
}

func TestProgramRemovesRoomsWhenInterrupted(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	reached, sent := make(chan struct{}), make(chan struct{})
	var server *mockserver.Server
	var once sync.Once
	server, address := startLiveWithAPIKey(t, mockserver.ProfileV372, func(resp *http.Response) {
		if isLinkAsked(resp) && len(rooms(server)) > 2 {
			once.Do(func() { close(reached); <-sent })
		}
	})
	before := rooms(server)
	cmd := command(t, liveEnviron(address, "CONTRACT_CREATE=1"), "--labels", "A1001")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	g.Expect(cmd.Start()).To(gomega.Succeed())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-reached:
	case <-ended:
		t.Fatal("it ended before a link was asked for:", stdout.String(), stderr.String())
	}
	g.Expect(len(rooms(server))).To(gomega.BeNumerically(">", len(before)))
	g.Expect(cmd.Process.Signal(os.Interrupt)).To(gomega.Succeed())
	close(sent)
	<-ended
	g.Expect(cmd.ProcessState.ExitCode()).To(gomega.Equal(exitUnchecked), stdout.String()+stderr.String())
	g.Expect(stderr.String()).To(gomega.ContainSubstring("the rooms that were made are removed"))
	g.Expect(rooms(server)).To(gomega.Equal(before))
}

func TestProgramMayNotMakeRooms(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	server, address := startLiveWithAPIKey(t, mockserver.ProfileV372, nil)
	_, err := server.Fault(mockserver.Fault{Operation: mockserver.CreateRoom, Status: http.StatusForbidden})
	g.Expect(err).NotTo(gomega.HaveOccurred())
	before := server.State()
	r := runProgramOnce(t, liveEnviron(address, "CONTRACT_CREATE=1"))
	g.Expect(r.code).To(gomega.Equal(exitUnchecked), r.stdout+r.stderr)
	g.Expect(r.stderr).To(gomega.HavePrefix(programName + ": --create: " + address + " makes no room for the key: POST files/rooms is answered with 403; it needs "))
	g.Expect(strings.Count(r.stderr, "\n")).To(gomega.Equal(1), r.stderr)
	g.Expect(server.State().Entries).To(gomega.Equal(before.Entries))
	g.Expect(server.State().Settings).To(gomega.Equal(before.Settings))
}

func TestProgramMayNotMakeLinksInItsRoom(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	server, address := startLiveWithAPIKey(t, mockserver.ProfileV372, nil)
	_, err := server.Fault(mockserver.Fault{Operation: mockserver.SetRoomLink, Status: http.StatusForbidden})
	g.Expect(err).NotTo(gomega.HaveOccurred())
	before := rooms(server)
	r := runProgramOnce(t, liveEnviron(address, "CONTRACT_CREATE=1"))
	g.Expect(r.code).To(gomega.Equal(exitUnchecked), r.stdout+r.stderr)
	g.Expect(r.stderr).To(gomega.MatchRegexp(`^` + programName + `: --create, CONTRACT_CREATE: the key may not make a link in room \d+: 403; it has made the room, and needs rooms:write\n$`))
	g.Expect(rooms(server)).To(gomega.Equal(before))
}

func TestProgramSaysWhenRoomsAreLeft(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	server, address := startLiveWithAPIKey(t, mockserver.ProfileV372, nil)
	_, err := server.Fault(mockserver.Fault{Operation: mockserver.DeleteRoom, Status: http.StatusForbidden})
	g.Expect(err).NotTo(gomega.HaveOccurred())
	before := rooms(server)
	r := runProgramOnce(t, liveEnviron(address, "CONTRACT_CREATE=1"), "--labels", "A1001")
	g.Expect(r.code).To(gomega.Equal(exitUnchecked), r.stdout+r.stderr)
	g.Expect(r.notes).NotTo(gomega.ContainSubstring("are removed"))
	left := server.State().Entries[len(before):]
	g.Expect(left).NotTo(gomega.BeEmpty())
	for _, room := range left {
		g.Expect(room.Title).To(gomega.MatchRegexp(`^docspace-contract \w+-\d+, to be removed$`))
		g.Expect(r.stderr).To(gomega.ContainSubstring(programName + ": " + address + ": room " + room.ID + ", " + strconv.Quote(room.Title) +
			", COULD NOT BE REMOVED, so remove it by hand: DELETE files/rooms/{id} is answered with 403\n"))
	}
	g.Expect(strings.Count(r.stderr, "\n")).To(gomega.Equal(len(left)), r.stderr)
}

// A room that a spec makes is looked for too when the portal does not tell its id.
func TestProgramSaysWhichRoomMayBeLeft(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	id := regexp.MustCompile(`"id":\d+`)
	server, address := startLiveWithAPIKey(t, mockserver.ProfileV372, func(resp *http.Response) {
		if makesRoom(resp.Request) {
			rewriteBody(resp, func(text string) string {
				if strings.Contains(text, `"title":"Customers"`) {
					text = id.ReplaceAllString(text, `"id":null`)
				}
				return text
			})
		}
	})
	before := len(rooms(server))
	r := runProgramOnce(t, liveEnviron(address, "CONTRACT_CREATE=1"), "--labels", "A1219")
	g.Expect(r.stderr).To(gomega.ContainSubstring("a room COULD NOT BE REMOVED if it was made, because its id was not told: look for the title \"Customers\"\n"))
	left := server.State().Entries[before:]
	g.Expect(left).NotTo(gomega.BeEmpty())
	g.Expect(strings.Count(r.stderr, "\n")).To(gomega.Equal(len(left)), r.stderr)
	for _, room := range left {
		g.Expect(room.Title).To(gomega.Equal("Customers"))
	}
}

func TestRoomsAreRememberedOnceTheyMayBeThere(t *testing.T) {
	const told, untold = `{"response":{"id":1200,"title":"a_b"}}`, `{"response":{}}`
	answers := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(status); _, _ = w.Write([]byte(body)) }
	}
	ended, end := context.WithCancel(t.Context())
	end()
	for name, c := range map[string]struct {
		ctx        context.Context
		portal     http.HandlerFunc // nil is none that listens
		made, lost []string         // ids and titles
	}{
		"a room":                     {t.Context(), answers(200, told), []string{"1200"}, nil},
		"an answer without the id":   {t.Context(), answers(200, untold), nil, []string{"a/b"}},
		"an answer that is no JSON":  {t.Context(), answers(200, "made"), nil, []string{"a/b"}},
		"a proxy that does not wait": {t.Context(), answers(504, ""), nil, []string{"a/b"}},
		"no answer":                  {t.Context(), func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, nil, []string{"a/b"}},
		"a refusal":                  {t.Context(), answers(403, "{}"), nil, nil},
		"a portal that is not there": {t.Context(), nil, nil, nil},
		"a request after the run":    {ended, answers(200, told), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			g := gomega.NewWithT(t)
			server := httptest.NewServer(c.portal)
			defer server.Close()
			if c.portal == nil {
				server.Close()
			}
			p := &portal{url: server.URL, client: &http.Client{Transport: newLiveTransport(http.DefaultTransport)}}
			const sent = `{"title":"a/b","roomType":5}`
			a, err := p.ask(c.ctx, request{method: http.MethodPost, path: "files/rooms", body: sent})
			room := p.noteMade(sent, a, err)
			g.Expect(p.lost).To(gomega.Equal(c.lost))
			var made []string
			for _, room := range p.made {
				made = append(made, room.id)
				g.Expect(room.title).To(gomega.Equal("a_b"))
			}
			g.Expect(made).To(gomega.Equal(c.made))
			g.Expect(room != nil).To(gomega.Equal(len(c.made) > 0))
		})
	}
}

// A portal says 200 and removes a room later, or never.
func TestRoomsAreRemovedInTheBackground(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	var asked, removed int
	var server *mockserver.Server
	server, address := startLiveWithAPIKey(t, mockserver.ProfileV372, func(resp *http.Response) {
		if resp.Request.Method == http.MethodGet && strings.HasPrefix(resp.Request.URL.Path, "/api/2.0/files/rooms/") && removed > 0 {
			if asked++; asked < 3 {
				resp.StatusCode = http.StatusServiceUnavailable
			}
		}
		if resp.Request.Method == http.MethodDelete {
			removed++
		}
	})
	o := options{URL: address, Key: adminsAPIKey, Create: true}
	p, err := o.connect(t.Context())
	g.Expect(err).NotTo(gomega.HaveOccurred())
	g.Expect(o.useRooms(t.Context(), p)).To(gomega.Succeed())
	g.Expect(rooms(server)).To(gomega.HaveLen(3))
	var stderr bytes.Buffer
	g.Expect(p.removeRoomsAtEnd(&stderr)).To(gomega.Succeed(), stderr.String())
	g.Expect(rooms(server)).To(gomega.HaveLen(1))

	never := &ownRoom{id: "10", title: "Marketing", removed: true}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	g.Expect(p.removeForGood(ctx, never)).To(gomega.MatchError("it is still there"))
	g.Expect(p.removeForGood(t.Context(), &ownRoom{id: "10", title: "docspace-contract, which had this id before"})).To(gomega.Succeed())
	g.Expect(rooms(server)).To(gomega.Equal([]string{"10"}))
}
