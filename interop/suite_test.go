// Package interop_test runs clients of other projects against the program: the official Python SDK, schemathesis, the clients that
// eight generators make from openapi.yaml, the collections for Postman and Bruno, and the requests of the portal's own web client. It
// also runs our own client against Prism. make interop installs these tools and runs the tests.
package interop_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// tools is the folder into which interop/install has installed the tools.
var tools = os.Getenv("INTEROP_TOOLS")

func TestInterop(t *testing.T) {
	if tools == "" {
		t.Skip("needs what make interop installs")
	}
	RegisterFailHandler(Fail)
	RunSpecs(t, "Clients that nobody here wrote")
}

var program string

var _ = BeforeSuite(func(ctx SpecContext) {
	var err error
	program, err = gexec.BuildWithEnvironment("github.com/mock-docspace/mock-docspace/cmd/mock-docspace", []string{"CGO_ENABLED=0"})
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(gexec.CleanupBuildArtifacts)
}, NodeTimeout(3*time.Minute))

// startFake starts the program with portal.yaml until the spec ends.
func startFake(profile string) (url string) {
	GinkgoHelper()
	return start("--profile", profile, "--portal", "portal.yaml")
}

// start starts the program with these flags until the spec ends.
func start(flags ...string) (url string) {
	GinkgoHelper()
	cmd := exec.Command(program, append([]string{"--addr", "127.0.0.1:0", "--quiet"}, flags...)...)
	return announced(cmd, regexp.MustCompile(` listening on (http://\S+)`))
}

// announced starts a server until the spec ends, and returns the address that the server prints.
func announced(cmd *exec.Cmd, address *regexp.Regexp) (url string) {
	GinkgoHelper()
	cmd.Stderr = GinkgoWriter
	out, err := cmd.StdoutPipe()
	Expect(err).NotTo(HaveOccurred())
	Expect(cmd.Start()).To(Succeed())
	drained, told := make(chan struct{}), make(chan string, 1)
	DeferCleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		<-drained
		_ = cmd.Wait() // Prism exits with its own status then
	})
	go func() {
		defer close(drained)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if found := address.FindStringSubmatch(lines.Text()); found != nil {
				select {
				case told <- found[1]:
				default: // the address was sent already
				}
			}
			if !strings.Contains(lines.Text(), " info ") { // Prism prints four of these lines for each request
				fmt.Fprintln(GinkgoWriter, lines.Text())
			}
		}
	}()
	Eventually(told).WithTimeout(time.Minute).Should(Receive(&url), "%s tells its address", cmd.Path)
	return url
}

// need skips the spec when interop/install could not fill one of these folders, because a program is missing. When INTEROP_REQUIRED
// is set, need fails the spec instead.
func need(folders ...string) {
	GinkgoHelper()
	for _, folder := range folders {
		reason, err := os.ReadFile(filepath.Join(tools, folder+".missing"))
		switch {
		case err != nil:
			Expect(err).To(MatchError(os.ErrNotExist))
		case os.Getenv("INTEROP_REQUIRED") != "":
			Fail(strings.TrimSpace(string(reason)))
		default:
			Skip(strings.TrimSpace(string(reason)))
		}
	}
}

// run fails the spec when the client fails, and prints its output. The lines that match summary go into the report.
func run(cmd *exec.Cmd, summary *regexp.Regexp) {
	GinkgoHelper()
	text, err := cmd.CombinedOutput()
	if err != nil {
		Fail(fmt.Sprintf("%s: %v\n%s", filepath.Base(cmd.Path), err, text))
	}
	for _, line := range summary.FindAllString(string(text), -1) {
		AddReportEntry(strings.TrimSpace(line))
	}
}

var profiles = []string{mockserver.ProfileDocumented, mockserver.ProfileV372}

var _ = Describe("The official Python SDK", func() {
	It("signs in, makes and opens links, and reads what they lead to, at all profiles", func(ctx SpecContext) {
		need("python")
		args := []string{"sdk.py"}
		for _, profile := range mockserver.ProfileNames() {
			args = append(args, profile+"="+startFake(profile))
		}
		run(exec.CommandContext(ctx, filepath.Join(tools, "python", "bin", "python"), args...), regexp.MustCompile(`(?m)^(At|Ran) .*`))
	}, SpecTimeout(3*time.Minute))
})

// tolerated is the only check that profile v3.7.2 cannot pass. The server accepts bodies that openapi.yaml forbids, such as
// two names of a switch with different values, and answers 200. The profile does the same.
const tolerated = "negative_data_rejection"

var _ = Describe("schemathesis", func() {
	fuzz := func(ctx context.Context, contract, url string, options ...string) {
		GinkgoHelper()
		need("python")
		contract, err := filepath.Abs(filepath.Join("..", contract))
		Expect(err).NotTo(HaveOccurred())
		config, err := filepath.Abs("schemathesis.toml")
		Expect(err).NotTo(HaveOccurred())
		cmd := exec.CommandContext(ctx, filepath.Join(tools, "python", "bin", "schemathesis"), append([]string{"--config-file", config, "run", contract,
			"--url", url, "--seed", "1", "--generation-database", "none", "--no-color"}, options...)...)
		cmd.Dir = GinkgoT().TempDir() // it writes files
		run(cmd, regexp.MustCompile(`\d+ generated, .*|API Links: .*`))
	}
	for _, profile := range profiles {
		for _, token := range []string{"owner-token", "user-token"} {
			for _, phases := range []string{"examples,coverage,fuzzing", "stateful"} { // histories need a portal where links can be made
				It("finds nothing in the calls of openapi.yaml at "+profile+", as "+token+": "+phases, func(ctx SpecContext) {
					options := []string{"--phases", phases, "--header", "Authorization: Bearer " + token}
					if profile == mockserver.ProfileV372 {
						options = append(options, "--exclude-checks", tolerated)
					}
					fuzz(ctx, "openapi.yaml", startFake(profile), options...)
				}, SpecTimeout(3*time.Minute))
			}
		}
	}
	It("finds nothing in the control API's", func(ctx SpecContext) {
		fuzz(ctx, "mockserver/control/openapi.yaml", startFake(mockserver.ProfileDocumented), "--max-examples", "10")
	}, SpecTimeout(3*time.Minute))
})
