package interop_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// page is a page of the portal's own web client in a browser: it keeps cookies, and names itself with the headers of a browser.
type page struct {
	portal, address string
	key             string // of the link, in the address of the page: sent with every request
	http            *http.Client
}

func openPage(portal, address, key string) page {
	GinkgoHelper()
	jar, err := cookiejar.New(nil)
	Expect(err).NotTo(HaveOccurred())
	return page{portal, portal + address, key, &http.Client{Jar: jar}}
}

// shown is what the web client reads of an answer.
type shown struct {
	hint     string
	Response struct {
		Status                  int
		ID                      any // a text for links, a number for entries
		Title, EntityTitle      string
		Shared, IsAuthenticated bool
		EnableThirdParty        *bool
		Current                 entry
		Folders, Files          []entry
		PathParts               []entry
		Total                   int
		SharedLink              link
	}
	Error struct{ Message string }
}

type entry struct {
	ID           int
	Title        string
	RequestToken string
	Security     map[string]bool
}

type link struct{ ID, ShareLink, RequestToken string }

// send sends a request as axios does in a browser, and expects the status.
func (p page) send(ctx context.Context, method, path, body string, status int) shown {
	GinkgoHelper()
	r, err := http.NewRequestWithContext(ctx, method, p.portal+"/api/2.0/"+path, strings.NewReader(body))
	Expect(err).NotTo(HaveOccurred())
	for name, value := range map[string]string{
		"Accept":          "application/json, text/plain, */*",
		"Accept-Language": "en-GB,en;q=0.9",
		"Referer":         p.address,
		"Sec-Fetch-Dest":  "empty",
		"Sec-Fetch-Mode":  "cors",
		"Sec-Fetch-Site":  "same-origin",
		"User-Agent":      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
	} {
		r.Header.Set(name, value)
	}
	if p.key != "" {
		r.Header.Set("Request-Token", p.key)
	}
	if method != http.MethodGet {
		r.Header.Set("Origin", p.portal)
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := p.http.Do(r)
	Expect(err).NotTo(HaveOccurred())
	defer answer.Body.Close()
	var text bytes.Buffer
	_, err = text.ReadFrom(answer.Body)
	Expect(err).NotTo(HaveOccurred())
	Expect(answer.StatusCode).To(Equal(status), "%s %s: %s", method, path, &text)
	got := shown{hint: answer.Header.Get("X-Mock-Hint")}
	if text.Len() > 0 {
		Expect(json.Unmarshal(text.Bytes(), &got)).To(Succeed(), "%s %s: %s", method, path, &text)
	}
	return got
}

func (p page) cookies() []string {
	GinkgoHelper()
	address, err := url.Parse(p.portal)
	Expect(err).NotTo(HaveOccurred())
	var names []string
	for _, cookie := range p.http.Jar.Cookies(address) {
		names = append(names, cookie.Name)
	}
	return names
}

// The requests are those that the vendor's web client sends for the page of a protected link, in their order.
var _ = Describe("The portal's own web client", func() {
	const (
		open, invalid, wantsPassword, wrongPassword = 0, 1, 3, 4 // statuses of a link
		room, folder, file                          = 10, 11, 10 // of portal.yaml
	)
	listing := func(id int) string {
		return "files/" + strconv.Itoa(id) + "?count=100&startIndex=0&sortby=DateAndTime&sortOrder=descending"
	}
	for _, profile := range mockserver.ProfileNames() {
		It("shows the page of a link at "+profile, func(ctx SpecContext) {
			portal := startFake(profile)
			owner := openPage(portal, "/rooms/shared/filter?folder=10", "")
			owner.send(ctx, http.MethodPost, "authentication", `{"userName":"owner@example.com","password":"Owner-pass-1","session":false}`, http.StatusOK)
			Expect(owner.cookies()).To(ConsistOf("asc_auth_key"))
			change := func(body string) link {
				GinkgoHelper()
				return owner.send(ctx, http.MethodPut, "files/rooms/10/links", body, http.StatusOK).Response.SharedLink
			}
			made := change(`{"internal":false,"linkType":1,"access":2,"title":"For customers","expirationDate":null,"password":"Secret123!","disabled":false,"denyDownload":false}`)
			Expect(made.ShareLink).To(HavePrefix(portal + "/s/"))
			visitor := openPage(portal, "/rooms/share?key="+made.RequestToken, made.RequestToken)
			share, password := "files/share/"+made.RequestToken, "files/share/"+made.RequestToken+"/password"

			By("asking for the settings of the portal, which the fake does not have")
			Expect(visitor.send(ctx, http.MethodGet, "settings", "", http.StatusNotFound).hint).NotTo(BeEmpty())

			By("asking where the link leads: to the form for the password")
			got := visitor.send(ctx, http.MethodGet, share, "", http.StatusOK).Response
			Expect([]any{got.Status, got.ID, got.Title, got.IsAuthenticated}).To(Equal([]any{wantsPassword, "10", "Marketing", false}))
			Expect(visitor.cookies()).To(BeEmpty())

			By("reading the settings, with the key")
			got = visitor.send(ctx, http.MethodGet, "files/settings", "", http.StatusOK).Response
			Expect(got.EnableThirdParty).To(HaveValue(BeTrue()))

			By("not getting in before the password")
			Expect(visitor.send(ctx, http.MethodGet, listing(room), "", http.StatusForbidden).Error.Message).To(ContainSubstring("permission"))

			By("sending a wrong password, which the form shows")
			got = visitor.send(ctx, http.MethodPost, password, `{"password":"wrong"}`, http.StatusOK).Response
			Expect(got.Status).To(Equal(wrongPassword))

			By("sending the right one, which the browser remembers")
			got = visitor.send(ctx, http.MethodPost, password, `{"password":"Secret123!"}`, http.StatusOK).Response
			Expect([]any{got.Status, got.Title, got.Shared}).To(Equal([]any{open, "Marketing", false}))
			Expect(visitor.cookies()).To(ConsistOf("sharelink"+made.ID, "anonymous_session_key"))

			By("loading the page again")
			got = visitor.send(ctx, http.MethodGet, share, "", http.StatusOK).Response
			Expect(got.Status).To(Equal(open))
			visitor.send(ctx, http.MethodGet, "files/settings", "", http.StatusOK)

			By("showing the room")
			got = visitor.send(ctx, http.MethodGet, listing(room), "", http.StatusOK).Response
			Expect(got.Current).To(And(HaveField("Title", "Marketing"), HaveField("RequestToken", made.RequestToken)))
			Expect(got.Current.Security).To(And(HaveKeyWithValue("Read", true), HaveKeyWithValue("Create", false)))
			Expect([]any{len(got.Files), got.Total}).To(Equal([]any{0, 1}))
			Expect(got.Folders).To(HaveExactElements(HaveField("ID", folder)))

			By("showing the folder in it, whose address has the key too")
			got = visitor.send(ctx, http.MethodGet, listing(folder)+"&share="+made.RequestToken, "", http.StatusOK).Response
			Expect(got.Files).To(HaveExactElements(And(HaveField("ID", file), HaveField("Title", "Offer.docx"))))
			Expect(got.PathParts).To(HaveExactElements(HaveField("Title", "Marketing"), HaveField("Title", "Offers")))
			got = visitor.send(ctx, http.MethodGet, share+"?fileId=10", "", http.StatusOK).Response
			Expect(got.EntityTitle).To(Equal("Offer.docx"))
			Expect(visitor.send(ctx, http.MethodGet, "files/file/10", "", http.StatusOK).Response.Title).To(Equal("Offer.docx"))

			By("showing that the link is gone, once the owner has revoked it")
			change(`{"linkId":"` + made.ID + `","title":"For customers","access":0,"linkType":1}`)
			Expect(visitor.send(ctx, http.MethodGet, share, "", http.StatusOK).Response.Status).To(Equal(invalid))
			visitor.send(ctx, http.MethodGet, listing(room), "", http.StatusForbidden)
		})
	}
})
