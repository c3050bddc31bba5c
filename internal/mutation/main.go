// Mutation puts wrong behaviours into the fake, one at a time, and runs the contract suite against each of them. A wrong
// behaviour that the suite does not catch is a gap in the suite.
//
//	go run ./internal/mutation [-run REGEXP] [-workers N] [-v]
//
// It prints the mutants that survived, and the score as "mutation CAUGHT/TOTAL". It exits with 1 when a mutant survived, or
// ended the suite without a failing spec. It exits with 2 when the list is out of date: the text of a mutant does not exist
// any more, or the mutant does not compile.
//
//	go run ./internal/mutation -random N [-seed S] [-run REGEXP] [-workers N] [-v]
//
// It makes N edits that know no fact, at random, in the fake, the client and the program, and runs the tests of the package, the
// suite, and the tests of the other packages. It prints the edits that none of them saw, and how many each part of the code had.
// It exits with 1 when the tests saw less than 95 % of them.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	exitSurvived = 1
	exitUnusable = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	var run runner
	var only string
	var count int
	var seed uint64
	flag.StringVar(&only, "run", "", "run only the mutants whose fact or file matches this regular expression")
	flag.IntVar(&count, "random", 0, "make this number of edits at random instead")
	flag.Uint64Var(&seed, "seed", 1, "of the edits at random; the same seed chooses the same edits of the same code")
	flag.IntVar(&run.workers, "workers", runtime.NumCPU(), "number of mutants that run at the same time")
	flag.BoolVar(&run.verbose, "v", false, "print for each mutant the spec that caught it")
	flag.Parse()
	var code int
	var err error
	if count > 0 {
		code, err = run.random(ctx, os.Stdout, only, count, seed)
	} else {
		code, err = run.all(ctx, os.Stdout, only)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutation:", err)
		code = exitUnusable
	}
	stop()
	os.Exit(code)
}

// runner runs the suite against mutants.
type runner struct {
	workers int
	verbose bool
	module  string
	root    string // of the module
	work    string // a temporary directory
}

// outcome is the result for a mutant.
type outcome int

const (
	caught outcome = iota
	survived
	doesNotApply
	doesNotBuild
	brokeTheSuite
)

func (o outcome) String() string {
	return [...]string{"caught", "SURVIVED", "DOES NOT APPLY", "DOES NOT BUILD", "NO SPEC SAW"}[o]
}

// result is the outcome of a mutant, and the reason.
type result struct {
	mutant
	outcome
	why string
}

func (r *runner) all(ctx context.Context, out io.Writer, only string) (code int, err error) {
	chosen, err := matching(only)
	if err != nil {
		return 0, err
	}
	if err := r.begin(ctx); err != nil {
		return 0, err
	}
	defer os.RemoveAll(r.work)

	started := time.Now()
	// The suite must pass without a mutant. This also builds the packages that the mutants share.
	if o, why := r.try(ctx, "unchanged", nil); o != survived {
		return 0, fmt.Errorf("the suite does not pass without a mutant: %s", why)
	}
	count := map[outcome]int{}
	for res := range r.results(ctx, chosen) {
		count[res.outcome]++
		if res.outcome != caught || r.verbose {
			fmt.Fprintf(out, "%-14s %s: %s\n", res.outcome, res.file, res.fact)
			if res.why != "" {
				fmt.Fprintf(out, "%-14s %s\n", "", res.why)
			}
		}
	}
	if ctx.Err() != nil {
		return 0, errors.New("interrupted")
	}
	fmt.Fprintf(out, "mutation %d/%d in %s\n", count[caught], len(chosen), time.Since(started).Round(time.Second))
	switch {
	case count[doesNotApply]+count[doesNotBuild] > 0:
		return exitUnusable, nil
	case count[survived]+count[brokeTheSuite] > 0:
		return exitSurvived, nil
	default:
		return 0, nil
	}
}

// begin finds the module and makes the temporary directory.
func (r *runner) begin(ctx context.Context) (err error) {
	if r.module, r.root, err = module(ctx); err != nil {
		return err
	}
	r.work, err = os.MkdirTemp("", "mutation")
	return err
}

func matching(only string) ([]mutant, error) {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return nil, err
	}
	var chosen []mutant
	for _, m := range mutants {
		if pattern.MatchString(m.file + ": " + m.fact) {
			chosen = append(chosen, m)
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("no mutant matches %q", only)
	}
	return chosen, nil
}

func module(ctx context.Context) (path, root string, err error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Path}} {{.Dir}}").Output()
	if err != nil {
		return "", "", fmt.Errorf("go list: %w", err)
	}
	path, root, _ = strings.Cut(strings.TrimSpace(string(out)), " ")
	return path, root, nil
}

// results returns the results of the mutants as they arrive.
func (r *runner) results(ctx context.Context, chosen []mutant) <-chan result {
	type task struct {
		number int
		mutant mutant
	}
	tasks, done := make(chan task), make(chan result)
	go func() {
		defer close(tasks)
		for i, m := range chosen {
			select {
			case tasks <- task{i, m}:
			case <-ctx.Done():
				return
			}
		}
	}()
	var workers sync.WaitGroup
	for range max(1, r.workers) {
		workers.Go(func() {
			for t := range tasks {
				o, why := r.try(ctx, strconv.Itoa(t.number), &t.mutant)
				done <- result{t.mutant, o, why}
			}
		})
	}
	go func() {
		workers.Wait()
		close(done)
	}()
	return done
}

// try runs the suite at the targets in this process until the first failure, with a mutant if there is one.
func (r *runner) try(ctx context.Context, name string, m *mutant) (o outcome, why string) {
	dir := filepath.Join(r.work, name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return doesNotApply, err.Error()
	}
	defer os.RemoveAll(dir)
	overlay := ""
	if m != nil {
		var err error
		if overlay, err = r.overlay(dir, filepath.Join("mockserver", m.file), m.apply); err != nil {
			return doesNotApply, err.Error()
		}
	}
	return r.suite(ctx, dir, overlay, "/in-process/")
}

// suite runs the suite at the targets with a label until the first failure, with an overlay if there is one.
func (r *runner) suite(ctx context.Context, dir, overlay, label string) (o outcome, why string) {
	program := filepath.Join(dir, "suite.test")
	// The program runs only once, so it needs no optimization and no debugger.
	build := r.command(ctx, r.root, "go", "test", "-c", "-o", program, "-ldflags=-s -w", "-gcflags="+r.module+"/...=-N -l", "./contract_test")
	suite := r.command(ctx, filepath.Join(r.root, "contract_test"), program,
		"-test.run=^TestContract$", "-test.timeout=3m", "-ginkgo.fail-fast", "-ginkgo.no-color", "-ginkgo.succinct", "-ginkgo.seed=1",
		"-ginkgo.label-filter="+label, "-ginkgo.junit-report="+filepath.Join(dir, "report.xml"))
	withOverlay(overlay, build, suite)
	if out, err := build.CombinedOutput(); err != nil {
		return doesNotBuild, lastLines(out, 3)
	}
	out, err := suite.CombinedOutput()
	var failed *exec.ExitError
	switch {
	case err == nil:
		return survived, ""
	case errors.As(err, &failed):
		if spec := firstFailure(out); spec != "" {
			return caught, spec
		}
		if bytes.Contains(out, []byte(ofFewTargets)) { // every spec has passed
			return survived, ""
		}
		return brokeTheSuite, lastLines(out, 1)
	default:
		return doesNotBuild, err.Error()
	}
}

func (r *runner) command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // go, and the tests of this module that it has built
	cmd.Dir = dir
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "DOCSPACE_") && !strings.HasPrefix(variable, "CONTRACT_") { // the fake is the only portal
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.WaitDelay = 10 * time.Second      // for programs that it has started and that hold its output
	cmd.Env = append(cmd.Env, "GOGC=400") // the runs are short and there is enough memory
	return cmd
}

var failure = regexp.MustCompile(`(?m)^\s*\[(?:FAIL|PANICKED!|TIMEDOUT)\] ([^\[].*)$`)

// ofFewTargets fails after the specs when the targets do not show every assumption.
const ofFewTargets = "[FAIL] [ReportAfterSuite] assumptions and evidence"

// firstFailure is the spec that failed first, or "" when no spec failed.
func firstFailure(out []byte) string {
	if match := failure.FindSubmatch(out); match != nil {
		return string(match[1])
	}
	return ""
}

func lastLines(out []byte, n int) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], " | ")
}
