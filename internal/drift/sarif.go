package drift

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/mock-docspace/mock-docspace/internal/printable"
)

// The file whose lines the results are about, and where people read it.
const (
	evidenceFile = "EVIDENCE.md"
	repository   = "https://github.com/mock-docspace/mock-docspace"
)

// sarifLines is how many deviations the message of a result shows. A message is one line of the file.
const sarifLines = 4

type object = map[string]any

// SARIF is the report in SARIF 2.1.0, for code scanning. A claim that deviates is a rule with one result. Its place is its line in
// EVIDENCE.md.
func (r *Report) SARIF() ([]byte, error) {
	rules, results := []object{}, []object{}
	for _, claim := range r.Run.Claims {
		if r.States[claim.Number] != Deviate {
			continue
		}
		results = append(results, r.sarifResult(claim, len(rules)))
		rules = append(rules, object{
			"id":                   claim.Number,
			"shortDescription":     object{"text": claim.Text},
			"help":                 object{"text": "EVIDENCE.md says how this claim is known."},
			"helpUri":              repository + "/blob/main/" + evidenceFile,
			"defaultConfiguration": object{"level": "warning"},
		})
	}
	name, version, _ := strings.Cut(r.Run.Program, " ")
	driver := object{"name": name, "informationUri": repository, "rules": rules}
	if version != "" {
		driver["version"] = version
	}
	run := object{
		"tool":        object{"driver": driver},
		"columnKind":  "unicodeCodePoints",
		"invocations": []object{{"executionSuccessful": r.complete()}},
		"results":     results,
		"properties":  object{"claims": r.Count, "profile": r.Run.Profile},
	}
	if r.Run.Profile != "" {
		run["automationDetails"] = object{"id": name + "/" + r.Run.Profile + "/"} // one analysis for each profile
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	err := encoder.Encode(object{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": []object{run}})
	return printable.JSON(text.Bytes()), err
}

// sarifResult is the result of a claim that deviates. What the baseline has is suppressed, with its reason.
func (r *Report) sarifResult(claim Claim, rule int) object {
	var lines, reasons []string
	sum := sha256.New()
	acknowledged, since := true, Standing("")
	for _, d := range r.Deviations {
		if d.Claim != claim.Number {
			continue
		}
		lines = append(lines, d.Name)
		sum.Write([]byte(d.Name + "\n"))
		acknowledged = acknowledged && d.Baseline == Known
		if d.Reason != "" {
			reasons = addNew(reasons, d.Reason)
		}
		if since != New {
			since = d.Since
		}
	}
	if more := len(lines) - sarifLines; more > 0 {
		lines = append(lines[:sarifLines], "and "+number(more, "deviation more", "deviations more"))
	}
	result := object{
		"ruleId": claim.Number, "ruleIndex": rule, "level": "warning",
		"message": object{"text": strings.Join(lines, "\n")},
		"locations": []object{{"physicalLocation": object{
			"artifactLocation": object{"uri": evidenceFile, "uriBaseId": "%SRCROOT%"},
			"region":           object{"startLine": max(claim.Line, 1)},
		}}},
		"partialFingerprints": object{"deviations/v1": claim.Number + "-" + hex.EncodeToString(sum.Sum(nil)[:8])},
	}
	if acknowledged {
		suppression := object{"kind": "external", "status": "accepted"}
		if len(reasons) > 0 {
			suppression["justification"] = strings.Join(reasons, "; ")
		}
		result["level"], result["suppressions"] = "note", []object{suppression}
	}
	if state := map[Standing]string{New: "new", Known: "unchanged"}[since]; state != "" {
		result["baselineState"] = state
	}
	return result
}
