package contract_test

import (
	"net/http"
	"net/url"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// These are the outcomes of the password call (ExternalShare.cs).
const (
	statusOK = iota
	statusInvalid
	statusExpired
	statusRequiredPassword
	statusInvalidPassword
	statusExternalAccessDenied
)

// postPassword posts a body to the password call of a link. token is a portal token, "" for a visitor.
func (t *target) postPassword(ctx SpecContext, key, token, body string, header ...http.Header) answer {
	GinkgoHelper()
	r := request{method: http.MethodPost, path: "files/share/" + url.PathEscape(key) + "/password", key: token, body: body}
	if len(header) > 0 {
		r.header = header[0]
	}
	return t.send(ctx, r)
}

const (
	rightPassword = `{"password":"Secret123!"}`
	wrongPassword = `{"password":"wrong"}`
)

// passwordSpecs describe applyExternalSharePassword: POST files/share/{key}/password.
func passwordSpecs(t *target) {
	Describe("applyExternalSharePassword", func() {
		// An answer describes the link with its entry, only the entry, or nothing.
		const open, entryOnly, nothing = "open", "entry", "nothing"

		DescribeTable("answers according to the link, the portal, the caller and the password:",
			func(ctx SpecContext, key, token, body string, status int, described string) {
				t.usePortal()
				a := t.postPassword(ctx, key, token, body)
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveMember(BeEquivalentTo(status), "response", "status"))
				Expect(a).To(haveMember(token != "", "response", "isAuthenticated"))
				switch described {
				case open:
					Expect(a).To(haveNames(ContainElements("id", "title", "type")))
					Expect(a).To(haveMember(BeEquivalentTo(7), "response", "tenantId"))
					Expect(a).To(haveMember(HavePrefix("3fa85f64-"), "response", "linkId"))
					Expect(a).To(haveMember(token != "", "response", "shared"))
				case entryOnly:
					Expect(a).To(haveNames(ContainElements("id", "title", "type")))
					Expect(a).To(haveMember(BeEquivalentTo(0), "response", "tenantId"))
					Expect(a).To(haveMember("00000000-0000-0000-0000-000000000000", "response", "linkId"))
					Expect(a).To(haveMember(BeFalse(), "response", "shared"))
				case nothing:
					Expect(a).To(haveNames([]string{"status", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
					Expect(a).To(haveMember(BeEquivalentTo(0), "response", "tenantId"))
				}
			},
			Entry("a key that is not known: Invalid, never 404", t.holds("A201"), "nope", "", rightPassword, statusInvalid, nothing),
			Entry("a key that looks like a file: Invalid", t.holds("A201"), "x.json", "", rightPassword, statusInvalid, nothing),
			Entry("a key in another letter case: Invalid", t.holds("A201"), "OPEN", "", rightPassword, statusInvalid, nothing),
			Entry("an expired link: Expired, even with the right password", t.holds("A202"), "expired", "", rightPassword, statusExpired, nothing),
			Entry("an expired link, with a wrong password: Expired", t.holds("A202"), "expired", "", wrongPassword, statusExpired, nothing),
			Entry("an internal link, visitor: ExternalAccessDenied", t.holds("A203"), "internal", "", `{}`, statusExternalAccessDenied, nothing),
			Entry("an internal link, a user with an account: Ok", t.holds("A204"), "internal", "guest-token", `{}`, statusOK, ""),
			Entry("an internal link with a password, user: InvalidPassword for a wrong one", t.holds("A204"), "internal-protected", "guest-token", wrongPassword, statusInvalidPassword, nothing),
			Entry("a link without a password, no password: Ok", t.holds("A205"), "open", "", `{}`, statusOK, open),
			Entry("a link without a password, any password: Ok", t.holds("A205"), "open", "", wrongPassword, statusOK, open),
			Entry("a protected link, right password: Ok", t.holds("A206"), "protected", "", rightPassword, statusOK, open),
			Entry("a protected link, right password, name in another case: Ok", t.holds("A206"), "protected", "", `{"PassWord":"Secret123!"}`, statusOK, open),
			Entry("a protected link, right password and unknown properties: Ok", t.holds("A206"), "protected", "", `{"password":"Secret123!","x":1}`, statusOK, open),
			Entry("a protected link, right password, guest: Ok", t.holds("A206"), "protected", "guest-token", rightPassword, statusOK, open),
			Entry("a protected link, no password: RequiredPassword", t.holds("A208"), "protected", "", `{}`, statusRequiredPassword, entryOnly),
			Entry("a protected link, null: RequiredPassword", t.holds("A208"), "protected", "", `{"password":null}`, statusRequiredPassword, entryOnly),
			Entry("a protected link, empty password: RequiredPassword", t.holds("A208"), "protected", "", `{"password":""}`, statusRequiredPassword, entryOnly),
			Entry("a protected link, blanks: InvalidPassword", t.holds("A207"), "protected", "", `{"password":"   "}`, statusInvalidPassword, nothing),
			Entry("a protected link, right password in another case: InvalidPassword", t.holds("A207"), "protected", "", `{"password":"secret123!"}`, statusInvalidPassword, nothing),
			Entry("a protected link, right password with a blank: InvalidPassword", t.holds("A207"), "protected", "", `{"password":"Secret123! "}`, statusInvalidPassword, nothing),
			Entry("a protected room, no password, member: Ok, without the link", t.holds("A209"), "protected", "user-token", `{}`, statusOK, entryOnly),
			Entry("a protected room, no password, not a member: RequiredPassword", t.holds("A209"), "protected", "guest-token", `{}`, statusRequiredPassword, entryOnly),
			t.ofFake(Entry("a protected file, no password, its creator: RequiredPassword", t.holds("A209"), "protected-file", "YOUR_API_KEY", `{}`, statusRequiredPassword, entryOnly)),
			t.ofFake(Entry("a link whose entry does not exist: Invalid", t.holds("A210"), "orphan", "", `{}`, statusInvalid, nothing)),
			t.ofFake(Entry("a link whose entry is in the trash: Invalid, with the entry", t.holds("A211"), "trashed", "", rightPassword, statusInvalid, entryOnly)),
			t.ofFake(Entry("a link whose entry is in the trash, no password: Invalid, with the entry", t.holds("A211"), "trashed", "", `{}`, statusInvalid, entryOnly)),
			t.ofFake(Entry("a link whose entry is in the trash, wrong password: InvalidPassword", t.holds("A211"), "trashed", "", wrongPassword, statusInvalidPassword, nothing)),
			t.ofFake(Entry("a link whose entry is in the archive: Invalid, with the entry", t.holds("A211"), "archived", "", `{}`, statusInvalid, entryOnly)),
			t.ofFake(Entry("a key with special characters: Ok", t.holds("A205"), "a+b c%3F#ü", "", `{}`, statusOK, "")),
		)

		It("describes an open link in the server's order", t.holds("A212"), func(ctx SpecContext) {
			t.usePortal()
			a := t.postPassword(ctx, "open", "user-token", `{}`)
			Expect(string(a.body)).To(Equal(`{"response":{"status":0,"id":"10","title":"Marketing","type":1,"tenantId":7,"isRoom":true,` +
				`"shared":true,"linkId":"3fa85f64-5717-4562-b3fc-2c963f66afa0","isAuthenticated":true,"isRoomMember":true},"count":1,` +
				`"links":[{"href":"` + t.url + `/api/2.0/files/share/open/password","action":"POST"}],"status":0,"statusCode":200}`))
			Expect(a).To(haveHeader("Api-Supported-Versions", "2.0"))
		})

		t.itOfFake("distinguishes rooms, folders and files, and does not escape titles", t.holds("A213"), func(ctx SpecContext) {
			folder := t.postPassword(ctx, "open-folder", "", `{}`)
			Expect(folder).To(haveMember(BeEquivalentTo(1), "response", "type"))
			Expect(folder).To(haveMember(BeFalse(), "response", "isRoom"))
			file := t.postPassword(ctx, "protected-file", "", rightPassword)
			Expect(file).To(haveMember(BeEquivalentTo(2), "response", "type"))
			Expect(file).NotTo(haveNames(ContainElement("isRoom")))
			Expect(file).To(haveBody(ContainSubstring(`"title":"Größe & <Maß>.docx"`)))
		})

		It("says isRoomMember only to members of the room", t.holds("A214"), func(ctx SpecContext) {
			t.usePortal()
			Expect(t.postPassword(ctx, "open", "user-token", `{}`)).To(haveMember(BeTrue(), "response", "isRoomMember"))
			Expect(t.postPassword(ctx, "open", "guest-token", `{}`)).To(haveMember(BeFalse(), "response", "isRoomMember"))
			Expect(t.postPassword(ctx, "open", "", `{}`)).To(haveMember(BeFalse(), "response", "isRoomMember"))
		})

		DescribeTable("refuses bodies that it cannot read, without counting an attempt:", t.holds("A216", "A215"),
			func(ctx SpecContext, body, key string) {
				refused := func(link string) {
					GinkgoHelper()
					t.expectBadRequest(t.send(ctx, request{method: http.MethodPost, path: "files/share/" + url.PathEscape(link) + "/password", body: body, off: true}), key)
				}
				own := t.live && runOptions.Create && t.recorder == nil
				if own {
					t.useOwnLink()
				}
				if t.live && !own && (t.link.password == "" || !runOptions.Destructive) { // if such bodies were counted, this would lock the link
					refused("no-such-key")
					return
				}
				for range 6 {
					refused(t.link.key)
				}
				Expect(t.postPassword(ctx, t.link.key, "", t.link.body())).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			},
			Entry("a number", `{"password":123}`, "$.password"),
			Entry("true", `{"password":true}`, "$.password"),
			Entry("an object", `{"password":{}}`, "$.password"),
			Entry("half a surrogate pair", `{"password":"\ud800"}`, "$.password"),
			Entry("a list", `[]`, "$"),
			Entry("an open brace", `{"password"`, "$"),
			Entry("null", `null`, "RequestParam"),
			Entry("nothing", ``, "RequestParam"),
		)

		It("accepts only JSON", t.holds("A117", "A116"), func(ctx SpecContext) {
			t.expectUnsupportedMediaType(t.send(ctx, request{method: http.MethodPost, path: "files/share/x/password", body: rightPassword, media: "-", off: true}))
			t.expectUnsupportedMediaType(t.send(ctx, request{method: http.MethodPost, path: "files/share/x/password", body: "password=x", media: "application/x-www-form-urlencoded", off: true}))
		})

		It("keeps of the answer the properties that `fields` names", t.holds("A217"), func(ctx SpecContext) {
			t.usePortal()
			a := t.send(ctx, request{method: http.MethodPost, path: "files/share/open/password?fields=status,title,tenantId,shared,linkId,isAuthenticated,isRoomMember", body: `{}`})
			Expect(a).To(haveNames([]string{"status", "title", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
		})

		It("opens a protected link only with the right password", t.holds("A206"), func(ctx SpecContext) {
			t.needsLink()
			t.setSwitch(ctx, "external", true)
			Expect(t.postPassword(ctx, t.link.key, "", `{}`)).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
			a := t.postPassword(ctx, t.link.key, "", t.link.body())
			Expect(a).To(haveMember(BeEquivalentTo(statusOK), "response", "status"))
			Expect(a).To(haveNames(BeElementOf([]any{
				[]string{"status", "id", "title", "type", "tenantId", "isRoom", "shared", "linkId", "isAuthenticated", "isRoomMember"},
				[]string{"status", "id", "title", "type", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}, // a file
			})))
			Expect(a).To(haveMember(BeFalse(), "response", "isAuthenticated"))
			Expect(a).To(haveHeader("Content-Type", "application/json; charset=utf-8"))
		})

		It("describes the entry of a link that needs a password", t.holds("A208"), func(ctx SpecContext) {
			t.needsLink()
			t.setSwitch(ctx, "external", true)
			a := t.postPassword(ctx, t.link.key, "", `{}`)
			Expect(a).To(haveMember(BeEquivalentTo(statusRequiredPassword), "response", "status"))
			Expect(a).To(haveAllNames([]string{"status", "id", "title", "type", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
		})

		It("describes every link in an envelope", t.holds("A212"), func(ctx SpecContext) {
			if t.link.key == "" {
				t.needsLink()
			}
			a := t.postPassword(ctx, t.link.key, "", `{}`)
			Expect(a).To(haveStatus(http.StatusOK))
			Expect(a).To(haveEnvelope("response", "count", "links", "status", "statusCode"))
			Expect(a).To(haveAllNames([]string{"status", "tenantId", "shared", "linkId", "isAuthenticated", "isRoomMember"}))
			Expect(a).To(haveMember(BeElementOf(0., 1., 2., 3., 4., 5.), "response", "status"))
			Expect(a).To(haveMember(BeEquivalentTo(1), "count"))
			Expect(a).To(haveMember("POST", "links", 0, "action"))
			Expect(a).To(haveHeader("Content-Type", "application/json; charset=utf-8"))
			Expect(a).To(haveHeader("Api-Supported-Versions", "2.0"))
		})

		It("answers Invalid for a key that no portal has", t.holds("A201"), func(ctx SpecContext) {
			a := t.postPassword(ctx, "no-such-key", "", rightPassword)
			Expect(a).To(haveMember(BeEquivalentTo(statusInvalid), "response", "status"))
		})
	})
}

// body is the request body that opens the link.
func (l link) body() string { return `{"password":` + quote(l.password) + `}` }

// linkStatus is the outcome in an answer to the password call.
func linkStatus(a answer) any {
	GinkgoHelper()
	return a.member("response", "status")
}
