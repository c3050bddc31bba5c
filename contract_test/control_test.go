package contract_test

import (
	"context"
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// control makes a call of the control API, which must succeed.
func (t *target) control(ctx context.Context, method, path, body string) answer {
	GinkgoHelper()
	a := t.tryControl(ctx, method, path, body)
	Expect(a.StatusCode).To(BeNumerically("<", 300), "%s %s: %s", method, path, a.body)
	return a
}

// tryControl makes a call of the control API, which may fail.
func (t *target) tryControl(ctx context.Context, method, path, body string) answer {
	GinkgoHelper()
	t.notLive(needsControl)
	a, err := t.sendUnchecked(ctx, request{method: method, path: "/__mock/" + path, body: body})
	Expect(err).NotTo(HaveOccurred())
	Expect(a).To(haveHeader("Cache-Control", "no-store"))
	Expect(a).To(haveHeader("X-Content-Type-Options", "nosniff"))
	Expect(a).NotTo(haveHeader("X-Mock-Docspace", ""))
	return a
}

// addFault plans a fault.
func (t *target) addFault(ctx context.Context, fault string) {
	GinkgoHelper()
	Expect(t.control(ctx, http.MethodPost, "faults", fault)).To(haveStatus(http.StatusCreated))
}

// sendToFault sends a request without checking the answer, which a fault may have changed.
func (t *target) sendToFault(ctx context.Context, r request) answer {
	GinkgoHelper()
	a, err := t.sendUnchecked(ctx, r)
	Expect(err).NotTo(HaveOccurred())
	return a
}

// statuses sends a request a number of times and returns the statuses of the answers.
func (t *target) statuses(ctx context.Context, r request, times int) []int {
	GinkgoHelper()
	var all []int
	for range times {
		all = append(all, t.sendToFault(ctx, r).StatusCode)
	}
	return all
}

// linkStatus is the outcome of the password call of a visitor.
func (t *target) linkStatus(ctx SpecContext, key, body string) any {
	GinkgoHelper()
	return linkStatus(t.postPassword(ctx, key, "", body))
}

// putSwitch is the request that sets a switch, as the owner.
func (t *target) putSwitch(name, body string) request {
	return request{method: http.MethodPut, path: "files/settings/" + name, key: t.owner, body: body}
}

// switchOn is the request that switches external sharing on, as the owner.
func (t *target) switchOn() request { return t.putSwitch("external", `{"set":true}`) }

// switchOff is the request that switches external sharing off, as the owner.
func (t *target) switchOff() request { return t.putSwitch("external", `{"set":false}`) }

// readSettings is the request for the settings, as the owner.
func (t *target) readSettings() request { return request{path: "files/settings", key: t.owner} }
