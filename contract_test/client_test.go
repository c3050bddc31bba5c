package contract_test

import (
	"context"
	"errors"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/client"
)

// clientSpecs describe what an app that uses the client sees. Its requests and answers are checked like all others.
func clientSpecs(t *target) {
	Describe("client", func() {
		portal := func(options ...client.Option) *client.Portal {
			GinkgoHelper()
			p, err := client.New(t.url, append(options, client.WithHTTPClient(t.http))...)
			Expect(err).NotTo(HaveOccurred())
			return p
		}
		owner := func() *client.Portal { return portal(client.WithAPIKey(t.owner)) }
		set := func(ctx context.Context, external, social bool) {
			GinkgoHelper()
			t.setFlag(ctx, "external", external)
			t.setFlag(ctx, "externalsocialmedia", social)
		}

		It("reads the settings", func(ctx SpecContext) {
			set(ctx, true, true)
			settings, err := owner().FilesSettings(ctx)
			Expect(err).NotTo(HaveOccurred())
			Expect(settings.ExternalShare).To(HaveValue(BeTrue()))
			Expect(settings.ExternalShareSocialMedia).To(HaveValue(BeTrue()))
			Expect(settings.ExtsConvertible).NotTo(BeEmpty())
			Expect(settings.DefaultOrder).NotTo(BeNil())
		})

		It("switches on and off at either profile, since it sends both names", func(ctx SpecContext) {
			set(ctx, true, true)
			for _, on := range []bool{true, false, true} {
				Expect(owner().SetExternalShare(ctx, on)).To(Equal(on))
				Expect(t.flags(ctx).external).To(Equal(on))
			}
			for _, on := range []bool{true, false, true} {
				Expect(owner().SetExternalShareSocialMedia(ctx, on)).To(Equal(on))
				Expect(t.flags(ctx).social).To(Equal(on))
			}
		})

		It("says so when a switch is not in force although the portal answered 200", func(ctx SpecContext) {
			set(ctx, false, false)
			inForce, err := owner().SetExternalShareSocialMedia(ctx, true)
			var notInForce *client.NotInForceError
			Expect(errors.As(err, &notInForce)).To(BeTrue(), "%v", err)
			Expect(notInForce.Asked).To(BeTrue())
			Expect(inForce).To(BeFalse())
		})

		It("is refused without credentials", func(ctx SpecContext) {
			_, err := portal().SetExternalShare(ctx, true)
			Expect(err).To(MatchError(client.ErrUnauthorized))
		})

		It("finds no link under a key that no portal has", func(ctx SpecContext) {
			share, err := portal().ApplyExternalSharePassword(ctx, "no-such-key", "Secret123!")
			Expect(err).To(MatchError(client.ErrLinkNotFound))
			Expect(share.Status).To(Equal(client.ExternalShareStatusInvalid))
		})

		DescribeTable("signs in with",
			func(ctx SpecContext, option client.Option) {
				t.needsOurPortal()
				Expect(portal(option).SetExternalShare(ctx, true)).To(BeTrue())
			},
			Entry("an API key", client.WithAPIKey(ownerAPIKey)),
			Entry("a portal token", client.WithPortalToken("YOUR_API_KEY")),
			Entry("e-mail address and password", client.WithBasicAuth("owner@example.com", "Owner-pass-1")),
		)

		DescribeTable("tells by the error what became of a link",
			func(ctx SpecContext, key, password string, expected error) {
				t.needsOurPortal()
				share, err := portal().ApplyExternalSharePassword(ctx, key, password)
				if expected == nil {
					Expect(err).NotTo(HaveOccurred())
				} else {
					Expect(err).To(MatchError(expected))
				}
				Expect(share).NotTo(BeNil())
			},
			Entry("open", "open", "", nil),
			Entry("the right password", "protected", "Secret123!", nil),
			Entry("a key of any letters", "a/b c%3F#ü", "", nil),
			Entry("a wrong password", "protected", "wrong", client.ErrInvalidPassword),
			Entry("no password", "protected", "", client.ErrPasswordRequired),
			Entry("expired", "expired", "Secret123!", client.ErrLinkExpired),
			Entry("internal", "internal", "", client.ErrExternalAccessDenied),
			Entry("in the trash", "trashed", "Secret123!", client.ErrLinkNotFound),
		)

		It("tells too many attempts, whatever status the profile has for them", func(ctx SpecContext) {
			t.needsOurPortal()
			for range 5 {
				_, err := portal().ApplyExternalSharePassword(ctx, "protected", "wrong")
				Expect(err).To(MatchError(client.ErrInvalidPassword))
			}
			_, err := portal().ApplyExternalSharePassword(ctx, "protected", "Secret123!")
			Expect(err).To(MatchError(client.ErrTooManyAttempts))
		})

		It("tells a role and a scope that do not suffice", func(ctx SpecContext) {
			t.needsOurPortal()
			_, err := portal(client.WithAPIKey(userAPIKey)).SetExternalShare(ctx, true)
			Expect(err).To(MatchError(client.ErrForbidden))
			Expect(err).To(MatchError(ContainSubstring("permission")))
			_, err = portal(client.WithAPIKey(readAPIKey)).SetExternalShare(ctx, true)
			Expect(err).To(MatchError(client.ErrForbidden))
			_, err = portal(client.WithAPIKey(roomsAPIKey)).FilesSettings(ctx)
			Expect(err).To(MatchError(client.ErrForbidden))
		})
	})
}
