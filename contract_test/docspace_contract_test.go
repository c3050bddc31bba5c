package contract_test

import (
	"bufio"
	"bytes"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/internal/drift"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

// run is the result of a run of this binary as the program docspace-contract.
type run struct {
	code           int
	stdout, stderr string
	notes          string // the lines of stderr that are no complaints
	report         struct {
		Claims     drift.Count
		Deviations []drift.Deviation
		LeftOut    []drift.Reason
	} // when there was one
}

func command(t *testing.T, environ []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Args = append([]string{programName}, args...)
	cmd.Env = append([]string{}, environ...) // without the variables of the developer
	cmd.Dir = t.TempDir()                    // without the files of the repository
	return cmd
}

func runProgramOnce(t *testing.T, environ []string, args ...string) run {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.json")
	if !strings.Contains(strings.Join(args, " "), "-recorded") { // which makes no report
		environ = append(slices.Clone(environ), "CONTRACT_REPORT_JSON="+file)
	}
	cmd := command(t, environ, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	r := run{code: cmd.ProcessState.ExitCode(), stdout: stdout.String()}
	for line := range strings.Lines(stderr.String()) {
		if strings.HasPrefix(line, "http") && !strings.Contains(line, "COULD NOT") {
			r.notes += line
		} else {
			r.stderr += line
		}
	}
	if text, err := os.ReadFile(file); err == nil {
		if err := json.Unmarshal(text, &r.report); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// drift are the names of the portal's deviations, with the number of checks that show them and what is recorded of them.
func (r run) drift() []string {
	var rows []string
	for _, d := range r.report.Deviations {
		if isClient(d.Claim) {
			continue
		}
		rows = append(rows, fmt.Sprintf("%s (%d) %s", d.Name, len(d.Checks), strings.Join(d.Recorded, ", ")))
	}
	return rows
}

// leftOut are the claims that were left out.
func (r run) leftOut() []string {
	var claims []string
	for _, reason := range r.report.LeftOut {
		claims = append(claims, reason.Claims...)
	}
	return claims
}

// livePortalFile is a portal that differs from the suite's own and from a fresh one, as a live portal may.
const livePortalFile = `
users:
  - {email: owner@example.com, role: owner, tokens: [admins-key]}
  - {email: user@example.com, role: user, tokens: [users-key]}
entries:
  - {id: "10", title: Marketing, type: room, createdBy: owner@example.com}
links:
  - {key: a-link, entry: "10", password: Secret123!}
settings: {externalShare: true, externalShareSocialMedia: false}
`

// startLive starts a fake that the program takes for a live portal. With change a proxy in front of it changes the answers.
func startLive(t *testing.T, profile string, change func(*http.Response)) (server *mockserver.Server, address string) {
	t.Helper()
	file, err := mockserver.ParsePortal("portal.yaml", []byte(livePortalFile))
	if err != nil {
		t.Fatal(err)
	}
	server, err = mockserver.New(mockserver.WithPortal(file), mockserver.WithProfile(profile))
	if err != nil {
		t.Fatal(err)
	}
	portal := httptest.NewServer(server)
	t.Cleanup(portal.Close)
	if change == nil {
		return server, portal.URL
	}
	upstream, err := url.Parse(portal.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(upstream)
			r.Out.Host = r.In.Host
			r.Out.URL.RawQuery = r.In.URL.RawQuery // with its semicolons
		},
		ModifyResponse: func(resp *http.Response) error { change(resp); return nil },
	})
	t.Cleanup(proxy.Close)
	return server, proxy.URL
}

func liveEnviron(address string, more ...string) []string {
	return append([]string{"DOCSPACE_URL=" + address, "DOCSPACE_API_KEY=admins-key"}, more...)
}

var withLink = []string{"DOCSPACE_SHARE_KEY=a-link", "DOCSPACE_SHARE_PASSWORD=Secret123!", "DOCSPACE_USER_API_KEY=users-key"}

// settingsLabels are the claims of the calls that read and set the two switches. They take a fifth of the time of a whole run.
const settingsLabels = "/^A[01]..$/"

func TestProgramHolds(t *testing.T) {
	for _, profile := range allProfiles {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			g := gomega.NewWithT(t)
			server, address := startLive(t, profile, func(*http.Response) {})
			before := server.State().Settings
			r := runProgramOnce(t, liveEnviron(address, append(withLink, "CONTRACT_DESTRUCTIVE=1")...))
			g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
			g.Expect(r.stdout).To(gomega.ContainSubstring("The portal matches " + profile + " best"))
			g.Expect(r.leftOut()).To(gomega.ContainElement("A003"))
			g.Expect(r.notes).To(gomega.ContainSubstring("both switches are as they were"))
			g.Expect(r.stderr).To(gomega.BeEmpty())
			g.Expect(server.State().Settings).To(gomega.Equal(before))
			for _, secret := range []string{"admins-key", "users-key", "a-link", "Secret123!"} {
				g.Expect(r.stdout).NotTo(gomega.ContainSubstring(secret))
			}
		})
	}
}

// The whole policy is put back, also one that no call can set at once: new links that are not internal while sharing is off.
func TestProgramPutsThePolicyBack(t *testing.T) {
	for name, before := range map[string]mockserver.Settings{
		"on":                          {ExternalShare: true, ExternalShareSocialMedia: true, EnableThirdParty: true, DefaultShareLinkInternal: true, ExternalShareApplyToRooms: true},
		"off":                         {EnableThirdParty: true, DefaultShareLinkInternal: true, ExternalShareApplyToDocuments: true},
		"off, new links not internal": {EnableThirdParty: true, ExternalShareApplyToRooms: true, BlockExistingLinksOnRestrict: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gomega.NewWithT(t)
			server, address := startLive(t, mockserver.ProfileV372, nil)
			state := server.State()
			state.Settings = &before
			g.Expect(server.Replace(state)).To(gomega.Succeed())
			r := runProgramOnce(t, liveEnviron(address), "--labels", "A1051 || A1055")
			g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
			g.Expect(*server.State().Settings).To(gomega.Equal(before))
		})
	}
}

// A policy that cannot be read is not changed, because it could not be put back.
func TestProgramLeavesAPolicyAloneThatItCannotRead(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	server, address := startLive(t, mockserver.ProfileV372, changed(http.MethodGet, "/api/2.0/files/settings", func(resp *http.Response) {
		rewriteBody(resp, func(text string) string {
			return strings.Replace(text, `"externalShareApplyToRooms":true`, `"externalShareApplyToRooms":"yes"`, 1)
		})
	}))
	r := runProgramOnce(t, liveEnviron(address), "--labels", "A101 || A401 || A1051 || A1055 || A1061")
	g.Expect(r.leftOut()).To(gomega.ContainElement("A1051"), r.stderr)
	g.Expect(server.Requests(mockserver.Filter{Operation: mockserver.ChangeExternalSharingSettings, Status: http.StatusOK})).To(gomega.BeEmpty())
}

// changed limits change to the answers of one call.
func changed(method, path string, change func(*http.Response)) func(*http.Response) {
	return func(resp *http.Response) {
		if resp.Request.Method == method && resp.Request.URL.Path == path && resp.Request.URL.RawQuery == "" {
			change(resp)
		}
	}
}

func rewriteBody(resp *http.Response, rewrite func(string) string) {
	body, _ := io.ReadAll(resp.Body)
	text := rewrite(string(body))
	resp.Body = io.NopCloser(strings.NewReader(text))
	resp.ContentLength = int64(len(text))
	resp.Header.Set("Content-Length", strconv.Itoa(len(text)))
}

func TestProgramTellsDrift(t *testing.T) {
	const settings, external = "/api/2.0/files/settings", "/api/2.0/files/settings/external"
	for name, c := range map[string]struct {
		change func(*http.Response)
		seen   string // in every row
	}{
		"a header": {changed(http.MethodGet, settings, func(resp *http.Response) { resp.Header.Set("Api-Supported-Versions", "3.0") }),
			`Api-Supported-Versions is "3.0"`},
		"a header of all answers": {func(resp *http.Response) { resp.Header.Del("Server-Timing") }, `Server-Timing`},
		"a property": {changed(http.MethodGet, settings, func(resp *http.Response) {
			rewriteBody(resp, func(text string) string {
				return regexp.MustCompile(`"masterFormExtension":"[^"]*",`).ReplaceAllString(text, "")
			})
		}), `masterFormExtension`},
		"a status": {changed(http.MethodDelete, settings, func(resp *http.Response) { resp.StatusCode = http.StatusNotFound }), "DELETE /api/2.0/files/settings"},
		"a status of a switch": {changed(http.MethodPut, external, func(resp *http.Response) {
			if resp.StatusCode == http.StatusOK {
				resp.StatusCode = http.StatusAccepted
			}
		}), "PUT /api/2.0/files/settings/external"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gomega.NewWithT(t)
			server, address := startLive(t, mockserver.ProfileV372, c.change)
			before := server.State().Settings
			var args []string
			if !strings.HasPrefix(name, "a header") {
				args = []string{"--labels", settingsLabels}
			}
			r := runProgramOnce(t, liveEnviron(address, withLink...), args...)
			g.Expect(r.code).To(gomega.Equal(exitDrift), r.stdout+r.stderr)
			rows := r.drift()
			t.Log(strings.Join(rows, "\n"))
			g.Expect(rows).NotTo(gomega.BeEmpty())
			for _, row := range rows {
				g.Expect(row).To(gomega.ContainSubstring(c.seen))
			}
			g.Expect(r.stdout).To(gomega.ContainSubstring("matches v3.7.2 best"))
			g.Expect(r.stdout).NotTo(gomega.ContainSubstring("recorded server"))
			g.Expect(server.State().Settings).To(gomega.Equal(before))
		})
	}
}

// A portal of v3.7.2 deviates from what is documented in the same way as the recorded server, and the verdict says so.
func TestProgramNamesDeviationsOfTheRecordedServer(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	_, address := startLive(t, mockserver.ProfileV372, changed(http.MethodDelete, "/api/2.0/files/settings", func(resp *http.Response) { resp.StatusCode = http.StatusTeapot }))
	r := runProgramOnce(t, liveEnviron(address), "--profile", "documented", "--labels", "A105 || A107 || A503")
	g.Expect(r.code).To(gomega.Equal(exitDrift), r.stdout+r.stderr)
	rows := r.drift()
	t.Log(strings.Join(rows, "\n"))
	g.Expect(rows).To(gomega.ContainElement(gomega.MatchRegexp(`^PUT /api/2\.0/files/settings/external: the status is 200 instead of 400 \(1\) F003\b`)))
	g.Expect(rows).To(gomega.ContainElement(gomega.MatchRegexp(`^DELETE /api/2\.0/files/settings: the status is 418 instead of 405 \(\d\) $`)), "the recorded server does not answer so")
	g.Expect(r.stdout).To(gomega.MatchRegexp(`Of the \d+ deviations the recorded server of tag v3\.7\.2-server shows \d+ too`))
}

func TestProgramPutsBackWhenInterrupted(t *testing.T) {
	for name, received := range map[string][]os.Signal{
		"Ctrl-C": {os.Interrupt}, "Ctrl-C, again and again": {os.Interrupt, os.Interrupt, os.Interrupt},
		"SIGTERM": {syscall.SIGTERM}, "SIGHUP": {syscall.SIGHUP}, "SIGQUIT": {syscall.SIGQUIT},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gomega.NewWithT(t)
			// After external sharing was switched off the portal delays its answer until the signal is sent.
			switchedOff, sent := make(chan struct{}), make(chan struct{})
			var once sync.Once
			var puts atomic.Int32
			server, address := startLive(t, mockserver.ProfileV372, func(resp *http.Response) {
				if resp.Request.Method == http.MethodPut && puts.Add(1) > beforeSpecs && strings.HasSuffix(resp.Request.URL.Path, "/external") {
					rewriteBody(resp, func(text string) string {
						if strings.HasPrefix(text, `{"response":false`) {
							once.Do(func() { close(switchedOff); <-sent })
						}
						return text
					})
				}
			})
			before := server.State().Settings
			cmd := command(t, liveEnviron(address))
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			g.Expect(cmd.Start()).To(gomega.Succeed())
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			select {
			case <-switchedOff:
			case <-ended:
				t.Fatal("it ended before external sharing was switched off:", stdout.String(), stderr.String())
			}
			g.Expect(server.State().Settings).NotTo(gomega.Equal(before))
			for _, one := range received {
				g.Expect(cmd.Process.Signal(one)).To(gomega.Succeed())
			}
			close(sent)
			<-ended
			g.Expect(cmd.ProcessState.ExitCode()).To(gomega.Equal(exitUnchecked), stdout.String()+stderr.String())
			g.Expect(stderr.String()).To(gomega.ContainSubstring("both switches are as they were"))
			g.Expect(stderr.String()).To(gomega.ContainSubstring("it was interrupted"))
			g.Expect(server.State().Settings).To(gomega.Equal(before))
		})
	}
}

// beforeSpecs is more than the number of PUT requests before the first spec.
const beforeSpecs = 30

func TestProgramPutsBackAfterTheTimeOut(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	var puts atomic.Int32
	var server *mockserver.Server
	var before *mockserver.Settings
	var hung atomic.Bool
	ended := make(chan struct{})
	server, address := startLive(t, mockserver.ProfileV372, func(resp *http.Response) {
		if resp.Request.Method == http.MethodPut {
			puts.Add(1)
			return
		}
		if puts.Load() > beforeSpecs && *server.State().Settings != *before { // it hangs after a change
			hung.Store(true)
			select {
			case <-resp.Request.Context().Done():
			case <-ended:
			}
		}
	})
	before = server.State().Settings
	time.AfterFunc(7*time.Second, func() { close(ended) })
	r := runProgramOnce(t, liveEnviron(address), "--timeout", "6s")
	g.Expect(hung.Load()).To(gomega.BeTrue())
	g.Expect(r.code).To(gomega.Equal(exitUnchecked), r.stdout+r.stderr)
	g.Expect(r.notes).To(gomega.ContainSubstring("both switches are as they were"))
	g.Expect(r.stderr).To(gomega.ContainSubstring("it ran out of time"))
	g.Expect(server.State().Settings).To(gomega.Equal(before))
}

// The reader leaves after one line, as in "| head -n 1".
func TestProgramOutlivesItsReader(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	server, address := startLive(t, mockserver.ProfileV372, nil)
	before := server.State().Settings
	cmd := command(t, liveEnviron(address, "CONTRACT_VERBOSE=1"))
	out, err := cmd.StdoutPipe()
	g.Expect(err).NotTo(gomega.HaveOccurred())
	notes, err := cmd.StderrPipe()
	g.Expect(err).NotTo(gomega.HaveOccurred())
	g.Expect(cmd.Start()).To(gomega.Succeed())
	line, err := bufio.NewReader(notes).ReadString('\n')
	g.Expect(err).NotTo(gomega.HaveOccurred())
	g.Expect(line).To(gomega.ContainSubstring("both will be put back"))
	g.Expect(errors.Join(out.Close(), notes.Close())).To(gomega.Succeed())
	_ = cmd.Wait()
	g.Expect(cmd.ProcessState.ExitCode()).To(gomega.Equal(exitHolds))
	g.Expect(server.State().Settings).To(gomega.Equal(before))
}

func TestPortalIsPutBackThoughItIsBusy(t *testing.T) {
	for name, fault := range map[string]mockserver.Fault{
		"503":              {Status: http.StatusServiceUnavailable, Times: 9},
		"too many":         {Kind: mockserver.FaultRateLimit, RetryAfter: time.Second, Times: 2},
		"lost connections": {Kind: mockserver.FaultReset, Times: 9},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gomega.NewWithT(t)
			server, address := startLive(t, mockserver.ProfileV372, nil)
			o := options{URL: address, Key: "admins-key"}
			p, err := o.connect(t.Context())
			g.Expect(err).NotTo(gomega.HaveOccurred())
			before := server.State().Settings
			_, err = p.set(t.Context(), "external", false)
			g.Expect(err).NotTo(gomega.HaveOccurred())
			g.Expect(server.State().Settings).NotTo(gomega.Equal(before))
			_, err = server.Fault(fault)
			g.Expect(err).NotTo(gomega.HaveOccurred())
			var stderr bytes.Buffer
			g.Expect(p.putBack(&stderr)).To(gomega.Succeed(), stderr.String())
			g.Expect(server.State().Settings).To(gomega.Equal(before))
			g.Expect(server.Faults()[0].UsedUp).To(gomega.BeTrue())
		})
	}
}

func TestPortalIsPutBackAfterAPanic(t *testing.T) {
	g := gomega.NewWithT(t)
	server, address := startLive(t, mockserver.ProfileV372, nil)
	o := options{URL: address, Key: "admins-key"}
	p, err := o.connect(t.Context())
	g.Expect(err).NotTo(gomega.HaveOccurred())
	before := server.State().Settings
	g.Expect(func() {
		_, _ = p.useAndRestore(io.Discard, func() error {
			_, _ = p.set(t.Context(), "external", false)
			panic("on purpose")
		})
	}).To(gomega.PanicWith("on purpose"))
	g.Expect(server.State().Settings).To(gomega.Equal(before))
}

// A request to a busy portal is sent again. A portal that is always busy deviates.
func TestProgramAsksABusyPortalAgain(t *testing.T) {
	t.Run("now and then", func(t *testing.T) {
		t.Parallel()
		g := gomega.NewWithT(t)
		server, address := startLive(t, mockserver.ProfileV372, nil)
		_, err := server.Fault(mockserver.Fault{Status: http.StatusServiceUnavailable, Probability: 0.02, Seed: 1})
		g.Expect(err).NotTo(gomega.HaveOccurred())
		r := runProgramOnce(t, liveEnviron(address, withLink...))
		g.Expect(server.Faults()[0].Applied).To(gomega.BeNumerically(">", 5))
		g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
	})
	t.Run("always", func(t *testing.T) {
		t.Parallel()
		g := gomega.NewWithT(t)
		_, address := startLive(t, mockserver.ProfileV372, changed(http.MethodDelete, "/api/2.0/files/settings", func(resp *http.Response) { resp.StatusCode = http.StatusBadGateway }))
		r := runProgramOnce(t, liveEnviron(address, withLink...), "--labels", "A501 || A502 || A503")
		g.Expect(r.code).To(gomega.Equal(exitDrift), r.stdout+r.stderr)
		g.Expect(r.drift()).To(gomega.HaveEach(gomega.ContainSubstring("DELETE /api/2.0/files/settings")))
	})
}

// Reports show deviations, and others read them.
func TestProgramKeepsSecretsOutOfReports(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	cookies := map[string]string{}
	var mu sync.Mutex
	_, address := startLive(t, mockserver.ProfileV372, func(resp *http.Response) { // it sets old cookies again and repeats what was sent to it
		mu.Lock()
		defer mu.Unlock()
		for _, cookie := range resp.Cookies() {
			cookies[cookie.Name] = cookie.Value
		}
		if strings.HasSuffix(resp.Request.URL.Path, "/password") && resp.StatusCode == http.StatusOK {
			for name, value := range cookies {
				resp.Header.Add("Set-Cookie", name+"="+value)
			}
			rewriteBody(resp, func(string) string {
				return strings.Join(resp.Request.Header["Authorization"], "") + cookies["sharelink"] + "Secret123!"
			})
			resp.Header.Set("Server-Timing", "admins-key;Secret123!")
		}
	})
	args, files := allReports(t)
	r := runProgramOnce(t, liveEnviron(address, withLink...), append(args, "-v")...)
	g.Expect(r.code).To(gomega.Equal(exitDrift), r.stdout+r.stderr)
	texts := []string{r.stdout, r.stderr}
	for _, file := range files {
		text, err := os.ReadFile(file)
		g.Expect(err).NotTo(gomega.HaveOccurred())
		texts = append(texts, string(text))
	}
	for _, text := range texts {
		for _, secret := range []string{"admins-key", "users-key", "a-link", "Secret123!"} {
			for _, form := range encodings(secret) {
				g.Expect(text).NotTo(gomega.ContainSubstring(form))
			}
		}
	}
}

func TestProgramRunsNothing(t *testing.T) {
	server, address := startLive(t, mockserver.ProfileV372, nil)
	before := server.State().Settings
	for name, environ := range map[string][]string{"a portal": liveEnviron(address), "the fake": nil} {
		t.Run(name, func(t *testing.T) {
			g := gomega.NewWithT(t)
			r := runProgramOnce(t, environ, "--labels", "A999")
			g.Expect(r.code).To(gomega.Equal(exitUnchecked), r.stdout+r.stderr)
			g.Expect(r.stderr).To(gomega.ContainSubstring("no spec was run"))
			g.Expect(server.State().Settings).To(gomega.Equal(before))
		})
	}
}

func TestProgramSaysWhenItCannotPutBack(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	var puts atomic.Int32
	_, address := startLive(t, mockserver.ProfileV372, func(resp *http.Response) {
		if resp.Request.Method == http.MethodGet && puts.Load() > beforeSpecs { // it says that external sharing is off, whatever is set
			rewriteBody(resp, func(text string) string {
				return strings.Replace(text, `"externalShare":true`, `"externalShare":false`, 1)
			})
		}
		if resp.Request.Method == http.MethodPut {
			puts.Add(1)
		}
	})
	r := runProgramOnce(t, liveEnviron(address), "--labels", settingsLabels)
	g.Expect(r.code).To(gomega.Equal(exitDrift))
	g.Expect(r.stderr).To(gomega.ContainSubstring("COULD NOT BE PUT BACK: external sharing was on, social media off: external sharing is off"))
}

func TestProgramCouldNotCheck(t *testing.T) {
	portal, address := startLive(t, mockserver.ProfileV372, nil)
	before := portal.State().Settings
	_, documented := startLive(t, mockserver.ProfileDocumented, nil)
	gone := httptest.NewServer(nil)
	gone.Close()
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	encrypted := httptest.NewTLSServer(http.NotFoundHandler())
	defer encrypted.Close()
	for name, c := range map[string]struct {
		environ, args []string
		says          string
	}{
		"no answer":                    {liveEnviron(gone.URL), nil, "does not answer"},
		"no portal":                    {liveEnviron(other.URL), nil, "is not a portal: GET /api/2.0/files/settings is answered with 404"},
		"an unknown certificate":       {liveEnviron(encrypted.URL), nil, "DOCSPACE_CA_FILE"},
		"a key that is not known":      {[]string{"DOCSPACE_URL=" + address, "DOCSPACE_API_KEY=nope"}, nil, "refuses the key: 401"},
		"the same, documented":         {[]string{"DOCSPACE_URL=" + documented, "DOCSPACE_API_KEY=nope"}, nil, "refuses the key: 401"},
		"a key of no admin":            {[]string{"DOCSPACE_URL=" + address, "DOCSPACE_API_KEY=users-key"}, nil, "refuses the key: 403"},
		"no key":                       {[]string{"DOCSPACE_URL=" + address}, nil, "give --key or DOCSPACE_API_KEY"},
		"another scheme":               {nil, []string{"--url", "ftp://x", "--key", "y"}, "it does not start with http:// or https://"},
		"a password in an address":     {nil, []string{"--url", "https://u:Secret123!@127.0.0.1", "--key", "y"}, "it contains a user name or password"},
		"the address of the API":       {nil, []string{"--url", "https://portal.example.com/api/2.0/", "--key", "y"}, "write https://portal.example.com"},
		"the address of a call":        {nil, []string{"--url", "https://portal.example.com/api/2.0/files/settings", "--key", "y"}, "write https://portal.example.com"},
		"the address of a page":        {nil, []string{"--url", "https://portal.example.com/rooms/shared/filter", "--key", "y"}, "write https://portal.example.com"},
		"a host that is none":          {nil, []string{"--url", "https://a,b", "--key", "y"}, "its host is neither a name nor an IP address"},
		"a key over plain http":        {nil, []string{"--url", "http://portal.example.com", "--key", "y"}, "--insecure-http"},
		"labels that are not a filter": {liveEnviron(address), []string{"--labels", "A101 ||"}, `--labels: "A101 ||" is not a filter`},
		"a report in no folder":        {liveEnviron(address), []string{"--report-junit", "no/such/folder.xml"}, "--report-junit: write no/such/folder.xml"},
		"a program and a portal":       {liveEnviron(address), []string{"--program", "mock-docspace"}, "a run checks either a portal or a program"},
		"a missing program":            {nil, []string{"--program", "./nope"}, "--program: "},
		"a flag that is not known":     {nil, []string{"--nope"}, "unknown flag --nope"},
		"an argument":                  {nil, []string{"nope"}, "unexpected argument nope"},
		"an unknown profile":           {nil, []string{"--profile", "v1"}, "--profile must be one of"},
		"a password without a link":    {nil, []string{"--share-password", "x"}, "--share-key"},
		"a file that is not there":     {liveEnviron(address), []string{"--ca-file", "nope.pem"}, "--ca-file: open nope.pem"},
		"a case that is not recorded":  {nil, []string{"-recorded", "F0"}, `--recorded: there is no recorded case "F0"`},
		"a recorded case and a portal": {liveEnviron(address), []string{"--recorded", "F001"}, "--recorded: the recorded answers are compared with those of the fake"},
		"a baseline of the fake":       {nil, []string{"--baseline", "b.yaml"}, "--baseline: only a portal has a baseline"},
		"an update of no baseline":     {liveEnviron(address), []string{"--update-baseline"}, "--update-baseline: it needs a file"},
		"a last report that is none":   {liveEnviron(address), []string{"--since", "nope.json"}, "--since: open nope.json"},
		"one file for two reports":     {nil, []string{"--report-html", "a", "--report-sarif", "./a"}, "--report-sarif: --report-html writes the same file ./a"},
		"a report of one case":         {nil, []string{"--recorded", "F001", "--report-html", "a.html"}, "--report-html: --recorded prints two answers"},
		"nothing to record":            {nil, []string{"--record"}, "--record: only a portal can be recorded"},
	} {
		t.Run(name, func(t *testing.T) {
			g := gomega.NewWithT(t)
			r := runProgramOnce(t, c.environ, c.args...)
			g.Expect(r.code).To(gomega.Equal(exitUnchecked), r.stdout+r.stderr)
			g.Expect(r.stderr).To(gomega.And(gomega.HavePrefix(programName+": "), gomega.ContainSubstring(c.says), gomega.HaveSuffix("\n")))
			g.Expect(strings.Count(r.stderr, "\n")).To(gomega.Equal(1), r.stderr)
			g.Expect(r.stdout).To(gomega.BeEmpty())
			g.Expect(r.notes).To(gomega.Or(gomega.BeEmpty(), gomega.HaveSuffix("both switches are as they were\n")))
			g.Expect(r.stdout + r.stderr + r.notes).NotTo(gomega.ContainSubstring("Secret123!"))
			g.Expect(portal.State().Settings).To(gomega.Equal(before))
		})
	}
}

func TestProgramHelp(t *testing.T) {
	g := gomega.NewWithT(t)
	r := runProgramOnce(t, nil, "--help")
	g.Expect(r.code).To(gomega.Equal(0))
	for _, word := range append(evidences, "--url", "DOCSPACE_URL", "DOCSPACE_API_KEY", "CONTRACT_DESTRUCTIVE", "CONTRACT_RECORD", "--report-junit", "--baseline", "Exit codes", "replay") {
		g.Expect(r.stdout).To(gomega.ContainSubstring(word))
	}
}

// One recorded case is printed with both answers, also when they are the same.
func TestProgramAsksOneRecordedCase(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	r := runProgramOnce(t, nil, "-recorded", "F001")
	g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
	for _, shown := range []string{
		"framework.json: F001 [body B]", "at in-process v3.7.2", "PUT /api/2.0/files/settings/external", "The server answered:\n    200\n", "The fake answers:\n    200\n",
		"The answers are the same.",
	} {
		g.Expect(r.stdout).To(gomega.ContainSubstring(shown))
	}
	const id = "VM050"
	r = runProgramOnce(t, nil, "--recorded", id)
	g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
	g.Expect(r.stdout).To(gomega.ContainSubstring("The answers differ. The gap " + exceptions[id] + " is the reason."))
}

// The target is a running mock-docspace with TLS.
func TestProgramChecksAProcess(t *testing.T) {
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	t.Parallel()
	g := gomega.NewWithT(t)
	dir := t.TempDir()
	file, authority, port := filepath.Join(dir, "portal.yaml"), filepath.Join(dir, "ca.pem"), filepath.Join(dir, "port")
	g.Expect(os.WriteFile(file, []byte(livePortalFile), 0o600)).To(gomega.Succeed())
	start(t, path, "--addr", "127.0.0.1:0", "--profile", mockserver.ProfileV372, "--portal", file, "--quiet", "--tls-self-signed", "--tls-ca-out", authority, "--port-file", port)
	g.Eventually(func() ([]byte, error) { return os.ReadFile(port) }, "10s").ShouldNot(gomega.BeEmpty())
	number, err := os.ReadFile(port)
	g.Expect(err).NotTo(gomega.HaveOccurred())
	r := runProgramOnce(t, liveEnviron("https://127.0.0.1:"+strings.TrimSpace(string(number)), append(withLink, "DOCSPACE_CA_FILE="+authority)...))
	g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
}

// start runs another program until the test ends.
func start(t *testing.T, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Stderr = t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
}

// nginxFile configures a proxy as in production. TLS ends there, and it adds its own Server-Timing.
const nginxFile = `
daemon off;
master_process off;
pid %[1]s/pid;
error_log %[1]s/error.log;
events {}
http {
	access_log off;
	client_body_temp_path %[1]s/body;
	proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi;
	scgi_temp_path %[1]s/scgi;
	server {
		listen 127.0.0.1:%[2]s ssl;
		ssl_certificate %[1]s/certificate.pem;
		ssl_certificate_key %[1]s/key.pem;
		location / {
			proxy_pass %[3]s;
			proxy_http_version 1.1;
			proxy_set_header Host $http_host;
			proxy_set_header X-Forwarded-Proto $scheme;
			proxy_set_header X-Forwarded-For $remote_addr;
			add_header Server-Timing "proxy;dur=$request_time" always;
			%[4]s
		}
	}
}
`

// startNginx starts nginx in front of a portal, and returns its address and its certificate.
func startNginx(t *testing.T, portal, more string) (address, certificate string) {
	t.Helper()
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		t.Skip("needs nginx")
	}
	g := gomega.NewWithT(t)
	dir := t.TempDir()
	pair := httptest.NewUnstartedServer(nil) // it has a certificate for 127.0.0.1
	pair.StartTLS()
	pair.Close()
	key, err := x509.MarshalPKCS8PrivateKey(pair.TLS.Certificates[0].PrivateKey)
	g.Expect(err).NotTo(gomega.HaveOccurred())
	for name, block := range map[string]pem.Block{
		"certificate.pem": {Type: "CERTIFICATE", Bytes: pair.Certificate().Raw}, "key.pem": {Type: "PRIVATE KEY", Bytes: key},
	} {
		g.Expect(os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(&block), 0o600)).To(gomega.Succeed())
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	g.Expect(err).NotTo(gomega.HaveOccurred())
	_, port, err := net.SplitHostPort(free.Addr().String())
	g.Expect(err).NotTo(gomega.HaveOccurred())
	g.Expect(free.Close()).To(gomega.Succeed())
	file := filepath.Join(dir, "nginx.conf")
	g.Expect(os.WriteFile(file, fmt.Appendf(nil, nginxFile, dir, port, portal, more), 0o600)).To(gomega.Succeed())
	start(t, nginx, "-p", dir, "-c", file, "-e", filepath.Join(dir, "error.log"))
	g.Eventually(func() error {
		connection, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err == nil {
			err = connection.Close()
		}
		return err
	}, "10s").Should(gomega.Succeed())
	return "https://127.0.0.1:" + port, filepath.Join(dir, "certificate.pem")
}

func TestProgramChecksAPortalBehindNginx(t *testing.T) {
	t.Run("that changes nothing", func(t *testing.T) {
		t.Parallel()
		g := gomega.NewWithT(t)
		server, portal := startLive(t, mockserver.ProfileV372, nil)
		before := server.State().Settings
		address, certificate := startNginx(t, portal, "")
		r := runProgramOnce(t, liveEnviron(address, append(withLink, "DOCSPACE_CA_FILE="+certificate, "CONTRACT_DESTRUCTIVE=1", "CONTRACT_CREATE=1")...))
		g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
		g.Expect(server.State().Settings).To(gomega.Equal(before))
	})
	t.Run("that hides a header", func(t *testing.T) {
		t.Parallel()
		g := gomega.NewWithT(t)
		_, portal := startLive(t, mockserver.ProfileV372, nil)
		address, certificate := startNginx(t, portal, "proxy_hide_header Api-Supported-Versions;")
		r := runProgramOnce(t, liveEnviron(address, append(withLink, "DOCSPACE_CA_FILE="+certificate)...), "--labels", settingsLabels)
		g.Expect(r.code).To(gomega.Equal(exitDrift), r.stdout+r.stderr)
		g.Expect(r.drift()).To(gomega.HaveEach(gomega.MatchRegexp("(?i)api-supported-versions")))
	})
}
