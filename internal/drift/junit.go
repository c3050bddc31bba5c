package drift

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

type junitSuites struct {
	XMLName  xml.Name `xml:"testsuites"`
	Name     string   `xml:"name,attr"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
	Skipped  int      `xml:"skipped,attr"`
	Suites   []junitSuite
}

type junitSuite struct {
	XMLName  xml.Name `xml:"testsuite"`
	Name     string   `xml:"name,attr"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
	Skipped  int      `xml:"skipped,attr"`
	Cases    []junitCase
}

type junitCase struct {
	XMLName xml.Name   `xml:"testcase"`
	Class   string     `xml:"classname,attr"`
	Name    string     `xml:"name,attr"`
	Failure *junitNote `xml:"failure"`
	Error   *junitNote `xml:"error"`
	Skipped *junitNote `xml:"skipped"`
}

type junitNote struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",cdata"`
}

// The lengths of texts in the XML.
const junitName, junitLine, junitLines = 100, 200, 20

// JUnit is the report in the XML of JUnit. A claim is a test: one that deviates has failed, one without an answer has an error.
func (r *Report) JUnit() ([]byte, error) {
	c := r.Count
	all := junitSuites{Name: r.title(), Tests: c.All, Failures: c.Deviate, Errors: c.NoAnswer, Skipped: c.LeftOut}
	why := map[string]string{}
	for _, reason := range r.LeftOut {
		for _, claim := range reason.Claims {
			why[claim] = reason.Why
		}
	}
	for _, t := range r.Topics {
		suite := junitSuite{Name: t.Topic, Tests: t.All, Failures: t.Deviate, Errors: t.NoAnswer, Skipped: t.LeftOut}
		for _, claim := range r.Run.Claims {
			if claim.Topic != t.Topic {
				continue
			}
			one := junitCase{Class: t.Topic, Name: shorten(claim.Number+" "+claim.Text, junitName)}
			switch r.States[claim.Number] {
			case Deviate:
				one.Failure = r.junitFailure(claim)
			case NoAnswer:
				one.Error = &junitNote{Message: "there was no answer"}
			case LeftOut:
				one.Skipped = &junitNote{Message: why[claim.Number]}
			default:
			}
			suite.Cases = append(suite.Cases, one)
		}
		all.Suites = append(all.Suites, suite)
	}
	var text bytes.Buffer
	text.WriteString(xml.Header)
	encoder := xml.NewEncoder(&text)
	encoder.Indent("", " ")
	if err := encoder.Encode(all); err != nil {
		return nil, err
	}
	text.WriteByte('\n')
	return text.Bytes(), nil
}

func (r *Report) junitFailure(claim Claim) *junitNote {
	var lines []string
	kind := ""
	for _, d := range r.Deviations {
		if d.Claim == claim.Number {
			if kind != string(New) {
				kind = string(d.Baseline)
			}
			line := d.Name
			if standing := (row{baseline: d.Baseline, since: d.Since}).standing(); standing != "" {
				line = standing + ": " + line
			}
			lines = append(lines, shorten(line, junitLine))
		}
	}
	message := number(len(lines), "deviation", "deviations")
	if more := len(lines) - junitLines; more > 0 {
		lines = append(lines[:junitLines], fmt.Sprintf("and %d more", more))
	}
	return &junitNote{Message: message, Type: kind, Text: "\n" + strings.Join(lines, "\n") + "\n"}
}
