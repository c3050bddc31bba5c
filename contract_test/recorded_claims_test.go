package contract_test

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// citedSpecs send the requests that the claims with the evidence executed cite, and expect the recorded answers. The fake has the
// portal of the recording for that. A live portal gets those whose answer does not depend on what is in it. The program gets all
// recorded requests anyway, see recordedSpecs.
func citedSpecs(t *target) {
	if t.profile != mockserver.ProfileV372 || t.isProgram() {
		return
	}
	Describe("recorded answers", Label("recorded"), func() {
		for _, topic := range topics {
			for _, a := range topic.assumptions {
				if a.evidence != executed || !slices.Contains(a.profiles, t.profile) || len(citedIDs(a)) == 0 || t.live && !t.canAsk(a) {
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

// expectCited sends the requests of the cases that a claim cites, in the order of the citation. In a sequence those between them are
// sent too.
func (t *target) expectCited(ctx SpecContext, a assumption) {
	if t.recorder != nil {
		Skip("needs content types and bytes that recordings do not keep")
	}
	sent := 0
	var deviations []deviatingCase
	for part := range strings.SplitSeq(a.citation, "; ") {
		name, ids, _ := strings.Cut(part, ": ")
		if name == noted {
			continue
		}
		file := fileOf(name)
		if !t.live {
			file = t.startRecorded(file)
		}
		asked := -1
		for id := range strings.SplitSeq(ids, ", ") {
			at := slices.IndexFunc(file.Cases, func(c recordedCase) bool { return c.ID == id })
			if file.Sequence && !t.live {
				for ; asked+1 < at; asked++ {
					t.askCited(ctx, file, &file.Cases[asked+1])
				}
				asked = at
			}
			d, there := t.askCited(ctx, file, &file.Cases[at])
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
		Skip("needs the users and links of the recorded portal")
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
	case status >= http.StatusBadRequest && !strings.HasPrefix(path, "/api/"):
		return false // in front of a portal something else may answer
	case strings.Contains(path, "/authentication") && status != http.StatusMethodNotAllowed && status != http.StatusBadRequest:
		return false // it depends on sessions and passwords, and tries to sign in
	case status >= http.StatusBadRequest:
		return status != http.StatusForbidden || !strings.Contains(path, "/password")
	case status == http.StatusNoContent:
		return true
	default:
		return strings.HasSuffix(strings.TrimSuffix(path, "/"), "/files/settings/external")
	}
}

// askCited sends the request of a case. It returns false when a live portal cannot get it: when its answer depends on what is in
// the portal, when it needs a caller or a link of the recording, and when it may not arrive as it is.
func (t *target) askCited(ctx context.Context, file *recordedFile, c *recordedCase) (deviatingCase, bool) {
	GinkgoHelper()
	if !t.live {
		d, err := t.ask(ctx, file, c)
		Expect(err).NotTo(HaveOccurred(), c.ID)
		return d, true
	}
	d := deviatingCase{file: file, recorded: c}
	request, can := t.citedRequest(file, c)
	if !can {
		return d, false
	}
	d.expected, d.got = file.comparableLive(c, t.send(ctx, request), "")
	return d, true
}

// citedRequest is the request of a case to a live portal. It returns false when the portal cannot get it.
func (t *target) citedRequest(file *recordedFile, c *recordedCase) (request, bool) {
	here := *file
	here.Vars = t.callers()
	r, err := c.Request.asRequest(&here)
	return r, err == nil && c.standsAlone() && !c.Request.needsMore(here.Vars)
}

// canAsk says whether a live portal can get the request of a case that a claim cites.
func (t *target) canAsk(a assumption) bool {
	for part := range strings.SplitSeq(a.citation, "; ") {
		name, ids, _ := strings.Cut(part, ": ")
		if name == noted {
			continue
		}
		file := fileOf(name)
		for id := range strings.SplitSeq(ids, ", ") {
			at := slices.IndexFunc(file.Cases, func(c recordedCase) bool { return c.ID == id })
			if _, can := t.citedRequest(file, &file.Cases[at]); can {
				return true
			}
		}
	}
	return false
}

// needsMore says whether a request has variables without a value.
func (r *wireRequest) needsMore(values map[string]string) bool {
	texts := []string{r.Target}
	for _, h := range r.Headers {
		texts = append(texts, h[1])
	}
	if r.Body != nil {
		texts = append(texts, *r.Body)
	}
	return slices.ContainsFunc(recordedVariable.FindAllString(strings.Join(texts, "\n"), -1), func(name string) bool {
		return values[strings.Trim(name, "{}")] == ""
	})
}

// callers are the keys of a live portal that take the place of those in the recordings. They may be keys or tokens, so they do not
// take the place of what is a key, or a token, in a recording about credentials.
func (t *target) callers() map[string]string {
	return map[string]string{"owner": t.owner, "admin": t.owner, "user": t.user}
}
