package contract_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// linkSpecs describe links beyond the suite's own (ExternalShare.cs, ExternalLinkHelper.cs, Signature.cs).
func linkSpecs(t *target) {
	Describe("a share link", func() {
		BeforeEach(t.needsOurPortal)

		status := func(a answer) any {
			GinkgoHelper()
			return a.member("response", "status")
		}

		DescribeTable("to a protected room opens without a password for who may read the room", t.holds("A230"),
			func(ctx SpecContext, token string, opens, member bool) {
				t.startWith(ctx, func(p *mockserver.Portal) {
					p.Entries[0].CreatedBy, p.Entries[0].Members = "Room-Admin@example.com", []string{"USER@Example.com"} // as people write them
				})
				a := t.apply(ctx, "protected", token, `{}`)
				if opens {
					Expect(status(a)).To(BeEquivalentTo(statusOK))
				} else {
					Expect(status(a)).To(BeEquivalentTo(statusRequiredPassword))
				}
				Expect(a.names()).To(Equal([]string{"status", "id", "title", "type", "tenantId", "isRoom", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
				Expect(a).To(haveMember(BeEquivalentTo(0), "response", "tenantId"))
				Expect(a).To(haveMember(Equal("00000000-0000-0000-0000-000000000000"), "response", "linkId"))
				Expect(a).To(haveMember(BeFalse(), "response", "shared"))
				Expect(a).To(haveMember(BeFalse(), "response", "isRoomMember"), "the link is not described")
				Expect(a).To(haveNoHeader("Set-Cookie"))
				Expect(t.apply(ctx, "open", token, `{}`).member("response", "isRoomMember")).To(Equal(member))
			},
			Entry("the owner", "YOUR_API_KEY", true, false),
			Entry("a DocSpace administrator", "admin-token", true, false),
			Entry("the one who made it", "room-admin-token", true, true),
			Entry("a member", "user-token", true, true),
			Entry("nobody else", "guest-token", false, false),
			Entry("no visitor", "", false, false),
		)

		DescribeTable("to a folder or file asks everybody", t.holds("A209"),
			func(ctx SpecContext, kind mockserver.EntryType, token string) {
				t.startWith(ctx, func(p *mockserver.Portal) {
					for i := range p.Entries {
						if p.Entries[i].ID == "40" {
							p.Entries[i].Type, p.Entries[i].Section = kind, mockserver.SectionRooms
						}
					}
				})
				Expect(status(t.apply(ctx, "protected-file", token, `{}`))).To(BeEquivalentTo(statusRequiredPassword))
			},
			Entry("the owner, a folder", mockserver.EntryFolder, "YOUR_API_KEY"),
			Entry("an administrator, a file", mockserver.EntryFile, "admin-token"),
		)

		It("is over at its time, for people with an account too, and before anything else is looked at", t.holds("A202"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) {
				at := beginning.Add(time.Hour)
				p.Links = append(p.Links,
					mockserver.Link{Key: "hour", Entry: "10", Expires: at},
					mockserver.Link{Key: "hour-internal", Entry: "10", Internal: true, Expires: at},
					mockserver.Link{Key: "hour-orphan", Entry: "99", Password: "Secret123!", Expires: at})
			})
			t.advance(60 * time.Minute) // which is the last moment
			for _, token := range []string{"", "guest-token", "YOUR_API_KEY"} {
				Expect(status(t.apply(ctx, "hour", token, `{}`))).To(BeEquivalentTo(statusOK))
			}
			Expect(status(t.apply(ctx, "hour-internal", "", `{}`))).To(BeEquivalentTo(statusExternalAccessDenied))
			t.advance(time.Second)
			for _, key := range []string{"hour", "hour-internal", "hour-orphan"} {
				for _, token := range []string{"", "guest-token", "YOUR_API_KEY"} {
					a := t.apply(ctx, key, token, rightPassword)
					Expect(status(a)).To(BeEquivalentTo(statusExpired))
					Expect(a.names()).To(Equal([]string{"status", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
					Expect(a).To(haveNoHeader("Set-Cookie"))
				}
			}
		})

		It("that is internal denies visitors whatever they bring", t.holds("A203"), func(ctx SpecContext) {
			for _, body := range []string{`{}`, rightPassword, wrongPassword} {
				a := t.apply(ctx, "internal-protected", "", body)
				Expect(status(a)).To(BeEquivalentTo(statusExternalAccessDenied))
				Expect(a.names()).To(HaveLen(6))
				Expect(a).To(haveNoHeader("Set-Cookie"))
			}
			a := t.apply(ctx, "internal-protected", "guest-token", rightPassword)
			Expect(status(a)).To(BeEquivalentTo(statusOK))
			Expect(status(t.apply(ctx, "internal-protected", "guest-token", `{}`))).To(BeEquivalentTo(statusRequiredPassword))
		})

		It("whose entry is gone compares the password all the same", t.holds("A210"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.Links = append(p.Links, mockserver.Link{Key: "gone", Entry: "99", Password: "Secret123!"})
			})
			for body, expected := range map[string]int{wrongPassword: statusInvalidPassword, rightPassword: statusInvalid, `{}`: statusInvalid} {
				a := t.apply(ctx, "gone", "guest-token", body)
				Expect(status(a)).To(BeEquivalentTo(expected))
				Expect(a.names()).To(HaveLen(6))
				Expect(a).To(haveMember(BeTrue(), "response", "isAuthenticated"))
			}
		})

		DescribeTable("tells the whole of what it leads to, and no more", t.holds("A212"),
			func(ctx SpecContext, key, token, body, response string) {
				a := t.apply(ctx, key, token, body)
				Expect(a).To(haveBody(HavePrefix(`{"response":` + response + `,"count":1,`)))
			},
			Entry("a file", "protected-file", "", rightPassword, `{"status":0,"id":"40","title":"Größe & <Maß>.docx","type":2,"tenantId":7,"shared":false,"linkId":"3fa85f64-5717-4562-b3fc-2c963f66afa3","isAuthenticated":false,"isRoomMember":false}`),
			Entry("a folder", "open-folder", "YOUR_API_KEY", `{}`, `{"status":0,"id":"30","title":"Plans","type":1,"tenantId":7,"isRoom":false,"shared":true,"linkId":"3fa85f64-5717-4562-b3fc-2c963f66afa2","isAuthenticated":true,"isRoomMember":false}`),
			Entry("a room", "protected", "", `{}`, `{"status":3,"id":"10","title":"Marketing","type":1,"tenantId":0,"isRoom":true,"shared":false,"linkId":"00000000-0000-0000-0000-000000000000","isAuthenticated":false,"isRoomMember":false}`),
			Entry("a folder in the trash", "trashed", "user-token", rightPassword, `{"status":1,"id":"50","title":"Thrown away","type":1,"tenantId":0,"isRoom":false,"shared":false,"linkId":"00000000-0000-0000-0000-000000000000","isAuthenticated":true,"isRoomMember":false}`),
			Entry("a room in the archive", "archived", "", `{}`, `{"status":1,"id":"60","title":"Put away","type":1,"tenantId":0,"isRoom":true,"shared":false,"linkId":"00000000-0000-0000-0000-000000000000","isAuthenticated":false,"isRoomMember":false}`),
			Entry("nothing", "nope", "user-token", `{}`, `{"status":1,"tenantId":0,"shared":false,"linkId":"00000000-0000-0000-0000-000000000000","isAuthenticated":true,"isRoomMember":false}`),
			Entry("nothing, for a wrong password", "protected", "user-token", wrongPassword, `{"status":4,"tenantId":0,"shared":false,"linkId":"00000000-0000-0000-0000-000000000000","isAuthenticated":true,"isRoomMember":false}`),
		)

		It("to a folder or file in a room tells no room", t.holds("A213"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) {
				for i := range p.Entries {
					if p.Entries[i].ID == "30" || p.Entries[i].ID == "40" {
						p.Entries[i].Section = mockserver.SectionRooms
					}
				}
			})
			Expect(string(t.apply(ctx, "open-folder", "", `{}`).body)).To(HavePrefix(`{"response":{"status":0,"id":"30","title":"Plans","type":1,"tenantId":7,"isRoom":false,"shared":false,`))
			Expect(t.apply(ctx, "protected-file", "", rightPassword).names()).NotTo(ContainElement("isRoom"))
		})

		It("has a key of 111 characters when a portal makes it", t.holds("A231"), func(ctx SpecContext) {
			var link struct{ ID, Key string }
			Expect(json.Unmarshal(t.steer(ctx, http.MethodPost, "links", `{"entry":"30"}`).body, &link)).To(Succeed())
			Expect(link.Key).To(MatchRegexp(`^[A-Za-z0-9_-]{111}$`))
			Expect(signed(link.Key)).To(Equal(quote(link.ID)))
			a := t.apply(ctx, link.Key, "", `{}`)
			Expect(status(a)).To(BeEquivalentTo(statusOK))
			Expect(a).To(haveMember(Equal(link.ID), "response", "linkId"))
			Expect(status(t.apply(ctx, strings.ToLower(link.Key), "", `{}`))).To(BeEquivalentTo(statusInvalid))
		})

		DescribeTable("lets in who brings its password along, whatever is posted", t.holds("A232"),
			func(ctx SpecContext, bring func(r *request, token string)) {
				key := t.rememberedPassword(ctx, "protected", rightPassword)
				token := t.sign(ctx, map[string]string{"Id": "3fa85f64-5717-4562-b3fc-2c963f66afa1", "Password": key})
				other := t.sign(ctx, map[string]string{"Id": "3fa85f64-5717-4562-b3fc-2c963f66afa9", "Password": key})
				stale := t.sign(ctx, map[string]string{"Id": "3fa85f64-5717-4562-b3fc-2c963f66afa1", "Password": t.sign(ctx, "Old-one-123")})
				forged := forge(token)
				for _, body := range []string{`{}`, wrongPassword} {
					r := request{method: http.MethodPost, path: "files/share/protected/password", body: body, header: http.Header{}}
					bring(&r, token)
					a := t.send(ctx, r)
					Expect(status(a)).To(BeEquivalentTo(statusOK), body)
					Expect(a).To(haveMember(Equal("3fa85f64-5717-4562-b3fc-2c963f66afa1"), "response", "linkId"))
					Expect(cookieNames(a)).To(Equal([]string{"anonymous_session_key"}), "nothing new to remember")
				}
				for name, useless := range map[string]string{"of another link": other, "of another password": stale, "of another portal": forged, "no token": "x"} {
					r := request{method: http.MethodPost, path: "files/share/protected/password", body: `{}`, header: http.Header{}}
					bring(&r, useless)
					Expect(status(t.send(ctx, r))).NotTo(BeEquivalentTo(statusOK), name)
				}
			},
			Entry("in the header Request-Token", func(r *request, token string) { r.header["Request-Token"] = []string{token} }),
			Entry("in share of the query", func(r *request, token string) { r.path += "?share=" + token }),
			Entry("in the key itself", func(r *request, token string) { r.path = "files/share/" + token + "/password" }),
		)

		It("asks for its password when the key that brought it is old", t.holds("A232"), func(ctx SpecContext) {
			token := t.sign(ctx, map[string]string{"Id": "3fa85f64-5717-4562-b3fc-2c963f66afa1", "Password": t.sign(ctx, "Old-one-123")})
			Expect(status(t.apply(ctx, token, "", `{}`))).To(BeEquivalentTo(statusRequiredPassword))
			Expect(status(t.apply(ctx, token, "", rightPassword))).To(BeEquivalentTo(statusOK))
			Expect(status(t.apply(ctx, token, "", wrongPassword))).To(BeEquivalentTo(statusInvalidPassword))
		})

		It("takes a remembered password for what the link has now", t.holds("A224"), func(ctx SpecContext) {
			const name = "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"
			for what, value := range map[string]string{
				"another password": t.sign(ctx, "Old-one-123"), "the password itself": "Secret123!", "another portal's": forge(t.rememberedPassword(ctx, "protected", rightPassword)),
			} {
				for _, header := range []http.Header{{"Cookie": {name + "=" + value}}, {http.CanonicalHeaderKey(name): {value}}} {
					Expect(status(t.apply(ctx, "protected", "", `{}`, header))).To(BeEquivalentTo(statusRequiredPassword), what)
				}
			}
			right := t.rememberedPassword(ctx, "protected", rightPassword)
			other := http.Header{"Cookie": {"sharelink3fa85f64-5717-4562-b3fc-2c963f66afa3=" + right}}
			Expect(status(t.apply(ctx, "protected", "", `{}`, other))).To(BeEquivalentTo(statusRequiredPassword), "another link's cookie")
		})

		Describe("whose password the owner or an administrator posts", func() {
			const another = `{"password":"Another456!"}`
			for _, token := range []string{"YOUR_API_KEY", "admin-token"} {
				It("is remembered with the new password (documented), or not (v3.7.2): "+token, t.holds("A233", "A227"), func(ctx SpecContext) {
					old := t.rememberedPassword(ctx, "protected", rightPassword)
					a := t.apply(ctx, "protected", token, another)
					if !t.documented() {
						Expect(a).To(haveNoHeader("Set-Cookie"))
						return
					}
					Expect(cookieNames(a)).To(Equal([]string{"sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"}))
					header := func(value string) http.Header {
						return http.Header{"Cookie": {"sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1=" + value}}
					}
					Expect(status(t.apply(ctx, "protected", "", `{}`, header(a.Cookies()[0].Value)))).To(BeEquivalentTo(statusOK))
					Expect(status(t.apply(ctx, "protected", "", `{}`, header(old)))).To(BeEquivalentTo(statusRequiredPassword))
					Expect(status(t.apply(ctx, "protected-file", "", rightPassword))).To(BeEquivalentTo(statusOK), "another link's password stays")
					t.steer(ctx, http.MethodPost, "reset", "")
					Expect(status(t.apply(ctx, "protected", "", rightPassword))).To(BeEquivalentTo(statusOK))
				})
			}

			DescribeTable("keeps its own where there is nothing to protect", t.holds("A234"),
				func(ctx SpecContext, key string, expected int) {
					t.startWith(ctx, func(p *mockserver.Portal) {
						p.Links = append(p.Links,
							mockserver.Link{Key: "gone", Entry: "99", Password: "Secret123!"},
							mockserver.Link{Key: "archived-protected", Entry: "60", Password: "Secret123!"})
					})
					a := t.apply(ctx, key, "YOUR_API_KEY", another)
					told := expected
					if !t.documented() && expected != statusExpired {
						told = statusInvalidPassword // which is found before the entry is looked at
					}
					Expect(status(a)).To(BeEquivalentTo(told))
					Expect(a).To(haveNoHeader("Set-Cookie"))
					if expected != statusExpired {
						Expect(status(t.apply(ctx, key, "", another))).To(BeEquivalentTo(statusInvalidPassword))
					}
				},
				Entry("in the trash", "trashed", statusInvalid),
				Entry("in the archive", "archived-protected", statusInvalid),
				Entry("when the entry is gone", "gone", statusInvalid),
				Entry("when it is over", "expired", statusExpired),
			)

			It("is refused one of more than 255 characters, where it would be set", t.holds("A235", "A227"), func(ctx SpecContext) {
				for text, fits := range map[string]bool{
					strings.Repeat("x", 255): true, strings.Repeat("x", 256): false, strings.Repeat("é", 255): true, strings.Repeat("😀", 128): false,
				} {
					a := t.apply(ctx, "protected", "YOUR_API_KEY", `{"password":`+quote(text)+`}`)
					if t.documented() && !fits {
						Expect(a).To(haveStatus(http.StatusBadRequest))
						Expect(status(t.apply(ctx, "protected", "", `{"password":`+quote(text)+`}`))).To(BeEquivalentTo(statusInvalidPassword))
						t.steer(ctx, http.MethodPost, "reset", "")
						continue
					}
					expected := statusInvalidPassword
					if t.documented() {
						expected = statusOK
					}
					Expect(status(a)).To(BeEquivalentTo(expected))
				}
			})

			It("is internal or restricted all the same", t.holds("A236", "A227"), func(ctx SpecContext) {
				t.setFlag(ctx, "external", false)
				for _, key := range []string{"internal-protected", "protected-file"} {
					expected := statusInvalidPassword
					if t.documented() {
						expected = statusOK
					}
					Expect(status(t.apply(ctx, key, "YOUR_API_KEY", another))).To(BeEquivalentTo(expected))
					Expect(status(t.apply(ctx, key, "", another))).To(BeEquivalentTo(map[string]any{
						"internal-protected": statusExternalAccessDenied,
						"protected-file":     map[bool]int{true: statusExternalAccessDenied, false: statusInvalidPassword}[t.documented()],
					}[key]))
				}
			})
		})
	})
}

// rememberedPassword is what the cookie of a link has in it after the right password.
func (t *target) rememberedPassword(ctx SpecContext, key, body string) string {
	GinkgoHelper()
	a := t.apply(ctx, key, "", body)
	Expect(cookieNames(a)).NotTo(BeEmpty())
	return a.Cookies()[0].Value
}

// sign has our own portal sign a text, or a value as a JSON text: as the password of a link, which comes back in its cookie.
func (t *target) sign(ctx SpecContext, value any) string {
	GinkgoHelper()
	text, isText := value.(string)
	if !isText {
		encoded, err := json.Marshal(value)
		Expect(err).NotTo(HaveOccurred())
		text = string(encoded)
	}
	key := fmt.Sprint("sign ", len(text), url.QueryEscape(text)[:8])
	var link struct{ ID string }
	Expect(json.Unmarshal(t.steer(ctx, http.MethodPost, "links", `{"key":`+quote(key)+`,"entry":"30","password":`+quote(text)+`}`).body, &link)).To(Succeed())
	value = t.rememberedPassword(ctx, key, `{"password":`+quote(text)+`}`)
	t.steer(ctx, http.MethodDelete, "links/"+link.ID, "")
	return value.(string)
}

// signed is the JSON in a signed text: base64url of base64 of a digest, a question mark and the JSON (Signature.cs).
func signed(text string) string {
	GinkgoHelper()
	raw, err := base64.RawURLEncoding.DecodeString(text)
	Expect(err).NotTo(HaveOccurred())
	digest, value, found := strings.Cut(string(raw), "?")
	Expect(found).To(BeTrue())
	Expect(base64.StdEncoding.DecodeString(digest)).To(HaveLen(32), "SHA-256")
	return value
}

// forge is a signed text as somebody signs it who does not know the portal's secret.
func forge(text string) string {
	GinkgoHelper()
	value := signed(text)
	digest := sha256.Sum256([]byte(value))
	return base64.RawURLEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString(digest[:]) + "?" + value))
}
