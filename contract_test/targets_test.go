package contract_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"
	"github.com/onsi/gomega/gexec"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/host"
)

// target is a portal that the specs run against. url, http and advance are new for each spec.
type target struct {
	name    string
	profile string
	live    bool
	start   func(context.Context, *target)

	change   func(*mockserver.Portal) // changes the suite's own portal for one spec; nil is none
	contract mockserver.ContractMode
	log      *gbytes.Buffer     // the log of the portal; nil where it cannot be read
	server   *mockserver.Server // the portal; nil where it is in another process
	handler  http.Handler       // its host; nil there too
	clock    time.Time          // the time of the portal, after advance

	owner     string // key of the owner; at a live portal it stands for that of an administrator
	user      string // key of a user who is no administrator, or what stands for it; "" when there is none
	recorder  *recorder
	link      link // protected; without a key when there is none
	transport http.RoundTripper

	url       string
	http      *http.Client        // checks every exchange against openapi.yaml
	advance   func(time.Duration) // nil where the suite does not set the clock
	process   *programProcess     // of the program, once it runs
	broken    []breach            // exchanges that did not match openapi.yaml
	explained explained           // the claims of its answers
	standIns  *standIns           // at a live portal, once the spec names something
}

// programProfiles are the profiles that are checked as the program too. The others differ from v3.7.2 in a few facts, which the
// program does not know.
var programProfiles = []string{mockserver.ProfileDocumented, mockserver.ProfileV372}

// programTarget is the beginning of the names of targets that are the program.
const programTarget = "program "

// isProgram says whether the target is the program.
func (t *target) isProgram() bool { return strings.HasPrefix(t.name, programTarget) }

// targets are the targets of this run. The program checks only the portal when it is given one.
func targets() []*target {
	var all []*target
	program := underGoTest(os.Args) || runOptions.Program != ""
	if livePortal == nil && runOptions.Replay == "" || underGoTest(os.Args) {
		for _, profile := range mockserver.ProfileNames() {
			all = append(all, &target{name: "in-process " + profile, profile: profile, start: startInProcess})
			if program && slices.Contains(programProfiles, profile) {
				all = append(all, &target{name: programTarget + profile, profile: profile, start: startProgram})
			}
		}
	}
	if livePortal != nil {
		all = append(all, &target{name: liveTarget, profile: livePortal.expected, live: true, start: useLive})
	}
	for _, t := range all {
		t.owner, t.user = ownerAPIKey, userAPIKey
		t.link = protectedLink
		t.transport = http.DefaultTransport
		if t.live {
			t.owner, t.user = keyOfRun, ""
			if runOptions.UserKey != "" {
				t.user = userKeyOfRun
			}
			t.link = link{runOptions.ShareKey, runOptions.SharePassword}
			t.transport = livePortal.transport
			if livePortal.recorder != nil {
				t.recorder, t.transport = livePortal.recorder, livePortal.recorder
			}
		}
	}
	return all
}

// protectedLink is the protected link of the suite's own portal.
var protectedLink = link{key: "protected", password: "Secret123!"}

// link is a protected share link.
type link struct{ key, password string }

// documented says whether the target has the profile documented.
func (t *target) documented() bool { return t.profile == mockserver.ProfileDocumented }

// partitioned says whether the target has a profile with Partitioned cookies.
func (t *target) partitioned() bool { return slices.Contains(partitioned, t.profile) }

// keepsBadSession says whether the target leaves a session cookie that is not valid alone in its answer to the request.
func (t *target) keepsBadSession(r request) bool {
	path, _, _ := strings.Cut(r.path, "?")
	return t.profile == mockserver.ProfileNext && (path == "files/settings" || strings.HasPrefix(path, "files/share/") || strings.HasPrefix(path, "authentication"))
}

// begin prepares the target for a spec.
func (t *target) begin(ctx context.Context) {
	t.http = &http.Client{
		Transport:     standInTransport{t, contractTransport{t}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	t.advance, t.change, t.log, t.server, t.handler, t.contract = nil, nil, nil, nil, nil, mockserver.ContractWarn
	if t.live {
		t.link = link{runOptions.ShareKey, runOptions.SharePassword}
	}
	lastCall.Store(nil)
	lastMatched.Store(nil)
	forgetExchanges()
	t.launch(ctx)
}

// launch starts the portal.
func (t *target) launch(ctx context.Context) {
	GinkgoHelper()
	t.start(ctx, t)
	if advance := t.advance; advance != nil {
		t.clock = beginning
		t.advance = func(d time.Duration) {
			advance(d)
			t.clock = t.clock.Add(d)
		}
	}
}

// ofFake gives entries of a table that need what only a portal file gives a portal, or only the fake has. A live portal gets none of them.
func (t *target) ofFake(entries ...TableEntry) []TableEntry {
	if t.live {
		return nil
	}
	return entries
}

// tableOfFake is a table whose entries are all of that kind.
func (t *target) tableOfFake(text string, args ...any) {
	if !t.live {
		DescribeTable(text, append(args, Offset(1))...)
	}
}

// itOfFake is a spec that needs what only a portal file gives a portal, or only the fake has. A live portal does not get it.
func (t *target) itOfFake(text string, args ...any) {
	if !t.live {
		It(text, append(args, Offset(1))...)
	}
}

// notLive skips a spec at a live portal, and says why.
func (t *target) notLive(why string) {
	GinkgoHelper()
	if t.live {
		Skip(why)
	}
}

func (t *target) needsUser() {
	GinkgoHelper()
	if t.user == "" {
		Skip("needs the key of a user who is no administrator, DOCSPACE_USER_API_KEY")
	}
}

func (t *target) needsLink() {
	GinkgoHelper()
	switch {
	case t.link.key != "" && t.link.password != "":
	case runOptions.Create:
		t.useOwnLink()
	default:
		Skip("needs a protected share link, DOCSPACE_SHARE_KEY and DOCSPACE_SHARE_PASSWORD")
	}
}

// useOwnLink uses a protected link in a room of the run.
func (t *target) useOwnLink() {
	GinkgoHelper()
	t.usePortal()
	t.link = protectedLink
}

// needsLinkToLock skips a spec that may lock visitors out of the link that is given with a live portal. It rather locks one of its own.
func (t *target) needsLinkToLock() {
	GinkgoHelper()
	switch {
	case !t.live:
	case runOptions.Create && t.recorder == nil:
		t.useOwnLink()
	case !runOptions.Destructive:
		Skip("may lock visitors out, needs CONTRACT_CREATE=1 or CONTRACT_DESTRUCTIVE=1")
	default:
		t.needsLink()
	}
}

// beginning is the time of the suite's own portal at the start of a spec.
var beginning = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

func startInProcess(_ context.Context, t *target) {
	var mu sync.Mutex
	now := beginning
	t.advance = func(d time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(d)
	}
	clock := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}
	t.log = gbytes.NewBuffer()
	server, err := mockserver.New(mockserver.WithPortal(t.portal()), mockserver.WithProfile(t.profile), mockserver.WithClock(clock), mockserver.WithPasswordRounds(1), mockserver.WithContract(t.contract),
		mockserver.WithLogger(slog.New(slog.NewTextHandler(t.log, nil))))
	Expect(err).NotTo(HaveOccurred())
	h := host.Start(GinkgoT(), host.WithMain(server)) // a host, for its control API
	t.server, t.handler, t.url = server, h, h.URL
}

var program = sync.OnceValues(func() (string, error) {
	if runOptions.Program != "" {
		return filepath.Abs(runOptions.Program)
	}
	// go test repeats a result while the files that the test has looked at are the same. Another process reads these.
	if _, err := os.ReadDir("../cmd/mock-docspace"); err != nil {
		return "", err
	}
	return gexec.Build("github.com/mock-docspace/mock-docspace/cmd/mock-docspace")
})

// startProgram starts the program once for each profile, and resets it before each spec. A spec with a changed portal puts it there. One
// with another mode of the contract watch gets a program of its own.
func startProgram(ctx context.Context, t *target) {
	if t.contract != mockserver.ContractWarn {
		own := runProgram(t.profile, t.portalText(), "--contract", string(t.contract))
		DeferCleanup(own.end)
		t.url = own.url
	} else {
		if t.process == nil {
			t.process = runProgram(t.profile, []byte(portalFile))
			programs = append(programs, t.process)
		}
		t.url = t.process.url
		t.control(ctx, http.MethodPost, "reset", "")
		if t.change != nil {
			t.putPortal(ctx)
		}
	}
	t.control(ctx, http.MethodPost, "clock/freeze", `{"at":`+quote(beginning.Format(time.RFC3339))+`}`)
	// The context of BeforeEach ends before the spec runs.
	ctx = context.WithoutCancel(ctx)
	t.advance = func(d time.Duration) {
		t.control(ctx, http.MethodPost, "clock/advance", `{"by":`+quote(d.String())+`}`)
	}
}

// putPortal puts the portal of the spec into the target.
func (t *target) putPortal(ctx context.Context) {
	GinkgoHelper()
	if t.server != nil { // which takes a quarter of the time of a call
		Expect(t.server.Replace(t.portal())).To(Succeed())
		return
	}
	Expect(t.control(ctx, http.MethodPut, "state", string(t.portalText()))).To(haveStatus(http.StatusOK))
}

// programProcess is a running mock-docspace.
type programProcess struct {
	url string
	cmd *exec.Cmd
}

// runProgram starts the program with a portal file.
func runProgram(profile string, portal []byte, flags ...string) *programProcess {
	GinkgoHelper()
	path, err := program()
	Expect(err).NotTo(HaveOccurred())
	dir, err := os.MkdirTemp("", "contract")
	Expect(err).NotTo(HaveOccurred())
	file := filepath.Join(dir, "portal.yaml")
	Expect(os.WriteFile(file, portal, 0o600)).To(Succeed())
	defer os.RemoveAll(dir)
	// Started without gexec, because its first line is read while it runs.
	p := &programProcess{cmd: exec.Command(path, append(flags, "--password-rounds", "1", "--addr", "127.0.0.1:0", "--profile", profile, "--portal", file, "--quiet")...)}
	p.cmd.Stderr = GinkgoWriter
	out, err := p.cmd.StdoutPipe()
	Expect(err).NotTo(HaveOccurred())
	Expect(p.cmd.Start()).To(Succeed())
	line, err := bufio.NewReader(out).ReadString('\n')
	Expect(err).NotTo(HaveOccurred(), "the program prints its address")
	_, p.url, _ = strings.Cut(strings.TrimSpace(line), " listening on ")
	return p
}

func (p *programProcess) end() {
	Expect(p.cmd.Process.Signal(os.Interrupt)).To(Succeed())
	Expect(p.cmd.Wait()).To(Succeed(), "the program ends with 0 when it is interrupted")
}

// programs are the processes that serve more than one spec.
var programs []*programProcess

var _ = AfterSuite(func() {
	for _, p := range programs {
		p.end()
	}
})

// useLive puts the switches back after every spec, so that each spec finds the same state. A failure here is tried again at
// the end of the run.
func useLive(_ context.Context, t *target) {
	if why := livePortal.ended(); why != nil { // Ginkgo may not know that yet
		AbortSuite(why.Error())
	}
	t.url = livePortal.url
	t.record()
	t.advance = func(time.Duration) { Skip(needsClock) }
	DeferCleanup(func(ctx SpecContext) {
		t.endStandIns(ctx)
		if livePortal.transport.changed.Swap(false) {
			_ = livePortal.restore(ctx)
		}
		if livePortal.transport.madeLinks.Swap(false) && livePortal.run == "" {
			_ = livePortal.removeLinks(ctx)
		}
	}, NodeTimeout(restoreTimeout))
}

// host is a pattern for the start of links in answers. A live portal may be reached under a name that it does not know.
func (t *target) host() string {
	if t.live {
		return `https?://[^/"]+` + regexp.QuoteMeta(t.base())
	}
	return regexp.QuoteMeta(t.url)
}

// base is the path of the portal in its URL, usually "".
func (t *target) base() string {
	address, err := url.Parse(t.url)
	if err != nil {
		return ""
	}
	return address.Path
}

// switches are the two switches as the owner sees them.
type switches struct{ external, social bool }

// switches reads the two switches.
func (t *target) switches(ctx context.Context) switches {
	GinkgoHelper()
	a := t.send(ctx, request{path: "files/settings?fields=externalShare,externalShareSocialMedia", key: t.owner})
	Expect(a).To(haveStatus(http.StatusOK))
	var settings struct{ ExternalShare, ExternalShareSocialMedia bool }
	a.decodeResponse(&settings)
	return switches{settings.ExternalShare, settings.ExternalShareSocialMedia}
}

// setSwitch sets a switch, under both names, and returns the value in force.
func (t *target) setSwitch(ctx context.Context, name string, on bool) bool {
	GinkgoHelper()
	a := t.send(ctx, request{method: http.MethodPut, path: "files/settings/" + name, key: t.owner, body: fmt.Sprintf(`{"displayValue":%t,"set":%t}`, on, on)})
	Expect(a).To(haveStatus(http.StatusOK))
	var inForce bool
	a.decodeResponse(&inForce)
	return inForce
}
