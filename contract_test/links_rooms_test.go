package contract_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// roomLinkSpecs describe the links of rooms: GET files/rooms/{id}/link, GET and PUT files/rooms/{id}/links (VirtualRoomsController.cs).
func roomLinkSpecs(t *target) {
	Describe("links of a room", func() {
		const given = "aaaaaaaa-0000-0000-0000-000000000002"

		It("have a primary one, which the first call makes", t.holds("A1101"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			made := t.primaryLink(ctx, token, room)
			Expect(made).To(beLink(2, 4, "Shared link"))
			Expect(made).To(haveInLink(true, "primary"))
			Expect(made).To(haveInLink(false, "internal"))
			again := t.primaryLink(ctx, token, room)
			Expect(again.link()).To(Equal(made.link()))
			Expect(t.listLinks(ctx, token, room).links()).To(Equal([]sharedLink{made.link()}))
		})

		It("have a primary one of their own kind in a form room", t.holds("A1123", "A712"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			a := t.primaryLink(ctx, makerToken, formRoom)
			if t.documented() {
				Expect(a).To(beRefused(http.StatusForbidden, noSuchRole))
				return
			}
			Expect(a).To(beLink(7, 4, "Link to fill out"))
			Expect(a).To(haveInLink(formPrimary, "id"))
			if !t.live {
				t.startTree(ctx, func(p *mockserver.Portal) { p.Links = nil })
				Expect(t.primaryLink(ctx, makerToken, formRoom)).To(beLink(7, 4, "Link to fill out"))
			}
		})

		It("are not made primary by a body", t.holds("A1101"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			Expect(t.setLinkWith(ctx, token, room, `{"linkType":1,"access":2,"primary":true}`)).To(beLink(2, 1, "Shared link"))
		})

		It("have a primary one that is there in a public room", t.holds("A1101"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			a := t.primaryLink(ctx, makerToken, publicRoom)
			Expect(a).To(beLink(2, 4, "Shared link"))
			Expect(a).To(haveInLink(publicPrimary, "id"))
		})

		It("are described in the server's order", t.holds("A1102"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			expires := t.now().AddDate(1, 0, 0).Truncate(time.Second)
			a := t.setLink(ctx, token, room, `{"linkType":1,"access":10,"title":"T","denyDownload":true,"internal":true,"expirationDate":`+quote(expires.Format(time.RFC3339))+`}`)
			Expect(a).To(haveNames([]string{"access", "sharedTo", "sharedLink", "isLocked", "isOwner", "canEditAccess", "canEditInternal",
				"canEditDenyDownload", "canEditExpirationDate", "canRevoke", "subjectType"}))
			var share struct{ SharedTo, SharedLink rawObject }
			a.decodeResponse(&share)
			Expect(share.SharedTo).To(Equal(share.SharedLink))
			Expect(propertyNames(share.SharedLink)).To(Equal([]string{"id", "title", "shareLink", "expirationDate", "linkType", "denyDownload", "isExpired",
				"primary", "internal", "requestToken"}))
			link := a.link()
			Expect(link.ExpirationDate).To(Equal(expires.Format("2006-01-02T15:04:05.0000000Z")))
			Expect(link.DenyDownload && link.Internal && !link.Primary && !link.IsExpired && link.LinkType == 1).To(BeTrue(), "%+v", link)
			Expect(link.ShareLink).To(MatchRegexp(`^https?://[^/]+` + regexp.QuoteMeta(t.base()) + `/s/[A-Za-z0-9_-]{15}$`))
		})

		DescribeTable("say what the caller may do with them:", t.holds("A1103", "A718"),
			func(ctx SpecContext, token, place, body, flags string) {
				t.startTree(ctx, nil)
				if t.documented() {
					if place == formRoom {
						Skip("takes no link as documented")
					}
					flags = flags[:4] + map[bool]string{true: "1", false: "0"}[token != memberToken || place == myText] // who may revoke it
				}
				if token == memberToken && place == customRoom {
					t.primaryLink(ctx, makerToken, place) // a reader does not make it
				}
				a := t.primaryLink(ctx, token, place)
				if body != "" {
					a = t.setLink(ctx, token, place, body)
				}
				Expect(a).To(haveStatus(http.StatusOK))
				got := ""
				for _, name := range []string{"canEditAccess", "canEditInternal", "canEditDenyDownload", "canEditExpirationDate", "canRevoke"} {
					got += map[any]string{true: "1", false: "0"}[a.member("response", name)]
				}
				Expect(got).To(Equal(flags))
				Expect(a).To(haveMember(false, "response", "isLocked"))
				Expect(a).To(haveMember(false, "response", "isOwner"))
			},
			Entry("the primary link of a custom room", makerToken, customRoom, "", "01110"),
			Entry("another link of a custom room", makerToken, customRoom, `{"linkType":1,"access":2}`, "01110"),
			Entry("the primary link of a public room", makerToken, publicRoom, "", "00101"),
			Entry("another link of a public room", makerToken, publicRoom, `{"linkType":1,"access":2}`, "00110"),
			Entry("the link of a form room", makerToken, formRoom, "", "01101"),
			Entry("the link of a public room, to a reader", memberToken, publicRoom, "", "00101"),
			Entry("the primary link of a custom room, to a reader", memberToken, customRoom, "", "00100"),
			Entry("an invitation", makerToken, customRoom, `{"access":2}`, "01110"),
			t.ofFake(Entry("a file in a data room", makerToken, dataText, "", "00110")),
			t.ofFake(Entry("a file in a public room", makerToken, publicText, "", "00111")),
			t.ofFake(Entry("a file in a form room", makerToken, formDocument, "", "01101")),
			t.ofFake(Entry("a file of one's own", memberToken, myText, "", "01110")),
		)

		t.itOfFake("are those of a custom room where the portal file says no type", t.holds("A1104"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			a := t.primaryLink(ctx, ownerToken, "rooms/10")
			Expect(a).To(beLink(2, 4, "Shared link"))
			Expect(a).To(haveMember(true, "response", "canEditInternal"))
			Expect(a).To(haveMember(true, "response", "canEditExpirationDate"))
		})

		DescribeTable("have one of the accesses of the kind of room:",
			func(ctx SpecContext, place string, may ...int) {
				for access := range 12 {
					t.startTree(ctx, nil)
					a := t.setLink(ctx, makerToken, place, fmt.Sprintf(`{"linkType":1,"access":%d,"title":"a"}`, access))
					switch {
					case slices.Contains(may, access):
						Expect(a).To(beLink(access, 1, "a"), fmt.Sprint(access))
					case access == 0 && len(may) > 0:
						Expect(a).To(beWithoutLink())
					case place == formRoom && (access == 0 || access == 2 || access == 7) && !t.documented():
						Expect(a).To(beRefused(http.StatusForbidden, tooManyLinks("0")), fmt.Sprint(access))
					default:
						Expect(a).To(beRefused(http.StatusForbidden, noSuchRole), fmt.Sprint(access))
					}
				}
			},
			Entry("a custom room", t.holds("A1104"), customRoom, 10, 7, 5, 6, 2),
			Entry("a public room", t.holds("A1104"), publicRoom, 10, 7, 5, 6, 2),
			Entry("a form room, only for its own link", t.holds("A1145", "A712"), formRoom),
			Entry("a collaboration room: none", t.holds("A1106"), collabRoom),
			Entry("a data room: none", t.holds("A1106"), dataRoom),
			Entry("an AI room: none", t.holds("A1106"), aiRoom),
		)

		It("have one of the accesses of a custom room (live)", t.holds("A1104"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			for _, access := range []int{10, 7, 5, 6, 2} {
				Expect(t.setLink(ctx, token, room, fmt.Sprintf(`{"linkType":1,"access":%d,"title":"a"}`, access))).To(beLink(access, 1, "a"))
			}
			for _, access := range []int{1, 3, 4, 8, 9, 11} {
				Expect(t.setLink(ctx, token, room, fmt.Sprintf(`{"linkType":1,"access":%d}`, access))).To(beRefused(http.StatusForbidden, noSuchRole), fmt.Sprint(access))
			}
		})

		DescribeTable("are not made in a room that takes none:", t.holds("A1106"),
			func(ctx SpecContext, place string) {
				t.startTree(ctx, nil)
				before := t.state(ctx)
				Expect(t.primaryLink(ctx, makerToken, place)).To(beRefused(http.StatusForbidden, noSuchRole))
				Expect(t.listLinks(ctx, makerToken, place).links()).To(BeEmpty())
				for _, access := range []string{`99`, `"Read"`, `"nonsense"`, `"2"`} {
					Expect(t.setLinkWith(ctx, makerToken, place, `{"linkType":1,"access":`+access+`}`)).To(Or(beRefused(http.StatusForbidden, noSuchRole), haveStatus(http.StatusBadRequest)))
				}
				Expect(t.state(ctx)).To(Equal(before))
			},
			Entry("a collaboration room", collabRoom), Entry("a data room", dataRoom), Entry("an AI room", aiRoom),
		)

		It("are not more than a primary one and five others", t.holds("A1107"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			for range 5 {
				Expect(t.setLink(ctx, token, room, `{"linkType":1,"access":2,"title":"n"}`)).To(beLink(2, 1, "n"))
			}
			for _, body := range []string{`{"linkType":1,"access":2}`, `{"linkType":1,"access":0}`, `{"linkType":1}`, `{"linkType":1,"access":2,"linkId":"` + given + `"}`} {
				Expect(t.setLink(ctx, token, room, body)).To(beRefused(http.StatusForbidden, tooManyLinks("5")), body)
			}
			for _, access := range []string{`"Read"`, `"Editing"`, `"2"`} {
				Expect(t.setLinkWith(ctx, token, room, `{"linkType":1,"access":`+access+`}`)).To(beRefused(http.StatusForbidden, tooManyLinks("5")), access)
			}
			Expect(t.setLink(ctx, token, room, `{"linkType":1,"access":9}`)).To(beRefused(http.StatusForbidden, noSuchRole), "the role comes first")
			Expect(t.setLink(ctx, token, room, `{"linkType":1,"access":2,"password":"short"}`)).To(beRefused(http.StatusBadRequest, badPassword), "the password comes before both")
			primary := t.primaryLink(ctx, token, room)
			Expect(primary).To(beLink(2, 4, "Shared link"))
			links := t.listLinks(ctx, token, room).links()
			Expect(links).To(HaveLen(6))
			other := slices.IndexFunc(links, func(l sharedLink) bool { return !l.Primary })
			Expect(t.setLink(ctx, token, room, `{"linkType":1,"access":6,"linkId":"`+links[other].ID+`"}`)).To(beLink(6, 1, "Shared link"), "a change is no new link")
			Expect(t.setLink(ctx, token, room, `{"linkType":1,"access":0,"linkId":"`+links[other].ID+`"}`)).To(beWithoutLink())
			Expect(t.setLink(ctx, token, room, `{"linkType":1,"access":2,"title":"again"}`)).To(beLink(2, 1, "again"))
		})

		It("are five besides the primary one of a public room, too", t.holds("A1107"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			for range 5 {
				Expect(t.setLink(ctx, makerToken, publicRoom, `{"linkType":1,"access":2}`)).To(haveStatus(http.StatusOK))
			}
			Expect(t.setLink(ctx, makerToken, publicRoom, `{"linkType":1,"access":2}`)).To(beRefused(http.StatusForbidden, tooManyLinks("5")))
		})

		DescribeTable("have an access by its number or its exact name:", t.holds("A1108"),
			func(ctx SpecContext, access string, means int) {
				room, token := t.startRoom(ctx)
				a := t.setLinkWith(ctx, token, room, `{"linkType":1,"access":`+access+`,"title":"a"}`)
				if means == 0 {
					Expect(a).To(beWithoutLink())
				} else {
					Expect(a).To(beLink(means, 1, "a"))
				}
			},
			Entry("Read", `"Read"`, 2), Entry("Editing", `"Editing"`, 10), Entry("FillForms", `"FillForms"`, 7), Entry("Review", `"Review"`, 5),
			Entry("Comment", `"Comment"`, 6), Entry("a number as a text", `"2"`, 2),
		)

		DescribeTable("are as if nothing was said, or refused, with", t.holds("A1149", "A721"),
			func(ctx SpecContext, property, value string) {
				room, token := t.startRoom(ctx)
				a := t.setLinkWith(ctx, token, room, `{"linkType":1,"`+property+`":`+value+`,"title":"a"}`)
				if t.documented() {
					Expect(a).To(haveStatus(http.StatusBadRequest))
					Expect(a).To(haveMember(HavePrefix("Body: $."+property+": expected "), "error", "message"))
					Expect(t.listLinks(ctx, token, room).links()).To(BeEmpty())
					return
				}
				Expect(a).To(beWithoutLink())
				if !t.live {
					Expect(a).To(haveHeader("X-Mock-Hint", "profile documented refuses "+property+" of the body with 400"))
				}
			},
			Entry("a text that is no access", "access", `"nonsense"`), Entry("an access in another letter case", "access", `"read"`),
			Entry("null for an access", "access", `null`), Entry("true for an access", "access", `true`), Entry("a fraction for an access", "access", `2.5`),
			Entry("a text that is no time", "expirationDate", `"nonsense"`),
		)

		It("refuse an access that there is not", t.holds("A1109", "A713"),
			func(ctx SpecContext) {
				status := http.StatusForbidden
				if t.documented() {
					status = http.StatusBadRequest
				}
				room, token := t.startRoom(ctx)
				for _, body := range []string{`{"linkType":1,"access":99}`, `{"linkType":1,"access":-1}`} {
					Expect(t.setLinkWith(ctx, token, room, body)).To(haveStatus(status), body)
				}
				Expect(t.setLinkWith(ctx, token, room, `{"linkType":1,"access":[]}`)).To(t.haveValidationProblem("$.access",
					"The converter 'ASC.Files.Core.Security.FileShareConverter' read too much or not enough."))
				Expect(t.listLinks(ctx, token, room).links()).To(BeEmpty())
			})

		It("refuse a kind of link that there is not", t.holds("A1109", "A713"),
			func(ctx SpecContext) {
				status, message := http.StatusForbidden, "Operation is not valid due to the current state of the object."
				if t.documented() {
					status, message = http.StatusBadRequest, "Body: $.linkType: must be 1 for a share link, or 0 for an invitation"
				}
				room, token := t.startRoom(ctx)
				for _, kind := range []string{"2", "3", "-1"} {
					Expect(t.setLinkWith(ctx, token, room, `{"linkType":`+kind+`,"access":2}`)).To(beRefused(status, message), kind)
				}
			})

		DescribeTable("have a title:", t.holds("A1111"),
			func(ctx SpecContext, title, shown string) {
				room, token := t.startRoom(ctx)
				Expect(t.setLink(ctx, token, room, `{"linkType":1,"access":2,"linkId":"`+given+`",`+title+`}`)).To(beLink(2, 1, shown))
				Expect(t.listLinks(ctx, token, room).links()[0].Title).To(Equal(shown))
			},
			Entry("its own", `"title":"For customers"`, "For customers"), Entry("with its blanks", `"title":"  t  "`, "  t  "),
			Entry("the usual one when it is empty", `"title":""`, "Shared link"), Entry("the usual one when it is null", `"title":null`, "Shared link"),
			Entry("the usual one when it is left out", `"denyDownload":false`, "Shared link"),
			Entry("of 255 characters", `"title":`+quote(strings.Repeat("ä", 255)), strings.Repeat("ä", 255)),
		)

		DescribeTable("have no text of more than 255 characters:", t.holds("A1111"),
			func(ctx SpecContext, property string, text string) {
				room, token := t.startRoom(ctx)
				name := strings.ToUpper(property[:1]) + property[1:]
				a := t.setLinkWith(ctx, token, room, `{"linkType":1,"access":2,`+quote(property)+`:`+quote(text)+`}`)
				Expect(a).To(t.haveValidationProblem("RoomLink."+name, "The field "+name+" must be a string with a maximum length of 255."))
				Expect(t.listLinks(ctx, token, room).links()).To(BeEmpty())
			},
			Entry("title", "title", strings.Repeat("x", 256)), Entry("title, in UTF-16", "title", strings.Repeat("😀", 128)),
			Entry("password", "password", strings.Repeat("x", 256)),
		)

		DescribeTable("have a password of 8 to 30 printable characters without blanks:", t.holds("A1113"),
			func(ctx SpecContext, password string, good bool) {
				room, token := t.startRoom(ctx)
				a := t.setLink(ctx, token, room, `{"linkType":1,"access":2,"linkId":"`+given+`","password":`+quote(password)+`}`)
				if !good {
					Expect(a).To(beRefused(http.StatusBadRequest, badPassword))
					Expect(t.listLinks(ctx, token, room).links()).To(BeEmpty())
					return
				}
				key := a.link().RequestToken
				Expect(t.postPassword(ctx, key, "", `{"password":`+quote(strings.TrimSpace(password))+`}`)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			},
			Entry("7", "1234567", false), Entry("8", "12345678", true), Entry("usual", "Secret123!", true), Entry("30", strings.Repeat("x", 30), true),
			Entry("31", strings.Repeat("x", 31), false), Entry("255", strings.Repeat("x", 255), false), Entry("short", "short", false),
			Entry("a blank within", "with space1", false), Entry("a tab within", "with\ttab12", false), Entry("letters that are not latin", "пароль123", false),
			Entry("an emoji", "emoji😀abc1", false), Entry("the last sign", "~~~~~~~~", true), Entry("the first sign", "!!!!!!!!", true),
			Entry("blanks around, which do not count", " Secret123! ", true),
		)

		DescribeTable("have no password when it is", t.holds("A1114"),
			func(ctx SpecContext, password string) {
				room, token := t.startRoom(ctx)
				made := t.setLink(ctx, token, room, `{"linkType":1,"access":2,"linkId":"`+given+`","password":"Secret123!"}`).link()
				Expect(t.getShare(ctx, made.RequestToken)).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
				changed := t.setLink(ctx, token, room, `{"linkType":1,"access":2,"linkId":"`+given+`","title":"n"`+password+`}`)
				Expect(changed).To(haveInLink(BeNil(), "password"))
				Expect(changed.link().RequestToken).To(Equal(made.RequestToken))
				Expect(t.getShare(ctx, made.RequestToken)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			},
			Entry("left out", ""), Entry("null", `,"password":null`), Entry("empty", `,"password":""`), Entry("blanks only", `,"password":"   "`),
		)

		DescribeTable("end at a time:", t.holds("A1115"),
			func(ctx SpecContext, expires func(time.Time) string, shown func(time.Time) string) {
				room, token := t.startRoom(ctx)
				now := t.now().Truncate(time.Second)
				a := t.setLinkWith(ctx, token, room, `{"linkType":1,"access":2,"expirationDate":`+expires(now)+`}`)
				if shown == nil {
					Expect(a).To(beRefused(http.StatusBadRequest, badExpiry))
					Expect(t.listLinks(ctx, token, room).links()).To(BeEmpty())
					return
				}
				Expect(a.link().ExpirationDate).To(Equal(shown(now)))
			},
			Entry("of UTC", at(0, 1, "2006-01-02T15:04:05Z"), at(0, 1, utcForm)),
			Entry("with an offset, in UTC afterwards", func(now time.Time) string {
				return quote(now.AddDate(0, 1, 0).In(time.FixedZone("", 3*60*60)).Format(time.RFC3339))
			}, at(0, 1, utcForm)),
			Entry("of a day", at(0, 1, "2006-01-02"), func(now time.Time) string { return now.AddDate(0, 1, 0).Format("2006-01-02T00:00:00.0000000Z") }),
			Entry("never, when it is empty", exactly(`""`), exactly("")),
			Entry("never, when it is null", exactly(`null`), exactly("")), Entry("never, when it is zero", exactly(`"0001-01-01T00:00:00"`), exactly("")),
			Entry("never, when it is over", at(-1, 0, "2006-01-02T15:04:05Z"), exactly("")),
			Entry("in almost ten years", func(now time.Time) string { return quote(now.AddDate(10, 0, -1).Format(time.RFC3339)) },
				func(now time.Time) string { return now.AddDate(10, 0, -1).Format(utcForm) }),
			Entry("not in more than ten years", func(now time.Time) string { return quote(now.AddDate(10, 0, 1).Format(time.RFC3339)) }, nil),
		)

		t.itOfFake("are over when their time is over", t.holds("A1115"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			ends := beginning.Add(time.Hour)
			link := t.setLink(ctx, makerToken, customRoom, `{"linkType":1,"access":2,"expirationDate":`+quote(ends.Format(time.RFC3339))+`}`).link()
			Expect(link.IsExpired).To(BeFalse())
			t.advance(time.Hour + time.Second)
			Expect(t.getShare(ctx, link.RequestToken)).To(haveMember(BeEquivalentTo(statusExpired), "response", "status"))
			Expect(t.listLinks(ctx, makerToken, customRoom).links()[0].IsExpired).To(BeTrue())
		})

		DescribeTable("refuse bodies that cannot be read:", t.holds("A1116", "A720"),
			func(ctx SpecContext, body, key, message string) {
				room, token := t.startRoom(ctx)
				Expect(t.setLinkWith(ctx, token, room, body)).To(t.haveValidationProblem(key, message))
				Expect(t.listLinks(ctx, token, room).links()).To(BeEmpty())
			},
			Entry("a number for a password", `{"linkType":1,"access":2,"password":12345678}`, "$.password", "The JSON value could not be converted to System.String."),
			Entry("a number for a title", `{"linkType":1,"access":2,"title":1}`, "$.title", "The JSON value could not be converted to System.String."),
			Entry("a number for a time", `{"linkType":1,"access":2,"expirationDate":1}`, "$.expirationDate", "The JSON value could not be converted to ASC.Api.Core.ApiDateTime."),
			Entry("a text for a flag", `{"linkType":1,"access":2,"internal":"true"}`, "$.internal", "The JSON value could not be converted to System.Boolean."),
			Entry("null for a flag", `{"linkType":1,"access":2,"internal":null}`, "$.internal", "The JSON value could not be converted to System.Boolean."),
			Entry("a number for denyDownload", `{"linkType":1,"access":2,"denyDownload":1}`, "$.denyDownload", "The JSON value could not be converted to System.Boolean."),
			Entry("a name for the kind", `{"access":2,"linkType":"External"}`, "$.linkType", "The JSON value could not be converted to ASC.Files.Core.ApiModels.ResponseDto.LinkType."),
			Entry("a number as a text for the kind", `{"access":2,"linkType":"1"}`, "$.linkType", "The JSON value could not be converted to ASC.Files.Core.ApiModels.ResponseDto.LinkType."),
			Entry("too large a maxUseCount", `{"linkType":1,"access":2,"maxUseCount":1001}`, "RoomLink.MaxUseCount", "The field MaxUseCount must be between 1 and 1000."),
			Entry("no maxUseCount", `{"access":2,"maxUseCount":0}`, "RoomLink.MaxUseCount", "The field MaxUseCount must be between 1 and 1000."),
			Entry("a text for maxUseCount", `{"access":2,"maxUseCount":"x"}`, "$.maxUseCount", "The JSON value could not be converted to System.Nullable`1[System.Int32]."),
			Entry("null for currentUseCount", `{"access":2,"currentUseCount":null}`, "$.currentUseCount", "The JSON value could not be converted to System.Int32."),
			Entry("null", `null`, "RoomLink", "A non-empty request body is required."),
			Entry("nothing", ``, "RoomLink", "A non-empty request body is required."),
			Entry("a list", `[]`, "$", "The JSON value could not be converted to ASC.Files.ApiModels.RequestDto.RoomLinkRequest."),
			Entry("half an object", `{`, "$", "Expected depth to be zero at the end of the JSON payload."),
			Entry("an id that is no GUID", `{"linkType":1,"access":2,"linkId":"zzz"}`, "$.linkId", "The JSON value could not be converted to System.Guid."),
			Entry("an empty id", `{"linkType":1,"access":2,"linkId":""}`, "$.linkId", "The JSON value could not be converted to System.Guid."),
			Entry("null for the id", `{"linkType":1,"access":2,"linkId":null}`, "$.linkId", "The JSON value could not be converted to System.Guid."),
			Entry("a number for the id", `{"linkType":1,"access":2,"linkId":1}`, "$.linkId", "The JSON value could not be converted to System.Guid."),
			Entry("an id in braces", `{"linkType":1,"access":2,"linkId":"{aaaaaaaa-0000-0000-0000-000000000002}"}`, "$.linkId", "The JSON value could not be converted to System.Guid."),
			Entry("an id without dashes", `{"linkType":1,"access":2,"linkId":"aaaaaaaa000000000000000000000002"}`, "$.linkId", "The JSON value could not be converted to System.Guid."),
		)

		It("need JSON", t.holds("A1116", "A720"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			Expect(t.send(ctx, request{method: http.MethodPut, path: "files/" + room + "/links", key: token, body: "x", media: "text/plain", off: true})).To(haveStatus(http.StatusUnsupportedMediaType))
			t.startedAfterRefusal(ctx, token, room)
		})

		It("are made with the linkId that is not there yet", t.holds("A1118"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			first := t.setLink(ctx, token, room, `{"linkId":"`+given+`","linkType":1,"access":2}`)
			Expect(first).To(beLink(2, 1, "Shared link"))
			Expect(first).To(haveInLink(given, "id"))
			Expect(t.setLink(ctx, token, room, `{"linkId":"`+strings.ToUpper(given)+`","linkType":1,"access":2,"title":"same"}`)).To(haveInLink(given, "id"))
			Expect(t.listLinks(ctx, token, room).links()).To(HaveLen(1))
			Expect(t.setLink(ctx, token, room, `{"linkId":"`+given+`","linkType":1,"access":0}`)).To(beWithoutLink())
			again := t.setLink(ctx, token, room, `{"linkId":"`+given+`","linkType":1,"access":2}`)
			Expect(again.link().RequestToken).To(Equal(first.link().RequestToken), "the same id has the same key")
			made := t.setLink(ctx, token, room, `{"linkId":"00000000-0000-0000-0000-000000000000","linkType":1,"access":2}`)
			Expect(made.link().ID).NotTo(Or(Equal(given), Equal("00000000-0000-0000-0000-000000000000")))
		})

		It("invite people with linkType 0 or none", t.holds("A1119"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			a := t.setLink(ctx, makerToken, customRoom, `{"access":2,"title":"v","maxUseCount":3,"password":"Secret123!","internal":true}`)
			Expect(a).To(beLink(2, 3, "v"))
			var share struct{ SharedLink rawObject }
			a.decodeResponse(&share)
			Expect(propertyNames(share.SharedLink)).To(Equal([]string{"id", "title", "shareLink", "linkType", "denyDownload", "isExpired", "primary", "internal", "maxUseCount", "currentUseCount"}))
			Expect(a).To(haveInLink(BeEquivalentTo(0), "linkType"))
			Expect(a).To(haveInLink(BeEquivalentTo(3), "maxUseCount"))
			Expect(a).To(haveInLink(BeEquivalentTo(0), "currentUseCount"))
			Expect(a).To(haveInLink(false, "internal"))
			Expect(t.setLink(ctx, makerToken, customRoom, `{}`)).To(beRefused(http.StatusForbidden, tooManyLinks("1")))
			Expect(t.setLink(ctx, makerToken, customRoom, `{"linkType":0,"access":2}`)).To(beRefused(http.StatusForbidden, tooManyLinks("1")))
			Expect(t.listLinks(ctx, makerToken, customRoom+"?type=0").links()).To(HaveLen(1))
			Expect(t.listLinks(ctx, makerToken, customRoom+"?type=1").links()).To(BeEmpty())
			Expect(t.setLink(ctx, makerToken, customRoom, `{"linkType":1,"access":2,"maxUseCount":5,"currentUseCount":5}`)).To(haveInLink(BeNil(), "maxUseCount"), "of a share link")
			Expect(t.setLink(ctx, makerToken, customRoom, `{"linkType":0,"access":0,"linkId":"`+a.link().ID+`"}`)).To(beWithoutLink())
			Expect(t.listLinks(ctx, makerToken, customRoom+"?type=0").links()).To(BeEmpty())
		})

		It("invite people until a time that is not over", t.holds("A1119"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			over := quote(beginning.AddDate(0, 0, -1).Format(time.RFC3339))
			Expect(t.setLink(ctx, makerToken, customRoom, `{"access":2,"expirationDate":`+over+`}`)).To(beRefused(http.StatusBadRequest, badExpiry))
			Expect(t.setLink(ctx, makerToken, customRoom, `{"access":9}`)).To(beLink(9, 3, "Invitation link"), "as manager of the room")
		})

		It("lose password, internal and denyDownload in a change without linkType 1", t.holds("A1121", "A714"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			const all = `"linkId":"` + given + `","access":2,"password":"Secret123!","internal":true,"denyDownload":true}`
			Expect(t.setLink(ctx, token, room, `{"linkType":1,`+all)).To(haveInLink(true, "internal"))
			changed := t.setLink(ctx, token, room, `{`+all)
			Expect(changed).To(beLink(2, 1, "Shared link"), "it stays a share link")
			Expect(changed).To(haveInLink(t.documented(), "internal"))
			Expect(changed).To(haveInLink(t.documented(), "denyDownload"))
			status := statusOK
			if t.documented() {
				status = statusExternalAccessDenied
			}
			Expect(t.getShare(ctx, changed.link().RequestToken)).To(haveMember(BeEquivalentTo(status), "response", "status"))
		})

		It("are ignored whole when they would change access or internal of a public room's primary link", t.holds("A1122"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			change := func(body string) answer {
				return t.setLink(ctx, makerToken, publicRoom, `{"linkId":"`+publicPrimary+`","linkType":1,`+body+`}`)
			}
			Expect(change(`"access":2,"title":"renamed","password":"Secret123!"`)).To(beLink(2, 4, "renamed"))
			before := t.state(ctx)
			Expect(change(`"access":10,"title":"other"`)).To(beLink(2, 4, "renamed"))
			Expect(change(`"access":2,"title":"other","internal":true`)).To(beLink(2, 4, "renamed"))
			Expect(t.state(ctx)).To(Equal(before))
			other := t.setLink(ctx, makerToken, publicRoom, `{"linkType":1,"access":2,"title":"other","internal":true}`).link()
			Expect(other.Internal).To(BeFalse(), "no link of a public room is internal")
			Expect(t.setLink(ctx, makerToken, publicRoom, `{"linkId":"`+other.ID+`","linkType":1,"access":10,"title":"new"}`)).To(beLink(10, 1, "new"), "others change")
			Expect(t.setLink(ctx, makerToken, publicRoom, `{"linkId":"`+other.ID+`","linkType":1,"access":2,"internal":true,"title":"newer"}`)).To(beLink(10, 1, "new"))
		})

		It("have no end in a public room and a form room when they are primary", t.holds("A1124"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			ends := `"expirationDate":` + quote(beginning.AddDate(1, 0, 0).Format(time.RFC3339)) + `}`
			Expect(t.setLink(ctx, makerToken, publicRoom, `{"linkId":"`+publicPrimary+`","linkType":1,"access":2,`+ends)).To(haveInLink(BeNil(), "expirationDate"))
			Expect(t.setLink(ctx, makerToken, publicRoom, `{"linkType":1,"access":2,`+ends)).To(haveInLink(Not(BeNil()), "expirationDate"))
			if !t.documented() {
				Expect(t.setLink(ctx, makerToken, formRoom, `{"linkId":"`+formPrimary+`","linkType":1,"access":7,`+ends)).To(haveInLink(BeNil(), "expirationDate"))
			}
		})

		It("are revoked with access 0, and open nothing afterwards", t.holds("A1125"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			link := t.setLink(ctx, token, room, `{"linkType":1,"access":2}`).link()
			Expect(t.getShare(ctx, link.RequestToken)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			Expect(t.setLink(ctx, token, room, `{"linkType":1,"linkId":"`+link.ID+`","password":"short"}`)).To(beWithoutLink(), "the password is not looked at")
			Expect(t.getShare(ctx, link.RequestToken)).To(haveMember(BeEquivalentTo(statusInvalid), "response", "status"))
			Expect(t.postPassword(ctx, link.RequestToken, "", `{}`)).To(haveMember(BeEquivalentTo(statusInvalid), "response", "status"))
			Expect(t.listLinks(ctx, token, room).links()).To(BeEmpty())
			Expect(t.setLink(ctx, token, room, `{"linkType":1,"access":0,"title":"z"}`)).To(beWithoutLink(), "there is nothing to revoke")
		})

		It("do not come back when they are not primary", t.holds("A1125"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			other := t.setLink(ctx, makerToken, publicRoom, `{"linkType":1,"access":2}`).link()
			Expect(t.setLink(ctx, makerToken, publicRoom, `{"linkId":"`+other.ID+`","linkType":1,"access":0}`)).To(beWithoutLink())
			Expect(t.listLinks(ctx, makerToken, publicRoom).links()).To(ConsistOf(HaveField("ID", publicPrimary)))
		})

		DescribeTable("come back with another key when the primary one is revoked:", t.holds("A1126", "A710"),
			func(ctx SpecContext, place, id string, access int, title string) {
				t.startTree(ctx, func(p *mockserver.Portal) { p.Links[len(p.Links)-2].Password = "Secret123!" })
				if t.documented() {
					if place == formRoom {
						Skip("takes no link as documented")
					}
					Expect(t.setLink(ctx, makerToken, place, `{"linkId":"`+id+`","linkType":1,"access":0}`)).To(beWithoutLink())
					Expect(t.listLinks(ctx, makerToken, place).links()).To(BeEmpty())
					Expect(t.primaryLink(ctx, makerToken, place)).To(haveStatus(http.StatusNotFound))
					return
				}
				before := t.primaryLink(ctx, makerToken, place).link()
				a := t.setLink(ctx, makerToken, place, `{"linkId":"`+id+`","linkType":1,"access":0}`)
				Expect(a).To(beLink(access, 4, title))
				Expect(a).To(haveInLink(Not(Equal(id)), "id"))
				Expect(a).To(haveInLink(BeNil(), "requestToken"), "the key is told by the next call")
				Expect(a).To(haveInLink(BeNil(), "password"))
				after := t.primaryLink(ctx, makerToken, place).link()
				Expect(after.ID).To(Equal(a.link().ID))
				Expect(after.RequestToken).NotTo(Or(BeEmpty(), Equal(before.RequestToken)))
				Expect(t.getShare(ctx, before.RequestToken)).To(haveMember(BeEquivalentTo(statusInvalid), "response", "status"))
				Expect(t.getShare(ctx, after.RequestToken)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
				Expect(t.setLink(ctx, makerToken, place, `{"linkId":"`+after.ID+`","access":0}`)).To(beWithoutLink(), "without linkType it does not come back")
				Expect(t.listLinks(ctx, makerToken, place).links()).To(BeEmpty())
			},
			Entry("of a public room", publicRoom, publicPrimary, 2, "Shared link"),
			Entry("of a form room", formRoom, formPrimary, 7, "Link to fill out"),
		)

		It("are made anew by the next call when the primary one of a custom room was revoked", t.holds("A1126", "A710"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			first := t.primaryLink(ctx, token, room).link()
			Expect(t.setLink(ctx, token, room, `{"linkId":"`+first.ID+`","linkType":1,"access":0}`)).To(beWithoutLink())
			next := t.primaryLink(ctx, token, room)
			if t.documented() {
				Expect(next).To(haveStatus(http.StatusNotFound))
				Expect(t.listLinks(ctx, token, room).links()).To(BeEmpty())
				Expect(t.setLink(ctx, token, room, `{"linkType":1,"access":2}`)).To(beLink(2, 1, "Shared link"), "others are made")
				return
			}
			Expect(next.link().ID).NotTo(Equal(first.ID))
		})

		It("come back in a form room as internal when that is the default", t.holds("A1126", "A710"), func(ctx SpecContext) {
			if t.documented() {
				Skip("never come back as documented")
			}
			t.startTree(ctx, func(p *mockserver.Portal) { p.Settings.DefaultShareLinkInternal = true })
			Expect(t.setLink(ctx, makerToken, formRoom, `{"linkId":"`+formPrimary+`","linkType":1,"access":0}`)).To(haveInLink(true, "internal"))
			Expect(t.setLink(ctx, makerToken, publicRoom, `{"linkId":"`+publicPrimary+`","linkType":1,"access":0}`)).To(haveInLink(false, "internal"))
		})

		It("are listed by access and then by id, without total", t.holds("A1127"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			for i, access := range []int{2, 6, 5, 7, 2} {
				id := fmt.Sprintf("%08d-0000-4000-8000-000000000000", 50-i)
				Expect(t.setLink(ctx, token, room, fmt.Sprintf(`{"linkType":1,"access":%d,"linkId":%q,"title":"n%d"}`, access, id, i))).To(haveStatus(http.StatusOK))
			}
			list := t.listLinks(ctx, token, room)
			Expect(list).To(haveEnvelope("response", "count", "links", "status", "statusCode"))
			Expect(list).To(haveMember(BeEquivalentTo(5), "count"))
			titles := []string{}
			for _, link := range list.links() {
				titles = append(titles, link.Title)
			}
			Expect(titles).To(Equal([]string{"n3", "n2", "n1", "n4", "n0"}))
			Expect(t.setLink(ctx, token, room, `{"linkType":1,"access":10,"linkId":"00000046-0000-4000-8000-000000000000","title":"first"}`)).To(haveStatus(http.StatusOK))
			Expect(t.listLinks(ctx, token, room).links()[0].Title).To(Equal("first"))
		})

		It("are listed by kind", t.holds("A1128"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			t.setLink(ctx, makerToken, customRoom, `{"access":2,"title":"invitation"}`)
			t.setLink(ctx, makerToken, customRoom, `{"linkType":1,"access":2,"title":"link"}`)
			for query, titles := range inOrder(map[string]string{"?type=0": "[invitation]", "?type=1": "[link]", "?type=": "[invitation link]", "": "[invitation link]", "?type=External": "[link]", "?type=invitation": "[invitation]"}) {
				path := request{path: "files/" + customRoom + "/links" + query, key: makerToken, off: true}
				var got []string
				for _, link := range t.send(ctx, path).links() {
					got = append(got, link.Title)
				}
				slices.Sort(got)
				Expect(fmt.Sprint(got)).To(Equal(titles), query)
			}
		})

		It("are listed after invitations with more access", t.holds("A1127"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			t.setLink(ctx, makerToken, customRoom, `{"linkType":1,"access":10,"title":"link"}`)
			for _, access := range []int{11, 9} {
				invitation := t.setLink(ctx, makerToken, customRoom, fmt.Sprintf(`{"access":%d,"title":"invitation"}`, access)).link()
				Expect(t.listLinks(ctx, makerToken, customRoom).links()[0].Title).To(Equal("invitation"))
				Expect(t.setLink(ctx, makerToken, customRoom, `{"linkId":"`+invitation.ID+`"}`)).To(beWithoutLink())
			}
		})

		DescribeTable("refuse to list a kind that there is not:", t.holds("A1128"),
			func(ctx SpecContext, kind, message string) {
				room, token := t.startRoom(ctx)
				Expect(t.send(ctx, request{path: "files/" + room + "/links?type=" + kind, key: token, off: true})).To(t.haveValidationProblem("type", message))
			},
			Entry("a number", "2", "The value '2' is invalid."), Entry("a text", "abc", "The value 'abc' is not valid for Type."),
		)

		It("show only the properties that `fields` names", t.holds("A1130"), func(ctx SpecContext) {
			room, token := t.startRoom(ctx)
			t.setLink(ctx, token, room, `{"linkType":1,"access":10}`)
			list := t.listLinks(ctx, token, room+"?fields=access")
			Expect(list.member("response")).To(Equal([]any{map[string]any{"access": 10.}}))
			Expect(t.send(ctx, request{path: "files/" + room + "/link?fields=access,subjectType", key: token}).member("response")).To(Equal(map[string]any{"access": 2., "subjectType": 4.}))
		})

		It("are not there for ids that are not there", t.holds("A1136"), func(ctx SpecContext) {
			token := t.owner
			for _, kind := range []string{"rooms", "folder", "file"} {
				for id, message := range inOrder(map[string]string{"999999999": "Item not found", "0": "Item not found", "-1": "Item not found", "abc": "Selector '' not found", "1x": "Selector '' not found"}) {
					for _, r := range []request{
						{path: "files/" + kind + "/" + id + "/link", key: token, off: true},
						{path: "files/" + kind + "/" + id + "/links", key: token, off: true},
						{method: http.MethodPut, path: "files/" + kind + "/" + id + "/links", key: token, off: true, body: `{"linkType":1,"access":2}`},
					} {
						Expect(t.send(ctx, r)).To(beRefused(http.StatusNotFound, message), r.path)
					}
					if kind != "rooms" {
						Expect(t.send(ctx, request{method: http.MethodPost, path: "files/" + kind + "/" + id + "/link", key: token, off: true, body: `{"access":2}`})).To(beRefused(http.StatusNotFound, message))
						Expect(t.send(ctx, request{path: "files/" + kind + "/" + id + "/link", off: true})).To(beRefused(http.StatusNotFound, message), "without an account")
					}
				}
			}
		})

		It("have no other methods", t.holds("A1137"), func(ctx SpecContext) {
			for path, allow := range inOrder(map[string]string{"rooms/1/link": "GET", "rooms/1/links": "GET, PUT", "file/1/link": "GET, POST", "file/1/links": "GET, PUT", "folder/1/link": "GET, POST", "folder/1/links": "GET, PUT"}) {
				for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodHead, http.MethodOptions} {
					if strings.Contains(allow, method) {
						continue
					}
					a := t.send(ctx, request{method: method, path: "files/" + path, key: t.owner, off: true})
					Expect(a).To(haveStatus(http.StatusMethodNotAllowed), method+" "+path)
					Expect(a).To(haveHeader("Allow", allow), method+" "+path)
				}
			}
		})

		t.tableOfFake("need the scope of their calls:",
			func(ctx SpecContext, permission string, rooms, roomsWrite, files, filesWrite int) {
				t.startTree(ctx, func(p *mockserver.Portal) {
					p.APIKeys = append(p.APIKeys, mockserver.APIKey{Key: "sk-scoped", User: "room-admin@example.com", Permissions: []string{permission}})
				})
				Expect(t.listLinks(ctx, "sk-scoped", customRoom)).To(haveStatus(rooms))
				Expect(t.primaryLink(ctx, "sk-scoped", publicRoom)).To(haveStatus(rooms))
				Expect(t.setLink(ctx, "sk-scoped", customRoom, `{"linkType":1,"access":2}`)).To(haveStatus(roomsWrite))
				for _, place := range []string{customText, customFolder} {
					Expect(t.listLinks(ctx, "sk-scoped", place)).To(haveStatus(files), place)
					Expect(t.setLink(ctx, "sk-scoped", place, `{"access":2}`)).To(haveStatus(filesWrite), place)
					Expect(t.postLink(ctx, "sk-scoped", place, `{"access":2}`)).To(haveStatus(filesWrite), place)
					Expect(t.primaryLink(ctx, "sk-scoped", place)).To(haveStatus(files), place)
				}
			},
			Entry("rooms:read", t.holds("A1138"), "rooms:read", 200, 403, 403, 403),
			Entry("rooms:write", t.holds("A1138"), "rooms:write", 200, 200, 403, 403),
			Entry("files:read", t.holds("A1138"), "files:read", 403, 403, 200, 403),
			Entry("files:write", t.holds("A1138"), "files:write", 403, 403, 200, 200),
			Entry("every permission", t.holds("A1138"), "*", 200, 200, 200, 200),
			Entry("another permission", t.holds("A1138"), "accounts:write", 403, 403, 403, 403),
		)

		DescribeTable("are made and changed by who made the room and its managers:", t.holds("A1131"),
			func(ctx SpecContext, token string, status int, list int) {
				t.startTree(ctx, nil)
				mine := t.setLink(ctx, makerToken, customRoom, `{"linkType":1,"access":2}`).link()
				for _, body := range []string{`{"linkType":1,"access":2,"title":"by"}`, `{"linkType":1,"access":6,"linkId":"` + mine.ID + `"}`, `{"linkType":1,"access":0,"linkId":"` + mine.ID + `"}`, `{"access":2}`} {
					before := t.state(ctx)
					a := t.setLink(ctx, token, customRoom, body)
					Expect(a).To(haveStatus(status), body)
					if status != http.StatusOK {
						Expect(t.state(ctx)).To(Equal(before))
					}
					if status == http.StatusForbidden {
						Expect(a).To(beRefused(status, noRight))
					}
				}
				if token != "" {
					Expect(t.listLinks(ctx, token, customRoom).links()).To(HaveLen(list))
				}
			},
			Entry("who made it", makerToken, 200, 2), Entry("a manager", managerToken, 200, 2),
			Entry("the owner: no", ownerToken, 403, 0), Entry("a DocSpace administrator: no", adminToken, 403, 0), Entry("a member: no", memberToken, 403, 0),
			Entry("a stranger: no", strangerToken, 403, 0), Entry("a guest: no", guestToken, 403, 0), Entry("a guest who manages it: no", keeperToken, 403, 0),
			Entry("nobody", "", 401, 0),
		)

		It("are made by who made the room, unless the role is lower now", t.holds("A1131"), func(ctx SpecContext) {
			t.startTree(ctx, func(p *mockserver.Portal) {
				for i := range p.Users {
					if p.Users[i].Email == "room-admin@example.com" {
						p.Users[i].Role = mockserver.RoleUser
					}
				}
			})
			Expect(t.setLink(ctx, makerToken, customRoom, `{"linkType":1,"access":2}`)).To(beRefused(http.StatusForbidden, noRight))
		})

		DescribeTable("are told to who may read the room, when a primary one is there:", t.holds("A1133"),
			func(ctx SpecContext, token string, reads bool) {
				t.startTree(ctx, nil)
				refused := beRefused(http.StatusForbidden, noRight)
				if token != makerToken && token != managerToken {
					Expect(t.primaryLink(ctx, token, customRoom)).To(refused, "nobody else makes one")
				}
				primary := t.primaryLink(ctx, makerToken, customRoom).link()
				a := t.primaryLink(ctx, token, customRoom)
				if !reads {
					Expect(a).To(refused)
					return
				}
				Expect(a.link().RequestToken).To(Equal(primary.RequestToken))
			},
			Entry("a manager", managerToken, true), Entry("the owner", ownerToken, true), Entry("a DocSpace administrator", adminToken, true),
			Entry("a member", memberToken, true), Entry("a guest who is a member", keeperToken, true), Entry("a stranger: no", strangerToken, false), Entry("a guest: no", guestToken, false),
		)

		It("need an account", t.holds("A1134"), func(ctx SpecContext) {
			for _, place := range []string{"rooms/999999", "file/999999", "folder/999999"} {
				t.expectEmpty(t.listLinks(ctx, "", place), http.StatusUnauthorized)
				t.expectEmpty(t.setLink(ctx, "", place, `{"access":2}`), http.StatusUnauthorized)
			}
			t.expectEmpty(t.primaryLink(ctx, "", "rooms/999999"), http.StatusUnauthorized)
			t.expectEmpty(t.postLink(ctx, "", "file/999999", `{"access":2}`), http.StatusUnauthorized)
			t.expectEmpty(t.postLink(ctx, "", "folder/999999", `{"access":2}`), http.StatusUnauthorized)
		})

		t.itOfFake("are made as primary ones in a public room by everybody who may read it", t.holds("A1135"), func(ctx SpecContext) {
			t.startTree(ctx, func(p *mockserver.Portal) { p.Links = nil })
			Expect(t.primaryLink(ctx, strangerToken, publicRoom)).To(beRefused(http.StatusForbidden, noRight))
			Expect(t.primaryLink(ctx, memberToken, publicRoom)).To(beLink(2, 4, "Shared link"))
			Expect(t.setLink(ctx, memberToken, publicRoom, `{"linkType":1,"access":2}`)).To(beRefused(http.StatusForbidden, noRight))
		})

		t.itOfFake("of a folder are reached as those of a room too", t.holds("A1147"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			link := t.setLink(ctx, memberToken, myFolder, `{"access":10,"title":"mine"}`).link()
			Expect(t.listLinks(ctx, memberToken, strings.Replace(myFolder, "folder", "rooms", 1)).links()).To(ConsistOf(link))
			Expect(t.primaryLink(ctx, memberToken, strings.Replace(myFolder, "folder", "rooms", 1))).To(beLink(2, 4, "Shared link"))
		})
	})
}

// rawObject is a JSON object as it was sent.
type rawObject []byte

// UnmarshalJSON keeps the text.
func (o *rawObject) UnmarshalJSON(text []byte) error {
	*o = slices.Clone(text)
	return nil
}

const utcForm = "2006-01-02T15:04:05.0000000Z"

// at is a time some years and months from now; quoted, when the form is that of a request.
func at(years, months int, form string) func(time.Time) string {
	return func(now time.Time) string {
		text := now.AddDate(years, months, 0).Format(form)
		if form == utcForm {
			return text
		}
		return quote(text)
	}
}

func exactly(text string) func(time.Time) string { return func(time.Time) string { return text } }

// getShare tells where a key leads.
func (t *target) getShare(ctx SpecContext, key string) answer {
	GinkgoHelper()
	return t.send(ctx, request{path: "files/share/" + key})
}

// startedAfterRefusal checks that a refused call has made nothing, and that the room still takes a link.
func (t *target) startedAfterRefusal(ctx SpecContext, token, room string) {
	GinkgoHelper()
	Expect(t.listLinks(ctx, token, room).links()).To(BeEmpty())
	Expect(t.setLink(ctx, token, room, `{"linkType":1,"access":2}`)).To(haveStatus(http.StatusOK))
}
