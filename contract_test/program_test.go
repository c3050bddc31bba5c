package contract_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// run is a run of the suite as a program: this very binary under its other name.
type run struct {
	code           int
	stdout, stderr string
}

func command(t *testing.T, environ []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Args = append([]string{programName}, args...)
	cmd.Env = environ
	cmd.Dir = t.TempDir() // nothing of the repository is at hand
	return cmd
}

func runProgramOnce(t *testing.T, environ []string, args ...string) run {
	t.Helper()
	cmd := command(t, environ, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return run{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// drift are the rows of the drift table: what was seen.
func (r run) drift() []string {
	_, table, found := strings.Cut(r.stdout, "\nDrift from ")
	if !found {
		return nil
	}
	var rows []string
	for _, line := range strings.Split(table, "\n")[3:] {
		if strings.TrimSpace(line) == "" {
			break
		}
		columns := []rune(line)
		if regexp.MustCompile(`^  A\d{3} `).MatchString(line) {
			rows = append(rows, "")
		}
		if len(columns) > 70 {
			rows[len(rows)-1] = strings.TrimSpace(rows[len(rows)-1] + " " + strings.TrimSpace(string(columns[70:])))
		}
	}
	return rows
}

// livePortalFile is what a live portal may be like: not as the suite's own, and not as a fresh one.
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

// startLive is a portal that the program takes for a real one, behind a proxy that may change its answers.
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

func TestProgramHolds(t *testing.T) {
	for _, profile := range both {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			g := gomega.NewWithT(t)
			server, address := startLive(t, profile, func(*http.Response) {})
			before := server.State().Settings
			r := runProgramOnce(t, liveEnviron(address, append(withLink, "CONTRACT_DESTRUCTIVE=1")...))
			g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
			g.Expect(r.stdout).To(gomega.ContainSubstring("The portal matches " + profile + " best"))
			g.Expect(r.stdout).To(gomega.ContainSubstring("both switches are as they were"))
			g.Expect(r.stderr).To(gomega.BeEmpty())
			g.Expect(server.State().Settings).To(gomega.Equal(before))
			for _, secret := range []string{"admins-key", "users-key", "a-link", "Secret123!"} {
				g.Expect(r.stdout).NotTo(gomega.ContainSubstring(secret))
			}
		})
	}
}

// changed applies to the answers of one call.
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
			r := runProgramOnce(t, liveEnviron(address, withLink...))
			g.Expect(r.code).To(gomega.Equal(exitDrift), r.stdout+r.stderr)
			rows := r.drift()
			t.Log(strings.Join(rows, "\n"))
			g.Expect(rows).NotTo(gomega.BeEmpty())
			for _, row := range rows {
				g.Expect(row).To(gomega.ContainSubstring(c.seen))
			}
			g.Expect(r.stdout).To(gomega.ContainSubstring("matches v3.7.2 best"))
			g.Expect(server.State().Settings).To(gomega.Equal(before))
		})
	}
}

func TestProgramPutsBackWhenInterrupted(t *testing.T) {
	for name, received := range map[string]os.Signal{"Ctrl-C": os.Interrupt, "SIGTERM": syscall.SIGTERM, "SIGHUP": syscall.SIGHUP} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gomega.NewWithT(t)
			// The portal waits with an answer to one who has just switched external sharing off, until the signal was sent.
			switchedOff, sent := make(chan struct{}), make(chan struct{})
			var once sync.Once
			var puts atomic.Int32
			server, address := startLive(t, mockserver.ProfileV372, func(resp *http.Response) {
				if resp.Request.Method == http.MethodPut && puts.Add(1) > 30 && strings.HasSuffix(resp.Request.URL.Path, "/external") {
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
			<-switchedOff
			g.Expect(server.State().Settings).NotTo(gomega.Equal(before))
			g.Expect(cmd.Process.Signal(received)).To(gomega.Succeed())
			close(sent)
			_ = cmd.Wait()
			g.Expect(cmd.ProcessState.ExitCode()).To(gomega.Equal(exitUnchecked), stdout.String()+stderr.String())
			g.Expect(stdout.String()).To(gomega.ContainSubstring("both switches are as they were"))
			g.Expect(stderr.String()).To(gomega.ContainSubstring("it was interrupted"))
			g.Expect(server.State().Settings).To(gomega.Equal(before))
		})
	}
}

func TestProgramPutsBackAfterTheTimeOut(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	var puts atomic.Int32
	ended := make(chan struct{})
	server, address := startLive(t, mockserver.ProfileV372, func(resp *http.Response) {
		if resp.Request.Method == http.MethodGet && puts.Load() > 30 {
			select { // a portal that hangs once something was changed
			case <-resp.Request.Context().Done():
			case <-ended:
			}
		}
		if resp.Request.Method == http.MethodPut {
			puts.Add(1)
		}
	})
	before := server.State().Settings
	time.AfterFunc(2*time.Second, func() { close(ended) })
	r := runProgramOnce(t, liveEnviron(address), "--timeout", "1s")
	g.Expect(r.code).To(gomega.Equal(exitUnchecked), r.stdout+r.stderr)
	g.Expect(r.stdout).To(gomega.ContainSubstring("both switches are as they were"))
	g.Expect(server.State().Settings).To(gomega.Equal(before))
}

func TestProgramSaysWhenItCannotPutBack(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	var puts atomic.Int32
	_, address := startLive(t, mockserver.ProfileV372, func(resp *http.Response) {
		if resp.Request.Method == http.MethodGet && puts.Load() > 30 { // it tells that external sharing is off, whatever is put
			rewriteBody(resp, func(text string) string {
				return strings.Replace(text, `"externalShare":true`, `"externalShare":false`, 1)
			})
		}
		if resp.Request.Method == http.MethodPut {
			puts.Add(1)
		}
	})
	r := runProgramOnce(t, liveEnviron(address))
	g.Expect(r.code).To(gomega.Equal(exitDrift))
	g.Expect(r.stderr).To(gomega.ContainSubstring("COULD NOT BE PUT BACK: external sharing was on, social media off: external sharing is off"))
}

func TestProgramCouldNotCheck(t *testing.T) {
	_, address := startLive(t, mockserver.ProfileV372, nil)
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
		"nobody there":             {liveEnviron(gone.URL), nil, "does not answer"},
		"no portal":                {liveEnviron(other.URL), nil, "is no portal: GET /api/2.0/files/settings is answered 404"},
		"a certificate of nobody":  {liveEnviron(encrypted.URL), nil, "DOCSPACE_CA_FILE"},
		"a key that is not known":  {[]string{"DOCSPACE_URL=" + address, "DOCSPACE_API_KEY=nope"}, nil, "refuses the key: 401"},
		"the same, documented":     {[]string{"DOCSPACE_URL=" + documented, "DOCSPACE_API_KEY=nope"}, nil, "refuses the key: 401"},
		"a key of no admin":        {[]string{"DOCSPACE_URL=" + address, "DOCSPACE_API_KEY=users-key"}, nil, "refuses the key: 403"},
		"no key":                   {[]string{"DOCSPACE_URL=" + address}, nil, "give --key or DOCSPACE_API_KEY"},
		"an address of something":  {nil, []string{"--url", "ftp://x", "--key", "y"}, "--url: it begins with https:// or http://"},
		"a flag that is not known": {nil, []string{"--nope"}, "unknown flag --nope"},
		"an argument":              {nil, []string{"nope"}, "unexpected argument nope"},
		"a profile of nobody":      {nil, []string{"--profile", "v1"}, "--profile must be one of"},
		"a password of no link":    {nil, []string{"--share-password", "x"}, "--share-key"},
		"a file that is not there": {liveEnviron(address), []string{"--ca-file", "nope.pem"}, "--ca-file: open nope.pem"},
		"nothing to record":        {nil, []string{"--record"}, "--record: a portal is recorded"},
	} {
		t.Run(name, func(t *testing.T) {
			g := gomega.NewWithT(t)
			r := runProgramOnce(t, c.environ, c.args...)
			g.Expect(r.code).To(gomega.Equal(exitUnchecked), r.stdout+r.stderr)
			g.Expect(r.stderr).To(gomega.And(gomega.HavePrefix(programName+": "), gomega.ContainSubstring(c.says), gomega.HaveSuffix("\n")))
			g.Expect(strings.Count(r.stderr, "\n")).To(gomega.Equal(1), r.stderr)
			g.Expect(r.stdout).To(gomega.BeEmpty())
		})
	}
}

func TestProgramHelp(t *testing.T) {
	g := gomega.NewWithT(t)
	r := runProgramOnce(t, nil, "--help")
	g.Expect(r.code).To(gomega.Equal(0))
	for _, word := range append(evidences, "--url", "DOCSPACE_URL", "DOCSPACE_API_KEY", "CONTRACT_DESTRUCTIVE", "CONTRACT_RECORD", "--junit", "--json", "Exit codes", "replay") {
		g.Expect(r.stdout).To(gomega.ContainSubstring(word))
	}
}

func TestProgramChecksTheFake(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	reports := t.TempDir()
	r := runProgramOnce(t, nil, "--labels", "A101 || A604", "--junit", filepath.Join(reports, "a.xml"), "--json", filepath.Join(reports, "a.json"))
	g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
	g.Expect(filepath.Join(reports, "a.xml")).To(gomega.BeARegularFile())
	text, err := os.ReadFile(filepath.Join(reports, "a.json"))
	g.Expect(err).NotTo(gomega.HaveOccurred())
	g.Expect(json.Valid(text)).To(gomega.BeTrue())
}

// The program that people start, over TLS.
func TestProgramChecksAProcess(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	path, err := program()
	g.Expect(err).NotTo(gomega.HaveOccurred())
	dir := t.TempDir()
	file, authority := filepath.Join(dir, "portal.yaml"), filepath.Join(dir, "ca.pem")
	g.Expect(os.WriteFile(file, []byte(livePortalFile), 0o600)).To(gomega.Succeed())
	cmd := exec.Command(path, "--addr", "127.0.0.1:0", "--profile", "v3.7.2", "--portal", file, "--quiet", "--tls-self-signed", "--tls-ca-out", authority)
	out, err := cmd.StdoutPipe()
	g.Expect(err).NotTo(gomega.HaveOccurred())
	g.Expect(cmd.Start()).To(gomega.Succeed())
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	g.Expect(err).NotTo(gomega.HaveOccurred())
	_, address, _ := strings.Cut(strings.TrimSpace(line), " listening on ")
	r := runProgramOnce(t, liveEnviron(address, append(withLink, "DOCSPACE_CA_FILE="+authority)...))
	g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)
}
