package contract_test

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"
)

// These are the exit codes of the program.
const (
	exitHolds     = 0
	exitDrift     = 1 // something does not hold
	exitUnchecked = 2 // the check was not possible, or is not complete
)

// runOptions are the options of this run, and livePortal is the portal that they name.
var (
	runOptions options
	livePortal *portal
)

const programName = "docspace-contract"

const programHelp = `Checks a portal, or the fake, against what is known about external sharing in ONLYOFFICE DocSpace.

It prints a table: how many claims hold, deviate, are left out or had no answer, and what was expected and seen where they deviate.

Exit codes: 0 everything holds, or is in the baseline; 1 something does not hold, or the baseline has what is gone; 2 the check was not possible or is not complete (no answer, a refused key, wrong arguments, an interrupt, switches that could not be put back, links or rooms that could not be removed). make exits with 2 after every failure.`

const programHelpEnd = `
Targets:
  live         The portal at --url. No other target runs then. The suite reads the two switches and the rest of the sharing policy first.
               At the end it puts them back and reads them again, also after a failure, Ctrl-C, SIGTERM or the time-out.
               The suite sends about 2,100 requests, and sets the switches and the policy some 600 times. Visitors of the portal's links
               see that, and it is in the audit trail. With --create it sends about 5,700. If the portal limits requests, the suite waits. Social media that is stored as on
               while external sharing is off cannot be seen, so the suite cannot put that back.
               With --create it makes some fifty rooms, with links, and removes them at the end, in the same cases. With --room it makes no
               room, and links only in the one that is named, from which it removes all links.
  in-process   The fake in this process, in all profiles, when there is no portal.
  program      The fake as the program at --program, as documented and as v3.7.2.
  replay       The fake, with the requests of the recordings at --replay. No other target runs then.

Labels: every spec has the number of the claim that it shows (A101; EVIDENCE.md lists them), its target (live, in-process v3.7.2, …), and
its evidence:
  observed     recorded from a real portal
  executed     the server of tag v3.7.2-server was run and answered so
  source       read in the server's public source
  reference    published documentation
  ours         a claim about the fake or the client

A flag overrides its variable. Give secrets in variables, because other processes can see arguments.
`

// TestMain is the program, unless go test runs this binary. Of the tests only TestContract reads variables and uses a portal.
func TestMain(m *testing.M) {
	debug.SetGCPercent(300) // thousands of portals are made and dropped, and memory is cheaper than time here
	if underGoTest(os.Args) {
		flag.Func("recorded", "send one request of the recorded answers to the fake, and print both answers", onlyRecorded)
		code := m.Run()
		gexec.CleanupBuildArtifacts()
		os.Exit(code)
	}
	if code := runOptions.parse(os.Args[1:], os.Stdout, os.Stderr); code >= 0 {
		os.Exit(code)
	}
	os.Exit(runOptions.run(func() bool { return runOptions.runSpecs(noTesting{}, runOptions.Timeout) }, os.Stdout, os.Stderr))
}

// onlyRecorded makes go test run one recorded case, and nothing else. The suite reads only variables under go test.
func onlyRecorded(id string) error {
	return errors.Join(os.Setenv("CONTRACT_RECORDED", id), flag.Set("test.run", "^TestContract$"))
}

// underGoTest says whether go test runs this binary. The program has another name and no flags of the testing package.
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

// complain prints an error in one line.
func complain(stderr io.Writer, err error) {
	fmt.Fprintln(stderr, programName+": "+oneLine(err.Error()))
}

// runSpecs runs the specs within a time limit.
func (o *options) runSpecs(t GinkgoTestingT, limit time.Duration) bool {
	RegisterFailHandler(fail)
	suite, reporter := GinkgoConfiguration()
	suite.Timeout = min(suite.Timeout, limit)
	if o.Labels != "" {
		suite.LabelFilter = o.Labels
	}
	if !underGoTest(os.Args) {
		formatter.ColorableStdOut = io.Discard // the report says what Ginkgo would say
	} else {
		reporter.NoColor = true // go test hands its output on, to a file or another program
		if reporter.JUnitReport == "" && o.ReportJUnit == "" {
			o.ReportJUnit = filepath.Join("..", "reports", "contract.xml")
		}
	}
	return RunSpecs(t, suiteName, suite, reporter)
}

// noTesting takes the place of testing.T in the program. The report says what failed.
type noTesting struct{}

func (noTesting) Fail() {}

func isTerminal(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// lastReport is the report of this run.
var lastReport types.Report

var _ = ReportAfterSuite("the report", func(report Report) { lastReport = report })
