package contract_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// target is a portal that the specs run against. Its fields below profile are made anew for each spec.
type target struct {
	name    string
	profile string
	live    bool
	start   func(context.Context, *target)

	url     string
	http    *http.Client        // checks every exchange against openapi.yaml
	owner   string              // key of the owner; of an administrator at a live portal
	advance func(time.Duration) // nil where the clock is not ours
}

// targets are those of this run. A live portal is one more when its address and key are given.
func targets() []*target {
	var all []*target
	for _, profile := range mockserver.ProfileNames() {
		all = append(all,
			&target{name: "in-process " + profile, profile: profile, start: startInProcess},
			&target{name: "program " + profile, profile: profile, start: startProgram})
	}
	if os.Getenv("DOCSPACE_URL") != "" && os.Getenv("DOCSPACE_API_KEY") != "" {
		// What a real portal is expected to do is what the server's source says.
		all = append(all, &target{name: "live", profile: mockserver.ProfileV372, live: true, start: useLive})
	}
	return all
}

// documented says whether the profile answers errors as ErrorApiResponse with a message, and reads displayValue.
func (t *target) documented() bool { return t.profile == mockserver.ProfileDocumented }

func (t *target) begin(ctx context.Context) {
	t.http = &http.Client{
		Transport:     contractTransport{},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	t.advance = nil
	t.owner = ownerAPIKey
	t.start(ctx, t)
}

// needsOurPortal skips what needs users and links that only our own portal has, or that could lock somebody out.
func (t *target) needsOurPortal() {
	GinkgoHelper()
	if t.live {
		Skip("needs the users and links of the suite's own portal")
	}
}

func (t *target) needsClock() {
	GinkgoHelper()
	if t.advance == nil {
		Skip("needs a portal in this process, whose clock can be set")
	}
}

func startInProcess(_ context.Context, t *target) {
	portal, err := mockserver.ParsePortal("portal.yaml", []byte(portalFile))
	Expect(err).NotTo(HaveOccurred())
	var mu sync.Mutex
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
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
	server, err := mockserver.New(mockserver.WithPortal(portal), mockserver.WithProfile(t.profile), mockserver.WithClock(clock))
	Expect(err).NotTo(HaveOccurred())
	listener := httptest.NewServer(server)
	DeferCleanup(listener.Close)
	t.url = listener.URL
}

var program = sync.OnceValues(func() (string, error) {
	if built := os.Getenv("MOCK_DOCSPACE_PROGRAM"); built != "" {
		return filepath.Abs(built)
	}
	return gexec.Build("github.com/mock-docspace/mock-docspace/cmd/mock-docspace")
})

var _ = AfterSuite(gexec.CleanupBuildArtifacts)

func startProgram(_ context.Context, t *target) {
	path, err := program()
	Expect(err).NotTo(HaveOccurred())
	file := filepath.Join(GinkgoT().TempDir(), "portal.yaml")
	Expect(os.WriteFile(file, []byte(portalFile), 0o600)).To(Succeed())
	// Not by gexec: one process a spec, and what it says is read as it comes.
	cmd := exec.Command(path, "--addr", "127.0.0.1:0", "--profile", t.profile, "--portal", file, "--quiet")
	cmd.Stderr = GinkgoWriter
	out, err := cmd.StdoutPipe()
	Expect(err).NotTo(HaveOccurred())
	Expect(cmd.Start()).To(Succeed())
	DeferCleanup(func() {
		Expect(cmd.Process.Signal(os.Interrupt)).To(Succeed())
		Expect(cmd.Wait()).To(Succeed(), "the program ends with 0 when it is interrupted")
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	Expect(err).NotTo(HaveOccurred(), "the program announces its address")
	_, t.url, _ = strings.Cut(strings.TrimSpace(line), " listening on ")
}

// useLive puts the switches back as they were after every spec, also after a failed or interrupted one.
func useLive(ctx context.Context, t *target) {
	t.url = strings.TrimSuffix(os.Getenv("DOCSPACE_URL"), "/")
	t.owner = os.Getenv("DOCSPACE_API_KEY")
	before := t.flags(ctx)
	DeferCleanup(func(ctx SpecContext) {
		if t.flags(ctx) == before {
			return
		}
		t.setFlag(ctx, "external", before.external)
		if before.external {
			t.setFlag(ctx, "externalsocialmedia", before.social)
		}
		Expect(t.flags(ctx)).To(Equal(before), "the portal's switches are as they were before")
	}, NodeTimeout(time.Minute))
}

// flags are the two switches as the owner sees them.
type flags struct{ external, social bool }

func (t *target) flags(ctx context.Context) flags {
	GinkgoHelper()
	a := t.send(ctx, request{path: "files/settings", key: t.owner})
	Expect(a).To(haveStatus(http.StatusOK))
	var settings struct{ ExternalShare, ExternalShareSocialMedia bool }
	a.decodeResponse(&settings)
	return flags{settings.ExternalShare, settings.ExternalShareSocialMedia}
}

func (t *target) setFlag(ctx context.Context, name string, on bool) bool {
	GinkgoHelper()
	a := t.send(ctx, request{method: http.MethodPut, path: "files/settings/" + name, key: t.owner, body: fmt.Sprintf(`{"displayValue":%t,"set":%t}`, on, on)})
	Expect(a).To(haveStatus(http.StatusOK))
	var inForce bool
	a.decodeResponse(&inForce)
	return inForce
}
