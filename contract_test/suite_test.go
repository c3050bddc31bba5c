// Package contract_test shows that the fake behaves as each profile says, that the client works with all profiles, and
// that every exchange matches openapi.yaml. The same specs run against the fake in this process, against the built
// program, and against a real portal when DOCSPACE_URL and DOCSPACE_API_KEY are set.
//
// The files of this folder:
//
//   - Specs of the four calls: settings, fields, accept, switches, policy, password, setpassword, links, signature, cookies,
//     toomanypasswords.
//   - Specs of the calls around share links: sharedata, changepolicy, reading.
//   - Specs of passwords and credentials that come together: combinations.
//   - Specs of limits at their edges: edges.
//   - Specs of the links of rooms, folders and files: links_rooms, links_files, links_made; links_tree has the entries.
//   - Specs of every call: bodies, envelope, auth_…, routing, cors, headers, forwarded, ratelimit.
//   - Specs of the fake and of the client: hints, why, enforce, log, control_… (control_effects: by what the calls answer then), beside (named
//     portals compared with the main one), client.
//   - The portals: targets (in this process, the program, live), portal (the suite's own), live, live_policy, live_links, live_rooms,
//     live_standins_… (for the names of the suite's own portal) and live_transport.
//   - Requests and answers: request, transport (checks them against openapi.yaml), matchers.
//   - The claims: assumptions (numbered), labels (each spec has one), gaps, evidence (writes EVIDENCE.md);
//     summary (the end of make test).
//   - The answers of the server that was run: testdata/recorded, recorded (asks the fake for them), recorded_wire (sends bytes),
//     recorded_compare (what cannot be the same), recorded_claims (the cases that claims cite), exceptions (the cases that differ,
//     and that claims, gaps and cases agree), recorded_twin (a portal that deviates as the server does).
//   - The program docspace-contract: main, options, profiles (where they differ), drift (what a run found), reports (internal/drift makes
//     them); its tests are in docspace_contract_test.go, docspace_reports_test.go, docspace_links_test.go and docspace_rooms_test.go.
//   - Recordings that users make of their portals: recording, scrub (removes secrets), replay.
package contract_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
)

const suiteName = "DocSpace external sharing"

// TestContract runs the suite against the fake in this process, against the program, and against a portal in DOCSPACE_URL.
func TestContract(t *testing.T) {
	t.Parallel() // the specs come one after the other, so they leave a core to the tests of the program
	if runOptions.parse(nil, os.Stdout, os.Stderr) >= 0 {
		t.FailNow()
	}
	if err := os.MkdirAll(filepath.Join("..", "reports"), 0o755); err != nil {
		t.Fatal(err)
	}
	limit := runOptions.Timeout
	if end, limited := t.Deadline(); limited {
		leave := 5 * time.Second
		if runOptions.URL != "" {
			leave += restoreTimeout // go test kills a test that is late
		}
		limit = max(min(limit, time.Until(end)-leave), time.Second)
	}
	if runOptions.run(func() bool { return runOptions.runSpecs(t, limit) }, os.Stdout, os.Stderr) != exitHolds {
		t.Fail()
	}
}

// Every spec is written once and runs at every target.
var _ = Describe(suiteName, func() {
	for _, t := range targets() {
		Context("at "+t.name, Label(t.name), func() {
			BeforeEach(func(ctx SpecContext) { t.begin(ctx) })
			AfterEach(func() { t.checkClaims() })
			if runOptions.Recorded != "" { // one recorded case and no more
				recordedSpecs(t)
				return
			}
			// The four calls.
			settingsSpecs(t)
			fieldsSpecs(t)
			acceptSpecs(t)
			switchSpecs(t)
			policySpecs(t)
			passwordSpecs(t)
			setPasswordSpecs(t)
			linkSpecs(t)
			cookieSpecs(t)
			tooManyPasswordsSpecs(t)

			// The calls around share links.
			shareDataSpecs(t)
			changePolicySpecs(t)
			// The calls about the links of rooms, folders and files.
			roomLinkSpecs(t)
			if !t.live { // no call of the contract makes a folder or a file
				entryLinkSpecs(t)
			}
			madeLinkSpecs(t)
			readingSpecs(t)
			// The calls that sign people in and out.
			signInSpecs(t)
			combinationSpecs(t)
			edgeSpecs(t)

			// All calls.
			bodySpecs(t)
			envelopeSpecs(t)
			authSpecs(t)
			basicSpecs(t)
			apiKeySpecs(t)
			sessionSpecs(t)
			jwtSpecs(t)
			identitySpecs(t)
			routingSpecs(t)
			corsSpecs(t)
			headerSpecs(t)
			forwardedSpecs(t)
			rateLimitSpecs(t)
			recordedSpecs(t)
			citedSpecs(t)

			// The client and the fake. No other portal has what the fake has besides the contract.
			clientSpecs(t)
			if !t.live {
				signatureSpecs(t)
				hintSpecs(t)
				whySpecs(t)
				enforceSpecs(t)
				logSpecs(t)
				controlClockSpecs(t)
				controlFaultSpecs(t)
				controlJournalSpecs(t)
				controlStateSpecs(t)
				controlRecordSpecs(t)
				controlUnderWaySpecs(t)
				controlPortalSpecs(t)
				controlRefusalSpecs(t)
				controlEffectSpecs(t)
				besideSpecs(t)
			}

			contractSpecs(t)
			claimSpecs(t)
		})
	}
})

// A table at the end shows the outcomes by operation and target.
var _ = ReportAfterSuite("operations and targets", func(report Report) {
	if !underGoTest(os.Args) {
		return // the program has a report of its own
	}
	cells, names, reasons := map[string]map[string]specCounts{}, []string{}, map[string]int{}
	for _, spec := range report.SpecReports {
		if spec.LeafNodeType != types.NodeTypeIt || len(spec.ContainerHierarchyTexts) < 3 || leftOut(spec) {
			continue
		}
		operation, target := spec.ContainerHierarchyTexts[2], targetOf(spec)
		if cells[operation] == nil {
			cells[operation] = map[string]specCounts{}
			names = append(names, operation)
		}
		cells[operation][target] = cells[operation][target].with(spec.State)
		if spec.State.Is(types.SpecStateSkipped | types.SpecStatePending) {
			reasons[spec.Failure.Message]++
		}
	}
	slices.Sort(names)
	var at []string
	for _, t := range targets() {
		at = append(at, t.name)
	}
	for _, profile := range allProfiles {
		at = append(at, "replay "+profile)
	}
	var table strings.Builder
	fmt.Fprintf(&table, "\n%-52s %-24s %6s %6s %7s\n", "operation", "target", "passed", "failed", "skipped")
	for _, name := range names {
		for _, target := range at {
			if c, shown := cells[name][target]; shown {
				fmt.Fprintf(&table, "%-52s %-24s %6d %6d %7d\n", name, target, c.passed, c.failed, c.skipped)
			}
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		fmt.Fprintf(&table, "skipped %d: %s\n", reasons[reason], reason)
	}
	fmt.Println(table.String())
})
