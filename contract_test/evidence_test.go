package contract_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
)

// EVIDENCE.md is written where CONTRACT_EVIDENCE says, from the tables of this package and what this run has seen.
var _ = ReportAfterSuite("EVIDENCE.md", func(report Report) {
	path := os.Getenv("CONTRACT_EVIDENCE")
	if path == "" {
		return
	}
	Expect(report.SuiteSucceeded).To(BeTrue(), "there is no evidence in a run that fails")
	Expect(everyProfile(targets())).To(BeTrue(), "it wants a run against the fakes of all profiles")
	Expect(os.MkdirAll(filepath.Dir(path), 0o755)).To(Succeed())
	Expect(os.WriteFile(path, []byte(evidenceText(report.SpecReports)), 0o644)).To(Succeed())
})

// targetKinds are the kinds of targets, in the order of the columns.
var targetKinds = []string{"in-process", "program", "replay", "live"}

// specCounts is what became of the specs of an assumption in one place.
type specCounts struct{ passed, failed, skipped int }

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

// sights are what became of the specs, by assumption and place.
func countSpecs(specs []types.SpecReport) map[string]map[string]specCounts {
	seen := map[string]map[string]specCounts{}
	for _, spec := range specs {
		_, numbers := evidenceOf(spec)
		if len(numbers) != 1 || len(spec.ContainerHierarchyTexts) < 2 {
			continue
		}
		place, _, _ := strings.Cut(strings.TrimPrefix(spec.ContainerHierarchyTexts[1], "at "), " ")
		of := seen[numbers[0]]
		if of == nil {
			of = map[string]specCounts{}
			seen[numbers[0]] = of
		}
		s := of[place]
		switch {
		case spec.State.Is(types.SpecStatePassed):
			s.passed++
		case spec.State.Is(types.SpecStateFailureStates):
			s.failed++
		default:
			s.skipped++
		}
		of[place] = s
	}
	return seen
}

// operationsOf are the operations under which the specs of an assumption stand.
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

// evidenceText is the same for the same tables and outcomes, on any machine and day.
func evidenceText(specs []types.SpecReport) string {
	seen, operations := countSpecs(specs), operationsOf(specs)
	targetKinds := slices.DeleteFunc(slices.Clone(targetKinds), func(place string) bool { // where nothing was seen
		for _, of := range seen {
			if of[place] != (specCounts{}) {
				return false
			}
		}
		return true
	})
	counts := map[string]int{}
	for _, a := range assumptions {
		counts[a.evidence]++
	}
	var text strings.Builder
	fmt.Fprintf(&text, `# Evidence

What this fake claims about DocSpace, how that is known, and what it does not do. Made by %[1]smake evidence%[1]s from the assumptions in
%[1]scontract_test%[1]s and a run of the suite; %[1]smake evidence-check%[1]s fails when it is stale.

| evidence | what it means | claims |
|---|---|---|
| %[1]sobserved%[1]s | recorded from a real portal; the citation is the recording | %[2]d |
| %[1]ssource%[1]s | read in the server's public source, tag v3.7.2-server, or in that of its framework (aspnetcore); the citation is the file | %[3]d |
| %[1]sreference%[1]s | published: the page "%[6]s" or the API reference | %[4]d |
| %[1]sours%[1]s | about the fake or the client themselves, or a decision of theirs; the citation says why | %[5]d |

`, "`", counts[observed], counts[source], counts[reference], counts[ours], page)
	if counts[observed] == 0 {
		text.WriteString("**Nothing here was observed on a real portal: none was reached.** What is `source` was read, not run. `make contract-live` checks the claims\n" +
			"against a portal of yours, and `CONTRACT_RECORD=1` records what it answers.\n\n")
	}
	text.WriteString("A claim holds in the profiles that are named. The numbers say how many specs have seen it, and where: the fake in this process, the program; `–` is\n" +
		"none, and `skipped` that the specs could not run there. *Unsure* is what of a claim is no more than the best reading. The specs of a claim: `go test -v ./contract_test -ginkgo.label-filter=A001`.\n")
	for _, topic := range topics {
		fmt.Fprintf(&text, "\n## %s\n\n| | claim | profiles | evidence | shown under | %s |\n|---|---|---|---|---|%s\n", topic.title, strings.Join(targetKinds, " | "), strings.Repeat("---|", len(targetKinds)))
		for _, a := range topic.assumptions {
			claim := a.claim
			if doubt := unsure[a.number]; doubt != "" {
				claim += " *Unsure: " + doubt + ".*"
			}
			fmt.Fprintf(&text, "| %s | %s | %s | %s: %s | %s |", a.number, claim, profileNames(a.profiles), a.evidence, a.citation, strings.Join(operations[a.number], ", "))
			for _, place := range targetKinds {
				fmt.Fprintf(&text, " %s |", seen[a.number][place])
			}
			text.WriteByte('\n')
		}
	}
	text.WriteString("\n## What the fake does not do\n\n")
	for _, gap := range gaps {
		fmt.Fprintf(&text, "- %s\n", gap)
	}
	return text.String()
}

// profileNames are the names of profiles, or "both" for all of them.
func profileNames(profiles []string) string {
	if len(profiles) == len(both) {
		return "both"
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
		g.Expect(text).To(ContainSubstring(gap))
	}
}
