package contract_test

import (
	"fmt"
	"net/http"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// entryLinkSpecs describe the links of files and folders: GET and POST files/file|folder/{id}/link, GET and PUT
// files/file|folder/{id}/links (FilesController.cs, FoldersController.cs).
func entryLinkSpecs(t *target) {
	Describe("links of a file or folder", func() {
		DescribeTable("are made as primary ones by the first call:", t.holds("A1142"),
			func(ctx SpecContext, token, place string) {
				t.startTree(ctx, nil)
				Expect(t.listLinks(ctx, token, place).links()).To(BeEmpty())
				Expect(t.postLink(ctx, token, place, `{}`)).To(beWithoutLink(), "access 0 makes nothing")
				Expect(t.postLink(ctx, token, place, `{"access":2,"password":"short"}`)).To(beRefused(http.StatusBadRequest, badPassword))
				Expect(t.listLinks(ctx, token, place).links()).To(BeEmpty())
				made := t.postLink(ctx, token, place, `{"access":2,"password":"Secret123!","linkId":"aaaaaaaa-0000-0000-0000-000000000003","primary":false}`)
				Expect(made).To(beLink(2, 4, "Shared link"))
				Expect(made).To(haveInLink(Not(Equal("aaaaaaaa-0000-0000-0000-000000000003")), "id"))
				Expect(t.getShare(ctx, made.link().RequestToken)).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
				Expect(t.postLink(ctx, token, place, `{"access":10,"title":"other"}`).link()).To(Equal(made.link()), "the body does not matter any more")
				Expect(t.primaryLink(ctx, token, place).link()).To(Equal(made.link()))
				Expect(t.listLinks(ctx, token, place).links()).To(Equal([]sharedLink{made.link()}))
			},
			Entry("a file of one's own", memberToken, myText), Entry("a file in a room", makerToken, customText), Entry("a file in a collaboration room", makerToken, collabText),
			Entry("a folder of one's own", memberToken, myFolder), Entry("a folder in a room", makerToken, customFolder), Entry("a document in a folder", memberToken, myDocument),
		)

		DescribeTable("have a body that", t.holds("A1116", "A720"),
			func(ctx SpecContext, place, key string) {
				t.startTree(ctx, nil)
				for method, path := range inOrder(map[string]string{http.MethodPost: "/link", http.MethodPut: "/links"}) {
					r := request{method: method, path: "files/" + place + path, key: memberToken, off: true}
					Expect(t.send(ctx, r)).To(t.haveValidationProblem(key, "A non-empty request body is required."))
					r.media = "-"
					Expect(t.send(ctx, r)).To(haveStatus(http.StatusUnsupportedMediaType))
					r.media, r.body = "", `{"access":2,"title":`+quote(fmt.Sprintf("%0256d", 0))+`}`
					Expect(t.send(ctx, r)).To(t.haveValidationProblem(key+".Title", "The field Title must be a string with a maximum length of 255."))
					r.body = `{"access":2,"primary":null}`
					Expect(t.send(ctx, r)).To(t.haveValidationProblem("$.primary", "The JSON value could not be converted to System.Boolean."))
					r.body = `{"access":2,"linkType":"x","maxUseCount":0}`
					Expect(t.send(ctx, r)).To(haveStatus(http.StatusOK), "linkType and maxUseCount are those of rooms")
				}
			},
			Entry("is a FileLinkRequest", myText, "File"), Entry("is a FolderLinkRequest", myFolder, "FolderLink"),
		)

		It("has the title of the body only where a folder gets its primary link, or a link is set", t.holds("A1110", "A719"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			title := "Shared link"
			if t.documented() {
				title = "mine"
			}
			Expect(t.postLink(ctx, memberToken, myText, `{"access":2,"title":"mine"}`)).To(beLink(2, 4, title))
			Expect(t.postLink(ctx, memberToken, myFolder, `{"access":2,"title":" mine "}`)).To(beLink(2, 4, "mine"), "without blanks around")
			Expect(t.postLink(ctx, makerToken, customFolder, `{"access":2,"title":"   "}`)).To(beLink(2, 4, "Shared link"))
			Expect(t.setLink(ctx, memberToken, myText, `{"access":2,"title":"mine"}`)).To(beLink(2, 1, "mine"))
		})

		DescribeTable("trim a password or not:", t.holds("A1113"),
			func(ctx SpecContext, post bool, place string, trims bool) {
				t.startTree(ctx, nil)
				set := t.setLink
				if post {
					set = t.postLink
				}
				a := set(ctx, memberToken, place, `{"access":2,"password":" Secret123! "}`)
				if !trims {
					Expect(a).To(beRefused(http.StatusBadRequest, badPassword))
					return
				}
				Expect(t.postPassword(ctx, a.link().RequestToken, "", rightPassword)).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			},
			Entry("a change of a folder's", false, myFolder, true), Entry("a change of a file's", false, myText, false),
			Entry("a new one of a folder", true, myFolder, false), Entry("a new one of a file", true, myText, false),
		)

		DescribeTable("have the accesses of their format:", t.holds("A1144"),
			func(ctx SpecContext, token, place string, may ...int) {
				for access := 1; access < 12; access++ {
					t.startTree(ctx, nil)
					a := t.setLink(ctx, token, place, fmt.Sprintf(`{"access":%d,"title":"a"}`, access))
					if slices.Contains(may, access) {
						Expect(a).To(beLink(access, 1, "a"), fmt.Sprint(access))
					} else {
						Expect(a).To(beRefused(http.StatusForbidden, noSuchRole), fmt.Sprint(access))
					}
				}
				Expect(t.setLink(ctx, token, place, `{"access":0,"title":"a"}`)).To(beWithoutLink())
			},
			Entry("a text", memberToken, myText, 2), Entry("a text in a room", makerToken, customText, 2), Entry("a text in a data room", makerToken, dataText, 2),
			Entry("a document", memberToken, myDocument, 10, 5, 6, 2), Entry("a document in a room", makerToken, customDocument, 10, 5, 6, 2),
			Entry("a folder", memberToken, myFolder, 10, 7, 5, 6, 2), Entry("a folder in a room", makerToken, customFolder, 10, 7, 5, 6, 2),
			Entry("a folder in a public room", makerToken, publicFolder, 10, 7, 5, 6, 2),
		)

		It("are for filling out in a form room", t.holds("A1145", "A712"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			if t.documented() {
				Expect(t.primaryLink(ctx, makerToken, formRoom)).To(beRefused(http.StatusForbidden, noSuchRole))
				return
			}
			Expect(t.setLink(ctx, makerToken, formDocument, `{"access":2}`)).To(beRefused(http.StatusForbidden, noSuchRole))
			Expect(t.setLink(ctx, makerToken, formDocument, `{"access":7}`)).To(beRefused(http.StatusForbidden, tooManyLinks("0")), "besides the primary one")
			Expect(t.setLink(ctx, makerToken, formText, `{"access":7}`)).To(beRefused(http.StatusForbidden, noSuchRole), "no form")
			Expect(t.setLink(ctx, makerToken, formText, `{"access":2}`)).To(beRefused(http.StatusForbidden, noSuchRole))
			Expect(t.setLink(ctx, makerToken, formFolder, `{"access":10,"primary":true}`)).To(beRefused(http.StatusForbidden, noSuchRole))
			Expect(t.setLink(ctx, makerToken, formFolder, `{"access":2,"primary":true}`)).To(beLink(2, 4, "Link to fill out"))
			Expect(t.setLink(ctx, makerToken, formFolder, `{"access":7,"primary":true}`)).To(beRefused(http.StatusForbidden, tooManyLinks("1")))
			Expect(t.postLink(ctx, makerToken, formDocument, `{"access":7}`)).To(haveInLink(formPrimary, "id"), "the link of the room")
			Expect(t.primaryLink(ctx, makerToken, formDocument)).To(beLink(7, 4, "Link to fill out"))
			Expect(t.primaryLink(ctx, makerToken, formDocument)).To(haveInLink(Not(Equal(formPrimary)), "id"), "one of its own")
		})

		DescribeTable("are not more than", t.holds("A1148"),
			func(ctx SpecContext, token, place string, most int) {
				t.startTree(ctx, nil)
				for i := range most {
					Expect(t.setLink(ctx, token, place, fmt.Sprintf(`{"access":2,"title":"n%d"}`, i))).To(beLink(2, 1, fmt.Sprintf("n%d", i)))
				}
				Expect(t.setLink(ctx, token, place, `{"access":2}`)).To(beRefused(http.StatusForbidden, tooManyLinks(fmt.Sprint(most))))
				Expect(t.setLink(ctx, token, place, `{"access":9}`)).To(beRefused(http.StatusForbidden, noSuchRole))
				Expect(t.setLink(ctx, token, place, `{"access":2,"primary":true}`)).To(beLink(2, 4, "Shared link"), "primary ones have a number of their own")
			},
			Entry("six of a file", memberToken, myText, 6), Entry("six of a folder", memberToken, myFolder, 6), Entry("six of a file in a room", makerToken, customText, 6),
			Entry("five of a file in a public room", makerToken, publicText, 5), Entry("five of a folder in a public room", makerToken, publicFolder, 5),
		)

		DescribeTable("may be several primary ones:", t.holds("A1105", "A715"),
			func(ctx SpecContext, token, place string, most int) {
				t.startTree(ctx, nil)
				if t.documented() {
					most = 1
				}
				first := t.setLink(ctx, token, place, `{"access":2,"primary":true}`)
				Expect(first).To(beLink(2, 4, "Shared link"))
				for range most - 1 {
					Expect(t.setLink(ctx, token, place, `{"access":2,"primary":true,"title":"more"}`)).To(beLink(2, 4, "more"))
				}
				Expect(t.setLink(ctx, token, place, `{"access":2,"primary":true}`)).To(beRefused(http.StatusForbidden, tooManyLinks(fmt.Sprint(most))))
				other := t.setLink(ctx, token, place, `{"access":2}`).link()
				Expect(t.setLink(ctx, token, place, `{"access":2,"primary":true,"linkId":"`+other.ID+`"}`)).To(beLink(2, 1, "Shared link"), "the kind of a link stays")
			},
			Entry("six of a file", memberToken, myText, 6), Entry("six of a folder", memberToken, myFolder, 6), Entry("one of a file in a public room", makerToken, publicText, 1),
		)

		It("have a primary one that allows most, when there are several", t.holds("A1105", "A715"), func(ctx SpecContext) {
			if t.documented() {
				Skip("have one primary link as documented")
			}
			t.startTree(ctx, nil)
			for _, access := range []int{2, 10, 6} {
				t.setLink(ctx, memberToken, myFolder, fmt.Sprintf(`{"access":%d,"primary":true,"title":"a"}`, access))
			}
			t.setLink(ctx, memberToken, myFolder, `{"access":10,"title":"b","linkId":"00000000-0000-4000-8000-000000000000"}`)
			Expect(t.primaryLink(ctx, memberToken, myFolder)).To(beLink(10, 4, "a"))
		})

		It("are listed with total, as many as count says, from startIndex on", t.holds("A1146", "A711"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			for i := range 3 {
				t.setLink(ctx, memberToken, myText, fmt.Sprintf(`{"access":2,"title":"n%d","linkId":"%08d-0000-4000-8000-000000000000"}`, i, i+1))
			}
			for _, c := range []struct {
				query  string
				titles []string
				count  int
			}{
				{"", []string{"n0", "n1", "n2"}, 3}, {"?count=1", []string{"n0"}, 1}, {"?count=100", []string{"n0", "n1", "n2"}, 3}, {"?startIndex=1", []string{"n1", "n2"}, 2},
				{"?count=1&startIndex=2", []string{"n2"}, 1}, {"?startIndex=3", nil, 0}, {"?startIndex=5", nil, -2},
			} {
				a := t.listLinks(ctx, memberToken, myText+c.query)
				var titles []string
				for _, link := range a.links() {
					titles = append(titles, link.Title)
				}
				Expect(titles).To(Equal(c.titles), c.query)
				if t.documented() {
					Expect(a).To(haveEnvelope("response", "count", "links", "status", "statusCode"))
					Expect(a).To(haveMember(BeEquivalentTo(len(c.titles)), "count"))
					continue
				}
				Expect(a).To(haveEnvelope("response", "count", "total", "links", "status", "statusCode"))
				Expect(a).To(haveMember(BeEquivalentTo(c.count), "count"), c.query)
				Expect(a).To(haveMember(BeEquivalentTo(3), "total"))
			}
		})

		It("are listed without total for a folder, whatever count and startIndex say", t.holds("A1127"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			for range 2 {
				t.setLink(ctx, memberToken, myFolder, `{"access":2}`)
			}
			a := t.send(ctx, request{path: "files/" + myFolder + "/links?count=1&startIndex=1&type=0", key: memberToken, off: true})
			Expect(a).To(haveEnvelope("response", "count", "links", "status", "statusCode"))
			Expect(a.links()).To(HaveLen(2))
		})

		DescribeTable("need a count and a startIndex within limits:", t.holds("A1112"),
			func(ctx SpecContext, call, query, key, message string) {
				t.startTree(ctx, nil)
				Expect(t.send(ctx, request{path: "files/" + call + query, key: memberToken, off: true})).To(t.haveValidationProblem(key, message))
				Expect(t.listLinks(ctx, memberToken, myText).links()).To(BeEmpty())
			},
			Entry("count 0", myText+"/links", "?count=0", "Count", "The field Count must be between 1 and 100."),
			Entry("count 101", myText+"/links", "?count=101", "Count", "The field Count must be between 1 and 100."),
			Entry("count x", myText+"/link", "?count=x", "Count", "The value 'x' is not valid for Count."),
			Entry("count 101 of a folder", myFolder+"/link", "?count=101", "Count", "The field Count must be between 1 and 100."),
			Entry("startIndex x", myFolder+"/link", "?startIndex=x", "StartIndex", "The value 'x' is not valid for StartIndex."),
		)

		DescribeTable("are made by the owner of the documents, and who may write there:", t.holds("A1132"),
			func(ctx SpecContext, token, place string, status int) {
				t.startTree(ctx, nil)
				for _, a := range []func() answer{
					func() answer { return t.setLink(ctx, token, place, `{"access":2}`) },
					func() answer { return t.postLink(ctx, token, place, `{"access":2}`) },
					func() answer { return t.primaryLink(ctx, token, place) },
				} {
					before := t.state(ctx)
					got := a()
					if status != http.StatusOK {
						Expect(t.state(ctx)).To(Equal(before))
					}
					if status == http.StatusForbidden {
						Expect(got).To(beRefused(status, noRight))
					}
					Expect(got).To(haveStatus(status))
				}
				Expect(t.listLinks(ctx, token, place).links()).To(HaveLen(map[int]int{200: 2, 403: 0}[status]))
			},
			Entry("the owner of a file", memberToken, myText, 200), Entry("the owner of a folder", memberToken, myFolder, 200), Entry("the owner of a file in a folder", memberToken, myDocument, 200),
			Entry("who may write in a folder", managerToken, sharedFolder, 200), Entry("who may write in the folder above", managerToken, innerFolder, 200),
			Entry("the owner of what others may write in", memberToken, innerFolder, 200),
			Entry("who may only read: no", strangerToken, sharedFolder, 403), Entry("the owner of the portal: no", ownerToken, myText, 403),
			Entry("a DocSpace administrator: no", adminToken, myFolder, 403), Entry("a guest: no", guestToken, myText, 403), Entry("a stranger: no", strangerToken, myDocument, 403),
			Entry("who made the room of a file", makerToken, customText, 200), Entry("who manages the room of a document in a folder", managerToken, customDocument, 200),
			Entry("a member of the room: no", memberToken, customText, 403), Entry("the owner, of a file in a room: no", ownerToken, customText, 403),
			Entry("a guest who manages the room: no", keeperToken, customFolder, 403),
		)

		It("are told only to who may set them", t.holds("A1133"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			key := t.primaryLink(ctx, makerToken, customText).link().RequestToken
			Expect(t.primaryLink(ctx, managerToken, customText).link().RequestToken).To(Equal(key))
			for _, token := range []string{memberToken, ownerToken, strangerToken} {
				Expect(t.primaryLink(ctx, token, customText)).To(beRefused(http.StatusForbidden, noRight), token)
			}
			inPublic := t.primaryLink(ctx, makerToken, publicText).link().RequestToken
			Expect(t.primaryLink(ctx, memberToken, publicText).link().RequestToken).To(Equal(inPublic), "who reads a public room sees those in it")
			Expect(t.primaryLink(ctx, strangerToken, publicText)).To(beRefused(http.StatusForbidden, noRight))
		})

		It("ask callers without an account for the key of a link", t.holds("A1120", "A716"), func(ctx SpecContext) {
			t.startTree(ctx, func(p *mockserver.Portal) {
				p.Links = append(p.Links, mockserver.Link{Key: "internal-key", Entry: "file/404", Internal: true}, mockserver.Link{Key: "expired-key", Entry: "file/404", Expires: beginning.AddDate(-1, 0, 0)})
			})
			made := t.primaryLink(ctx, memberToken, myText).link()
			inPublic := t.primaryLink(ctx, makerToken, publicText).link()
			room := t.primaryLink(ctx, makerToken, publicRoom).link()
			for _, place := range []string{myText, myFolder, publicText} {
				a := t.primaryLink(ctx, "", place)
				if t.documented() {
					Expect(a).To(haveStatus(http.StatusUnauthorized), place)
				} else {
					Expect(a).To(beRefused(http.StatusForbidden, noRight), place)
				}
			}
			with := func(place, key string) answer {
				return t.send(ctx, request{path: "files/" + place + "/link", header: http.Header{"Request-Token": {key}}})
			}
			for _, key := range []string{inPublic.RequestToken, room.RequestToken} {
				Expect(with(publicText, key)).To(haveInLink(inPublic.ID, "id"), "a link opens what is beneath it")
			}
			Expect(with(myText, made.RequestToken)).To(beRefused(http.StatusForbidden, noRight), "outside of public rooms a key is not enough")
			other := t.setLink(ctx, memberToken, myText, `{"access":2}`).link()
			Expect(with(publicText, other.RequestToken)).NotTo(haveStatus(http.StatusOK), "the key of another entry")
			Expect(with(publicText, t.setLink(ctx, makerToken, publicText, `{"access":2,"password":"Secret123!"}`).link().RequestToken)).NotTo(haveStatus(http.StatusOK), "a key that needs a password")
			Expect(with(publicText, "internal-key")).NotTo(haveStatus(http.StatusOK), "a key for people with an account")
			Expect(with(publicText, "expired-key")).NotTo(haveStatus(http.StatusOK), "a key that is over")
			t.setSwitch(ctx, "external", false)
			Expect(with(publicText, room.RequestToken)).NotTo(haveStatus(http.StatusOK), "while the links of rooms are blocked")
		})

		It("are always internal in a data room, and a change that does not say so is ignored whole", t.holds("A1122"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			made := t.setLink(ctx, makerToken, dataText, `{"access":2,"title":"a","internal":false}`)
			Expect(made).To(beLink(2, 1, "a"))
			Expect(made).To(haveInLink(true, "internal"))
			id := made.link().ID
			before := t.state(ctx)
			Expect(t.setLink(ctx, makerToken, dataText, `{"linkId":"`+id+`","access":2,"title":"b"}`).link()).To(Equal(made.link()))
			Expect(t.setLink(ctx, makerToken, dataText, `{"linkId":"`+id+`","access":0}`).link()).To(Equal(made.link()), "nor is it revoked")
			Expect(t.state(ctx)).To(Equal(before))
			Expect(t.setLink(ctx, makerToken, dataText, `{"linkId":"`+id+`","access":2,"title":"b","internal":true}`)).To(beLink(2, 1, "b"))
			Expect(t.setLink(ctx, makerToken, dataText, `{"linkId":"`+id+`","access":0,"internal":true}`)).To(beWithoutLink())
			Expect(t.getShare(ctx, made.link().RequestToken)).To(haveMember(BeEquivalentTo(statusInvalid), "response", "status"))
			Expect(t.primaryLink(ctx, makerToken, dataText)).To(haveInLink(true, "internal"))
		})

		It("come back in a public room when the primary one is revoked", t.holds("A1126", "A710"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			for _, place := range []string{publicText, publicFolder} {
				made := t.primaryLink(ctx, makerToken, place).link()
				a := t.setLink(ctx, makerToken, place, `{"linkId":"`+made.ID+`","access":0}`)
				if t.documented() {
					Expect(a).To(beWithoutLink())
					Expect(t.primaryLink(ctx, makerToken, place)).To(haveStatus(http.StatusNotFound))
					Expect(t.postLink(ctx, makerToken, place, `{"access":2}`)).To(haveStatus(http.StatusNotFound))
					continue
				}
				Expect(a).To(beLink(2, 4, "Shared link"))
				Expect(a).To(haveInLink(Not(Equal(made.ID)), "id"))
				key := Not(BeNil())
				if place == publicFolder {
					key = BeNil()
				}
				Expect(a).To(haveInLink(key, "requestToken"), place)
			}
		})

		It("do not come back elsewhere", t.holds("A1125"), func(ctx SpecContext) {
			t.startTree(ctx, nil)
			for _, place := range []string{myText, myFolder} {
				made := t.primaryLink(ctx, memberToken, place).link()
				Expect(t.setLink(ctx, memberToken, place, `{"linkId":"`+made.ID+`","access":0}`)).To(beWithoutLink())
				Expect(t.listLinks(ctx, memberToken, place).links()).To(BeEmpty())
			}
		})

		It("are neither made nor revoked in the archive and in the trash", t.holds("A1140"), func(ctx SpecContext) {
			t.startTree(ctx, func(p *mockserver.Portal) {
				p.Links = append(p.Links, mockserver.Link{ID: "aaaaaaaa-0000-0000-0000-000000000004", Entry: "file/409"})
			})
			before := t.state(ctx)
			for place, token := range inOrder(map[string]string{trashedText: memberToken, archivedText: makerToken, archiveRoom: makerToken}) {
				Expect(t.setLink(ctx, token, place, `{"access":2}`)).To(beRefused(http.StatusForbidden, noRight), place)
				Expect(t.primaryLink(ctx, token, place)).To(beRefused(http.StatusForbidden, noRight), place)
				Expect(t.listLinks(ctx, token, place).links()).To(BeEmpty())
			}
			Expect(t.setLink(ctx, memberToken, trashedText, `{"access":0,"linkId":"aaaaaaaa-0000-0000-0000-000000000004"}`)).To(beRefused(http.StatusForbidden, noRight))
			Expect(t.state(ctx)).To(Equal(before))
		})
	})
}
