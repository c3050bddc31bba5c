package contract_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/mock-docspace/mock-docspace/internal/drift"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

const liveTarget = "live"

// runFound is what a run found, for internal/drift. p is the portal, or nil for the fakes.
func runFound(report types.Report, p *portal) drift.Run {
	run := drift.Run{Program: programName + " " + mockserver.Version, At: time.Now(), Contract: contractNumber}
	selected := map[string]bool{}
	for _, spec := range report.SpecReports {
		if spec.LeafNodeType != types.NodeTypeIt || len(spec.ContainerHierarchyTexts) < 2 {
			continue
		}
		target := targetOf(spec)
		_, numbers := evidenceOf(spec)
		if len(numbers) != 1 || (target == liveTarget) != (p != nil) {
			continue
		}
		check := checkOf(spec, numbers[0])
		if p == nil {
			check.Name = "at " + target + ": " + check.Name
		}
		if check.State != "" {
			selected[check.Claim] = true
			if !slices.Contains(run.Targets, target) {
				run.Targets = append(run.Targets, target)
			}
		}
		if spec.State.Is(endedStates) {
			run.Ended = "it was interrupted"
		}
		run.Checks = append(run.Checks, check)
	}
	if p != nil {
		run.Profile = p.expected
		for _, check := range p.matches.checks(p.expected) {
			run.Checks = append(run.Checks, check)
			selected[check.Claim] = selected[check.Claim] || check.State == drift.Deviate || check.State == drift.NoAnswer
		}
		run.Match = p.matches.forReport()
	}
	lines := evidenceLines()
	for _, topic := range topics {
		for _, a := range topic.assumptions {
			// A live portal gets no spec that it cannot be set up for, and then its claim is left out.
			expected := p != nil && runOptions.Labels == "" && a.evidence != ours && slices.Contains(a.profiles, p.expected)
			if selected[a.number] || expected {
				run.Claims = append(run.Claims, drift.Claim{Number: a.number, Topic: topic.title, Text: a.claim, Line: lines[a.number]})
			}
		}
	}
	return run
}

// endedStates are those of specs that the end of the run has ended.
const endedStates = types.SpecStateInterrupted | types.SpecStateAborted | types.SpecStateTimedout

// checkOf is a spec as a check of its claim.
func checkOf(spec types.SpecReport, number string) drift.Check {
	check := drift.Check{Claim: number, Name: strings.Join(append(spec.ContainerHierarchyTexts[2:], spec.LeafNodeText), " ")}
	message := spec.Failure.Message
	if spec.State.Is(types.SpecStatePanicked) {
		message = withoutKeys(panicked[spec.FullText()] + "the answer cannot be read: " + spec.Failure.ForwardedPanic)
	}
	switch skipped := spec.State.Is(types.SpecStateSkipped | types.SpecStatePending); {
	case spec.State.Is(types.SpecStatePassed):
		check.State = drift.Hold
	case skipped && message == "": // filtered out
	case skipped:
		check.State, check.Why = drift.LeftOut, oneLine(message)
	case spec.State.Is(endedStates):
		check.State, check.Why = drift.LeftOut, "the run ended before"
	case strings.Contains(message, unanswered):
		check.State = drift.NoAnswer
	default:
		check.State = drift.Deviate
		check.Whole, _ = cutMark(message)
		_, file, _ := strings.Cut(spec.Failure.Location.FileName, "contract_test/")
		check.Where = fmt.Sprintf("contract_test/%s:%d", file, spec.Failure.Location.LineNumber)
		check.Found = findings(number, message)
	}
	return check
}

// replayedLine is a line of the message about a recording.
var replayedLine = regexp.MustCompile(`(?m)^\d+\. ([A-Z]+ /.*)$`)

// findings are what a message says. That of the contract and that of a recording have a line for each mistake.
func findings(number, message string) []drift.Finding {
	if isClient(number) {
		return []drift.Finding{drift.Find("the client does not handle the answers of this portal")}
	}
	lines := []string{message}
	if number == contractNumber {
		lines = strings.Split(message, "\n")
	}
	if replayed := replayedLine.FindAllStringSubmatch(message, -1); replayed != nil {
		lines = nil
		for _, line := range replayed {
			lines = append(lines, line[1])
		}
	}
	var found []drift.Finding
	for _, line := range lines {
		text, recorded := cutMark(line)
		found = append(found, drift.Find(requestOf.ReplaceAllString(text, ""), recorded...))
	}
	return found
}

// isClient says whether an assumption is about the client.
func isClient(number string) bool {
	return slices.ContainsFunc(topics, func(t topic) bool {
		return strings.HasPrefix(t.title, clientTopic) && slices.ContainsFunc(t.assumptions, func(a assumption) bool { return a.number == number })
	})
}

// checks are the differences between the profiles as checks. They can show a deviation that no spec saw, but no whole claim.
func (m profileMatch) checks(profile string) []drift.Check {
	var checks []drift.Check
	for i, d := range differences {
		expected := d.expected[profile]
		check := drift.Check{Claim: expected.number, Name: "where the profiles differ: " + d.behaviour, Aside: true}
		switch seen := m.seen[i]; seen {
		case notAsked:
		case expected.answer:
			check.State = drift.Hold
		case noAnswer:
			check.State = drift.NoAnswer
		default:
			check.State = drift.Deviate
			check.Whole = fmt.Sprintf("%s: %s instead of %s", d.request.call(), seen, expected.answer)
			check.Found = []drift.Finding{drift.Find(check.Whole, m.recorded[i]...)}
		}
		checks = append(checks, check)
	}
	return checks
}

func (m profileMatch) forReport() *drift.Match {
	match := &drift.Match{Best: m.best, Asked: m.asked, Hits: map[string]int{}, Profiles: mockserver.ProfileNames()}
	for _, profile := range match.Profiles {
		match.Hits[profile] = m.hits[profile]
	}
	for i, d := range differences {
		expected := map[string]string{}
		for profile, e := range d.expected {
			expected[profile] = e.answer
		}
		match.Differences = append(match.Differences, drift.Difference{Claims: d.numbers(), Behaviour: d.behaviour, Expected: expected, Seen: m.seen[i]})
	}
	return match
}

// suiteProblems are failures of the suite itself, which say nothing about a portal.
func suiteProblems(report types.Report) []string {
	var problems []string
	for _, spec := range report.SpecReports {
		if spec.LeafNodeType != types.NodeTypeIt && spec.State.Is(types.SpecStateFailureStates) && !spec.State.Is(endedStates) {
			problems = append(problems, oneLine(withoutKeys(spec.Failure.Message+" "+spec.Failure.ForwardedPanic)))
		}
	}
	return problems
}

// nothingRan says whether no spec was run at all.
func nothingRan(report types.Report) bool {
	return !slices.ContainsFunc(report.SpecReports, func(spec types.SpecReport) bool {
		return spec.LeafNodeType == types.NodeTypeIt && !spec.State.Is(types.SpecStateSkipped|types.SpecStatePending)
	})
}
