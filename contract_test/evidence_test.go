package contract_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
)

// evidenceFile has the claims with their evidence and the results of a run.
const evidenceFile = "../EVIDENCE.md"

// EVIDENCE.md is made from the tables of this package and the results of this run. With CONTRACT_EVIDENCE it is written, and otherwise a
// whole run of go test says when it is stale.
var _ = ReportAfterSuite("EVIDENCE.md", func(report Report) {
	whole := report.SuiteSucceeded && everyProfile(targets()) && !slices.ContainsFunc(report.SpecReports, leftOut)
	switch {
	case os.Getenv("CONTRACT_EVIDENCE") != "":
		Expect(whole).To(BeTrue(), "EVIDENCE.md needs a run of all specs that passes, against the fakes of all profiles")
		Expect(os.WriteFile(evidenceFile, []byte(evidenceText(report.SpecReports)), 0o644)).To(Succeed())
	case whole && underGoTest(os.Args):
		written, err := os.ReadFile(evidenceFile)
		Expect(err).NotTo(HaveOccurred())
		if evidenceText(report.SpecReports) != string(written) {
			Fail("EVIDENCE.md is stale: run make evidence and commit what it changes.")
		}
	}
})

// targetOf is the name of the target of a spec.
func targetOf(spec types.SpecReport) string {
	return strings.TrimPrefix(spec.ContainerHierarchyTexts[1], "at ")
}

// leftOut says whether a filter left the spec out. A spec that skips itself says why.
func leftOut(spec types.SpecReport) bool {
	return spec.LeafNodeType == types.NodeTypeIt && spec.State.Is(types.SpecStateSkipped|types.SpecStatePending) && spec.Failure.Message == ""
}

// targetKinds are the kinds of targets, in the order of the columns of EVIDENCE.md.
var targetKinds = []string{"in-process", "program", "replay", "live"}

// specCounts counts the specs of an assumption at one kind of target, by their outcome.
type specCounts struct{ passed, failed, skipped int }

// with counts one more spec.
func (s specCounts) with(state types.SpecState) specCounts {
	switch {
	case state.Is(types.SpecStatePassed):
		s.passed++
	case state.Is(types.SpecStateFailureStates):
		s.failed++
	default:
		s.skipped++
	}
	return s
}

func (s specCounts) String() string {
	switch {
	case s.failed > 0:
		return fmt.Sprintf("%d fail", s.failed)
	case s.passed > 0:
		return fmt.Sprint(s.passed)
	case s.skipped > 0:
		return "skipped"
	default:
		return "–"
	}
}

// countSpecs counts the specs by assumption and kind of target.
func countSpecs(specs []types.SpecReport) map[string]map[string]specCounts {
	counts := map[string]map[string]specCounts{}
	for _, spec := range specs {
		_, numbers := evidenceOf(spec)
		if len(numbers) != 1 || len(spec.ContainerHierarchyTexts) < 2 {
			continue
		}
		kind, _, _ := strings.Cut(targetOf(spec), " ")
		byKind := counts[numbers[0]]
		if byKind == nil {
			byKind = map[string]specCounts{}
			counts[numbers[0]] = byKind
		}
		byKind[kind] = byKind[kind].with(spec.State)
	}
	return counts
}

// operationsOf gives for each assumption the operations whose specs show it.
func operationsOf(specs []types.SpecReport) map[string][]string {
	operations := map[string][]string{}
	for _, spec := range specs {
		_, numbers := evidenceOf(spec)
		if len(numbers) == 1 && len(spec.ContainerHierarchyTexts) > 2 {
			operations[numbers[0]] = append(operations[numbers[0]], spec.ContainerHierarchyTexts[2])
		}
	}
	for number, names := range operations {
		slices.Sort(names)
		operations[number] = slices.Compact(names)
	}
	return operations
}

// evidenceLines are the lines of EVIDENCE.md with the claims, by number. They are the same for every run.
func evidenceLines() map[string]int {
	lines := map[string]int{}
	for i, line := range strings.Split(claimsText(nil), "\n") {
		if number, _, found := strings.Cut(strings.TrimPrefix(line, "| "), " | "); found && numberPattern.MatchString(number) {
			lines[number] = i + 1
		}
	}
	return lines
}

// evidenceText is the text of EVIDENCE.md. It is the same on any machine and day for the same tables and outcomes.
func evidenceText(specs []types.SpecReport) string {
	var text strings.Builder
	text.WriteString(claimsText(specs))
	text.WriteString(serverThatRan())
	text.WriteString("\n## What the fake does not do\n\n")
	for _, gap := range gaps {
		fmt.Fprintf(&text, "- **%s** %s", gap.number, gap.text)
		if ids := exceptionsOf(gap.number); len(ids) > 0 {
			fmt.Fprintf(&text, " Recorded: %s.", strings.Join(ids, ", "))
		}
		text.WriteByte('\n')
	}
	return text.String()
}

// claimsText is the part of EVIDENCE.md with the claims.
func claimsText(specs []types.SpecReport) string {
	counts, operations := countSpecs(specs), operationsOf(specs)
	kinds := slices.DeleteFunc(slices.Clone(targetKinds), func(kind string) bool { // where no spec ran
		for _, byKind := range counts {
			if byKind[kind] != (specCounts{}) {
				return false
			}
		}
		return true
	})
	claims := map[string]int{}
	for _, a := range assumptions {
		claims[a.evidence]++
	}
	var text strings.Builder
	fmt.Fprintf(&text, `# Evidence

This file lists what the fake claims about DocSpace, how each claim is known, and what the fake does not do.
%[1]smake evidence%[1]s writes it from the assumptions in %[1]scontract_test%[1]s and a run of the suite. %[1]smake test%[1]s fails when it is stale.

| evidence | what it means | claims |
|---|---|---|
| %[1]sobserved%[1]s | recorded from a real portal; the citation is the recording | %[2]d |
| %[1]sexecuted%[1]s | the server of tag v3.7.2-server was run, and its answers were recorded, see [below](#the-server-that-was-run); the citation is the case | %[7]d |
| %[1]ssource%[1]s | read in the server's public source, tag v3.7.2-server or the branch in brackets, or in that of its framework (aspnetcore); the citation is the file | %[3]d |
| %[1]sreference%[1]s | read in the published documentation: the page "%[6]s" or the API reference | %[4]d |
| %[1]sours%[1]s | a claim about the fake or the client, or a decision of this project; the citation says why | %[5]d |

`, "`", claims[observed], claims[source], claims[reference], claims[ours], page, claims[executed])
	if claims[observed] == 0 {
		text.WriteString("**Nothing here was observed on a portal that people use: none was reached.** The claims with `source` were read, not run. `make contract-live` checks\n" +
			"the claims against your portal, and `CONTRACT_RECORD=1` records its answers.\n\n")
	}
	text.WriteString("A claim holds in the profiles that are named. The numbers say how many specs showed it at each target: the fake in this process, and the program.\n" +
		"`–` means that there are none, and `skipped` that the specs could not run there. *Unsure* marks the part of a claim that is only the best reading.\n" +
		"`go test -v ./contract_test -ginkgo.label-filter=A001` runs the specs of a claim.\n")
	for _, topic := range topics {
		fmt.Fprintf(&text, "\n## %s\n\n| | claim | profiles | evidence | shown under | %s |\n|---|---|---|---|---|%s\n", topic.title, strings.Join(kinds, " | "), strings.Repeat("---|", len(kinds)))
		for _, a := range topic.assumptions {
			claim := a.claim
			if doubt := unsure[a.number]; doubt != "" {
				claim += " *Unsure: " + doubt + ".*"
			}
			fmt.Fprintf(&text, "| %s | %s | %s | %s: %s | %s |", a.number, claim, profileNames(a.profiles), a.evidence, shortCitation(a), strings.Join(operations[a.number], ", "))
			for _, kind := range kinds {
				fmt.Fprintf(&text, " %s |", counts[a.number][kind])
			}
			text.WriteByte('\n')
		}
	}
	return text.String()
}

// shownCases is how many cases of a file a citation shows in EVIDENCE.md. All of them are in the table of assumptions.
const shownCases = 5

// shortCitation is a citation as EVIDENCE.md shows it.
func shortCitation(a assumption) string {
	if a.evidence != executed {
		return a.citation
	}
	var parts []string
	for part := range strings.SplitSeq(a.citation, "; ") {
		name, ids, _ := strings.Cut(part, ": ")
		if cases := strings.Split(ids, ", "); len(cases) > shownCases {
			part = fmt.Sprintf("%s: %s and %d more", name, strings.Join(cases[:shownCases], ", "), len(cases)-shownCases)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

// exceptionsOf are the recorded cases that a gap is the reason for.
func exceptionsOf(number string) []string {
	var ids []string
	for _, file := range recordedFiles() {
		for _, c := range file.Cases {
			if exceptions[c.ID] == number {
				ids = append(ids, c.ID)
			}
		}
	}
	return ids
}

// serverThatRan says what the claims with executed rest on.
func serverThatRan() string {
	var text strings.Builder
	text.WriteString(`
## The server that was run

The recorded answers are in [contract_test/testdata/recorded](contract_test/testdata/recorded). They come from the code of tag v3.7.2-server, which ran on one
machine and was asked there without a proxy. The fake gives the same answers, but for the exceptions, which a gap below names.

- For ` + "`framework.json`" + ` the server's own filters, converters, settings and share controllers ran on ASP.NET Core 10.0.12. Written again, with the same
  decisions, were the start of the program and the look-up of the portal. Stood in: one handler for all credentials, settings and links in memory, a
  counter of attempts, and the lists of file extensions. The whole server gave the same status and body to each of these requests.
- For the other files the whole server ran: its controllers, security, links and settings, with Redis 7, and MariaDB 10.11 in place of MySQL 8. Not
  running were worker services, the identity service and the document server.
- Nobody saw what MySQL 8 would change.

| file | day | cases | exceptions | what ran |
|---|---|---|---|---|
`)
	for _, file := range recordedFiles() {
		fmt.Fprintf(&text, "| `%s` | %s | %d | %d | %s |\n", file.name, file.Date, len(file.Cases), file.among(exceptions), strings.TrimSuffix(file.What, "."))
	}
	text.WriteString(notes())
	return text.String()
}

// profileNames joins the names of profiles. All of them are "all".
func profileNames(profiles []string) string {
	if len(profiles) == len(allProfiles) {
		return "all"
	}
	return strings.Join(profiles, ", ")
}

func TestEvidenceText(t *testing.T) {
	g := NewWithT(t)
	spec := func(target string, state types.SpecState) types.SpecReport {
		return types.SpecReport{
			LeafNodeType: types.NodeTypeIt, LeafNodeLabels: []string{"A004", reference}, State: state,
			ContainerHierarchyTexts: []string{"DocSpace external sharing", "at " + target, "getFilesSettings"},
		}
	}
	text := evidenceText([]types.SpecReport{
		spec("in-process documented", types.SpecStatePassed), spec("in-process documented", types.SpecStatePassed),
		spec("program documented", types.SpecStateSkipped), spec("live", types.SpecStateFailed),
	})
	g.Expect(text).To(ContainSubstring("| A004 | The settings are refused without credentials: 401. | documented | reference: API reference, getFilesSettings | getFilesSettings | 2 | skipped | 1 fail |\n"))
	g.Expect(text).To(ContainSubstring("none was reached"))
	for _, gap := range gaps {
		g.Expect(text).To(ContainSubstring("- **" + gap.number + "** " + gap.text))
	}
	for id := range exceptions {
		g.Expect(text).To(ContainSubstring(id))
	}
	for _, file := range recordedFiles() {
		g.Expect(text).To(ContainSubstring(fmt.Sprintf("| `%s` | %s | %d | %d |", file.name, file.Date, len(file.Cases), file.among(exceptions))))
	}
}

func TestShortCitation(t *testing.T) {
	for citation, short := range map[string]string{
		"a.json":                                 "a.json",
		"a.json: X1, X2, X3, X4, X5; b.json: Y1": "a.json: X1, X2, X3, X4, X5; b.json: Y1",
		"a.json: X1, X2, X3, X4, X5, X6, X7":     "a.json: X1, X2, X3, X4, X5 and 2 more",
	} {
		NewWithT(t).Expect(shortCitation(assumption{evidence: executed, citation: citation})).To(Equal(short))
	}
	NewWithT(t).Expect(shortCitation(assumption{evidence: source, citation: "a.cs, b.cs"})).To(Equal("a.cs, b.cs"))
}
