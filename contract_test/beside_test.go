package contract_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// chosen are the ids, keys, tokens and numbers in answers that each portal chooses for itself.
var chosen = regexp.MustCompile(`[A-Za-z0-9+/%]{148,}={0,2}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[A-Za-z0-9_-]{111}|[0-9a-f]{32}-[0-9a-f]{16}|([?&]|\\u0026)hash=-?\d+|[A-Za-z0-9_-]{15}"`)

// besideSpecs compare a named portal with the main one. With the same content it gives the same answers to all calls, but with its own
// address in each link and its own path in each cookie.
func besideSpecs(t *target) {
	if t.isProgram() && t.profile != mockserver.ProfileV372 {
		return // the code is the same
	}
	Describe("a named portal", func() {
		const (
			owner, nobody = ownerAPIKey, ""
			sharelink     = "sharelink3fa85f64-5717-4562-b3fc-2c963f66afa1"
			newLink       = `{"linkType":1,"access":2,"title":"New","password":"Secret123!"}`
		)
		origin := http.Header{"Origin": {"https://app.example"}}
		preflight := http.Header{"Origin": {"https://app.example"}, "Access-Control-Request-Method": {"PUT"}}
		share := func(key, body string, header http.Header) request {
			return request{method: "POST", path: "files/share/" + key + "/password", body: body, header: header}
		}
		// What changes or signs out comes last.
		requests := []request{
			{path: "files/settings", key: owner}, {path: "files/settings"}, {path: "files/settings?fields=externalShare", header: cookie("asc_auth_key=bad; socketio.sid=bad")},
			{path: "files/settings", header: basic("owner@example.com:wrong")}, {path: "files/settings", key: unknownAPIKey}, {path: "files/settings", header: authorization("Bearer a.b.c")},
			{method: "PUT", path: "files/settings/external", key: owner, body: `{"set":true}`, header: origin}, {method: "PUT", path: "files/settings/external", key: userAPIKey, body: `{"set":true}`},
			{method: "PUT", path: "files/settings/external", body: `{"set":true}`, header: cookie("asc_auth_key=bad")}, {method: "PUT", path: "files/settings/external", key: owner, body: `{`, off: true},
			{method: "PUT", path: "files/settings/external", key: owner, body: `{}`, media: "text/plain", off: true},
			{method: "PUT", path: "files/settings/externalsocialmedia", key: owner, body: `{"set":true}`}, {method: "PUT", path: policyPath, key: owner, body: `{"externalShare":true}`},
			share("open", `{}`, nil), share("protected", rightPassword, nil), share("protected", wrongPassword, cookie(sharelink+"=stale")), share("protected", rightPassword, cookie("asc_auth_key=bad")),
			share("protected", rightPassword, forwarded("https")), share("protected", wrongPassword, http.Header{"X-Forwarded-Proto": {"https"}, "Cookie": {sharelink + "=stale; asc_auth_key=bad"}}),
			share("nope", `{}`, nil), {method: "POST", path: "files/share/open/password", body: `{`, off: true},
			{path: "files/share/open"}, {path: "files/share/protected"}, {path: "files/share/open?folderId=10", header: cookie("asc_auth_key=bad")},
			{path: "files/10", key: owner}, {path: "files/10?share=open"}, {path: "files/30", header: http.Header{"Request-Token": {"open-folder"}}}, {path: "files/folder/10", key: owner}, {path: "files/folder/30", key: owner},
			{path: "files/file/40", key: owner}, {path: "files/rooms", key: owner}, {path: "files/rooms/10", key: owner}, {path: "files/rooms/10", header: http.Header{"Request-Token": {"open"}}}, {path: "files/999", key: owner}, {path: "files/rooms"},
			{path: "files/rooms/10/links", key: owner}, {path: "files/file/40/links", key: owner}, {path: "files/folder/30/links", key: owner}, {path: "files/rooms/999/links", key: owner},
			{path: "people/@self", header: authorization("YOUR_API_KEY")}, {path: "people/@self"}, {path: "authentication", header: authorization("YOUR_API_KEY")}, {path: "authentication"},
			{path: "files/settings/nope", key: owner}, {path: "/nope", off: true}, {method: "DELETE", path: "files/settings", key: owner, off: true}, {method: "OPTIONS", path: "files/settings/external", header: preflight, off: true},
			{path: "/", off: true}, {path: "/api/2.0/", off: true}, {path: "files//settings", off: true},
			{path: "files/rooms/10/link", key: owner}, {method: "PUT", path: "files/rooms/10/links", key: owner, body: newLink}, {method: "PUT", path: "files/rooms/10/links", key: owner, body: `{"linkType":0,"access":2}`},
			{path: "files/file/40/link", key: owner}, {method: "POST", path: "files/file/40/link", key: owner, body: `{"access":2}`}, {method: "PUT", path: "files/file/40/links", key: owner, body: `{"access":2}`},
			{path: "files/folder/30/link", key: owner}, {method: "POST", path: "files/folder/30/link", key: owner, body: `{"access":2}`}, {method: "PUT", path: "files/folder/30/links", key: owner, body: `{"access":2}`},
			{method: "POST", path: "files/rooms", key: owner, body: `{"title":"New","roomType":5}`}, {method: "DELETE", path: "files/rooms/10", key: owner, body: `{}`},
			{method: "POST", path: "authentication", body: `{"userName":"owner@example.com","password":"Owner-pass-1"}`}, {method: "POST", path: "authentication", body: `{"userName":"owner@example.com","password":"wrong"}`},
			{method: "POST", path: "authentication/logout", header: cookie("asc_auth_key=YOUR_API_KEY; socketio.sid=x"), body: `{}`}, {method: "POST", path: "authentication/logout", header: cookie("asc_auth_key=bad"), body: `{}`},
		}

		const prefix = "/portals/beside"
		// seen is what should be the same.
		seen := func(a answer) string {
			GinkgoHelper()
			var all strings.Builder
			for name, values := range a.Header {
				switch name {
				case "Date", "Content-Length", "Server-Timing", "X-Mock-Hint", "X-Mock-Sequence":
				default:
					all.WriteString(name + ": " + strings.Join(values, "\n") + "\n")
				}
			}
			lines := strings.Split(all.String(), "\n")
			slices.Sort(lines)
			return chosen.ReplaceAllString(a.Status+strings.Join(lines, "\n")+"\n\n"+string(a.body), "…")
		}
		compare := func(ctx SpecContext, path string, header http.Header) {
			GinkgoHelper()
			t.control(ctx, http.MethodPatch, "state", `{"docDbKey":"the same"}`)
			whole := t.control(ctx, http.MethodGet, "state", "")
			main := t.url
			here := strings.TrimPrefix(main, "http://") // a proxy may say https
			t.beside(ctx, string(whole.body), func() {
				for _, r := range requests {
					t.url = main
					expected := strings.NewReplacer(here+"/", here+path+"/", "path=/", "path="+path+"/").Replace(seen(t.send(ctx, r)))
					t.url = main + path
					r.header = r.header.Clone()
					if r.header == nil {
						r.header = http.Header{}
					}
					for name, values := range header {
						r.header[name] = values
					}
					if strings.HasPrefix(r.path, "/") {
						r.path = path + r.path
						t.url = main
					}
					if host := header.Get("Host"); host != "" {
						expected = strings.ReplaceAll(expected, here, host)
					}
					Expect(seen(t.send(ctx, r))).To(Equal(expected), "%s %s", r.method, r.path)
				}
				t.url = main + prefix
			})
		}
		t.itOfFake("answers as the main one, with its path in each link and cookie", t.holds("A607"), func(ctx SpecContext) {
			compare(ctx, prefix, nil)
			for _, operation := range mockserver.Operations() {
				Expect(slices.ContainsFunc(requests, func(r request) bool {
					method := r.method
					if method == "" {
						method = http.MethodGet
					}
					path, _, _ := strings.Cut("/api/2.0/"+r.path, "?")
					doc, err := contract()
					Expect(err).NotTo(HaveOccurred())
					route, _ := operationAt(doc, method, path)
					return method == operation.Method() && route.Path == operation.Path()
				})).To(BeTrue(), "a request for %s", operation)
			}
		})
		t.itOfFake("answers as the main one to the header X-Mock-Portal", t.holds("A607"), func(ctx SpecContext) {
			compare(ctx, "", http.Header{"X-Mock-Portal": {"beside"}})
		})
		t.itOfFake("answers as the main one at a host of its own, with that host in each link", t.holds("A607"), func(ctx SpecContext) {
			compare(ctx, "", http.Header{"Host": {"beside.localhost"}})
		})
	})
}
