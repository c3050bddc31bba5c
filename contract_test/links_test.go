package contract_test

import (
	"net/http"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// linkSpecs describe share links: who opens which, and what the answer describes (ExternalShare.cs,
// ExternalLinkHelper.cs).
func linkSpecs(t *target) {
	Describe("a share link", func() {
		BeforeEach(t.usePortal)

		DescribeTable("to a protected room opens without a password to everybody who may read the room:", t.holds("A230"),
			func(ctx SpecContext, token string, opens, member bool) {
				if !t.live { // whose rooms are those of the owner
					t.startWith(ctx, func(p *mockserver.Portal) {
						p.Entries[0].CreatedBy, p.Entries[0].Members = "Room-Admin@example.com", []mockserver.Member{{User: "USER@Example.com"}} // in another letter case
					})
				}
				a := t.postPassword(ctx, "protected", token, `{}`)
				if opens {
					Expect(linkStatus(a)).To(BeEquivalentTo(statusOK))
				} else {
					Expect(linkStatus(a)).To(BeEquivalentTo(statusRequiredPassword))
				}
				Expect(a.names()).To(Equal([]string{"status", "id", "title", "type", "tenantId", "isRoom", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
				Expect(a).To(haveMember(BeEquivalentTo(0), "response", "tenantId"))
				Expect(a).To(haveMember(Equal("00000000-0000-0000-0000-000000000000"), "response", "linkId"))
				Expect(a).To(haveMember(BeFalse(), "response", "shared"))
				Expect(a).To(haveMember(Equal(member), "response", "isRoomMember"))
				Expect(a).To(haveNoHeader("Set-Cookie"))
				Expect(t.postPassword(ctx, "open", token, `{}`).member("response", "isRoomMember")).To(Equal(member))
			},
			Entry("the owner", "YOUR_API_KEY", true, false),
			Entry("a DocSpace administrator", "admin-token", true, false),
			Entry("its creator", "room-admin-token", true, false),
			Entry("a member", "user-token", true, true),
			Entry("another guest: no", "guest-token", false, false),
			Entry("a visitor: no", "", false, false),
		)

		DescribeTable("to a folder or file asks everybody for the password:", t.holds("A209"),
			func(ctx SpecContext, kind mockserver.EntryType, token string) {
				t.startWith(ctx, func(p *mockserver.Portal) {
					for i := range p.Entries {
						if p.Entries[i].ID == "40" {
							p.Entries[i].Type, p.Entries[i].Section = kind, mockserver.SectionRooms
						}
					}
				})
				Expect(linkStatus(t.postPassword(ctx, "protected-file", token, `{}`))).To(BeEquivalentTo(statusRequiredPassword))
			},
			t.ofFake(Entry("the owner, a folder", mockserver.EntryFolder, "YOUR_API_KEY")),
			t.ofFake(Entry("an administrator, a file", mockserver.EntryFile, "admin-token")),
		)

		It("of a room opens to people with an account who have opened another one, or bring it", t.holds("A242"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.Links = append(p.Links, mockserver.Link{Key: "second", Entry: "10", Password: "Other-pass-1"}, mockserver.Link{Key: "over", Entry: "10", Expires: beginning.Add(-time.Second)})
			})
			protected := func(token string, header ...string) any {
				GinkgoHelper()
				r := request{method: http.MethodPost, path: "files/share/protected/password", key: token, body: `{}`, header: http.Header{}}
				if len(header) > 0 {
					r.header["Request-Token"] = header
				}
				return linkStatus(t.send(ctx, r))
			}
			Expect(protected("guest-token")).To(BeEquivalentTo(statusRequiredPassword))
			Expect(protected("guest-token", "open")).To(BeEquivalentTo(statusOK))
			Expect(protected("guest-token", "over")).To(BeEquivalentTo(statusRequiredPassword), "a link that is over")
			Expect(protected("guest-token", "second")).To(BeEquivalentTo(statusRequiredPassword))
			Expect(protected("guest-token", "open-folder")).To(BeEquivalentTo(statusRequiredPassword))
			Expect(protected("", "open")).To(BeEquivalentTo(statusRequiredPassword), "a visitor")
			t.postPassword(ctx, "open", "guest-token", `{}`)
			a := t.postPassword(ctx, "protected", "guest-token", `{}`)
			Expect(linkStatus(a)).To(BeEquivalentTo(statusOK))
			Expect(a).To(haveMember(BeFalse(), "response", "shared"), "the answer does not describe the link")
			Expect(linkStatus(t.postPassword(ctx, "second", "guest-token", `{"password":"Other-pass-1"}`))).To(BeEquivalentTo(statusOK))
			Expect(protected("guest-token")).To(BeEquivalentTo(statusRequiredPassword), "the last link wants its password")
		})

		DescribeTable("leads to what is where its parent is:", t.holds("A243"),
			func(ctx SpecContext, key, token string, change func(*mockserver.Portal), status int, member bool) {
				t.startWith(ctx, func(p *mockserver.Portal) {
					p.Entries = append(p.Entries,
						mockserver.Entry{ID: "70", Title: "Sub", Type: mockserver.EntryFolder, Parent: "10"},
						mockserver.Entry{ID: "71", Title: "Below", Type: mockserver.EntryFolder, Parent: "folder/70"},
						mockserver.Entry{ID: "71", Title: "note.txt", Type: mockserver.EntryFile, Parent: "folder/71"},
						mockserver.Entry{ID: "72", Title: "Mine", Type: mockserver.EntryFolder, Parent: mockserver.ParentMy})
					p.Links = append(p.Links, mockserver.Link{Key: "below", Entry: "folder/71"}, mockserver.Link{Key: "note", Entry: "file/71"}, mockserver.Link{Key: "mine", Entry: "72"})
					change(p)
				})
				a := t.postPassword(ctx, key, token, `{}`)
				Expect(linkStatus(a)).To(BeEquivalentTo(status))
				Expect(a).To(haveMember(Equal(member), "response", "isRoomMember"))
			},
			t.ofFake(Entry("a folder in a room", "below", "user-token", func(*mockserver.Portal) {}, statusOK, true)),
			t.ofFake(Entry("a file in a room", "note", "user-token", func(*mockserver.Portal) {}, statusOK, false)),
			t.ofFake(Entry("a folder in a room in the archive", "below", "user-token", func(p *mockserver.Portal) { p.Entries[0].Section = mockserver.SectionArchive }, statusInvalid, true)),
			t.ofFake(Entry("a folder in personal documents", "mine", "user-token", func(*mockserver.Portal) {}, statusOK, false)),
			t.ofFake(Entry("a file in a room that is blocked", "note", "", func(p *mockserver.Portal) { p.Settings.ExternalShare = false }, statusExternalAccessDenied, false)),
			t.ofFake(Entry("a file in a room, while only documents are blocked", "note", "", func(p *mockserver.Portal) {
				p.Settings.ExternalShare, p.Settings.ExternalShareApplyToRooms = false, false
			}, statusOK, false)),
			t.ofFake(Entry("a folder in personal documents that are blocked", "mine", "", func(p *mockserver.Portal) {
				p.Settings.ExternalShare, p.Settings.ExternalShareApplyToRooms = false, false
			}, statusExternalAccessDenied, false)),
		)

		t.itOfFake("expires at its time, also for people with an account, and before anything else is checked", t.holds("A202"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) {
				at := beginning.Add(time.Hour)
				p.Links = append(p.Links,
					mockserver.Link{Key: "hour", Entry: "10", Expires: at},
					mockserver.Link{Key: "hour-internal", Entry: "10", Internal: true, Expires: at},
					mockserver.Link{Key: "hour-orphan", Entry: "99", Password: "Secret123!", Expires: at})
			})
			t.advance(60 * time.Minute) // the last moment
			for _, token := range []string{"", "guest-token", "YOUR_API_KEY"} {
				Expect(linkStatus(t.postPassword(ctx, "hour", token, `{}`))).To(BeEquivalentTo(statusOK))
			}
			Expect(linkStatus(t.postPassword(ctx, "hour-internal", "", `{}`))).To(BeEquivalentTo(statusExternalAccessDenied))
			t.advance(time.Second)
			for _, key := range []string{"hour", "hour-internal", "hour-orphan"} {
				for _, token := range []string{"", "guest-token", "YOUR_API_KEY"} {
					a := t.postPassword(ctx, key, token, rightPassword)
					Expect(linkStatus(a)).To(BeEquivalentTo(statusExpired))
					Expect(a.names()).To(Equal([]string{"status", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
					Expect(a).To(haveNoHeader("Set-Cookie"))
				}
			}
		})

		It("that is internal denies visitors, whatever they send", t.holds("A203"), func(ctx SpecContext) {
			for _, body := range []string{`{}`, rightPassword, wrongPassword} {
				a := t.postPassword(ctx, "internal-protected", "", body)
				Expect(linkStatus(a)).To(BeEquivalentTo(statusExternalAccessDenied))
				Expect(a.names()).To(HaveLen(6))
				Expect(a).To(haveNoHeader("Set-Cookie"))
			}
			for _, token := range t.presentPeople("guest-token") {
				a := t.postPassword(ctx, "internal-protected", token, rightPassword)
				Expect(linkStatus(a)).To(BeEquivalentTo(statusOK))
				Expect(linkStatus(t.postPassword(ctx, "internal-protected", token, `{}`))).To(BeEquivalentTo(statusRequiredPassword))
			}
		})

		t.itOfFake("whose entry does not exist still compares the password", t.holds("A210"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.Links = append(p.Links, mockserver.Link{Key: "gone", Entry: "99", Password: "Secret123!"})
			})
			for body, expected := range inOrder(map[string]int{wrongPassword: statusInvalidPassword, rightPassword: statusInvalid, `{}`: statusInvalid}) {
				a := t.postPassword(ctx, "gone", "guest-token", body)
				Expect(linkStatus(a)).To(BeEquivalentTo(expected))
				Expect(a.names()).To(HaveLen(6))
				Expect(a).To(haveMember(BeTrue(), "response", "isAuthenticated"))
			}
		})

		DescribeTable("describes its entry completely, and nothing else:", t.holds("A212"),
			func(ctx SpecContext, key, token, body, response string) {
				a := t.postPassword(ctx, key, token, body)
				Expect(a).To(haveBody(HavePrefix(`{"response":` + response + `,"count":1,`)))
			},
			t.ofFake(Entry("a file", "protected-file", "", rightPassword, `{"status":0,"id":"40","title":"Größe & <Maß>.docx","type":2,"tenantId":7,"shared":false,"linkId":"3fa85f64-5717-4562-b3fc-2c963f66afa3","isAuthenticated":false,"isRoomMember":false}`)),
			t.ofFake(Entry("a folder", "open-folder", "YOUR_API_KEY", `{}`, `{"status":0,"id":"30","title":"Plans","type":1,"tenantId":7,"isRoom":false,"shared":true,"linkId":"3fa85f64-5717-4562-b3fc-2c963f66afa2","isAuthenticated":true,"isRoomMember":false}`)),
			Entry("a room", "protected", "", `{}`, `{"status":3,"id":"10","title":"Marketing","type":1,"tenantId":0,"isRoom":true,"shared":false,"linkId":"00000000-0000-0000-0000-000000000000","isAuthenticated":false,"isRoomMember":false}`),
			t.ofFake(Entry("a folder in the trash", "trashed", "user-token", rightPassword, `{"status":1,"id":"50","title":"Thrown away","type":1,"tenantId":0,"isRoom":false,"shared":false,"linkId":"00000000-0000-0000-0000-000000000000","isAuthenticated":true,"isRoomMember":false}`)),
			t.ofFake(Entry("a room in the archive", "archived", "", `{}`, `{"status":1,"id":"60","title":"Put away","type":1,"tenantId":0,"isRoom":true,"shared":false,"linkId":"00000000-0000-0000-0000-000000000000","isAuthenticated":false,"isRoomMember":false}`)),
			Entry("nothing", "nope", "guest-token", `{}`, `{"status":1,"tenantId":0,"shared":false,"linkId":"00000000-0000-0000-0000-000000000000","isAuthenticated":true,"isRoomMember":false}`),
			Entry("nothing, for a wrong password", "protected", "guest-token", wrongPassword, `{"status":4,"tenantId":0,"shared":false,"linkId":"00000000-0000-0000-0000-000000000000","isAuthenticated":true,"isRoomMember":false}`),
		)

		t.itOfFake("to a folder or file in a room does not describe a room", t.holds("A213"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) {
				for i := range p.Entries {
					if p.Entries[i].ID == "30" || p.Entries[i].ID == "40" {
						p.Entries[i].Section = mockserver.SectionRooms
					}
				}
			})
			Expect(string(t.postPassword(ctx, "open-folder", "", `{}`).body)).To(HavePrefix(`{"response":{"status":0,"id":"30","title":"Plans","type":1,"tenantId":7,"isRoom":false,"shared":false,`))
			Expect(t.postPassword(ctx, "protected-file", "", rightPassword).names()).NotTo(ContainElement("isRoom"))
		})
	})
}
