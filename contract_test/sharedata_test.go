package contract_test

import (
	"net/http"
	"net/url"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// getShareData asks where a link leads. token is a portal token, "" for a visitor, and query begins with a question mark.
func (t *target) getShareData(ctx SpecContext, key, token, query string, header ...http.Header) answer {
	GinkgoHelper()
	r := request{path: "files/share/" + url.PathEscape(key) + query, key: token}
	if len(header) > 0 {
		r.header = header[0]
	}
	return t.send(ctx, r)
}

// shareDataSpecs describe getExternalShareData: GET files/share/{key} (SecurityController.cs, ExternalLinkHelper.cs).
func shareDataSpecs(t *target) {
	Describe("getExternalShareData", func() {
		everybody := []string{"", "guest-token", "user-token", "room-admin-token", "admin-token", "YOUR_API_KEY"}

		DescribeTable("answers like the password call without a password:", t.holds("A1001"),
			func(ctx SpecContext, key string, visitor int) {
				t.usePortal()
				for _, token := range t.presentPeople(everybody...) {
					a := t.getShareData(ctx, key, token, "")
					Expect(a).To(haveStatus(http.StatusOK))
					if token == "" {
						Expect(linkStatus(a)).To(BeEquivalentTo(visitor))
					}
					Expect(t.postPassword(ctx, key, token, `{}`)).To(haveMember(a.member("response"), "response"), token)
				}
			},
			Entry("a link without a password", "open", statusOK),
			t.ofFake(Entry("a link of a folder", "open-folder", statusOK)),
			Entry("a protected link", "protected", statusRequiredPassword),
			t.ofFake(Entry("a protected link of a file", "protected-file", statusRequiredPassword)),
			Entry("a link whose time is over", "expired", statusExpired),
			Entry("an internal link", "internal", statusExternalAccessDenied),
			Entry("an internal link with a password", "internal-protected", statusExternalAccessDenied),
			t.ofFake(Entry("a link to the trash", "trashed", statusInvalid)),
			t.ofFake(Entry("a link to the archive", "archived", statusInvalid)),
			t.ofFake(Entry("a link whose entry does not exist", "orphan", statusInvalid)),
			Entry("a key that no link has", "nope", statusInvalid),
			t.ofFake(Entry("a key with special characters", "a+b c%3F#ü", statusOK)),
		)

		It("answers like the password call while sharing is restricted", t.holds("A1001"), func(ctx SpecContext) {
			t.usePortal()
			t.setSwitch(ctx, "external", false)
			for key, visitor := range inOrder(map[string]int{"open": statusExternalAccessDenied, "protected": statusRequiredPassword, "open-folder": statusExternalAccessDenied, "trashed": statusInvalid}) {
				if !t.hasStandIn(key) {
					continue
				}
				for _, token := range t.presentPeople(everybody...) {
					a := t.getShareData(ctx, key, token, "")
					if token == "" {
						Expect(linkStatus(a)).To(BeEquivalentTo(visitor), key)
					}
					Expect(t.postPassword(ctx, key, token, `{}`)).To(haveMember(a.member("response"), "response"), key+" "+token)
				}
			}
		})

		It("never answers a key that no link has with 404", t.holds("A1002"), func(ctx SpecContext) {
			a := t.getShareData(ctx, "no-such-key", "", "")
			Expect(a).To(haveStatus(http.StatusOK))
			Expect(a).To(haveMember(BeEquivalentTo(statusInvalid), "response", "status"))
			Expect(a).To(haveNames([]string{"status", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
			Expect(a).To(haveEnvelope("response", "count", "links", "status", "statusCode"))
			Expect(a).To(haveMember("GET", "links", 0, "action"))
			Expect(a).To(haveNoHeader("Set-Cookie"))
		})

		It("does not count, and is not refused after too many wrong passwords", t.holds("A1003"), func(ctx SpecContext) {
			t.usePortal()
			for range 10 {
				Expect(linkStatus(t.getShareData(ctx, "protected", "", ""))).To(BeEquivalentTo(statusRequiredPassword))
			}
			for range 5 {
				Expect(linkStatus(t.postPassword(ctx, "protected", "", wrongPassword))).To(BeEquivalentTo(statusInvalidPassword))
			}
			Expect(t.postPassword(ctx, "protected", "", rightPassword)).To(haveStatus(http.StatusForbidden))
			Expect(linkStatus(t.getShareData(ctx, "protected", "", ""))).To(BeEquivalentTo(statusRequiredPassword))
		})

		It("asks for the password of a protected link, as often as it is sent, until it is remembered", t.holds("A1004"), func(ctx SpecContext) {
			t.needsLink()
			t.setSwitch(ctx, "external", true)
			for range 7 {
				a := t.getShareData(ctx, t.link.key, "", "")
				Expect(a).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
				Expect(a).To(haveAllNames([]string{"status", "id", "title", "type", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
				Expect(a).To(haveNoHeader("Set-Cookie"))
			}
			remembered := t.postPassword(ctx, t.link.key, "", t.link.body())
			Expect(remembered).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			cookie := remembered.Cookies()[0]
			a := t.getShareData(ctx, t.link.key, "", "", http.Header{"Cookie": {cookie.Name + "=" + cookie.Value}})
			Expect(a).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			Expect(a).To(haveCookieNames("anonymous_session_key"))
		})

		It("opens with a remembered password in a header too, and with no other value", t.holds("A1004"), func(ctx SpecContext) {
			t.usePortal()
			right := t.rememberedPassword(ctx, "protected", rightPassword)
			const name = "Sharelink3fa85f64-5717-4562-B3fc-2c963f66afa1"
			for value, status := range inOrder(map[string]int{right: statusOK, t.sign(ctx, "Other-pass-1"): statusRequiredPassword, "stale": statusRequiredPassword}) {
				for _, header := range []http.Header{{name: {value}}, {"Cookie": {name + "=" + value}}} {
					Expect(linkStatus(t.getShareData(ctx, "protected", "", "", header))).To(BeEquivalentTo(status))
				}
			}
		})

		// The room 10 has the folder 70, that has the folder 71, and that has the file 71.
		startWithInner := func(ctx SpecContext, change func(*mockserver.Portal)) {
			GinkgoHelper()
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.Entries = append(p.Entries,
					mockserver.Entry{ID: "70", Title: "Sub", Type: mockserver.EntryFolder, Parent: "10"},
					mockserver.Entry{ID: "71", Title: "Below", Type: mockserver.EntryFolder, Parent: "folder/70"},
					mockserver.Entry{ID: "71", Title: "note.txt", Type: mockserver.EntryFile, Parent: "folder/71"},
					mockserver.Entry{ID: "61", Title: "Archived", Type: mockserver.EntryFolder, Parent: "60"})
				p.Links = append(p.Links, mockserver.Link{Key: "below", Entry: "folder/71"}, mockserver.Link{Key: "note", Entry: "file/71"})
				change(p)
			})
		}
		unchanged := func(*mockserver.Portal) {}
		inner := func(a answer) []any {
			GinkgoHelper()
			return []any{a.member("response", "entityId"), a.member("response", "entityTitle"), a.member("response", "entityType")}
		}
		none, note, below, sub := []any{nil, nil, nil}, []any{"71", "note.txt", 2.}, []any{"71", "Below", 1.}, []any{"70", "Sub", 1.}

		t.itOfFake("describes an entry within that of the link, in the server's order", t.holds("A1005"), func(ctx SpecContext) {
			startWithInner(ctx, unchanged)
			Expect(t.getShareData(ctx, "open", "", "?fileId=71")).To(haveBody(`{"response":{"status":0,"id":"10","title":"Marketing","type":1,"tenantId":7,` +
				`"entityId":"71","entityTitle":"note.txt","entityType":2,"isRoom":true,"shared":false,"linkId":"3fa85f64-5717-4562-b3fc-2c963f66afa0","isAuthenticated":false,"isRoomMember":false},` +
				`"count":1,"links":[{"href":"` + t.url + `/api/2.0/files/share/open?fileId=71","action":"GET"}],"status":0,"statusCode":200}`))
		})

		DescribeTable("describes", func(ctx SpecContext, key, query string, described []any) {
			startWithInner(ctx, unchanged)
			for _, token := range []string{"", "YOUR_API_KEY"} {
				a := t.getShareData(ctx, key, token, query)
				Expect(inner(a)).To(Equal(described))
				Expect(linkStatus(a)).To(BeEquivalentTo(statusOK))
			}
		},
			t.ofFake(Entry("a folder", t.holds("A1005"), "open", "?folderId=70", sub)),
			t.ofFake(Entry("a folder in a folder", t.holds("A1005"), "open", "?folderId=71", below)),
			t.ofFake(Entry("a file in it", t.holds("A1005"), "open", "?fileId=71", note)),
			Entry("the room itself", t.holds("A1005"), "open", "?folderId=10", []any{"10", "Marketing", 1.}),
			t.ofFake(Entry("an entry by a name in another letter case", t.holds("A1005"), "open", "?FILEID=71", note)),
			t.ofFake(Entry("a file in the folder of a link", t.holds("A1005"), "below", "?fileId=71", note)),
			Entry("nothing without a question", t.holds("A1006"), "open", "", none),
			t.ofFake(Entry("nothing for a folder that is elsewhere", t.holds("A1006"), "open", "?folderId=30", none)),
			t.ofFake(Entry("nothing for a file that is elsewhere", t.holds("A1006"), "open", "?fileId=40", none)),
			t.ofFake(Entry("nothing for a folder above that of the link", t.holds("A1006"), "below", "?folderId=70", none)),
			Entry("nothing for an entry that is not there", t.holds("A1006"), "open", "?fileId=999", none),
			Entry("nothing for a number below zero", t.holds("A1006"), "open", "?folderId=-1", none),
			t.ofFake(Entry("no folder as a file", t.holds("A1006"), "open", "?fileId=70", none)),
			t.ofFake(Entry("nothing in a file", t.holds("A1007"), "note", "?fileId=71", none)),
			t.ofFake(Entry("the file rather than the folder", t.holds("A1008"), "open", "?folderId=70&fileId=71", note)),
			t.ofFake(Entry("no folder when the file is not there", t.holds("A1008"), "open", "?folderId=70&fileId=999", none)),
			t.ofFake(Entry("the folder when the file is empty", t.holds("A1008"), "open", "?fileId=&folderId=70", sub)),
			Entry("nothing when both are empty", t.holds("A1008"), "open", "?fileId=&folderId=", none),
		)

		DescribeTable("describes the inner entry before it decides:", t.holds("A1009"),
			func(ctx SpecContext, key, query string, change func(*mockserver.Portal), status int, described []any) {
				startWithInner(ctx, change)
				a := t.getShareData(ctx, key, "", query)
				Expect(linkStatus(a)).To(BeEquivalentTo(status))
				Expect(inner(a)).To(Equal(described))
			},
			t.ofFake(Entry("a password is asked for", "protected", "?fileId=71", unchanged, statusRequiredPassword, note)),
			t.ofFake(Entry("sharing is restricted", "open", "?fileId=71", func(p *mockserver.Portal) { p.Settings.ExternalShare = false }, statusExternalAccessDenied, note)),
			t.ofFake(Entry("the room is in the archive", "archived", "?folderId=61", unchanged, statusInvalid, []any{"61", "Archived", 1.})),
			t.ofFake(Entry("but not where the answer describes nothing: the time is over", "expired", "?fileId=71", unchanged, statusExpired, none)),
			t.ofFake(Entry("but not where the answer describes nothing: the link is internal", "internal", "?fileId=71", unchanged, statusExternalAccessDenied, none)),
		)

		DescribeTable("answers a text that is no number with 404:", t.holds("A1010"),
			func(ctx SpecContext, query string) {
				t.usePortal()
				for _, key := range []string{"open", "protected", "archived"} {
					if !t.hasStandIn(key) {
						continue
					}
					for _, token := range []string{"", "YOUR_API_KEY"} {
						a := t.getShareData(ctx, key, token, query)
						Expect(a).To(haveStatus(http.StatusNotFound), key)
						Expect(a).To(haveMember("Selector '' not found", "error", "message"))
						Expect(a).To(haveMember("ASC.Common.Web.ItemNotFoundException", "error", "type"))
						Expect(a).To(haveMember(BeEquivalentTo(-2146233088), "error", "hresult"))
						Expect(a).To(haveNoHeader("Set-Cookie"))
						expectNoCache(a)
					}
				}
			},
			Entry("letters for a file", "?fileId=abc"),
			Entry("letters for a folder", "?folderId=abc"),
			Entry("a file before a folder that is there", "?folderId=10&fileId=abc"),
			Entry("a number beyond 32 bits", "?fileId=2147483648"),
		)

		It("does not look at the text where the link leads nowhere", t.holds("A1011"), func(ctx SpecContext) {
			t.usePortal()
			for key, status := range inOrder(map[string]int{"nope": statusInvalid, "orphan": statusInvalid, "expired": statusExpired, "internal": statusExternalAccessDenied}) {
				if t.hasStandIn(key) {
					Expect(linkStatus(t.getShareData(ctx, key, "", "?fileId=abc"))).To(BeEquivalentTo(status), key)
				}
			}
		})

		It("takes a key of blanks for one that no link has, unlike the password call", t.holds("A1012"), func(ctx SpecContext) {
			t.usePortal()
			for _, path := range []string{"files/share/%20", "files/share/%20%09"} {
				a := t.send(ctx, request{path: path})
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(linkStatus(a)).To(BeEquivalentTo(statusInvalid))
				Expect(t.send(ctx, request{method: http.MethodPost, path: path + "/password", body: `{}`})).To(haveStatus(http.StatusInternalServerError))
			}
		})

		DescribeTable("sets cookies according to the outcome:", t.holds("A1013"),
			func(ctx SpecContext, key, token, sent string, names ...string) {
				t.usePortal()
				a := t.getShareData(ctx, key, token, "", cookie(sent))
				Expect(a).To(haveStatus(http.StatusOK))
				if len(names) == 0 {
					Expect(a).To(haveNoHeader("Set-Cookie"))
					return
				}
				Expect(cookieNames(a)).To(Equal(names))
			},
			Entry("Ok", "open", "", "", "anonymous_session_key"),
			Entry("Ok, with a session", "open", "", "anonymous_session_key=x"),
			Entry("Ok, with an account", "open", "guest-token", ""),
			Entry("Ok, a member of the room", "protected", "user-token", ""),
			Entry("RequiredPassword", "protected", "", ""),
			Entry("RequiredPassword, with a remembered one that does not match", "protected", "", "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1=stale"),
			t.ofFake(Entry("Invalid, in the archive", "archived", "", "")),
			Entry("Expired", "expired", "", ""),
			Entry("ExternalAccessDenied", "internal", "", ""),
		)

		It("sets the session after the deletion of a token that is not valid", t.holds("A421", "A1014"), func(ctx SpecContext) {
			t.usePortal()
			expected := []string{"asc_auth_key", "anonymous_session_key"}
			if t.profile == mockserver.ProfileNext { // leaves the token alone here
				expected = expected[1:]
			}
			Expect(cookieNames(t.getShareData(ctx, "open", "", "", cookie("asc_auth_key=bad")))).To(Equal(expected))
		})

		DescribeTable("needs no credentials, and of an API key a scope for files:", t.holds("A1015"),
			func(ctx SpecContext, key, expected string) {
				t.usePortal()
				t.expectAdmission(t.getShareData(ctx, "open", key, ""), expected, false)
			},
			Entry("none", "", ok),
			Entry("no scopes", ownerAPIKey, ok),
			t.ofFake(Entry("files:read", readAPIKey, ok)),
			t.ofFake(Entry("files:write", writeAPIKey, ok)),
			t.ofFake(Entry("*:read", "sk-*:read", ok)),
			t.ofFake(Entry("rooms", roomsAPIKey, noScopeProblem)),
			t.ofFake(Entry("accounts", "sk-accounts:write", noScopeProblem)),
			t.ofFake(Entry("a key that is over", expiredAPIKey, noScopeProblem)),
			Entry("an unknown key", unknownAPIKey, noScopeProblem),
			Entry("a token that is not valid", "nonsense", ok),
		)

		It("keeps of the answer the properties that `fields` names", t.holds("A1016"), func(ctx SpecContext) {
			t.usePortal()
			a := t.getShareData(ctx, "open", "", "?fields=status,title,tenantId,shared,linkId,isAuthenticated,isRoomMember,nope")
			Expect(a).To(haveNames([]string{"status", "title", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
		})

		It("opens a room's other links to people with an account who have asked for an open one", t.holds("A1017"), func(ctx SpecContext) {
			t.usePortal()
			Expect(linkStatus(t.getShareData(ctx, "protected", "guest-token", ""))).To(BeEquivalentTo(statusRequiredPassword))
			Expect(t.getShareData(ctx, "open", "guest-token", "")).To(haveMember(BeTrue(), "response", "shared"))
			Expect(linkStatus(t.getShareData(ctx, "protected", "guest-token", ""))).To(BeEquivalentTo(statusOK))
			Expect(linkStatus(t.getShareData(ctx, "protected", "", ""))).To(BeEquivalentTo(statusRequiredPassword))
		})
	})
}
