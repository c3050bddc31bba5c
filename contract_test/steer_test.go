package contract_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// startWith starts the target anew, with another portal than the suite's own.
func (t *target) startWith(ctx context.Context, change func(*mockserver.Portal)) {
	GinkgoHelper()
	t.needsOurPortal()
	t.change = change
	t.launch(ctx)
}

// startEnforcing starts the target anew, so that it refuses what does not keep to openapi.yaml.
func (t *target) startEnforcing(ctx context.Context) {
	GinkgoHelper()
	t.needsOurPortal()
	t.contract = mockserver.ContractEnforce
	t.launch(ctx)
}

// listenWithTLS lets the portal be reached by https too, where it is from now on.
func (t *target) listenWithTLS() {
	GinkgoHelper()
	if t.serves == nil {
		Skip("needs a portal in this process, which can listen with TLS")
	}
	listener, before := httptest.NewTLSServer(t.serves), t.transport
	t.url, t.transport = listener.URL, listener.Client().Transport
	DeferCleanup(func() {
		t.transport = before
		listener.Close()
	})
}

// portal is the portal that the target starts with.
func (t *target) portal() mockserver.Portal {
	GinkgoHelper()
	p, err := mockserver.ParsePortal("portal.yaml", []byte(portalFile))
	Expect(err).NotTo(HaveOccurred())
	p.Profile = t.profile
	if t.change != nil {
		t.change(&p)
	}
	return p
}

// portalText is that portal as a portal file.
func (t *target) portalText() []byte {
	GinkgoHelper()
	whole, err := mockserver.New(mockserver.WithPortal(t.portal()))
	Expect(err).NotTo(HaveOccurred())
	text, err := json.Marshal(whole.State()) // JSON is YAML too
	Expect(err).NotTo(HaveOccurred())
	return text
}

// steer makes a call of the control API of our own portal, which must do what it is told.
func (t *target) steer(ctx context.Context, method, path, body string) answer {
	GinkgoHelper()
	a := t.control(ctx, method, path, body)
	Expect(a.StatusCode).To(BeNumerically("<", 300), "%s %s: %s", method, path, a.body)
	return a
}

// control makes a call of the control API of our own portal.
func (t *target) control(ctx context.Context, method, path, body string) answer {
	GinkgoHelper()
	t.needsOurPortal()
	a, err := t.sendUnchecked(ctx, request{method: method, path: "/__mock/" + path, body: body})
	Expect(err).NotTo(HaveOccurred())
	return a
}

// sendUnchecked sends a request whose answer is not one of openapi.yaml: of the control API, or failed on purpose.
func (t *target) sendUnchecked(ctx context.Context, r request) (answer, error) {
	GinkgoHelper()
	req, err := r.to(ctx, t.url)
	Expect(err).NotTo(HaveOccurred())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, err
	}
	body, err := wholeBody(resp)
	return answer{resp, body}, err
}

// names are the names of the properties of the response, in the order in which they were sent.
func (a answer) names() []string {
	GinkgoHelper()
	names, err := a.responseNames()
	Expect(err).NotTo(HaveOccurred())
	return names
}

func propertyNames(object []byte) []string {
	GinkgoHelper()
	names, err := objectNames(object)
	Expect(err).NotTo(HaveOccurred())
	return names
}
