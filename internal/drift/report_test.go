package drift_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/internal/drift"
)

// found is a small run against a portal: of seven claims two hold, three deviate, one is left out and one has no answer.
func found() drift.Run {
	return drift.Run{
		Program: "docspace-contract 1.2.3", At: time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC), Profile: "v3.7.2", Targets: []string{"live"}, Contract: "A604",
		Claims: []drift.Claim{
			{Number: "A001", Topic: "Settings", Text: "A success is an envelope.", Line: 26}, {Number: "A004", Topic: "Settings", Text: "The settings are refused: 401.", Line: 29},
			{Number: "A101", Topic: "The two switches", Text: "The answer is the value in force."}, {Number: "A106", Topic: "The two switches", Text: "`displayValue` is ignored."},
			{Number: "A107", Topic: "The two switches", Text: "It is asked with a key."}, {Number: "A108", Topic: "The two switches", Text: "It is answered."},
			{Number: "A604", Topic: "The fake itself", Text: "Every exchange matches openapi.yaml."},
		},
		Checks: []drift.Check{
			{Claim: "A001", Name: "reads it", State: drift.Hold},
			deviates("A004", "asks nobody", "GET /api/2.0/files/settings: the status is 200 instead of 401"),
			deviates("A004", "asks a stranger", "GET /api/2.0/files/settings: the status is 200 instead of 401"),
			{Claim: "A101", Name: "answers", State: drift.Hold},
			deviates("A106", "ignores it", "PUT /api/2.0/files/settings/external: response is true instead of false"),
			{Claim: "A106", Name: "ignores null", State: drift.Hold},
			{Claim: "A107", Name: "asks", State: drift.LeftOut, Why: "needs a key"},
			{Claim: "A108", Name: "waits", State: drift.NoAnswer},
			deviates("A604", "all", "GET /api/2.0/files/settings answered 200: Server-Timing is \"\""),
			{Claim: "A999", Name: "is of no claim of the run"},
		},
		Match: &drift.Match{Best: "v3.7.2", Asked: 2, Hits: map[string]int{"v3.7.2": 2, "documented": 1}, Profiles: []string{"documented", "v3.7.2"},
			Differences: []drift.Difference{{Claims: "A004", Behaviour: "without credentials", Expected: map[string]string{"documented": "401", "v3.7.2": "200"}, Seen: "200"}}},
	}
}

func deviates(claim, name, message string) drift.Check {
	return drift.Check{Claim: claim, Name: name, State: drift.Deviate, Found: []drift.Finding{drift.Find(message)}, Whole: message, Where: "contract_test/a_test.go:1"}
}

func printed(r *drift.Report, all bool) string {
	var text strings.Builder
	r.Print(&text, drift.Look{All: all})
	return text.String()
}

func TestTable(t *testing.T) {
	g := NewWithT(t)
	g.Expect(printed(drift.NewReport(found()), false)).To(Equal(`claims            hold  deviate  left out  no answer  all
Settings             1        1         0          0    2
The two switches     1        1         1          1    4
The fake itself      0        1         0          0    1
all claims           2        3         1          1    7

3 claims deviate from v3.7.2
claim      call                             expected                              seen
A604 A004  GET files/settings answered 200  Every exchange matches openapi.yaml.  Server-Timing is "" (3 checks)
A106       PUT files/settings/external      response false                        response true

1 claim is left out
1: needs a key

Of 7 claims 2 hold, 3 deviate, 1 are left out and 1 had no answer.
The portal matches v3.7.2 best: where the profiles differ, of 2 answers 1 like documented, 2 like v3.7.2.
`))
	all := printed(drift.NewReport(found()), true)
	g.Expect(all).To(HavePrefix("claims            hold"), "the table is first")
	g.Expect(all).To(ContainSubstring("A106 ignores it\n  `displayValue` is ignored.\n  contract_test/a_test.go:1\n    PUT /api/2.0/files/settings/external: response is true instead of false\n"))
	g.Expect(all).To(ContainSubstring("A004 without credentials  401         200     200\n"))
	g.Expect(all).To(ContainSubstring("     A107\n"))
}

func TestTableHasColoursWhenAsked(t *testing.T) {
	g := NewWithT(t)
	var text strings.Builder
	drift.NewReport(found()).Print(&text, drift.Look{Colour: true})
	g.Expect(text.String()).To(ContainSubstring("\x1b[31m"))
	plain := regexp.MustCompile(`\x1b\[[\d;]*m`).ReplaceAllString(text.String(), "")
	g.Expect(plain).To(Equal(printed(drift.NewReport(found()), false)), "colours move nothing")
}

// With the wrong profile almost everything deviates, and the list says only that.
func TestWrongProfile(t *testing.T) {
	g := NewWithT(t)
	run := found()
	run.Profile, run.Match.Hits = "documented", map[string]int{"v3.7.2": 21, "documented": 4}
	for i := range 300 {
		run.Checks = append(run.Checks, deviates("A106", fmt.Sprintf("case %d", i), fmt.Sprintf("PUT /api/2.0/files/settings/external: the %s is 1 instead of 0", strings.Repeat("x", i+1))))
	}
	text := printed(drift.NewReport(run), false)
	g.Expect(text).To(ContainSubstring("hint: this portal is closer to profile v3.7.2: run again with --profile v3.7.2 "))
	g.Expect(strings.Count(text, "\n")).To(BeNumerically("<", 40))
	g.Expect(text).To(MatchRegexp(`… and \d+ lines more: -v and the reports show them`))
	g.Expect(strings.Count(printed(drift.NewReport(run), true), "\n")).To(BeNumerically(">", 300))
	run.Match.Hits["documented"] = 21
	g.Expect(printed(drift.NewReport(run), false)).NotTo(ContainSubstring("hint:"), "both are as close")
}

// A row of the table is one line, whatever somebody has written into the baseline or a portal has answered.
func TestMarkdownTableHoldsAnyText(t *testing.T) {
	g := NewWithT(t)
	r := drift.NewReport(found())
	b, err := drift.ReadBaseline("testdata/baseline.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	b.Deviations[0].Reason = "first line\nsecond | &lt;line&gt;\n"
	b.Compare(r)
	text, err := r.Markdown()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).To(MatchRegexp(`(?m)^\| A004 .*first line second \\\| &amp;lt;line&amp;gt; ?; 2 checks.* \|$`))
}

// The count is the same in every report, and adds up.
func TestReportsAgree(t *testing.T) {
	g := NewWithT(t)
	r := drift.NewReport(found())
	c := r.Count
	g.Expect(c).To(Equal(drift.Count{All: 7, Hold: 2, Deviate: 3, LeftOut: 1, NoAnswer: 1}))
	g.Expect(c.Hold + c.Deviate + c.LeftOut + c.NoAnswer).To(Equal(c.All))

	text, err := r.JSON()
	g.Expect(err).NotTo(HaveOccurred())
	var inJSON struct {
		Version  int
		Complete bool
		Claims   drift.Count
		Topics   []drift.TopicCount
		States   map[string]drift.State
	}
	g.Expect(json.Unmarshal(text, &inJSON)).To(Succeed())
	g.Expect(inJSON.Claims).To(Equal(c))
	g.Expect(inJSON.Version).To(Equal(1))
	g.Expect(inJSON.Complete).To(BeFalse(), "there was no answer")
	var sum drift.Count
	for _, topic := range inJSON.Topics {
		sum = drift.Count{All: sum.All + topic.All, Hold: sum.Hold + topic.Hold, Deviate: sum.Deviate + topic.Deviate, LeftOut: sum.LeftOut + topic.LeftOut, NoAnswer: sum.NoAnswer + topic.NoAnswer}
	}
	g.Expect(sum).To(Equal(c))
	g.Expect(inJSON.States).To(HaveLen(c.All))

	text, err = r.JUnit()
	g.Expect(err).NotTo(HaveOccurred())
	var suites struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
		Suites   []struct {
			Cases []struct {
				Failure *struct{} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	g.Expect(xml.Unmarshal(text, &suites)).To(Succeed())
	g.Expect([]int{suites.Tests, suites.Failures, suites.Errors, suites.Skipped}).To(Equal([]int{c.All, c.Deviate, c.NoAnswer, c.LeftOut}))
	cases, failures := 0, 0
	for _, suite := range suites.Suites {
		for _, one := range suite.Cases {
			cases++
			if one.Failure != nil {
				failures++
			}
		}
	}
	g.Expect([]int{cases, failures}).To(Equal([]int{c.All, c.Deviate}))

	text, err = r.SARIF()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(strings.Count(string(text), `"ruleId":`)).To(Equal(c.Deviate))
	sentence := "Of 7 claims 2 hold, 3 deviate, 1 are left out and 1 had no answer."
	for name, report := range map[string]func() ([]byte, error){"Markdown": r.Markdown, "HTML": r.HTML} {
		text, err := report()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(text)).To(ContainSubstring(sentence), name)
	}
	g.Expect(printed(r, false)).To(ContainSubstring(sentence))
}

// reports are all reports of a run, by the name of their golden file.
func reports(r *drift.Report) map[string]func() ([]byte, error) {
	return map[string]func() ([]byte, error){"report.md": r.Markdown, "report.html": r.HTML, "report.sarif": r.SARIF, "report.xml": r.JUnit, "report.json": r.JSON}
}

// The golden files are what the reports of a run with a baseline and an earlier report look like. UPDATE_GOLDEN=1 writes them.
func TestGolden(t *testing.T) {
	r := drift.NewReport(found())
	baseline, err := drift.ReadBaseline(filepath.Join("testdata", "baseline.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	baseline.Compare(r)
	last, err := drift.ReadLast(filepath.Join("testdata", "last.json"))
	if err != nil {
		t.Fatal(err)
	}
	last.Compare(r)
	for name, report := range reports(r) {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			text, err := report()
			g.Expect(err).NotTo(HaveOccurred())
			file := filepath.Join("testdata", name)
			if os.Getenv("UPDATE_GOLDEN") != "" {
				g.Expect(os.WriteFile(file, text, 0o600)).To(Succeed())
			}
			golden, err := os.ReadFile(file)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(string(text)).To(Equal(string(golden)))
		})
	}
}

// A portal may answer anything. No file gets escapes for a terminal, tags, or lines that nobody can read.
func TestReportsOfAHostilePortal(t *testing.T) {
	run := found()
	evil := "GET /api/2.0/files/settings: the body is \"\x1b[31m<script>alert(1)</script> | `x` ]]> \u202e\" instead of \"" + strings.Repeat("long ", 10000) + "\""
	check := deviates("", "check", evil)
	for i := range 100 {
		number := fmt.Sprintf("A%d", 2000+i)
		run.Claims = append(run.Claims, drift.Claim{Number: number, Topic: "More", Text: "It is so."})
		check.Claim = number
		run.Checks = append(run.Checks, check)
	}
	r := drift.NewReport(run)
	for name, report := range reports(r) {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			text, err := report()
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(len(text)).To(BeNumerically("<=", 100<<10))
			g.Expect(string(text)).NotTo(ContainSubstring("\x1b"))
			g.Expect(string(text)).NotTo(ContainSubstring("\u202e"))
			for line := range strings.Lines(string(text)) {
				g.Expect(len(line)).To(BeNumerically("<", 1000), "%.200s", line)
			}
			switch name {
			case "report.html", "report.md":
				g.Expect(string(text)).NotTo(ContainSubstring("<script>"))
			case "report.xml":
				g.Expect(xml.Unmarshal(text, &struct{}{})).To(Succeed())
			default:
				g.Expect(json.Valid(text)).To(BeTrue())
			}
		})
	}
	NewWithT(t).Expect(printed(r, true)).NotTo(ContainSubstring("\x1b"))
}

// A page needs nothing but itself.
func TestPageStandsAlone(t *testing.T) {
	g := NewWithT(t)
	text, err := drift.NewReport(found()).HTML()
	g.Expect(err).NotTo(HaveOccurred())
	for _, needs := range []string{"<script", "src=", "<link", "@import", "url(", "http://", "https://"} {
		g.Expect(string(text)).NotTo(ContainSubstring(needs))
	}
	g.Expect(string(text)).To(ContainSubstring("prefers-color-scheme: dark"))
}

func TestFind(t *testing.T) {
	for message, text := range map[string]string{
		"GET /x: the status is 200 instead of 401":                                                "the status is 200 instead of 401",
		"GET /x, PUT /y answered 200: it\n differs":                                               "it differs",
		`the trace is "00-f724cc821d3df21046aeaf17e5b4dcb4-6fbcf82e31634744-00"`:                  `the trace is "…"`,
		`it is d0c5face-0000-4000-8000-000000000001 since 2026-07-01T12:00:00.0000000Z`:           `it is … since …`,
		`the link is https://portal.example:8443/s/UDQxdmVKbHN2aGV1dWxZ`:                          `the link is …/s/…`,
		`the id is {\"id\":57,\"rootFolderId\": 58,\"count\":1}`:                                  `the id is {\"id\":…,\"rootFolderId\": …,\"count\":1}`,
		`Server-Timing is "aspnetcore-request-time;dur=3.1ms"`:                                    `Server-Timing is "aspnetcore-request-time;…"`,
		`what is missing in response is [externalShareSocialMedia defaultShareLinkInternal]`:      `what is missing in response is [externalShareSocialMedia defaultShareLinkInternal]`,
		`there is no object with "message" in "https://tools.ietf.org/html/rfc9110#section-15.5"`: `there is no object with "message" in "https://tools.ietf.org/html/rfc9110#section-15.5"`,
	} {
		g := NewWithT(t)
		f := drift.Find(message)
		g.Expect(f.Text).To(Equal(text))
		g.Expect(drift.Find(f.Text).Text).To(Equal(text), "it stays so")
	}
	g := NewWithT(t)
	many := strings.TrimSuffix(strings.Repeat("GET /api/2.0/files/settings answered 200, ", 200), ", ")
	g.Expect(drift.Find(many + ": it differs").Calls).To(HaveLen(200))
	g.Expect(drift.Find("GET /x, PUT /y answered 200: it differs", "F001")).To(Equal(drift.Finding{Calls: []string{"GET /x", "PUT /y answered 200"}, Text: "it differs", Recorded: []string{"F001"}}))
}

func TestSides(t *testing.T) {
	for message, row := range map[string]string{
		"GET /x: the status is 200 instead of 401":                  `401 +status 200`,
		`GET /x: Allow is "", which does not match ^GET$`:           `Allow like \^GET\$ +Allow ""`,
		`GET /x: there is no object with "message" in "{\"a\":1}"`:  `an object with "message" +"{"a":1}"`,
		`GET /x: the body: Expected <string>: abc to be empty`:      `body to be empty +body abc`,
		`GET /x: the status is 200 at the fake, and was 202`:        `status 202 +status 200`,
		`GET /x answered 200: /response: is missing (openapi.yaml)`: `as in openapi.yaml +/response: is missing`,
		`GET /x: something else`:                                    `The settings are refused: 401. +something else`,
		`DELETE /x: 405 ErrorApiResponse instead of 405 nothing`:    `405 nothing +405 ErrorApiResponse`,
	} {
		run := found()
		run.Claims, run.Checks = run.Claims[1:2], []drift.Check{deviates("A004", "check", message)}
		NewWithT(t).Expect(printed(drift.NewReport(run), false)).To(MatchRegexp(row))
	}
}

// A check aside is not in the way of the others, and holds nothing alone. It counts for a baseline all the same.
func TestChecksAside(t *testing.T) {
	g := NewWithT(t)
	run := found()
	for claim, state := range map[string]drift.State{"A001": drift.Deviate, "A107": drift.Hold, "A106": drift.Deviate} {
		check := deviates(claim, "aside", "GET /x: sent instead of not sent")
		if check.State, check.Aside = state, true; state == drift.Hold {
			check.Found = nil
		}
		run.Checks = append(run.Checks, check)
	}
	r := drift.NewReport(run)
	g.Expect(r.States["A001"]).To(Equal(drift.Deviate))
	g.Expect(r.States["A107"]).To(Equal(drift.LeftOut))
	text := printed(r, false)
	g.Expect(text).To(MatchRegexp(`\nA001 +GET /x +not sent +sent\n`))
	g.Expect(text).NotTo(MatchRegexp(`A106.* sent`))
	b := acknowledged(run)
	fewer := found()
	fewer.Checks = run.Checks
	fewer.Checks[4].State, fewer.Checks[4].Found = "", nil // the other check of A106 is not selected
	r = drift.NewReport(fewer)
	b.Compare(r)
	g.Expect(r.Deviates()).To(BeFalse())
}

func TestRunThatEnded(t *testing.T) {
	g := NewWithT(t)
	run := found()
	run.Ended = "it was interrupted"
	run.Claims = append(run.Claims, drift.Claim{Number: "A200", Topic: "Settings", Text: "It was not asked."})
	r := drift.NewReport(run)
	g.Expect(printed(r, false)).To(And(ContainSubstring("1: the run ended before\n"), HaveSuffix("This is not all: it was interrupted.\n")))
	for name, report := range map[string]func() ([]byte, error){"Markdown": r.Markdown, "HTML": r.HTML, "JSON": r.JSON} {
		text, err := report()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(text)).To(ContainSubstring("it was interrupted"), name)
	}
}
