package drift_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/internal/drift"
)

// baselineOf is the baseline of a text.
func baselineOf(t *testing.T, text string) (*drift.Baseline, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "baseline.yaml")
	NewWithT(t).Expect(os.WriteFile(file, []byte(text), 0o600)).To(Succeed())
	return drift.ReadBaseline(file)
}

// acknowledged is the baseline of a run.
func acknowledged(run drift.Run) *drift.Baseline {
	return (&drift.Baseline{File: "baseline.yaml"}).Update(drift.NewReport(run))
}

func TestBaselineOfTheSameRun(t *testing.T) {
	g := NewWithT(t)
	b, err := baselineOf(t, string(acknowledged(found()).Text()))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(b.Profile).To(Equal("v3.7.2"))
	r := drift.NewReport(found())
	g.Expect(r.Deviates()).To(BeTrue(), "without a baseline")
	b.Compare(r)
	g.Expect(r.Deviates()).To(BeFalse())
	g.Expect(r.Baseline.Known).To(Equal(3))
	g.Expect(printed(r, false)).To(And(ContainSubstring("Deviations beside baseline.yaml: 0 new, 3 known, 0 gone\n"), ContainSubstring("All deviations are in baseline.yaml.\n"), MatchRegexp(`\nknown +A106 `)))
}

// Editors of Windows begin a file with a byte order mark, and end lines with a carriage return.
func TestBaselineOfWindows(t *testing.T) {
	g := NewWithT(t)
	text := string(acknowledged(found()).Text())
	b, err := baselineOf(t, "\ufeff"+strings.ReplaceAll(text, "\n", "\r\n"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(b.Text())).To(Equal(text))
}

func TestBaselineTellsWhatIsNew(t *testing.T) {
	for name, change := range map[string]func(*drift.Run){
		"another claim": func(run *drift.Run) {
			run.Checks[0] = deviates("A001", "reads it", "GET /api/2.0/files/settings: it differs")
		},
		"another call": func(run *drift.Run) {
			run.Checks[5] = deviates("A106", "ignores null", "PUT /x: response is true instead of false")
		},
		"another check": func(run *drift.Run) {
			run.Checks[5] = deviates("A106", "ignores null", "PUT /api/2.0/files/settings/external: response is true instead of false")
		},
		"another way": func(run *drift.Run) {
			run.Checks[4] = deviates("A106", "ignores it", "PUT /api/2.0/files/settings/external: the status is 500 instead of 200")
		},
		"a claim in answers": func(run *drift.Run) {
			run.Checks[8].Found = append(run.Checks[8].Found, drift.Find("GET /y answered 200: Allow is \"\""))
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			b := acknowledged(found())
			run := found()
			change(&run)
			r := drift.NewReport(run)
			b.Compare(r)
			g.Expect(r.Baseline.New).To(Equal(1))
			g.Expect(r.Deviates()).To(BeTrue())
			g.Expect(printed(r, false)).To(MatchRegexp(`\nnew +A`))
		})
	}
}

func TestBaselineTellsWhatIsGone(t *testing.T) {
	g := NewWithT(t)
	b, err := baselineOf(t, string(acknowledged(found()).Text()))
	g.Expect(err).NotTo(HaveOccurred())
	run := found()
	run.Checks[4] = drift.Check{Claim: "A106", Name: "ignores it", State: drift.Hold}
	run.Checks[1].State, run.Checks[1].Found = drift.Hold, nil // one of two
	r := drift.NewReport(run)
	b.Compare(r)
	g.Expect(r.Deviates()).To(BeTrue())
	g.Expect(r.Baseline.Gone).To(HaveLen(2))
	text := printed(r, false)
	g.Expect(text).To(MatchRegexp(`baseline\.yaml:\d+: gone: remove it: A106 PUT /api/2\.0/files/settings/external: response is true instead of false\n`))
	g.Expect(text).To(ContainSubstring("gone: A004 GET /api/2.0/files/settings: the status is 200 instead of 401: remove 1 check: asks nobody\n"))
	g.Expect(text).To(ContainSubstring("This is drift from baseline.yaml: 0 new, 2 gone.\n"))
}

// What a run did not check is neither gone nor forgotten.
func TestBaselineOfWhatIsNotChecked(t *testing.T) {
	for name, state := range map[string]drift.State{"left out": drift.LeftOut, "no answer": drift.NoAnswer, "not selected": ""} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			b := acknowledged(found())
			b.Deviations[1].Reason = "our proxy"
			run := found()
			run.Checks[4] = drift.Check{Claim: "A106", Name: "ignores it", State: state}
			r := drift.NewReport(run)
			b.Compare(r)
			g.Expect(r.Deviates()).To(BeFalse())
			g.Expect(r.Baseline.NotChecked).To(Equal(1))
			g.Expect(printed(r, false)).To(ContainSubstring("0 new, 2 known, 0 gone, 1 not checked by this run"))
			updated := b.Update(r)
			g.Expect(updated.Deviations).To(HaveLen(3))
			g.Expect(updated.Deviations[1].Reason).To(Equal("our proxy"))
		})
	}
}

// An entry that is written by hand may name no checks.
func TestBaselineWithoutChecks(t *testing.T) {
	const head = "profile: v3.7.2\ndeviations:\n"
	for entry, gone := range map[string]bool{
		"- {claim: A106, name: 'PUT /api/2.0/files/settings/external: response is true instead of false', reason: ours}": false,
		"- {claim: A106, name: something else}": true,
		"- {claim: A107, name: something}":      false, // left out
		"- {claim: A999, name: something}":      false, // not selected
		"- {claim: A555, name: something}":      true,  // there is no such claim
	} {
		g := NewWithT(t)
		b, err := baselineOf(t, head+entry)
		g.Expect(err).NotTo(HaveOccurred())
		r := drift.NewReport(found())
		b.Compare(r)
		if gone {
			g.Expect(r.Baseline.Gone).To(HaveLen(1), entry)
		} else {
			g.Expect(r.Baseline.Gone).To(BeEmpty(), entry)
		}
	}
}

// --update-baseline is what git shows in a diff: in order, with the reasons, without what is gone.
func TestBaselineUpdate(t *testing.T) {
	g := NewWithT(t)
	b := acknowledged(found())
	b.Deviations[0].Reason = "wait for \"release\" 4: it's known\n# really"
	run := found()
	run.Checks[4] = drift.Check{Claim: "A106", Name: "ignores it", State: drift.Hold}
	run.Checks[0] = deviates("A001", "reads it", "GET /x: the body is \"a: 'b' \\\\ é \\u202e\" instead of \"\"")
	text := b.Update(drift.NewReport(run)).Text()
	again, err := baselineOf(t, string(text))
	g.Expect(err).NotTo(HaveOccurred(), string(text))
	var claims []string
	for _, d := range again.Deviations {
		claims = append(claims, d.Claim)
	}
	g.Expect(claims).To(Equal([]string{"A001", "A004", "A604"}))
	g.Expect(again.Deviations[1].Reason).To(Equal(b.Deviations[0].Reason))
	g.Expect(again.Deviations[1].Checks).To(Equal([]string{"asks a stranger", "asks nobody"}))
	g.Expect(again.Update(drift.NewReport(run)).Text()).To(Equal(text), "writing it again changes nothing")
	none := (&drift.Baseline{}).Update(drift.NewReport(drift.Run{Profile: "documented"}))
	empty, err := baselineOf(t, string(none.Text()))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(empty.Deviations).To(BeEmpty())
}

func TestDamagedBaseline(t *testing.T) {
	const deviation = "profile: v3.7.2\ndeviations:\n  - claim: A106\n    name: it differs\n"
	for text, says := range map[string]string{
		"":                              ":1:1: there is nothing in it: expected profile, and deviations with claim, name, reason and checks",
		"just text":                     ":1:1: string was used where mapping is expected: expected profile",
		"deviations: []\n":              ":1:1: there is no profile: expected",
		"profile: [1]\n":                ":1:10: this is no text: expected",
		deviation + "    nam: x\n":      `:5:5: unknown field "nam": expected`,
		deviation + "   reason: x\n":    ":5:4: ",
		deviation + "    checks: x\n":   ":5:13: string was used where sequence is expected: expected",
		deviation + "  - claim: A107\n": ":5:5: a deviation has no name: expected",
		deviation + "  - name: x\n":     ":5:5: a deviation has no claim: expected",
		deviation + "  - claim: A106\n    name: it differs\n": ":5:5: the deviation of line 3 stands here again: expected",
		deviation + "---\na: b\n":                             ":5:1: there is a second document: expected",
		"profile: \"v\n":                                      ":1:10: ",
		"\x00":                                                ":1:1: ",
	} {
		g := NewWithT(t)
		_, err := baselineOf(t, text)
		g.Expect(err).To(MatchError(ContainSubstring("baseline.yaml"+says)), text)
		g.Expect(err.Error()).NotTo(ContainSubstring("\n"))
	}
	_, err := drift.ReadBaseline(filepath.Join(t.TempDir(), "none.yaml"))
	NewWithT(t).Expect(err).To(MatchError(os.ErrNotExist))
}

func TestSinceTheLastReport(t *testing.T) {
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "last.json")
	text, err := drift.NewReport(found()).JSON()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(drift.WriteFile(file, text)).To(Succeed())
	last, err := drift.ReadLast(file)
	g.Expect(err).NotTo(HaveOccurred())

	run := found()
	run.Checks[0] = deviates("A001", "reads it", "GET /x: it differs")
	run.Checks[4] = drift.Check{Claim: "A106", Name: "ignores it", State: drift.Hold}
	r := drift.NewReport(run)
	last.Compare(r)
	g.Expect(printed(r, false)).To(And(
		ContainSubstring("Deviations since the report of 2026-07-01 12:00 UTC: 1 new, 2 known, 1 gone\ngone: A106 PUT /api/2.0/files/settings/external: response is true instead of false\n"),
		MatchRegexp(`\nnew +A001 `), MatchRegexp(`\nknown +A604 `)))

	run.Profile = "documented"
	other := drift.NewReport(run)
	last.Compare(other)
	g.Expect(printed(other, false)).To(ContainSubstring("Compared with nothing: last.json is a report for profile v3.7.2\n"))
	g.Expect(other.Deviations[0].Since).To(BeEmpty())
}

func TestDamagedLastReport(t *testing.T) {
	for text, says := range map[string]string{
		"":                       ":1:1: ",
		"{\n \"version\": 1,\n}": ":3:1: ",
		`{"version": "x"}`:       ": version is string: expected a report that --report-json has written",
		`{"version": 2}`:         ":1:1: expected a report of version 1 that --report-json has written, found version 2",
		`{}`:                     "found version 0",
		`[]`:                     "expected a report that --report-json has written",
	} {
		g := NewWithT(t)
		file := filepath.Join(t.TempDir(), "last.json")
		g.Expect(os.WriteFile(file, []byte(text), 0o600)).To(Succeed())
		_, err := drift.ReadLast(file)
		g.Expect(err).To(MatchError(And(ContainSubstring("last.json:"), ContainSubstring(says))), text)
	}
}

func TestFiles(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "report.md")
	g.Expect(drift.CanWrite(file)).To(Succeed())
	g.Expect(file).NotTo(BeAnExistingFile(), "asking leaves nothing behind")
	g.Expect(drift.WriteFile(file, []byte("one"))).To(Succeed())
	g.Expect(drift.WriteFile(file, []byte("two"))).To(Succeed())
	g.Expect(os.ReadFile(file)).To(BeEquivalentTo("two"))
	entries, err := os.ReadDir(dir)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(entries).To(HaveLen(1))
	g.Expect(drift.CanWrite(dir)).To(MatchError(ContainSubstring("it is a folder")))
	g.Expect(drift.CanWrite(filepath.Join(dir, "no", "such.md"))).To(MatchError(And(ContainSubstring(filepath.Join("no", "such.md")), Not(ContainSubstring(".docspace-contract-")))))
	link := filepath.Join(dir, "link.md")
	g.Expect(os.Symlink(file, link)).To(Succeed())
	g.Expect(drift.CanWrite(link)).To(Succeed())
	g.Expect(drift.WriteFile(link, []byte("three"))).To(Succeed())
	g.Expect(os.Readlink(link)).To(Equal(file), "the link stays")
	g.Expect(os.ReadFile(file)).To(BeEquivalentTo("three"))
	g.Expect(drift.CanWrite(os.DevNull)).To(Succeed())
	g.Expect(drift.WriteFile(os.DevNull, []byte("x"))).To(Succeed())
}

// The list may be short, and what is new must not be cut off.
func TestWhatIsNewComesFirst(t *testing.T) {
	g := NewWithT(t)
	b := acknowledged(found())
	run := found()
	run.Claims = append(run.Claims, drift.Claim{Number: "A700", Topic: "More", Text: "It is last."})
	run.Checks = append(run.Checks, deviates("A700", "asks", "GET /x: it differs"))
	r := drift.NewReport(run)
	b.Compare(r)
	g.Expect(printed(r, false)).To(MatchRegexp(`baseline +claim .*\nnew +A700 .*\nknown `))
}
