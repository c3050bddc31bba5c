package contract_test

import (
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
)

var numberPattern = regexp.MustCompile(`^A\d{3,4}$`)

// compareNumbers orders the numbers of assumptions: A999 is before A1001.
func compareNumbers(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// Every spec has one evidence label and names one assumption, and every assumption has a spec.
var _ = ReportAfterSuite("assumptions and evidence", func(report Report) {
	problems := labelProblems(report.SpecReports, everyProfile(targets()) && runOptions.Recorded == "")
	Expect(problems).To(BeEmpty(), strings.Join(problems, "\n"))
})

// everyProfile says whether the targets include a fake of each profile, so that every assumption can be shown.
func everyProfile(targets []*target) bool {
	return !slices.ContainsFunc(allProfiles, func(profile string) bool {
		return !slices.ContainsFunc(targets, func(t *target) bool { return t.profile == profile && !t.live })
	})
}

// labelProblems lists the mistakes in the labels of the specs, including specs that were filtered out.
func labelProblems(specs []types.SpecReport, all bool) []string {
	var problems []string
	shown, ran, skipped := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, spec := range specs {
		if spec.LeafNodeType != types.NodeTypeIt {
			continue
		}
		kinds, numbers := evidenceOf(spec)
		problem := ""
		switch {
		case len(kinds) != 1:
			problem = fmt.Sprintf("has %d evidence labels %v, but needs exactly one of %v", len(kinds), kinds, evidences)
		case len(numbers) != 1:
			problem = fmt.Sprintf("names %d assumptions %v, but needs exactly one", len(numbers), numbers)
		case assumptions[numbers[0]].number == "":
			problem = fmt.Sprintf("names %s, which is not in the table of assumptions", numbers[0])
		case assumptions[numbers[0]].evidence != kinds[0]:
			problem = fmt.Sprintf("has the label %s, but %s is %s", kinds[0], numbers[0], assumptions[numbers[0]].evidence)
		default:
			shown[numbers[0]] = true
			wasSkipped := spec.State.Is(types.SpecStateSkipped | types.SpecStatePending)
			ran[numbers[0]] = ran[numbers[0]] || !wasSkipped
			skipped[numbers[0]] = skipped[numbers[0]] || wasSkipped && spec.Failure.Message != "" // otherwise it was filtered out
		}
		if problem != "" {
			problems = append(problems, fmt.Sprintf("%q %s", spec.FullText(), problem))
		}
	}
	for _, topic := range topics {
		for _, a := range topic.assumptions {
			switch {
			case all && !shown[a.number]:
				problems = append(problems, a.number+" is shown by no spec")
			case all && skipped[a.number] && !ran[a.number]:
				problems = append(problems, a.number+" is shown by specs that were all skipped")
			}
		}
	}
	return problems
}

// evidenceOf returns the evidence labels of a spec and the numbers of its assumptions.
func evidenceOf(spec types.SpecReport) (kinds, numbers []string) {
	for _, label := range spec.Labels() {
		switch {
		case slices.Contains(evidences, label):
			kinds = append(kinds, label)
		case numberPattern.MatchString(label):
			numbers = append(numbers, label)
		}
	}
	return kinds, numbers
}

// sourceFile is a file of the server's tag, or of the framework or a branch in brackets.
const sourceFile = `\w+\.(cs|json)( \((aspnetcore|release/v3\.8\.0|develop)\))?`

func TestAssumptionsAreInOrder(t *testing.T) {
	g := NewWithT(t)
	citation := map[string]string{
		observed:  `^recordings/\S+$`,
		executed:  `^(` + fileCitation + `|` + noted + `: [^;]+)(; ` + fileCitation + `)*$`,
		source:    `^` + sourceFile + `(, ` + sourceFile + `)*$`,
		reference: `^(` + page + `|API reference, .+)$`,
		ours:      `.`,
	}
	last := ""
	for _, topic := range topics {
		for _, a := range topic.assumptions {
			g.Expect(a.number).To(MatchRegexp(numberPattern.String()))
			g.Expect(compareNumbers(a.number, last)).To(BeNumerically(">", 0), "%s comes after %s", a.number, last)
			g.Expect(a.claim).To(MatchRegexp(`^[A-Z\x60].*\.$`), "the claim of %s is made of sentences", a.number)
			g.Expect(a.profiles).NotTo(BeEmpty(), a.number)
			g.Expect(evidences).To(ContainElement(a.evidence), a.number)
			g.Expect(a.citation).To(MatchRegexp(citation[a.evidence]), a.number)
			last = a.number
		}
	}
	for _, a := range assumptions {
		if a.evidence == observed {
			g.Expect(filepath.Join("..", a.citation)).To(BeAnExistingFile(), a.number)
		}
	}
	for number := range unsure {
		g.Expect(assumptions[number].evidence).To(BeElementOf(source, reference), number)
	}
}

func TestLabelProblems(t *testing.T) {
	g := NewWithT(t)
	spec := func(labels ...string) types.SpecReport {
		return types.SpecReport{LeafNodeType: types.NodeTypeIt, LeafNodeText: "behaves so", LeafNodeLabels: labels}
	}
	for _, c := range []struct {
		labels  []string
		problem string
	}{
		{[]string{"A210", source}, ""},
		{[]string{"A210"}, "has 0 evidence labels"},
		{[]string{"A210", source, ours}, "has 2 evidence labels"},
		{[]string{source}, "names 0 assumptions"},
		{[]string{"A210", "A002", source}, "names 2 assumptions"},
		{[]string{"A999", source}, "names A999, which is not in the table"},
		{[]string{"A210", observed}, "has the label observed, but A210 is source"},
	} {
		problems := labelProblems([]types.SpecReport{spec(c.labels...)}, false)
		if c.problem == "" {
			g.Expect(problems).To(BeEmpty())
			continue
		}
		g.Expect(problems).To(ConsistOf(ContainSubstring(c.problem)))
	}
	g.Expect(labelProblems(nil, true)).To(HaveLen(len(assumptions)))
	g.Expect(labelProblems([]types.SpecReport{spec("A210", source)}, true)).To(HaveLen(len(assumptions) - 1))
	skipped := spec("A210", source)
	skipped.State, skipped.Failure.Message = types.SpecStateSkipped, "needs what is not there"
	g.Expect(labelProblems([]types.SpecReport{skipped}, true)).To(ContainElement("A210 is shown by specs that were all skipped"))
	g.Expect(labelProblems([]types.SpecReport{skipped, spec("A210", source)}, true)).NotTo(ContainElement(HavePrefix("A210")))
}
