package contract_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/internal/drift"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

// allReports are the arguments for all reports, and the files.
func allReports(t *testing.T) (args, files []string) {
	t.Helper()
	dir := t.TempDir()
	for _, kind := range []string{"markdown", "html", "sarif", "junit", "json"} {
		file := filepath.Join(dir, "report."+kind)
		args, files = append(args, "--report-"+kind, file), append(files, file)
	}
	return args, files
}

// A portal that deviates holds with its baseline, until something is new or gone.
func TestProgramHasABaseline(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	_, address := startLive(t, mockserver.ProfileV372, nil)
	_, other := startLive(t, mockserver.ProfileDocumented, nil)
	file := filepath.Join(t.TempDir(), "baseline.yaml")
	check := func(address string, code int, args ...string) run {
		t.Helper()
		r := runProgramOnce(t, liveEnviron(address), append([]string{"--labels", "A107", "--baseline", file}, args...)...)
		g.Expect(r.code).To(gomega.Equal(code), r.stdout+r.stderr)
		return r
	}
	r := check(address, exitUnchecked, "--profile", "documented")
	g.Expect(r.stderr).To(gomega.ContainSubstring("--baseline: there is no file " + file + ": --update-baseline makes it\n"))
	g.Expect(r.notes).To(gomega.BeEmpty(), "the portal is not touched")

	r = check(address, exitHolds, "--profile", "documented", "--update-baseline")
	g.Expect(r.stderr).To(gomega.MatchRegexp(`baseline\.yaml has (\d+) deviations now: \d+ new, 0 removed\n$`))
	r = check(address, exitHolds, "--profile", "documented")
	g.Expect(r.stdout).To(gomega.MatchRegexp(`Deviations beside baseline\.yaml: 0 new, \d+ known, 0 gone\n`))
	g.Expect(r.report.Claims.Deviate).To(gomega.BeNumerically(">", 5), "they still deviate")

	r = check(other, exitDrift, "--profile", "documented")
	g.Expect(r.stdout).To(gomega.MatchRegexp(`baseline\.yaml:\d+: gone: remove it: A107 PUT /api/2\.0/files/settings/external: response is false instead of true\n`))

	r = check(address, exitUnchecked)
	g.Expect(r.stderr).To(gomega.ContainSubstring("is for profile documented, and the portal matches v3.7.2 best: give --profile documented"))
	r = check(address, exitUnchecked, "--profile", "v3.7.2", "--update-baseline")
	g.Expect(r.stderr).To(gomega.ContainSubstring("is for profile documented, and this run is for v3.7.2"))

	known, err := drift.ReadBaseline(file)
	g.Expect(err).NotTo(gomega.HaveOccurred())
	known.Deviations = known.Deviations[1:]
	g.Expect(os.WriteFile(file, known.Text(), 0o600)).To(gomega.Succeed())
	r = check(address, exitDrift, "--profile", "documented")
	g.Expect(r.stdout).To(gomega.And(gomega.MatchRegexp(`: 1 new, \d+ known, 0 gone\n`), gomega.MatchRegexp(`\nnew +A004 `)))

	g.Expect(os.WriteFile(file, []byte("profile: documented\ndeviations: 7\n"), 0o600)).To(gomega.Succeed())
	r = check(address, exitUnchecked, "--profile", "documented", "--update-baseline")
	g.Expect(r.stderr).To(gomega.HaveSuffix("baseline.yaml:2:13: int was used where sequence is expected: expected profile, and deviations with claim, name, reason and checks\n"))
	g.Expect(os.ReadFile(file)).To(gomega.BeEquivalentTo("profile: documented\ndeviations: 7\n"), "it is left as it is")
}

// A run that is not complete does not change what is known.
func TestProgramKeepsTheBaselineWhenItIsInterrupted(t *testing.T) {
	t.Parallel()
	g := gomega.NewWithT(t)
	_, address := startLive(t, mockserver.ProfileV372, nil)
	file := filepath.Join(t.TempDir(), "baseline.yaml")
	r := runProgramOnce(t, liveEnviron(address), "--baseline", file, "--update-baseline", "--timeout", "1s")
	g.Expect(r.code).To(gomega.Equal(exitUnchecked), r.stdout+r.stderr)
	g.Expect(r.stderr).To(gomega.ContainSubstring("it ran out of time"))
	g.Expect(file).NotTo(gomega.BeAnExistingFile())
}

// The table is all that is printed, and every report has its count. No file tells where this was built.
func TestProgramReports(t *testing.T) {
	t.Parallel()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	_, address := startLive(t, mockserver.ProfileV372, nil)
	for name, c := range map[string]struct {
		environ, args []string
		code          int
	}{
		"a portal": {liveEnviron(address), []string{"--profile", "documented", "--labels", "A105 || A107 || A503"}, exitDrift},
		"the fake": {nil, []string{"--labels", "A101 || A604"}, exitHolds},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := gomega.NewWithT(t)
			args, files := allReports(t)
			r := runProgramOnce(t, c.environ, append(args, c.args...)...)
			g.Expect(r.code).To(gomega.Equal(c.code), r.stdout+r.stderr)
			g.Expect(r.stdout).To(gomega.MatchRegexp(`^claims +hold  deviate  left out  no answer  all\n`))
			g.Expect(r.stdout).NotTo(gomega.MatchRegexp("Ginkgo|specs|\x1b"))
			count := regexp.MustCompile(`Of \d+ claims? \d+ hold, \d+ deviate, \d+ are left out and \d+ had no answer\.`).FindString(r.stdout)
			g.Expect(count).NotTo(gomega.BeEmpty())
			for _, file := range files {
				text, err := os.ReadFile(file)
				g.Expect(err).NotTo(gomega.HaveOccurred())
				g.Expect(len(text)).To(gomega.And(gomega.BeNumerically(">", 0), gomega.BeNumerically("<=", 100<<10)), file)
				for _, hidden := range []string{here, filepath.Dir(here), address, "\x1b"} {
					g.Expect(string(text)).NotTo(gomega.ContainSubstring(hidden), file)
				}
				for line := range strings.Lines(string(text)) {
					g.Expect(len(line)).To(gomega.BeNumerically("<", 1000), file)
				}
				switch filepath.Ext(file) {
				case ".markdown", ".html":
					g.Expect(string(text)).To(gomega.ContainSubstring(count), file)
				case ".json":
					var report struct{ Claims drift.Count }
					g.Expect(json.Unmarshal(text, &report)).To(gomega.Succeed())
					g.Expect(report.Claims.All).To(gomega.Equal(report.Claims.Hold + report.Claims.Deviate + report.Claims.LeftOut + report.Claims.NoAnswer))
				}
			}
		})
	}
}

// A report that could not be written is told, also when the portal deviates.
func TestProgramSaysWhichReportItCouldNotWrite(t *testing.T) {
	t.Parallel()
	const full = "/dev/full"
	if _, err := os.Stat(full); err != nil {
		t.Skip("this system has no " + full)
	}
	g := gomega.NewWithT(t)
	_, address := startLive(t, mockserver.ProfileV372, nil)
	for profile, code := range map[string]int{"documented": exitDrift, "v3.7.2": exitUnchecked} {
		r := runProgramOnce(t, liveEnviron(address), "--labels", "A106 || A107", "--profile", profile, "--report-html", full)
		g.Expect(r.code).To(gomega.Equal(code), r.stdout+r.stderr)
		g.Expect(r.stderr).To(gomega.HaveSuffix("docspace-contract: --report-html: write /dev/full: no space left on device\n"))
	}
}

// The lines of the claims in EVIDENCE.md are where the results of code scanning point to.
func TestEvidenceLines(t *testing.T) {
	g := gomega.NewWithT(t)
	text, err := os.ReadFile(filepath.Join("..", "EVIDENCE.md"))
	g.Expect(err).NotTo(gomega.HaveOccurred())
	lines, found := strings.Split(string(text), "\n"), evidenceLines()
	g.Expect(found).To(gomega.HaveLen(len(assumptions)))
	for number, line := range found {
		g.Expect(lines[line-1]).To(gomega.HavePrefix("| " + number + " | "))
	}
}
