package contract_test

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// citedSpecs send the requests that the claims with the evidence executed cite, and expect the recorded answers. A live portal
// gets those whose answer does not depend on what is in it.
func citedSpecs(t *target) {
	if t.profile != mockserver.ProfileV372 {
		return
	}
	Describe("recorded answers", Label("recorded"), func() {
		for _, topic := range topics {
			for _, a := range topic.assumptions {
				if a.evidence != executed || !slices.Contains(a.profiles, t.profile) || len(citedIDs(a)) == 0 {
					continue
				}
				It("show: "+a.claim, t.holds(a.number), func(ctx SpecContext) { t.expectCited(ctx, a) })
			}
		}
	})
}

// citedIDs are the ids of the cases that a claim cites, in order.
func citedIDs(a assumption) []string {
	return slices.Sorted(slices.Values(slices.Concat(slices.Collect(maps.Values(citedCases(a.citation)))...)))
}

// expectCited sends the requests of the cases that a claim cites.
func (t *target) expectCited(ctx SpecContext, a assumption) {
	if t.recorder != nil {
		Skip("needs content types and bytes that recordings do not keep")
	}
	sent := 0
	var deviations []deviatingCase
	for name, ids := range citedCases(a.citation) {
		for _, id := range ids {
			file := fileOf(name)
			c := file.find(id)
			if t.live && !c.standsAlone() {
				continue
			}
			d, there := t.askCited(ctx, file, c)
			if !there {
				continue
			}
			sent++
			if !d.same() && t.live {
				fail(d.live())
			}
			if !d.same() {
				deviations = append(deviations, d)
			}
		}
	}
	if len(deviations) > 0 {
		fail(strings.Join(describeDeviations(deviations), "\n"))
	}
	if sent == 0 {
		Skip("needs the users and links of the suite's own portal")
	}
}

func fileOf(name string) *recordedFile {
	files := recordedFiles()
	return files[slices.IndexFunc(files, func(f *recordedFile) bool { return f.name == name })]
}

// standsAlone says whether the answer to a case is the same whatever was set, opened and tried before. Successes depend on that,
// but for the switch of external sharing, and so does the refusal of too many passwords.
func (c *recordedCase) standsAlone() bool {
	return standsAlone(c.Request.Target, c.Response.Status)
}

func standsAlone(target string, status int) bool {
	path, _, _ := strings.Cut(strings.ToLower(target), "?")
	switch {
	case status >= http.StatusBadRequest:
		return status != http.StatusForbidden || !strings.Contains(path, "/password")
	case status == http.StatusNoContent:
		return true
	default:
		return strings.HasSuffix(strings.TrimSuffix(path, "/"), "/files/settings/external")
	}
}

// askCited sends the request of a case to the portal of this target, in the name of its own users. It returns false when they
// do not include the caller, or when the request cannot be sent to a live portal.
func (t *target) askCited(ctx context.Context, file *recordedFile, c *recordedCase) (deviatingCase, bool) {
	GinkgoHelper()
	here := *file
	here.Vars = t.callers()
	request := c.Request
	for _, h := range request.Headers {
		for _, name := range recordedVariable.FindAllString(h[1], -1) {
			if here.Vars[strings.Trim(name, "{}")] == "" {
				return deviatingCase{}, false
			}
		}
	}
	if !c.standsAlone() {
		t.setSwitch(ctx, "external", true) // social media can be set only then
		t.setSwitch(ctx, "externalsocialmedia", c.Settings[1])
		t.setSwitch(ctx, "external", c.Settings[0])
	}
	d := deviatingCase{file: file, recorded: c}
	if t.live {
		r, err := request.asRequest(&here)
		if err != nil {
			return d, false
		}
		a := t.send(ctx, r)
		d.expected, d.got = file.comparableLive(c, a, "")
		return d, true
	}
	address, err := url.Parse(t.url)
	Expect(err).NotTo(HaveOccurred())
	got, err := exchangeBytes(ctx, address.Host, request.wire(&here, address.Host))
	Expect(err).NotTo(HaveOccurred(), c.ID)
	d.expected, d.got = file.comparable(c, &c.Response, file.Host), file.comparable(c, got, address.Host)
	return d, true
}

// callers are the credentials that take the place of those in the recordings.
func (t *target) callers() map[string]string {
	if t.live {
		return map[string]string{"owner": t.owner, "admin": t.owner, "user": t.user}
	}
	return map[string]string{
		"owner": ownerAPIKey, "admin": adminAPIKey, "user": userAPIKey, "guest": "guest-token", "skread": readAPIKey, "sknone": roomsAPIKey,
		"ck_owner": "YOUR_API_KEY", "ck_admin": "admin-token", "ck_roomadmin": "room-admin-token", "ck_user": "user-token", "ck_guest": "guest-token",
		"ck_stranger": "user-token", "sk_owner": ownerAPIKey, "sk_owner_files_write": writeAPIKey,
	}
}
