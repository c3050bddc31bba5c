package interop_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/client"
)

// startPrism serves what is at upstream. A request or an answer that breaks openapi.yaml is answered with an error of its own.
func startPrism(upstream string) (url string) {
	GinkgoHelper()
	need("node")
	cmd := exec.Command(filepath.Join(tools, "node", "node_modules", ".bin", "prism"),
		"proxy", filepath.Join("..", "openapi.yaml"), upstream, "--errors", "--port", "0")
	return announced(cmd, regexp.MustCompile(`listening on (http://\S+)`))
}

var _ = Describe("Prism, as a proxy that validates", func() {
	owner := func(url string) *client.Portal {
		GinkgoHelper()
		portal, err := client.New(url, client.WithPortalToken("owner-token"))
		Expect(err).NotTo(HaveOccurred())
		return portal
	}
	put := func(ctx context.Context, url, body string) int {
		GinkgoHelper()
		r, err := http.NewRequestWithContext(ctx, http.MethodPut, url+"/api/2.0/files/settings/external", strings.NewReader(body))
		Expect(err).NotTo(HaveOccurred())
		r.Header.Set("Authorization", "Bearer owner-token")
		r.Header.Set("Content-Type", "application/json")
		answer, err := http.DefaultClient.Do(r)
		Expect(err).NotTo(HaveOccurred())
		Expect(answer.Body.Close()).To(Succeed())
		return answer.StatusCode
	}

	for _, profile := range profiles {
		It("lets our client and the fake talk at "+profile, func(ctx SpecContext) {
			url := startPrism(startFake(profile))
			portal := owner(url)

			settings, err := portal.FilesSettings(ctx)
			Expect(err).NotTo(HaveOccurred())
			Expect(settings.ExternalShare).To(HaveValue(BeTrue()))

			Expect(portal.SetExternalShare(ctx, false)).To(BeFalse())
			change, err := portal.UpdateSharing(ctx, client.SharingUpdate{ExternalShare: client.On(), SocialMedia: client.On()})
			Expect(err).NotTo(HaveOccurred())
			Expect(change.Before).To(HaveField("ExternalShare", BeFalse()))
			Expect(change.After).To(And(HaveField("ExternalShare", BeTrue()), HaveField("ExternalShareSocialMedia", BeTrue())))

			share, err := portal.Visitor().Unlock(ctx, "protected", "Secret123!")
			Expect(err).NotTo(HaveOccurred())
			Expect(share.Title).To(HaveValue(Equal("Marketing")))
			_, err = portal.Visitor().Unlock(ctx, "protected", "wrong")
			Expect(err).To(MatchError(client.ErrInvalidPassword))
			_, err = portal.Visitor().Unlock(ctx, "expired", "Secret123!")
			Expect(err).To(MatchError(client.ErrLinkExpired))

			user, err := client.New(url, client.WithPortalToken("user-token"))
			Expect(err).NotTo(HaveOccurred())
			_, err = user.SetExternalShare(ctx, true)
			Expect(err).To(MatchError(client.ErrForbidden))
		}, SpecTimeout(3*time.Minute))
	}

	It("would have said so", func(ctx SpecContext) {
		fake := startPrism(startFake(profiles[0]))
		Expect(put(ctx, fake, `{"set":true}`)).To(Equal(http.StatusOK))
		Expect(put(ctx, fake, `{"set":true,"displayValue":false}`)).To(Equal(http.StatusUnprocessableEntity), "a wrong request")

		wrong := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"response":"yes"}`))
		}))
		DeferCleanup(wrong.Close)
		Expect(put(ctx, startPrism(wrong.URL), `{"set":true}`)).To(Equal(http.StatusInternalServerError), "a wrong answer")
	}, SpecTimeout(3*time.Minute))
})
