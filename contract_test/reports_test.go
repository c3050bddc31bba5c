package contract_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/mock-docspace/mock-docspace/internal/drift"
)

// reportFiles are the reports that a run can write.
func (o *options) reportFiles() []reportFile {
	return []reportFile{
		{"--report-markdown", o.ReportMarkdown, (*drift.Report).Markdown},
		{"--report-html", o.ReportHTML, (*drift.Report).HTML},
		{"--report-sarif", o.ReportSARIF, (*drift.Report).SARIF},
		{"--report-junit", o.ReportJUnit, (*drift.Report).JUnit},
		{"--report-json", o.ReportJSON, (*drift.Report).JSON},
	}
}

type reportFile struct {
	flag, name string
	text       func(*drift.Report) ([]byte, error)
}

// prepareReports reads what the run will be compared with, and checks that its files can be written. It is called before the run.
func (o *options) prepareReports() error {
	writers := map[string]string{}
	files := o.reportFiles()
	if o.UpdateBaseline {
		files = append(files, reportFile{flag: "--update-baseline", name: o.Baseline})
	}
	for _, file := range files {
		if file.name == "" {
			continue
		}
		if o.Recorded != "" {
			return fmt.Errorf("%s: --recorded prints two answers, and makes no report: leave out one of them", file.flag)
		}
		name := filepath.Clean(file.name)
		if other := writers[name]; other != "" {
			return fmt.Errorf("%s: %s writes the same file %s: give each its own", file.flag, other, file.name)
		}
		writers[name] = file.flag
		if err := drift.CanWrite(file.name); err != nil {
			return fmt.Errorf("%s: %w", file.flag, err)
		}
	}
	if o.Since != "" {
		last, err := drift.ReadLast(o.Since)
		if err != nil {
			return fmt.Errorf("--since: %w", err)
		}
		o.last = last
	}
	if o.Baseline == "" {
		return nil
	}
	known, err := drift.ReadBaseline(o.Baseline)
	switch {
	case errors.Is(err, fs.ErrNotExist) && o.UpdateBaseline:
		o.known = &drift.Baseline{File: o.Baseline}
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("--baseline: there is no file %s: --update-baseline makes it", o.Baseline)
	case err != nil:
		return fmt.Errorf("--baseline: %w", err)
	}
	o.known = known
	if o.Profile != "auto" {
		return o.checkBaseline(o.Profile)
	}
	return nil
}

// checkBaseline checks that the baseline is for the profile that the portal is compared with.
func (o *options) checkBaseline(profile string) error {
	switch {
	case o.known == nil, o.known.Profile == "", o.known.Profile == profile:
		return nil
	case o.Profile == "auto":
		return fmt.Errorf("--baseline: %s is for profile %s, and the portal matches %s best: give --profile %s, or another baseline", o.Baseline, o.known.Profile, profile, o.known.Profile)
	default:
		return fmt.Errorf("--baseline: %s is for profile %s, and this run is for %s: give --profile %s, or another baseline", o.Baseline, o.known.Profile, profile, o.known.Profile)
	}
}

// report compares what the run found with what was known, prints it and writes the reports. The error says what could not be written.
func (o *options) report(run drift.Run, stdout io.Writer) (*drift.Report, error) {
	r := drift.NewReport(run)
	if r.Count.All == 0 { // no spec was run, which is said instead
		return r, nil
	}
	if o.known != nil {
		o.known.Compare(r)
	}
	if o.last != nil {
		o.last.Compare(r)
	}
	if !underGoTest(os.Args) || run.Match != nil {
		r.Print(stdout, drift.Look{Colour: stdout == os.Stdout && isTerminal(os.Stdout) && os.Getenv("NO_COLOR") == "", All: o.Verbose})
	}
	var problems []error
	for _, file := range o.reportFiles() {
		if file.name == "" {
			continue
		}
		text, err := file.text(r)
		if err == nil {
			err = drift.WriteFile(file.name, text)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", file.flag, err))
		}
	}
	return r, errors.Join(problems...)
}

// updateBaseline writes the baseline anew after a complete run.
func (o *options) updateBaseline(r *drift.Report, stderr io.Writer) int {
	updated := o.known.Update(r)
	if err := drift.WriteFile(o.Baseline, updated.Text()); err != nil {
		complain(stderr, fmt.Errorf("--update-baseline: %w", err))
		return exitUnchecked
	}
	fmt.Fprintf(stderr, "%s: %s has %d deviations now: %d new, %d removed\n", programName, o.Baseline, len(updated.Deviations), r.Baseline.New, len(r.Baseline.Gone))
	return exitHolds
}

// errTold is why a run is not complete when that has been said.
var errTold = errors.New("the portal is not as it was")

// verdict is the exit code of a run whose portal or fake is as it was. unfinished says why the run is not complete.
func (o *options) verdict(report types.Report, r *drift.Report, unfinished error, stderr io.Writer) int {
	problems := suiteProblems(report)
	switch {
	case r.Run.Ended != "" && !errors.Is(unfinished, errTold):
		unfinished = errors.Join(unfinished, errors.New("the check is not complete: "+r.Run.Ended))
	case unfinished == nil && r.Count.NoAnswer > 0:
		unfinished = fmt.Errorf("the check is not complete: %d of %d claims had no answer", r.Count.NoAnswer, r.Count.All)
	case unfinished == nil && nothingRan(report), r.Count.All == 0 && unfinished == nil:
		unfinished = errNothingRan
	case unfinished == nil && len(problems) > 0:
		unfinished = errors.New("the suite itself failed: " + problems[0])
	}
	switch {
	case o.UpdateBaseline && unfinished != nil:
		complain(stderr, fmt.Errorf("%s is left as it is: %w", o.Baseline, unfinished))
		return exitUnchecked
	case o.UpdateBaseline:
		return o.updateBaseline(r, stderr)
	}
	if unfinished != nil && !errors.Is(unfinished, errTold) {
		complain(stderr, unfinished)
	}
	switch {
	case r.Deviates():
		return exitDrift
	case unfinished != nil:
		return exitUnchecked
	}
	return exitHolds
}
