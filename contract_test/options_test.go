package contract_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/internal/drift"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

// options say what the suite runs against. The program reads them from flags and variables, go test only from variables.
type options struct {
	URL           string `group:"live" env:"DOCSPACE_URL" placeholder:"URL" help:"Address of a portal. Without it the suite checks the fake in this process."`
	Key           string `group:"live" env:"DOCSPACE_API_KEY" placeholder:"KEY" help:"API key or portal token of its owner or of a DocSpace administrator."`
	UserKey       string `group:"live" env:"DOCSPACE_USER_API_KEY" placeholder:"KEY" help:"API key or portal token of a user who is neither. The specs about roles need it."`
	ShareKey      string `group:"live" env:"DOCSPACE_SHARE_KEY" placeholder:"KEY" help:"Key of a share link. The specs about passwords need it."`
	SharePassword string `group:"live" env:"DOCSPACE_SHARE_PASSWORD" placeholder:"TEXT" help:"Password of that link, if it has one."`
	CAFile        string `group:"live" name:"ca-file" env:"DOCSPACE_CA_FILE" placeholder:"FILE" help:"File with certificates in PEM to trust in addition to those of the system."`
	Profile       string `group:"live" env:"CONTRACT_PROFILE" default:"auto" enum:"auto,documented,v3.7.2,v3.8,next" placeholder:"PROFILE" help:"Profile that the portal should match: documented, v3.7.2, v3.8, next, or auto for the one that it matches best (${default})."`
	InsecureHTTP  bool   `group:"live" name:"insecure-http" env:"CONTRACT_INSECURE_HTTP" help:"Send keys and passwords to other machines over plain http."`
	Destructive   bool   `group:"live" env:"CONTRACT_DESTRUCTIVE" help:"Also send wrong passwords for the share link, which may lock visitors out. With --create they go to another link."`
	Create        bool   `group:"live" env:"CONTRACT_CREATE" help:"Also make rooms and links, which are removed at the end."`
	Room          string `group:"live" env:"CONTRACT_ROOM" placeholder:"ID" help:"With --create: make no room, and links only in the custom room with this id. It has no links, and the key's person made or manages it."`

	Program  string `group:"fake" env:"MOCK_DOCSPACE_PROGRAM" placeholder:"FILE" help:"A mock-docspace program to check as well. Not together with a portal."`
	Recorded string `group:"fake" env:"CONTRACT_RECORDED" placeholder:"ID" help:"Only send the request of one recorded case, such as F111, and print both answers: that of the server of tag v3.7.2-server and that of the fake."`

	Record     bool   `group:"recordings" env:"CONTRACT_RECORD" help:"Record the answers of the portal, without secrets."`
	Recordings string `group:"recordings" env:"CONTRACT_RECORDINGS" default:"recordings" placeholder:"DIR" help:"Folder to write recordings to (${default})."`
	Replay     string `group:"recordings" env:"CONTRACT_REPLAY" placeholder:"DIR" help:"Folder of recordings to check the fake against, without a network."`

	Baseline       string `group:"drift" env:"CONTRACT_BASELINE" placeholder:"FILE" help:"Deviations of the portal that are known, in YAML. One that is new and one that is gone fail the run."`
	UpdateBaseline bool   `group:"drift" name:"update-baseline" env:"CONTRACT_UPDATE_BASELINE" help:"Write the file of --baseline anew, after a complete run. Reasons in it are kept."`
	Since          string `group:"drift" env:"CONTRACT_SINCE" placeholder:"FILE" help:"An earlier --report-json: tell which deviations are new, known and gone since then."`

	ReportMarkdown string `group:"reports" name:"report-markdown" env:"CONTRACT_REPORT_MARKDOWN" placeholder:"FILE" help:"Write a summary in Markdown. On GitHub, FILE is \"$$GITHUB_STEP_SUMMARY\"."`
	ReportHTML     string `group:"reports" name:"report-html" env:"CONTRACT_REPORT_HTML" placeholder:"FILE" help:"Write a page of one file."`
	ReportSARIF    string `group:"reports" name:"report-sarif" env:"CONTRACT_REPORT_SARIF" placeholder:"FILE" help:"Write SARIF 2.1.0, for code scanning."`
	ReportJUnit    string `group:"reports" name:"report-junit" env:"CONTRACT_REPORT_JUNIT" placeholder:"FILE" help:"Write the XML of JUnit. A claim is a test."`
	ReportJSON     string `group:"reports" name:"report-json" env:"CONTRACT_REPORT_JSON" placeholder:"FILE" help:"Write JSON for programs, and for --since."`

	Labels  string        `group:"run" env:"CONTRACT_LABELS" placeholder:"FILTER" help:"Run only the specs with these labels, such as \"A101 || A121\" or \"source && !A006\"."`
	Timeout time.Duration `group:"run" env:"CONTRACT_TIMEOUT" default:"20m" placeholder:"DURATION" help:"Time after which the run ends and the portal is put back (${default})."`
	Verbose bool          `group:"run" short:"v" env:"CONTRACT_VERBOSE" help:"Also print each check that does not hold, where the profiles differ, and which claims are left out."`

	Version kong.VersionFlag `group:"run" help:"Print the version and exit."`

	known *drift.Baseline // nil without --baseline
	last  *drift.Last     // nil without --since
}

var roomID = regexp.MustCompile(`^[1-9]\d{0,9}$`)

// Validate is called by kong. It refuses wrong arguments.
func (o *options) Validate() error {
	switch {
	case o.URL == "" && o.Key != "":
		return errors.New("--url: it is missing or empty, but there is a key: give --url or DOCSPACE_URL, or leave out DOCSPACE_API_KEY")
	case o.URL != "" && o.Replay != "":
		return errors.New("--replay: recordings are replayed at the fake: leave out --url and DOCSPACE_URL")
	case o.URL != "" && o.Key == "":
		return errors.New("--key: the check of a portal needs the key of an administrator: give --key or DOCSPACE_API_KEY")
	case o.URL != "" && o.Program != "":
		return errors.New("--program: a run checks either a portal or a program: leave out --url and DOCSPACE_URL, or --program and MOCK_DOCSPACE_PROGRAM")
	case o.Create && o.URL == "":
		return errors.New("--create: links are made only at a portal: give --url or DOCSPACE_URL, or leave out CONTRACT_CREATE")
	case o.Create && o.Room != "" && !roomID.MatchString(o.Room):
		return fmt.Errorf("--room: %q is not the id of a room, which is a number", o.Room)
	case o.Record && o.URL == "":
		return errors.New("--record: only a portal can be recorded: give --url or DOCSPACE_URL")
	case o.SharePassword != "" && o.ShareKey == "":
		return errors.New("--share-password: it needs the key of its link: give --share-key or DOCSPACE_SHARE_KEY")
	case o.Recorded != "" && (o.URL != "" || o.Replay != ""):
		return errors.New("--recorded: the recorded answers are compared with those of the fake: leave out --url, --replay and their variables")
	case o.Recorded != "" && !isRecorded(o.Recorded):
		return fmt.Errorf("--recorded: there is no recorded case %q: give an id from the files in contract_test/testdata/recorded", o.Recorded)
	case o.Baseline != "" && o.URL == "":
		return errors.New("--baseline: only a portal has a baseline, and what the fake does wrong is to be mended: give --url or DOCSPACE_URL, or leave out CONTRACT_BASELINE")
	case o.UpdateBaseline && o.Baseline == "":
		return errors.New("--update-baseline: it needs a file: give --baseline or CONTRACT_BASELINE")
	case o.Recordings == "":
		return errors.New("--recordings: it is empty: give a folder, or leave it out")
	case o.Timeout <= 0:
		return errors.New("--timeout: it must be more than zero, such as 20m")
	}
	if _, err := types.ParseLabelFilter(o.Labels); err != nil {
		return fmt.Errorf("--labels: %q is not a filter of labels: write for example A101 || (source && !A006)", o.Labels)
	}
	if o.URL != "" {
		if err := o.validateURL(); err != nil {
			return err
		}
	}
	if o.Program != "" {
		if _, err := exec.LookPath(o.Program); err != nil {
			return fmt.Errorf("--program: %w", err)
		}
	}
	return o.prepareReports()
}

// validateURL lets the client check the address of the portal, and that a key may be sent there.
func (o *options) validateURL() error {
	clientOptions := []client.Option{client.WithAPIKey(o.Key)}
	if o.InsecureHTTP {
		clientOptions = append(clientOptions, client.WithInsecureHTTP())
	}
	_, err := client.New(o.URL, clientOptions...)
	switch {
	case errors.Is(err, client.ErrInsecureHTTP):
		return errors.New("--url: others can read the key over plain http: use https, or --insecure-http")
	case err != nil:
		return fmt.Errorf("--url, --key: %s", strings.TrimPrefix(err.Error(), "docspace: "))
	}
	return nil
}

// parse reads arguments and variables. It returns an exit code when there is nothing more to do, and -1 otherwise.
func (o *options) parse(args []string, stdout, stderr io.Writer) (code int) {
	type exit struct{ code int }
	parser, err := kong.New(o,
		kong.Name(programName),
		kong.Description(programHelp),
		kong.ExplicitGroups([]kong.Group{
			{Key: "live", Title: "A portal:"}, {Key: "fake", Title: "The fake:"},
			{Key: "recordings", Title: "Recordings:"}, {Key: "drift", Title: "What is known:"}, {Key: "reports", Title: "Reports:"}, {Key: "run", Title: "The run:"},
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
	ctx, err := parser.Parse(withTwoDashes(args))
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

// withTwoDashes gives -recorded the second dash that this program wants. go test takes it with one.
func withTwoDashes(args []string) []string {
	args = slices.Clone(args)
	for i, arg := range args {
		if arg == "-recorded" || strings.HasPrefix(arg, "-recorded=") {
			args[i] = "-" + arg
		}
	}
	return args
}

// emptyFlag refuses a flag without a value, and an empty DOCSPACE_URL or DOCSPACE_API_KEY. Other variables may be empty,
// because CI passes an unset secret as an empty variable.
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
