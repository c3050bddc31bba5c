package contract_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Exit codes of the program.
const (
	exitHolds     = 0
	exitDrift     = 1 // something does not hold
	exitUnchecked = 2 // it could not be checked
)

// options say what the suite runs against. The program has them as flags and variables, go test as variables only.
type options struct {
	URL           string `group:"live" env:"DOCSPACE_URL" placeholder:"URL" help:"Address of a portal. Left out, the suite checks the fake in this process."`
	Key           string `group:"live" env:"DOCSPACE_API_KEY" placeholder:"KEY" help:"API key or portal token of its owner or of a DocSpace administrator."`
	UserKey       string `group:"live" env:"DOCSPACE_USER_API_KEY" placeholder:"KEY" help:"One of somebody who is neither: for the specs about roles."`
	ShareKey      string `group:"live" env:"DOCSPACE_SHARE_KEY" placeholder:"KEY" help:"Key of a share link: for the specs about passwords."`
	SharePassword string `group:"live" env:"DOCSPACE_SHARE_PASSWORD" placeholder:"TEXT" help:"Its password, when it has one."`
	CAFile        string `group:"live" name:"ca-file" env:"DOCSPACE_CA_FILE" placeholder:"FILE" help:"Certificates to trust besides the system's (PEM)."`
	Profile       string `group:"live" env:"CONTRACT_PROFILE" default:"auto" enum:"auto,documented,v3.7.2" placeholder:"PROFILE" help:"What is expected of the portal: documented, v3.7.2, or auto for the one that it matches best (${default})."`
	InsecureHTTP  bool   `group:"live" name:"insecure-http" env:"CONTRACT_INSECURE_HTTP" help:"Let keys and passwords go over plain http beyond this machine."`
	Destructive   bool   `group:"live" env:"CONTRACT_DESTRUCTIVE" help:"Also what may lock somebody out: wrong passwords for the share link."`

	Program string `group:"fake" env:"MOCK_DOCSPACE_PROGRAM" placeholder:"FILE" help:"A mock-docspace to check as well; not with a portal."`

	Record     bool   `group:"recordings" env:"CONTRACT_RECORD" help:"Record what the portal answers, without secrets."`
	Recordings string `group:"recordings" env:"CONTRACT_RECORDINGS" default:"recordings" placeholder:"DIR" help:"Where recordings are written (${default})."`
	Replay     string `group:"recordings" env:"CONTRACT_REPLAY" placeholder:"DIR" help:"Check the fake against the recordings there, without a network."`

	Labels  string        `group:"run" env:"CONTRACT_LABELS" placeholder:"FILTER" help:"Only specs with these labels, such as \"A101 || A121\", \"source && !A006\"."`
	Timeout time.Duration `group:"run" env:"CONTRACT_TIMEOUT" default:"10m" placeholder:"DURATION" help:"After which the run ends and the portal is put back (${default})."`
	JUnit   string        `group:"run" name:"junit" env:"CONTRACT_JUNIT" placeholder:"FILE" help:"Write a report in JUnit's XML."`
	JSON    string        `group:"run" name:"json" env:"CONTRACT_JSON" placeholder:"FILE" help:"Write a report in Ginkgo's JSON."`
	Verbose bool          `group:"run" short:"v" env:"CONTRACT_VERBOSE" help:"Tell each spec."`

	Version kong.VersionFlag `group:"run" help:"Print the version and exit."`
}

// Validate is called by kong. Whatever it refuses is a wrong argument.
func (o *options) Validate() error {
	switch {
	case o.URL == "" && o.Key != "":
		return errors.New("--url: it is missing or empty, and there is a key: give --url or DOCSPACE_URL, or leave DOCSPACE_API_KEY out")
	case o.URL != "" && o.Replay != "":
		return errors.New("--replay: recordings are replayed at the fake: leave --url and DOCSPACE_URL out")
	case o.URL != "" && o.Key == "":
		return errors.New("--key: a portal is checked with an administrator's key: give --key or DOCSPACE_API_KEY")
	case o.URL != "" && o.Program != "":
		return errors.New("--program: either a portal is checked or the program: leave --url and DOCSPACE_URL out, or --program and MOCK_DOCSPACE_PROGRAM")
	case o.Record && o.URL == "":
		return errors.New("--record: a portal is recorded: give --url or DOCSPACE_URL")
	case o.SharePassword != "" && o.ShareKey == "":
		return errors.New("--share-password: it is that of a link: give --share-key or DOCSPACE_SHARE_KEY")
	case o.Recordings == "":
		return errors.New("--recordings: it is empty: give it a folder, or leave it out")
	case o.Timeout <= 0:
		return errors.New("--timeout: it is more than nothing, such as 10m")
	}
	if _, err := types.ParseLabelFilter(o.Labels); err != nil {
		return fmt.Errorf("--labels: %q is no filter of labels: write such as A101 || (source && !A006)", o.Labels)
	}
	if o.URL != "" {
		if err := o.validateURL(); err != nil {
			return err
		}
	}
	for _, report := range []struct{ flag, file string }{{"--junit", o.JUnit}, {"--json", o.JSON}} {
		if err := canWrite(report.file); err != nil {
			return fmt.Errorf("%s: %w", report.flag, err)
		}
	}
	if o.Program != "" {
		if _, err := exec.LookPath(o.Program); err != nil {
			return fmt.Errorf("--program: %w", err)
		}
	}
	return nil
}

// validateURL asks the client, which knows what can be a portal's address, and where a key may be sent.
func (o *options) validateURL() error {
	with := []client.Option{client.WithAPIKey(o.Key)}
	if o.InsecureHTTP {
		with = append(with, client.WithInsecureHTTP())
	}
	_, err := client.New(o.URL, with...)
	switch {
	case errors.Is(err, client.ErrInsecureHTTP):
		return errors.New("--url: others can read the key along over plain http: use https, or --insecure-http")
	case err != nil:
		return fmt.Errorf("--url, --key: %s", strings.TrimPrefix(err.Error(), "docspace: "))
	}
	return nil
}

// canWrite finds out before the run what Ginkgo would find out after it.
func canWrite(name string) error {
	if name == "" {
		return nil
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	return file.Close()
}

// given are the options of this run, and livePortal is the portal that they name.
var (
	given      options
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
	if code := given.parse(os.Args[1:], os.Stdout, os.Stderr); code >= 0 {
		os.Exit(code)
	}
	os.Exit(given.run(func() bool { return given.runSpecs(noTesting{}, given.Timeout) }, os.Stdout, os.Stderr))
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

// parse reads arguments and variables. It answers an exit code when there is nothing more to do, else -1.
func (o *options) parse(args []string, stdout, stderr io.Writer) (code int) {
	type exit struct{ code int }
	parser, err := kong.New(o,
		kong.Name(programName),
		kong.Description(programHelp),
		kong.ExplicitGroups([]kong.Group{
			{Key: "live", Title: "A portal:"}, {Key: "fake", Title: "The fake:"},
			{Key: "recordings", Title: "Recordings:"}, {Key: "run", Title: "The run and its reports:"},
		}),
		kong.Vars{"version": programName + " " + mockserver.Version},
		kong.Writers(stdout, stderr),
		kong.Help(func(options kong.HelpOptions, ctx *kong.Context) error {
			if err := kong.DefaultHelpPrinter(options, ctx); err != nil {
				return err
			}
			_, err := fmt.Fprint(ctx.Stdout, programHelpEnd)
			return err
		}),
		kong.Exit(func(code int) { panic(exit{code}) }),
	)
	if err != nil {
		panic(err)
	}
	defer func() {
		if r := recover(); r != nil {
			end, ok := r.(exit)
			if !ok {
				panic(r)
			}
			code = end.code
		}
	}()
	ctx, err := parser.Parse(args)
	if err == nil {
		err = emptyFlag(ctx.Flags(), args)
	}
	if err != nil {
		complain(stderr, err)
		return exitUnchecked
	}
	o.URL = strings.TrimRight(o.URL, "/")
	return -1
}

// emptyFlag refuses a flag that was given without a value, and an empty variable. Those that are optional may be empty: that is
// how CI gives a secret that nobody has set.
func emptyFlag(flags []*kong.Flag, args []string) error {
	for _, f := range flags {
		if f.Target.Kind() != reflect.String || f.Target.String() != "" || f.HasDefault {
			continue
		}
		for _, name := range f.Envs {
			if _, given := os.LookupEnv(name); given && (name == "DOCSPACE_URL" || name == "DOCSPACE_API_KEY") {
				return fmt.Errorf("--%s: %s is empty: give it a value, or unset it", f.Name, name)
			}
		}
		for _, arg := range args {
			if arg == "--"+f.Name || arg == "--"+f.Name+"=" {
				return fmt.Errorf("--%s: it is empty: give it a value, or leave it out", f.Name)
			}
		}
	}
	return nil
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
