package contract_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

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

// steer makes a call of the control API of our own portal.
func (t *target) steer(ctx context.Context, method, path, body string) answer {
	GinkgoHelper()
	t.needsOurPortal()
	req, err := http.NewRequestWithContext(ctx, method, t.url+"/__mock/"+path, strings.NewReader(body))
	Expect(err).NotTo(HaveOccurred())
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultClient.Do(req)
	Expect(err).NotTo(HaveOccurred())
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	Expect(err).NotTo(HaveOccurred())
	Expect(resp.StatusCode).To(BeNumerically("<", 300), "%s %s: %s", method, path, text)
	resp.Body = io.NopCloser(bytes.NewReader(text))
	return answer{resp, text}
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
