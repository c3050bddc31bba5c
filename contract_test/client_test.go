package contract_test

import (
	"context"
	"errors"
	"iter"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	. "github.com/onsi/gomega/gstruct"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/mockserver"
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
				t.usePortal()
				Expect(portal(option).SetExternalShare(ctx, true)).To(BeTrue())
			},
			Entry("an API key", client.WithAPIKey(ownerAPIKey)),
			Entry("a portal token", client.WithPortalToken("YOUR_API_KEY")),
			Entry("e-mail address and password", client.WithBasicAuth("owner@example.com", "Owner-pass-1")),
		)

		DescribeTable("reports the outcome of a link by the error:", t.holds("A707"),
			func(ctx SpecContext, key, password string, expected error) {
				t.usePortal()
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
			t.ofFake(Entry("a key with special characters", "a+b c%3F#ü", "", nil)),
			Entry("a wrong password", "protected", "wrong", client.ErrInvalidPassword),
			Entry("no password", "protected", "", client.ErrPasswordRequired),
			Entry("expired", "expired", "Secret123!", client.ErrLinkExpired),
			Entry("internal", "internal", "", client.ErrExternalAccessDenied),
			t.ofFake(Entry("in the trash", "trashed", "Secret123!", client.ErrLinkNotFound)),
		)

		It("reports too many attempts, whatever status the profile has for them", t.holds("A708"), func(ctx SpecContext) {
			t.usePortal()
			for range 5 {
				_, err := portal().ApplyExternalSharePassword(ctx, "protected", "wrong")
				Expect(err).To(MatchError(client.ErrInvalidPassword))
			}
			_, err := portal().ApplyExternalSharePassword(ctx, "protected", "Secret123!")
			Expect(err).To(MatchError(client.ErrTooManyAttempts))
		})

		It("keeps a link open for a visitor whom it has let in", t.holds("A709"), func(ctx SpecContext) {
			t.usePortal()
			p := owner()
			_, err := p.Unlock(ctx, "protected", "")
			Expect(err).To(MatchError(client.ErrPasswordRequired), "the owner's credentials are not sent")
			_, err = p.Unlock(ctx, "protected", "Secret123!")
			Expect(err).NotTo(HaveOccurred())
			_, err = p.Unlock(ctx, "protected", "")
			Expect(err).NotTo(HaveOccurred())
		})

		t.itOfFake("acts as whoever signs in, until the session is ended", t.holds("A1903"), func(ctx SpecContext) {
			set(ctx, true, true)
			stranger := portal()
			signedIn, err := stranger.SignIn(ctx, "owner@example.com", "Owner-pass-1")
			Expect(err).NotTo(HaveOccurred())
			Expect(signedIn.SetExternalShare(ctx, false)).To(BeFalse())
			Expect(signedIn.SignOut(ctx)).To(Succeed())
			_, err = signedIn.SetExternalShare(ctx, true)
			Expect(err).To(MatchError(client.ErrUnauthorized))
			Expect(signedIn.SignOut(ctx)).To(Succeed(), "it is ended already")
			_, err = stranger.SetExternalShare(ctx, true)
			Expect(err).To(MatchError(client.ErrUnauthorized), "the first Portal is still nobody's")
			_, err = stranger.SignIn(ctx, "gone@example.com", "Gone-pass-1")
			Expect(err).To(MatchError(client.ErrUserDisabled))
			for range 5 {
				_, err = stranger.SignIn(ctx, "owner@example.com", "no")
				Expect(err).To(MatchError(client.ErrUnauthorized))
			}
			_, err = stranger.SignIn(ctx, "owner@example.com", "Owner-pass-1")
			Expect(err).To(MatchError(client.ErrTooManyAttempts))
			var failure *client.Error
			Expect(errors.As(err, &failure)).To(BeTrue())
			Expect(failure.StatusCode).To(BeZero(), "nothing was sent")
		})

		t.itOfFake("makes, reads, lists and removes a room", t.holds("A1901"), func(ctx SpecContext) {
			p := portal(client.WithPortalToken("room-admin-token"))
			room, err := p.CreateRoom(ctx, client.RoomSpec{Title: "Customers", Type: client.RoomTypePublicRoom})
			Expect(err).NotTo(HaveOccurred())
			Expect(room.Title).To(Equal("Customers"))
			Expect(room.Security).To(HaveKeyWithValue("Delete", true))
			Expect(p.Room(ctx, room.ID)).To(HaveField("RoomType", client.RoomTypePublicRoom))
			Expect(p.Folder(ctx, room.ID)).To(HaveField("ID", room.ID))
			Expect(titlesOf(p.Rooms(ctx))).To(Equal([]string{"Customers"}))
			Expect(titlesOf(p.Entries(ctx, room.ID))).To(BeEmpty())
			link, err := p.RoomLink(ctx, room.ID)
			Expect(err).NotTo(HaveOccurred())
			visitor := portal().Visitor()
			Expect(visitor.Folder(ctx, link.Key.Reveal(), 0)).To(HaveField("Title", "Customers"))

			Expect(p.DeleteRoom(ctx, room.ID)).To(Succeed())
			_, err = p.Room(ctx, room.ID)
			Expect(err).To(MatchError(client.ErrEntryNotFound))
			_, err = visitor.Folder(ctx, link.Key.Reveal(), 0)
			Expect(err).To(MatchError(client.ErrLinkNotFound))
			Expect(p.DeleteRoom(ctx, room.ID)).To(Succeed(), "it is gone already")
			Expect(p.DeleteRoom(ctx, 0)).To(MatchError(client.ErrInvalidArgument))
		})

		t.itOfFake("removes no room of another, and makes none for users", t.holds("A1901"), func(ctx SpecContext) {
			Expect(portal(client.WithPortalToken("admin-token")).DeleteRoom(ctx, 10)).To(MatchError(client.ErrForbidden))
			Expect(owner().Room(ctx, 10)).To(HaveField("Title", "Marketing"))
			_, err := portal(client.WithPortalToken("user-token")).CreateRoom(ctx, client.RoomSpec{Title: "m", Type: client.RoomTypeCustomRoom})
			Expect(err).To(MatchError(client.ErrForbidden))
			_, err = owner().Room(ctx, 4711)
			Expect(err).To(MatchError(client.ErrEntryNotFound))
			_, err = portal().Room(ctx, 10)
			Expect(err).To(MatchError(client.ErrUnauthorized))
		})

		t.itOfFake("goes on from a link to what is inside", t.holds("A1902"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.Entries = append(p.Entries,
					mockserver.Entry{ID: "70", Title: "Sub", Type: mockserver.EntryFolder, Parent: "10"},
					mockserver.Entry{ID: "71", Title: "note.txt", Type: mockserver.EntryFile, Parent: "10"},
					mockserver.Entry{ID: "72", Title: "deep.txt", Type: mockserver.EntryFile, Parent: "folder/70"})
				p.Links = append(p.Links, mockserver.Link{Key: "note", Entry: "file/71"})
			})
			visitor := portal().Visitor()
			_, err := titlesOf(visitor.Entries(ctx, "protected", 10))
			Expect(err).To(MatchError(client.ErrPasswordRequired))
			_, err = visitor.Open(ctx, "protected", client.WithLinkPassword("Secret123!"))
			Expect(err).NotTo(HaveOccurred())
			Expect(titlesOf(visitor.Entries(ctx, "protected", 0))).To(Equal([]string{"Sub", "note.txt"}))
			Expect(titlesOf(visitor.Entries(ctx, "protected", 70))).To(Equal([]string{"deep.txt"}))
			folder, err := visitor.Folder(ctx, "protected", 70)
			Expect(err).NotTo(HaveOccurred())
			Expect(folder.Security).To(HaveKeyWithValue("Read", true))
			Expect(folder.FilesCount).To(BeEquivalentTo(1))
			Expect(folder.Key.Reveal()).To(Equal("protected"))
			Expect(visitor.File(ctx, "note", 0)).To(HaveField("Title", "note.txt"))
			_, err = visitor.File(ctx, "note", 72)
			Expect(err).To(MatchError(client.ErrForbidden), "the link is open, and leads elsewhere")
		})

		t.tableOfFake("says why a visitor reads nothing:", t.holds("A1902"),
			func(ctx SpecContext, key string, kind error) {
				visitor := portal().Visitor()
				for _, id := range []int32{0, 10} {
					_, err := titlesOf(visitor.Entries(ctx, key, id))
					Expect(err).To(MatchError(kind))
					_, err = visitor.Folder(ctx, key, id)
					Expect(err).To(MatchError(kind))
				}
			},
			Entry("expired", "expired", client.ErrLinkExpired),
			Entry("a password is needed", "protected", client.ErrPasswordRequired),
			Entry("internal", "internal", client.ErrExternalAccessDenied),
			Entry("no such link", "no-such-key", client.ErrLinkNotFound),
		)

		It("does not send the attempt that would lock the link", t.holds("A708"), func(ctx SpecContext) {
			t.usePortal()
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

		t.tableOfFake("tries again when the portal's clock, which it was given, has gone on:", t.holds("A708"),
			func(ctx SpecContext, try func(ctx context.Context, p *client.Portal, password string) error, right string, wrong error) {
				p := portal(client.WithClock(targetClock{t}))
				for range 5 {
					Expect(try(ctx, p, "wrong")).To(MatchError(wrong))
				}
				Expect(try(ctx, p, right)).To(MatchError(client.ErrTooManyAttempts))
				t.advance(59 * time.Second)
				Expect(try(ctx, p, right)).To(MatchError(client.ErrTooManyAttempts))
				t.advance(time.Second)
				Expect(try(ctx, p, right)).To(Succeed())
			},
			Entry("a link", func(ctx context.Context, p *client.Portal, password string) error {
				_, err := p.Unlock(ctx, "protected", password)
				return err
			}, "Secret123!", client.ErrInvalidPassword),
			Entry("a person", func(ctx context.Context, p *client.Portal, password string) error {
				_, err := p.SignIn(ctx, "owner@example.com", password)
				return err
			}, "Owner-pass-1", client.ErrUnauthorized),
		)

		It("reports a role and a scope that are not sufficient", t.holds("A706"), func(ctx SpecContext) {
			t.usePortal()
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

// targetClock is the clock of a target as the client's. Whoever waits for it moves it.
type targetClock struct{ *target }

func (c targetClock) Now() time.Time { return c.clock }

func (c targetClock) WaitUntil(ctx context.Context, at time.Time) error {
	c.advance(at.Sub(c.clock))
	return ctx.Err()
}

// titlesOf gives the titles of a list of rooms or entries, up to its first error.
func titlesOf[T client.Entry | client.Folder](list iter.Seq2[T, error]) (titles []string, err error) {
	for item, err := range list {
		if err != nil {
			return titles, err
		}
		switch item := any(item).(type) {
		case client.Entry:
			titles = append(titles, item.Title)
		case client.Folder:
			titles = append(titles, item.Title)
		}
	}
	return titles, nil
}
