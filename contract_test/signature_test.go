package contract_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// signatureSpecs describe signed keys and tokens of a link (Signature.cs, ExternalShare.cs).
func signatureSpecs(t *target) {
	Describe("signed keys and tokens", func() {
		It("are keys of 111 characters when a portal makes them", t.holds("A231"), func(ctx SpecContext) {
			var link struct{ ID, Key string }
			Expect(json.Unmarshal(t.control(ctx, http.MethodPost, "links", `{"entry":"30"}`).body, &link)).To(Succeed())
			Expect(link.Key).To(MatchRegexp(`^[A-Za-z0-9_-]{111}$`))
			Expect(signed(link.Key)).To(Equal(quote(link.ID)))
			a := t.postPassword(ctx, link.Key, "", `{}`)
			Expect(linkStatus(a)).To(BeEquivalentTo(statusOK))
			Expect(a).To(haveMember(Equal(link.ID), "response", "linkId"))
			Expect(linkStatus(t.postPassword(ctx, strings.ToLower(link.Key), "", `{}`))).To(BeEquivalentTo(statusInvalid))
		})

		DescribeTable("open a link, whatever is posted:", t.holds("A232"),
			func(ctx SpecContext, bring func(r *request, token string)) {
				key := t.rememberedPassword(ctx, "protected", rightPassword)
				token := t.sign(ctx, map[string]string{"Id": "3fa85f64-5717-4562-b3fc-2c963f66afa1", "Password": key})
				other := t.sign(ctx, map[string]string{"Id": "3fa85f64-5717-4562-b3fc-2c963f66afa9", "Password": key})
				old := t.sign(ctx, map[string]string{"Id": "3fa85f64-5717-4562-b3fc-2c963f66afa9", "Password": t.sign(ctx, "Other-pass-1")})
				stale := t.sign(ctx, map[string]string{"Id": "3fa85f64-5717-4562-b3fc-2c963f66afa1", "Password": t.sign(ctx, "Old-one-123")})
				forged := forge(token)
				for _, sent := range []string{token, other} {
					body := map[bool]string{true: `{}`, false: wrongPassword}[sent == token]
					r := request{method: http.MethodPost, path: "files/share/protected/password", body: body, header: http.Header{}}
					bring(&r, sent)
					a := t.send(ctx, r)
					Expect(linkStatus(a)).To(BeEquivalentTo(statusOK), body)
					Expect(a).To(haveMember(Equal("3fa85f64-5717-4562-b3fc-2c963f66afa1"), "response", "linkId"))
					Expect(cookieNames(a)).To(Equal([]string{"anonymous_session_key"}), "the password is remembered already")
				}
				for name, useless := range map[string]string{"of another link and password": old, "of another password": stale, "of another portal": forged, "no token": "x"} {
					r := request{method: http.MethodPost, path: "files/share/protected/password", body: `{}`, header: http.Header{}}
					bring(&r, useless)
					Expect(linkStatus(t.send(ctx, r))).NotTo(BeEquivalentTo(statusOK), name)
				}
			},
			Entry("in the header Request-Token", func(r *request, token string) { r.header["Request-Token"] = []string{token} }),
			Entry("in share of the query", func(r *request, token string) { r.path += "?share=" + token }),
		)

		It("name a link in place of its key, and open nothing there", t.holds("A232"), func(ctx SpecContext) {
			for _, password := range []string{"Old-one-123", "Secret123!"} {
				token := t.sign(ctx, map[string]string{"Id": "3fa85f64-5717-4562-b3fc-2c963f66afa1", "Password": t.sign(ctx, password)})
				Expect(linkStatus(t.postPassword(ctx, token, "", `{}`))).To(BeEquivalentTo(statusRequiredPassword))
				Expect(linkStatus(t.postPassword(ctx, token, "", rightPassword))).To(BeEquivalentTo(statusOK))
				Expect(linkStatus(t.postPassword(ctx, token, "", wrongPassword))).To(BeEquivalentTo(statusInvalidPassword))
			}
		})

		It("may end in padding or a blank", t.holds("A240"), func(ctx SpecContext) {
			var link struct{ Key string }
			Expect(json.Unmarshal(t.control(ctx, http.MethodPost, "links", `{"entry":"30"}`).body, &link)).To(Succeed())
			for end, status := range map[string]int{"": statusOK, "=": statusOK, " ": statusOK, "==": statusInvalid, "x": statusInvalid} {
				Expect(linkStatus(t.postPassword(ctx, link.Key+end, "", `{}`))).To(BeEquivalentTo(status), end)
			}
			other := link.Key[:110] + "J" // the same bytes as I, but for bits that nothing is in
			Expect(link.Key).To(HaveSuffix("I"))
			Expect(linkStatus(t.postPassword(ctx, other, "", `{}`))).To(BeEquivalentTo(statusInvalid))
			signed := t.sign(ctx, "3fa85f64-5717-4562-b3fc-2c963f66afa1")
			Expect(linkStatus(t.postPassword(ctx, signed, "", rightPassword))).To(BeEquivalentTo(statusInvalid), "the link has the key protected")
		})

		It("are those of the portal with the same docDbKey", t.holds("A241"), func(ctx SpecContext) {
			const id = "3adbc78e-5518-420c-91eb-8d6c75491e24"
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.DocDBKey = "ee172eee-3cac-4131-8adf-36c0c24c0872"
				p.Links = append(p.Links, mockserver.Link{ID: id, Entry: "30"})
			})
			a := t.postPassword(ctx, "UDQxRTFBZnNWaVVTOVlrYklsNHllcUpHV0ptUVlWYkZCeGhYZnFLL1ZzQT0_IjNhZGJjNzhlLTU1MTgtNDIwYy05MWViLThkNmM3NTQ5MWUyNCI", "", `{}`)
			Expect(linkStatus(a)).To(BeEquivalentTo(statusOK))
			Expect(t.rememberedPassword(ctx, "protected", rightPassword)).To(Equal("blNVSEl4NGlQNHB5bGtFVHIvZUZVSm9LVmNobG11NHV0ZXg1TlJnY0w1OD0_IlNlY3JldDEyMyEi"))
		})

		DescribeTable("are looked for in one place:", t.holds("A244"),
			func(ctx SpecContext, header, cookie, token, share string, status int) {
				key := t.rememberedPassword(ctx, "protected", rightPassword)
				signed := t.sign(ctx, map[string]string{"Id": "3fa85f64-5717-4562-b3fc-2c963f66afa1", "Password": key})
				fill := strings.NewReplacer("KEY", key, "TOKEN", signed).Replace
				r := request{method: http.MethodPost, path: "files/share/protected/password?Share=" + fill(share), body: `{}`, header: http.Header{}}
				name := "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"
				if header != "-" {
					r.header[http.CanonicalHeaderKey(name)] = []string{fill(header)}
				}
				r.header.Set("Cookie", strings.ToUpper(name)+"="+fill(cookie))
				r.header.Set("Request-Token", fill(token))
				Expect(linkStatus(t.send(ctx, r))).To(BeEquivalentTo(status))
			},
			Entry("the header", "KEY", "x", "x", "x", statusOK),
			Entry("a wrong header hides the rest", "x", "KEY", "TOKEN", "TOKEN", statusRequiredPassword),
			Entry("an empty header hides the cookie", "", "KEY", "", "", statusRequiredPassword),
			Entry("an empty header does not hide the token", "", "x", "TOKEN", "x", statusOK),
			Entry("the cookie", "-", "KEY", "x", "x", statusOK),
			Entry("a wrong cookie hides the token", "-", "x", "TOKEN", "TOKEN", statusRequiredPassword),
			Entry("an empty cookie does not", "-", "", "TOKEN", "x", statusOK),
			Entry("a wrong token hides the query", "-", "", "x", "TOKEN", statusRequiredPassword),
			Entry("the query", "-", "", "", "TOKEN", statusOK),
		)
	})
}

// sign lets the suite's own portal sign a text, or a value as JSON. The text is the password of a link, and its signed form
// comes back in the cookie.
func (t *target) sign(ctx SpecContext, value any) string {
	GinkgoHelper()
	if text, isText := value.(string); t.live && isText {
		return t.signLive(ctx, text)
	}
	text, isText := value.(string)
	if !isText {
		encoded, err := json.Marshal(value)
		Expect(err).NotTo(HaveOccurred())
		text = string(encoded)
	}
	key := fmt.Sprint("sign ", len(text), url.QueryEscape(text)[:8])
	var link struct{ ID string }
	Expect(json.Unmarshal(t.control(ctx, http.MethodPost, "links", `{"key":`+quote(key)+`,"entry":"30","password":`+quote(text)+`}`).body, &link)).To(Succeed())
	value = t.rememberedPassword(ctx, key, `{"password":`+quote(text)+`}`)
	t.control(ctx, http.MethodDelete, "links/"+link.ID, "")
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

// forge signs a text without the portal's secret.
func forge(text string) string {
	GinkgoHelper()
	value := signed(text)
	digest := sha256.Sum256([]byte(value))
	return base64.RawURLEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString(digest[:]) + "?" + value))
}
