package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
)

func TestMetrics(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--journal", "3")
	p.do("POST", "/__mock/portals", `{"name":"mine"}`)
	p.do("POST", "/__mock/faults", `{"kind":"proxy","operation":"externalShareSocialMedia"}`)
	owner := []string{"Authorization", "YOUR_API_KEY"}
	p.get(settings, owner...)
	p.get("/portals/mine"+settings, owner...)
	p.do("PUT", settings+"/external", `{"displayValue":true,"more":1}`, owner...)
	p.do("PUT", settings+"/externalsocialmedia", `{}`, owner...)
	p.do("MADEUP", "/made-up", "")
	p.do("MADEUP2", "/made-up", "")
	var wanted []types.GomegaMatcher
	for _, want := range []string{
		`mock_docspace_requests_total{method="other",operation="none",status="404"} 2`,
		`mock_docspace_requests_total{method="GET",operation="getFilesSettings",status="200"} 2`,
		`mock_docspace_requests_total{method="PUT",operation="externalShare",status="200"} 1`,
		`mock_docspace_requests_total{method="PUT",operation="externalShareSocialMedia",status="502"} 1`,
		`mock_docspace_request_duration_seconds_count{operation="getFilesSettings"} 2`,
		`mock_docspace_request_duration_seconds_bucket{operation="applyExternalSharePassword",le="30"} 0`,
		`mock_docspace_faults_applied_total{kind="proxy",operation="externalShareSocialMedia"} 1`,
		`mock_docspace_hints_total{operation="externalShare"} 1`,
		`mock_docspace_contract_violations_total{operation="externalShareSocialMedia"} 1`,
		`mock_docspace_portals 2`,
		`mock_docspace_journal_entries 4`,
		`mock_docspace_journal_dropped 2`,
		`mock_docspace_build_info{goversion="go`,
		`go_goroutines `,
	} {
		wanted = append(wanted, gomega.ContainSubstring(want))
	}
	var body string
	gomega.NewWithT(t).Eventually(func() string { // a request is counted when it has been answered
		_, body = p.do("GET", "/__mock/metrics", "")
		return body
	}).Should(gomega.And(wanted...))
	if silent := regexp.MustCompile(`(?m)^# HELP \S+ ?$`).FindString(body); silent != "" || strings.Count(body, "# HELP mock_docspace_") != 9 {
		t.Errorf("a metric does not say what it is: %q", silent)
	}
	for _, secret := range []string{"MADEUP", "made-up", "YOUR_API_KEY", "mine"} {
		if strings.Contains(body, secret) {
			t.Errorf("%s is in the metrics", secret)
		}
	}
}
