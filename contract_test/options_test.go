package contract_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/mockserver"
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
	clientOptions := []client.Option{client.WithAPIKey(o.Key)}
	if o.InsecureHTTP {
		clientOptions = append(clientOptions, client.WithInsecureHTTP())
	}
	_, err := client.New(o.URL, clientOptions...)
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
