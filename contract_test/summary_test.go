package contract_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
)

// Under go test a few lines in reports/contract.txt sum the run up, for the end of make test.
var _ = ReportAfterSuite("summary", func(report Report) {
	if underGoTest(os.Args) {
		Expect(os.WriteFile(filepath.Join("..", "reports", "contract.txt"), []byte(summaryText(report)), 0o644)).To(Succeed())
	}
})

// summaryText has a line for each target, with its specs by outcome.
func summaryText(report types.Report) string {
	counts, names := map[string]specCounts{}, []string{}
	for _, spec := range report.SpecReports {
		if spec.LeafNodeType != types.NodeTypeIt || len(spec.ContainerHierarchyTexts) < 2 || leftOut(spec) {
			continue
		}
		name := targetOf(spec)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		counts[name] = counts[name].with(spec.State)
	}
	slices.Sort(names)
	var text strings.Builder
	fmt.Fprintf(&text, "The contract suite, in %s:\n", report.RunTime.Round(time.Second))
	for _, name := range names {
		c := counts[name]
		fmt.Fprintf(&text, "  %-24s %5d passed, %d failed, %d skipped\n", name, c.passed, c.failed, c.skipped)
	}
	return text.String()
}

func TestSummaryText(t *testing.T) {
	spec := func(target string, state types.SpecState, reason string) types.SpecReport {
		return types.SpecReport{
			LeafNodeType: types.NodeTypeIt, ContainerHierarchyTexts: []string{suiteName, "at " + target}, State: state,
			Failure: types.Failure{Message: reason},
		}
	}
	report := types.Report{RunTime: 1499 * time.Millisecond, SpecReports: types.SpecReports{
		spec("program v3.7.2", types.SpecStatePassed, ""), spec("program v3.7.2", types.SpecStatePassed, ""), spec("program v3.7.2", types.SpecStatePanicked, "a"),
		spec("in-process next", types.SpecStateSkipped, "it needs nginx"), spec("in-process next", types.SpecStateSkipped, ""),
		{LeafNodeType: types.NodeTypeReportAfterSuite, State: types.SpecStatePassed},
	}}
	NewWithT(t).Expect(summaryText(report)).To(Equal(`The contract suite, in 1s:
  in-process next              0 passed, 0 failed, 1 skipped
  program v3.7.2               2 passed, 1 failed, 0 skipped
`))
}
