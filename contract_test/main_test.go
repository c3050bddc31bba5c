package contract_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"
)

// Exit codes of the program.
const (
	exitHolds     = 0
	exitDrift     = 1 // something does not hold
	exitUnchecked = 2 // it could not be checked
)

// given are the options of this run, and livePortal is the portal that they name.
var (
	runOptions options
	livePortal *portal
)

const programName = "docspace-contract"

const programHelp = `Checks that a portal, or the fake, does what is known of ONLYOFFICE DocSpace's external sharing.

Exit codes: 0 everything holds, 1 something does not, 2 it could not be checked (no answer, a key that is refused, wrong arguments, interrupted, switches that could not be put back). make makes 2 of every failure.`

const programHelpEnd = `
Targets:
  live         the portal at --url, alone. Its two switches are read first, and put back and read again at the end, also after a failure,
               Ctrl-C, SIGTERM or the time-out. A table tells what differs, where the profiles differ, and which one the portal matches best.
               Meanwhile, in about 1,200 requests, the switches go on and off some 300 times: visitors of the portal's links and its audit trail
               see that. A portal that limits requests is waited for. What is stored and not in force cannot be seen, nor put back: social
               media that is on while external sharing is off.
  in-process   the fake, in this process, in both profiles; when there is no portal.
  program      the fake as the program that --program names, in both profiles.
  replay       the fake, asked what the recordings of --replay asked a portal; nothing else then.

Labels: every spec carries the number of what it shows (A101; EVIDENCE.md lists them), its target (live, in-process v3.7.2, …), and how it
is known:
  observed     recorded from a real portal
  source       read in the server's public source
  reference    published documentation
  ours         about the fake or the client themselves

A flag beats its variable. Secrets are better given by variables, since other processes see arguments.
`

// TestMain is the program, or lets go test run the tests, of which TestContract alone reads variables and asks a portal.
func TestMain(m *testing.M) {
	if underGoTest(os.Args) {
		code := m.Run()
		gexec.CleanupBuildArtifacts()
		os.Exit(code)
	}
	if code := runOptions.parse(os.Args[1:], os.Stdout, os.Stderr); code >= 0 {
		os.Exit(code)
	}
	os.Exit(runOptions.run(func() bool { return runOptions.runSpecs(noTesting{}, runOptions.Timeout) }, os.Stdout, os.Stderr))
}

// underGoTest tells a run by go test from one of the program, which has another name and no flags of the testing package.
func underGoTest(args []string) bool {
	name := strings.TrimSuffix(filepath.Base(args[0]), ".exe")
	if strings.HasSuffix(name, ".test") {
		return true
	}
	for _, arg := range args[1:] {
		if strings.HasPrefix(arg, "-test.") {
			return true
		}
	}
	return false
}

// complain says in one line why nothing was checked.
func complain(stderr io.Writer, err error) {
	fmt.Fprintln(stderr, programName+": "+oneLine(err.Error()))
}

// runSpecs runs the specs, for no longer than a time.
func (o *options) runSpecs(t GinkgoTestingT, limit time.Duration) bool {
	RegisterFailHandler(fail)
	suite, reporter := GinkgoConfiguration()
	suite.Timeout = min(suite.Timeout, limit)
	if o.Labels != "" {
		suite.LabelFilter = o.Labels
	}
	if o.JUnit != "" {
		reporter.JUnitReport = o.JUnit
	}
	if o.JSON != "" {
		reporter.JSONReport = o.JSON
	}
	if !underGoTest(os.Args) {
		reporter.Verbose, reporter.Succinct = o.Verbose, !o.Verbose
		reporter.NoColor = !isTerminal(os.Stdout) || os.Getenv("NO_COLOR") != ""
	} else if reporter.JUnitReport == "" {
		reporter.JUnitReport = filepath.Join("..", "reports", "contract.xml")
	}
	return RunSpecs(t, suiteName, suite, reporter)
}

// noTesting stands for the package testing. What failed is in the report.
type noTesting struct{}

func (noTesting) Fail() {}

func isTerminal(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// lastReport is that of the run.
var lastReport types.Report

var _ = ReportAfterSuite("the report", func(report Report) { lastReport = report })
