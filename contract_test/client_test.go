package contract_test

import (
	"context"
	"errors"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	. "github.com/onsi/gomega/gstruct"

	"github.com/mock-docspace/mock-docspace/client"
)

// clientSpecs describe the client as an app sees it. Its requests and answers are checked like all others.
func clientSpecs(t *target) {
	Describe("client", func() {
		portal := func(options ...client.Option) *client.Portal {
			GinkgoHelper()
			// The caller chose the address of a live portal. The other specs send the key there over http too.
			p, err := client.New(t.url, append(options, client.WithHTTPClient(t.http), client.WithInsecureHTTP())...)
			Expect(err).NotTo(HaveOccurred())
			return p
		}
		owner := func() *client.Portal { return portal(client.WithAPIKey(t.owner)) }
		set := func(ctx context.Context, external, social bool) {
			GinkgoHelper()
			t.setSwitch(ctx, "external", external)
			t.setSwitch(ctx, "externalsocialmedia", social)
		}

		It("reads the settings", t.holds("A701"), func(ctx SpecContext) {
			set(ctx, true, true)
			settings, err := owner().FilesSettings(ctx)
			Expect(err).NotTo(HaveOccurred())
			Expect(settings.ExternalShare).To(HaveValue(BeTrue()))
			Expect(settings.ExternalShareSocialMedia).To(HaveValue(BeTrue()))
			Expect(settings.ExtsConvertible).NotTo(BeEmpty())
			Expect(settings.DefaultOrder).NotTo(BeNil())
		})

		It("switches on and off at every profile, because it sends both names", t.holds("A702"), func(ctx SpecContext) {
			set(ctx, true, true)
			for _, on := range []bool{true, false, true} {
				Expect(owner().SetExternalShare(ctx, on)).To(Equal(on))
				Expect(t.switches(ctx).external).To(Equal(on))
			}
			for _, on := range []bool{true, false, true} {
				Expect(owner().SetExternalShareSocialMedia(ctx, on)).To(Equal(on))
				Expect(t.switches(ctx).social).To(Equal(on))
			}
		})

		It("reports that a switch is not in force although the portal answered 200", t.holds("A703"), func(ctx SpecContext) {
			set(ctx, false, false)
			inForce, err := owner().SetExternalShareSocialMedia(ctx, true)
			var notInForce *client.NotInForceError
			Expect(errors.As(err, &notInForce)).To(BeTrue(), "%v", err)
			Expect(notInForce.Asked).To(BeTrue())
			Expect(inForce).To(BeFalse())
		})

		It("reads only the sharing policy, with the values of the settings", t.holds("A701"), func(ctx SpecContext) {
			set(ctx, true, false)
			policy, err := owner().SharingPolicy(ctx)
			Expect(err).NotTo(HaveOccurred())
			settings, err := owner().FilesSettings(ctx)
			Expect(err).NotTo(HaveOccurred())
			Expect(policy).To(HaveValue(MatchAllFields(Fields{
				"ExternalShare":                 BeTrue(),
				"ExternalShareSocialMedia":      BeFalse(),
				"EnableThirdParty":              Equal(*settings.EnableThirdParty),
				"DefaultShareLinkInternal":      Equal(settings.DefaultShareLinkInternal),
				"ExternalShareApplyToDocuments": Equal(settings.ExternalShareApplyToDocuments),
				"ExternalShareApplyToRooms":     Equal(settings.ExternalShareApplyToRooms),
				"BlockExistingLinksOnRestrict":  Equal(settings.BlockExistingLinksOnRestrict),
			})))
		})

		It("changes both switches in the order that works", t.holds("A704"), func(ctx SpecContext) {
			set(ctx, false, false)
			change, err := owner().UpdateSharing(ctx, client.SharingUpdate{ExternalShare: client.On(), SocialMedia: client.On()})
			Expect(err).NotTo(HaveOccurred())
			Expect([]bool{change.Before.ExternalShare, change.Before.ExternalShareSocialMedia}).To(Equal([]bool{false, false}))
			Expect([]bool{change.After.ExternalShare, change.After.ExternalShareSocialMedia}).To(Equal([]bool{true, true}))
			Expect(t.switches(ctx)).To(Equal(switches{true, true}))
		})

		It("says what is in force when a change fails halfway", t.holds("A704"), func(ctx SpecContext) {
			set(ctx, false, false)
			_, err := owner().UpdateSharing(ctx, client.SharingUpdate{SocialMedia: client.On()})
			var halfway *client.UpdateError
			Expect(errors.As(err, &halfway)).To(BeTrue(), "%v", err)
			Expect(halfway.InForce).To(HaveValue(HaveField("ExternalShareSocialMedia", BeFalse())))
		})

		It("is refused without credentials", t.holds("A706"), func(ctx SpecContext) {
			_, err := portal().SetExternalShare(ctx, true)
			Expect(err).To(MatchError(client.ErrUnauthorized))
		})

		It("finds no link under a key that no portal has", t.holds("A707"), func(ctx SpecContext) {
			share, err := portal().ApplyExternalSharePassword(ctx, "no-such-key", "Secret123!")
			Expect(err).To(MatchError(client.ErrLinkNotFound))
			Expect(share.Status).To(Equal(client.ExternalShareStatusInvalid))
		})

		DescribeTable("signs in with", t.holds("A705"),
			func(ctx SpecContext, option client.Option) {
				t.needsOurPortal()
				Expect(portal(option).SetExternalShare(ctx, true)).To(BeTrue())
			},
			Entry("an API key", client.WithAPIKey(ownerAPIKey)),
			Entry("a portal token", client.WithPortalToken("YOUR_API_KEY")),
			Entry("e-mail address and password", client.WithBasicAuth("owner@example.com", "Owner-pass-1")),
		)

		DescribeTable("reports the outcome of a link by the error:", t.holds("A707"),
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
			Entry("a key with special characters", "a+b c%3F#ü", "", nil),
			Entry("a wrong password", "protected", "wrong", client.ErrInvalidPassword),
			Entry("no password", "protected", "", client.ErrPasswordRequired),
			Entry("expired", "expired", "Secret123!", client.ErrLinkExpired),
			Entry("internal", "internal", "", client.ErrExternalAccessDenied),
			Entry("in the trash", "trashed", "Secret123!", client.ErrLinkNotFound),
		)

		It("reports too many attempts, whatever status the profile has for them", t.holds("A708"), func(ctx SpecContext) {
			t.needsOurPortal()
			for range 5 {
				_, err := portal().ApplyExternalSharePassword(ctx, "protected", "wrong")
				Expect(err).To(MatchError(client.ErrInvalidPassword))
			}
			_, err := portal().ApplyExternalSharePassword(ctx, "protected", "Secret123!")
			Expect(err).To(MatchError(client.ErrTooManyAttempts))
		})

		It("keeps a link open for a visitor whom it has let in", t.holds("A709"), func(ctx SpecContext) {
			t.needsOurPortal()
			p := owner()
			_, err := p.Unlock(ctx, "protected", "")
			Expect(err).To(MatchError(client.ErrPasswordRequired), "the owner's credentials are not sent")
			_, err = p.Unlock(ctx, "protected", "Secret123!")
			Expect(err).NotTo(HaveOccurred())
			_, err = p.Unlock(ctx, "protected", "")
			Expect(err).NotTo(HaveOccurred())
		})

		It("does not send the attempt that would lock the link", t.holds("A708"), func(ctx SpecContext) {
			t.needsOurPortal()
			p := portal()
			for range 5 {
				_, err := p.Unlock(ctx, "protected", "wrong")
				Expect(err).To(MatchError(client.ErrInvalidPassword))
			}
			_, err := p.Unlock(ctx, "protected", "wrong")
			Expect(err).To(MatchError(client.ErrTooManyAttempts))
			var failure *client.Error
			Expect(errors.As(err, &failure)).To(BeTrue())
			Expect(failure.StatusCode).To(BeZero(), "nothing was sent")
			Expect(failure.RetryAfter).To(BeNumerically(">", 0))
		})

		It("reports a role and a scope that are not sufficient", t.holds("A706"), func(ctx SpecContext) {
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
