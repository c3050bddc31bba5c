package contract_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// madeLinkSpecs describe what becomes of links that were made: their keys, and the sharing policy (Signature.cs, FileSharing.cs).
func madeLinkSpecs(t *target) {
	Describe("links that are made", func() {
		It("have keys that the portal signs, and that work at once", t.holds("A1143"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			protected := t.setLink(ctx, token, room, `{"linkType":1,"access":2,"title":"T","password":"Secret123!"}`).link()
			open := t.primaryLink(ctx, token, room).link()
			for _, link := range []sharedLink{protected, open} {
				Expect(link.RequestToken).To(MatchRegexp(`^[A-Za-z0-9_-]{111}$`))
				Expect(signed(link.RequestToken)).To(Equal(quote(link.ID)))
			}
			Expect(t.getShare(ctx, protected.RequestToken)).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
			Expect(t.postPassword(ctx, protected.RequestToken, "", rightPassword)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			Expect(t.postPassword(ctx, protected.RequestToken, "", rightPassword)).To(haveMember(protected.ID, "response", "linkId"))
			Expect(t.getShare(ctx, open.RequestToken)).To(haveMember(open.ID, "response", "linkId"))
			Expect(t.postPassword(ctx, open.RequestToken, "", `{}`)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
		})

		t.itOfFake("have keys that are signed with docDbKey", t.holds("A1143"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			for _, link := range []sharedLink{
				t.setLink(ctx, makerToken, customRoom, `{"linkType":1,"access":2}`).link(), t.setLink(ctx, memberToken, myText, `{"access":2}`).link(),
				t.primaryLink(ctx, memberToken, myFolder).link(), t.primaryLink(ctx, makerToken, publicRoom).link(),
			} {
				digest := sha256.Sum256([]byte(quote(link.ID) + linksDocDBKey))
				Expect(link.RequestToken).To(Equal(base64.RawURLEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString(digest[:]) + "?" + quote(link.ID)))))
			}
		})

		It("tell their password in clear", t.holds("A1117", "A717"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			password := Equal("Secret123!")
			if t.documented() {
				password = BeNil()
			}
			link := t.setLink(ctx, token, room, `{"linkType":1,"access":2,"password":"Secret123!"}`)
			Expect(link).To(haveInLink(password, "password"))
			Expect(t.listLinks(ctx, token, room)).To(haveMember(password, "response", 0, "sharedLink", "password"))
			Expect(t.postPassword(ctx, link.link().RequestToken, "", rightPassword)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
		})

		It("are what the last change says, and no more", t.holds("A1114"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			ends := quote(t.now().AddDate(1, 0, 0).Format(time.RFC3339))
			made := t.setLink(ctx, token, room, `{"linkType":1,"access":10,"title":"T","denyDownload":true,"internal":true,"expirationDate":`+ends+`}`).link()
			Expect(made.ExpirationDate).NotTo(BeEmpty())
			changed := t.setLink(ctx, token, room, `{"linkType":1,"access":2,"linkId":"`+made.ID+`"}`)
			Expect(changed).To(beLink(2, 1, "Shared link"))
			link := changed.link()
			Expect(link.DenyDownload || link.Internal || link.ExpirationDate != "").To(BeFalse(), "%+v", link)
		})

		It("change what their key opens at once", t.holds("A1114"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			link := t.setLink(ctx, token, room, `{"linkType":1,"access":2}`).link()
			change := func(body string) answer {
				Expect(t.setLink(ctx, token, room, `{"linkType":1,"access":2,"linkId":"`+link.ID+`"`+body+`}`).link().RequestToken).To(Equal(link.RequestToken))
				return t.getShare(ctx, link.RequestToken)
			}
			Expect(change(`,"password":"Secret123!"`)).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
			Expect(change(`,"internal":true`)).To(haveMember(BeEquivalentTo(statusExternalAccessDenied), "response", "status"))
			Expect(change(``)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
		})

		DescribeTable("are internal while external sharing is off for their section:", t.holds("A1139"),
			func(ctx SpecContext, token, place, body string, documents, rooms, internal bool) {
				t.startTree(ctx, func(p *mockserver.Portal) {
					s := p.Settings
					s.ExternalShare, s.ExternalShareSocialMedia, s.BlockExistingLinksOnRestrict = false, false, false
					s.ExternalShareApplyToDocuments, s.ExternalShareApplyToRooms = documents, rooms
				})
				made := t.setLink(ctx, token, place, body)
				Expect(made).To(haveInLink(internal, "internal"))
				if strings.HasPrefix(place, "rooms") {
					body = strings.TrimSuffix(body, "}") + `,"linkId":"` + made.link().ID + `"}`
					Expect(t.setLink(ctx, token, place, body)).To(haveInLink(internal, "internal"), "a change too")
				} else {
					Expect(t.postLink(ctx, token, place, `{"access":2,"internal":false}`)).To(haveInLink(internal, "internal"), "the primary one too")
				}
			},
			Entry("a room", makerToken, customRoom, `{"linkType":1,"access":2,"internal":false}`, true, true, true),
			t.ofFake(Entry("a file in a room", makerToken, customText, `{"access":2,"internal":false}`, false, true, true)),
			t.ofFake(Entry("a file of one's own", memberToken, myText, `{"access":2,"internal":false}`, true, false, true)),
			t.ofFake(Entry("a folder of one's own", memberToken, myFolder, `{"access":2,"internal":false}`, true, true, true)),
			Entry("not a room when it is off for documents", makerToken, customRoom, `{"linkType":1,"access":2,"internal":false}`, true, false, false),
			t.ofFake(Entry("not a file of one's own when it is off for rooms", memberToken, myText, `{"access":2,"internal":false}`, false, true, false)),
		)

		It("are not made, changed or revoked in a public room while external sharing is off", t.holds("A1139"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			other := t.setLink(ctx, makerToken, publicRoom, `{"linkType":1,"access":2}`).link()
			t.setSwitch(ctx, "external", false)
			before := t.state(ctx)
			for _, body := range []string{`{"linkType":1,"access":2}`, `{"linkType":1,"access":2,"linkId":"` + publicPrimary + `"}`, `{"linkType":1,"access":0,"linkId":"` + publicPrimary + `"}`} {
				Expect(t.setLink(ctx, makerToken, publicRoom, body)).To(beRefused(http.StatusForbidden, noRight), body)
			}
			if !t.live {
				Expect(t.setLink(ctx, makerToken, publicText, `{"access":2}`)).To(beRefused(http.StatusForbidden, noRight))
			}
			Expect(t.state(ctx)).To(Equal(before))
			Expect(t.setLink(ctx, makerToken, publicRoom, `{"access":9}`)).To(beLink(9, 3, "Invitation link"), "people are invited all the same")
			Expect(t.listLinks(ctx, makerToken, publicRoom).links()).To(ContainElement(HaveField("ID", other.ID)))
			if !t.documented() {
				Expect(t.setLink(ctx, makerToken, formRoom, `{"linkType":1,"access":0,"linkId":"`+formPrimary+`"}`)).To(beRefused(http.StatusForbidden, noRight))
			}
		})

		DescribeTable("are internal when that is the default, whatever the body says:", t.holds("A1141"),
			func(ctx SpecContext, token, place, body string, internal bool) {
				t.startTree(ctx, func(p *mockserver.Portal) { p.Settings.DefaultShareLinkInternal = true })
				made := t.setLink(ctx, token, place, body)
				Expect(made).To(haveInLink(internal, "internal"))
				if internal {
					body = strings.TrimSuffix(body, "}") + `,"linkId":"` + made.link().ID + `"}`
					Expect(t.setLink(ctx, token, place, body)).To(haveInLink(false, "internal"), "a change has what the body says")
				}
			},
			Entry("a room", makerToken, customRoom, `{"linkType":1,"access":2,"internal":false}`, true),
			t.ofFake(Entry("a file", memberToken, myText, `{"access":2,"internal":false}`, true)),
			t.ofFake(Entry("a folder", memberToken, myFolder, `{"access":2,"internal":false}`, true)),
			Entry("not a public room", makerToken, publicRoom, `{"linkType":1,"access":2}`, false),
			Entry("not with an id of one's own", makerToken, customRoom, `{"linkType":1,"access":2,"internal":false,"linkId":"aaaaaaaa-0000-0000-0000-000000000005"}`, false),
		)

		It("are internal by default as primary ones, unless the body of POST says something", t.holds("A1141"), func(ctx SpecContext) {
			t.startTree(ctx, func(p *mockserver.Portal) { p.Settings.DefaultShareLinkInternal = true })
			Expect(t.primaryLink(ctx, makerToken, customRoom)).To(haveInLink(true, "internal"))
			if t.live {
				return // there are no files and folders
			}
			Expect(t.primaryLink(ctx, memberToken, myText)).To(haveInLink(true, "internal"))
			Expect(t.postLink(ctx, memberToken, myFolder, `{"access":2}`)).To(haveInLink(true, "internal"))
			Expect(t.postLink(ctx, memberToken, myDocument, `{"access":2,"internal":false}`)).To(haveInLink(false, "internal"))
			Expect(t.primaryLink(ctx, makerToken, publicText)).To(haveInLink(false, "internal"))
		})

		It("are as they were after a change that is refused", t.holds("A1129"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			made := t.setLink(ctx, token, room, `{"linkType":1,"access":2,"title":"T","password":"Secret123!"}`).link()
			before := t.listLinks(ctx, token, room).links()
			for _, body := range []string{
				`{"linkType":1,"access":9,"title":"N"}`, `{"linkType":1,"access":2,"title":"N","password":"short"}`, `{"linkType":1,"access":99,"title":"N"}`,
				`{"linkType":1,"access":2,"title":"N","expirationDate":` + quote(t.now().AddDate(11, 0, 0).Format(time.RFC3339)) + `}`,
				`{"linkType":2,"access":2,"title":"N"}`, `{"linkType":1,"access":2,"title":1}`,
			} {
				Expect(t.setLinkWith(ctx, token, room, strings.TrimSuffix(body, "}")+`,"linkId":"`+made.ID+`"}`).StatusCode).To(BeNumerically(">=", 400), body)
				Expect(t.listLinks(ctx, token, room).links()).To(Equal(before), body)
			}
			Expect(t.postPassword(ctx, made.RequestToken, "", rightPassword)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
		})

		t.itOfFake("are counted for each link", t.holds("A1107"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			const taken = "3fa85f64-5717-4562-b3fc-2c963f66afa1" // of the link of another entry
			before := t.state(ctx)
			Expect(t.setLink(ctx, makerToken, customRoom, `{"linkType":1,"access":2,"linkId":"`+taken+`"}`)).To(beRefused(http.StatusForbidden, "mock-docspace cannot give two entries a link of the same ID: choose another linkId"))
			Expect(t.state(ctx)).To(Equal(before))
		})

		t.tableOfFake("hint at the profiles that would answer otherwise:", t.holds("A601"),
			func(ctx SpecContext, ask func(SpecContext) answer, server, documented string) {
				t.startTree(ctx, nil)
				hint := ""
				switch {
				case t.documented() && server != "":
					hint = "profiles v3.7.2, v3.8 and next " + server
				case !t.documented() && documented != "":
					hint = "profile documented " + documented
				}
				Expect(ask(ctx)).To(haveHeader("X-Mock-Hint", hint))
			},
			Entry("not a link without a password", func(ctx SpecContext) answer {
				return t.setLink(ctx, makerToken, customRoom, `{"access":2,"linkType":1,"linkId":"aaaaaaaa-0000-0000-0000-000000000006"}`)
			}, "have another canRevoke in this answer", "has another canRevoke in this answer"),
			Entry("a password", func(ctx SpecContext) answer {
				return t.setLink(ctx, makerToken, customRoom, `{"linkType":1,"access":2,"password":"Secret123!"}`)
			}, "have another password and canRevoke in this answer", "has another password and canRevoke in this answer"),
			Entry("a form room", func(ctx SpecContext) answer { return t.primaryLink(ctx, makerToken, formRoom) }, "answer 200 here", "refuses this call with 403: "+noSuchRole),
			Entry("an unknown kind", func(ctx SpecContext) answer {
				return t.setLinkWith(ctx, makerToken, customRoom, `{"linkType":2,"access":2}`)
			},
				"refuse this call with 403: Operation is not valid due to the current state of the object.", "refuses this call with 400: Body: $.linkType: must be 1 for a share link, or 0 for an invitation"),
			Entry("an unknown access", func(ctx SpecContext) answer {
				return t.setLinkWith(ctx, makerToken, customRoom, `{"linkType":1,"access":99}`)
			},
				"refuse this call with 403: "+noSuchRole, "refuses this call with 400: Body: $.access: is no access: give a number from 0 to 11"),
			Entry("a primary link that is revoked", func(ctx SpecContext) answer {
				return t.setLink(ctx, makerToken, publicRoom, `{"linkId":"`+publicPrimary+`","linkType":1}`)
			}, "make a new primary link here, and answer it", "answers without a link here"),
			Entry("a second primary link", func(ctx SpecContext) answer {
				t.setLink(ctx, memberToken, myText, `{"access":2,"primary":true}`)
				return t.setLink(ctx, memberToken, myText, `{"access":2,"primary":true}`)
			}, "answer 200 here", "refuses this call with 403: "+tooManyLinks("1")),
			Entry("a change without linkType", func(ctx SpecContext) answer {
				link := t.setLink(ctx, makerToken, customRoom, `{"linkType":1,"access":2}`).link()
				return t.setLink(ctx, makerToken, customRoom, `{"access":2,"linkId":"`+link.ID+`","denyDownload":true}`)
			}, "have another denyDownload and canRevoke in this answer", "has another denyDownload and canRevoke in this answer"),
			Entry("no account", func(ctx SpecContext) answer { return t.primaryLink(ctx, "", myText) }, "refuse this call with 403: "+noRight, "refuses this call with 401: no valid credentials"),
			Entry("a title of a new primary link", func(ctx SpecContext) answer {
				return t.postLink(ctx, memberToken, myText, `{"access":2,"title":"mine"}`)
			},
				"have another title and canRevoke in this answer", "has another title and canRevoke in this answer"),
			Entry("a list of a file", func(ctx SpecContext) answer { return t.listLinks(ctx, memberToken, myText) }, "add total to the answer", ""),
			Entry("a list of a room", func(ctx SpecContext) answer { return t.listLinks(ctx, makerToken, customRoom) }, "", ""),
			Entry("a refusal at every profile", func(ctx SpecContext) answer {
				return t.setLink(ctx, makerToken, customRoom, `{"linkType":1,"access":9}`)
			}, "", ""),
		)
	})
}
