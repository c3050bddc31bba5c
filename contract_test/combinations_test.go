package contract_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// way is a place of a request in which a password or a credential is brought.
type way int

// Passwords are first. Of them the body is asked last.
const (
	inLinkHeader way = iota
	inLinkCookie
	inRequestToken
	inShare
	inBody
	asAPIKey
	asPortalToken
	asBasic
	asJWT
	inSessionCookie
)

var wayNames = []string{"link header", "link cookie", "Request-Token", "share", "body", "API key", "portal token", "Basic", "access token", "session cookie"}

// These are what is brought: what is good now, what was good before, and what never was.
const (
	right = iota
	stale
	wrong
)

var worthNames = []string{"right", "stale", "wrong"}

// brought is something in one place.
type brought struct {
	way
	worth int
}

func (b brought) String() string { return worthNames[b.worth] + " " + wayNames[b.way] }

// everyTwo are all of some ways together with all of others, and each alone, each with everything that can be brought. Two in the same
// header are there in both orders.
func everyTwo(first, second []way) [][]brought {
	var all [][]brought
	for _, a := range first {
		for worth := range worthNames {
			all = append(all, []brought{{a, worth}})
		}
		for _, b := range second {
			if bothOrders := a.isHeader() && b.isHeader(); a == b || a > b && !bothOrders {
				continue
			}
			for worthA := range worthNames {
				for worthB := range worthNames {
					all = append(all, []brought{{a, worthA}, {b, worthB}})
				}
			}
		}
	}
	return all
}

func (w way) isHeader() bool { return asAPIKey <= w && w <= asJWT }

// combinationSpecs describe which of the passwords and credentials of a request counts. The answers are compared with those of a
// small model, which knows the order and nothing of the rest.
func combinationSpecs(t *target) {
	if t.isProgram() && t.profile != mockserver.ProfileV372 {
		return // the code is the same
	}
	passwords := []way{inLinkHeader, inLinkCookie, inRequestToken, inShare, inBody}
	credentials := []way{asAPIKey, asPortalToken, asBasic, asJWT, inSessionCookie}
	Describe("passwords and credentials together", func() {
		t.tableOfFake("count in their order:",
			func(ctx SpecContext, all [][]brought) {
				w := t.prepareWays(ctx)
				var different []string
				for number, some := range all {
					for _, m := range []model{
						{t.profile, http.MethodPost, "protected-file"}, {t.profile, http.MethodGet, "protected-file"},
						{t.profile, http.MethodPost, "internal-file"}, {t.profile, http.MethodGet, "internal-file"},
						{t.profile, http.MethodPut, noLink},
					} {
						expected := m.answer(some)
						if got := t.bring(ctx, w, m, number, some); got != expected {
							different = append(different, fmt.Sprintf("%s %s with %v: got %+v, not %+v", m.method, m.link, some, got, expected))
						}
					}
				}
				Expect(different).To(BeEmpty(), "%d of %d differ", len(different), 5*len(all))
			},
			Entry("each password with each other one", t.holds("A244"), everyTwo(passwords, passwords)),
			Entry("each credential with each other one", t.holds("A416"), everyTwo(credentials, credentials)),
			Entry("each password with each credential", t.holds("A224"), everyTwo(passwords, credentials)),
		)
	})
}

// ways are what a spec brings: for each way the text of each worth.
type ways map[way][]string

// fileLink is the id of the link protected-file, and innerLink that of an internal link of the same file.
const (
	fileLink  = "3fa85f64-5717-4562-b3fc-2c963f66afa3"
	innerLink = "3fa85f64-5717-4562-b3fc-2c963f66afb3"
)

// noLink is in place of a link where the request is for the switch of external sharing.
const noLink = ""

// prepareWays gives both links another password, which becomes stale.
func (t *target) prepareWays(ctx SpecContext) ways {
	GinkgoHelper()
	t.control(ctx, http.MethodPost, "links", `{"id":`+quote(innerLink)+`,"key":"internal-file","entry":"40","internal":true,"password":"Earlier-1"}`)
	t.control(ctx, http.MethodPatch, "links/"+fileLink, `{"password":"Earlier-1"}`)
	before := t.rememberedPassword(ctx, "protected-file", `{"password":"Earlier-1"}`)
	for _, id := range []string{fileLink, innerLink} {
		t.control(ctx, http.MethodPatch, "links/"+id, `{"password":"Secret123!"}`)
	}
	now := t.rememberedPassword(ctx, "protected-file", rightPassword)
	token := func(key string) string {
		GinkgoHelper()
		return t.sign(ctx, map[string]string{"Id": fileLink, "Password": key})
	}
	tokens := []string{token(now), token(before), "wrong"}
	jwtOfUser := func(lasting time.Duration) string {
		return jwtUntil(lasting, `"sub":`+quote(userID)).Get("Authorization")
	}
	return ways{
		inLinkHeader: {now, before, "wrong"}, inLinkCookie: {now, before, "wrong"}, inRequestToken: tokens, inShare: tokens,
		inBody:          {rightPassword, `{"password":"Earlier-1"}`, wrongPassword},
		asAPIKey:        {"Bearer " + userAPIKey, "Bearer " + disabledAPIKey, "Bearer " + unknownAPIKey},
		asPortalToken:   {"Bearer user-token", "Bearer gone-token", "Bearer nope"},
		asBasic:         {basic("user@example.com:User-pass-1").Get("Authorization"), basic("gone@example.com:Gone-pass-1").Get("Authorization"), basic("user@example.com:wrong").Get("Authorization")},
		asJWT:           {jwtOfUser(time.Hour), jwtOfUser(-time.Hour), "Bearer a.b.c"},
		inSessionCookie: {"user-token", "gone-token", "nope"},
	}
}

// admission is what is compared of an answer.
type admission struct {
	status    int
	link      int  // status of the link; -1 without one
	signedIn  bool // as the answer says
	challenge bool // of Basic
	cookies   string
}

// bring sends a request with what is brought. Each comes from another address, so that wrong passwords do not add up.
func (t *target) bring(ctx SpecContext, w ways, m model, number int, all []brought) admission {
	GinkgoHelper()
	id := map[string]string{"protected-file": fileLink, "internal-file": innerLink, noLink: fileLink}[m.link]
	r := request{method: m.method, path: "files/share/" + m.link, header: http.Header{}, off: true}
	switch m.method {
	case http.MethodPost:
		r.path, r.body = r.path+"/password", `{}`
	case http.MethodPut:
		r.path, r.body = "files/settings/external", `{"set":true}`
	}
	r.path += fmt.Sprintf("?request-x-real-ip=%d", number)
	for _, b := range all {
		text := w[b.way][b.worth]
		switch b.way {
		case inLinkHeader:
			r.header[http.CanonicalHeaderKey("sharelink"+id)] = []string{text}
		case inLinkCookie:
			r.header.Add("Cookie", "sharelink"+id+"="+text)
		case inRequestToken:
			r.header.Set("Request-Token", text)
		case inShare:
			r.path += "&share=" + text
		case inBody:
			if m.method == http.MethodPost {
				r.body = text
			}
		case inSessionCookie:
			r.header.Add("Cookie", "asc_auth_key="+text)
		default:
			r.header.Add("Authorization", text)
		}
	}
	a := t.send(ctx, r)
	got := admission{status: a.StatusCode, link: -1, challenge: a.Header.Get("Www-Authenticate") == "Basic"}
	if a.StatusCode == http.StatusOK {
		var share struct {
			Status          int
			IsAuthenticated bool
		}
		a.decodeResponse(&share)
		got.link, got.signedIn = share.Status, share.IsAuthenticated
	}
	// A deleted cookie has an empty value.
	names := make([]string, 0, 3)
	for _, cookie := range a.Cookies() {
		name := strings.Replace(cookie.Name, id, "", 1)
		if cookie.Value == "" {
			name = "-" + name
		}
		names = append(names, name)
	}
	got.cookies = strings.Join(slices.Compact(names), " ")
	return got
}

// model knows the order in which the server looks at passwords and credentials, as it was recorded.
type model struct{ profile, method, link string }

// answer is the admission of a request with what is brought.
func (m model) answer(all []brought) admission {
	has := map[way]int{}
	var headers []brought
	for _, b := range all {
		has[b.way] = b.worth
		if b.isHeader() {
			headers = append(headers, b)
		}
	}
	o, deletesSession := m.signIn(headers, has)
	if m.link == noLink {
		return m.refused(o, deletesSession)
	}
	if o.status != http.StatusOK {
		return o
	}
	var cookies []string
	if deletesSession && m.profile != mockserver.ProfileNext {
		cookies = append(cookies, "-asc_auth_key")
	}
	posted, isPosted := has[inBody]
	isPosted = isPosted && m.method == http.MethodPost
	switch {
	case m.link == "internal-file" && !o.signedIn:
		o.link = statusExternalAccessDenied
	case m.remembers(has):
		o.link = statusOK
	case !isPosted:
		o.link = statusRequiredPassword
	case posted == right:
		o.link = statusOK
		cookies = append(cookies, "sharelink")
	default:
		o.link = statusInvalidPassword
		if _, sent := has[inLinkCookie]; sent {
			cookies = append(cookies, "-sharelink")
		}
	}
	if o.link == statusOK && !o.signedIn {
		cookies = append(cookies, "anonymous_session_key")
	}
	o.cookies = strings.Join(cookies, " ")
	return o
}

// refused is the refusal of the switch: nobody of those who are signed in may use it.
func (model) refused(o admission, deletesSession bool) admission {
	switch {
	case o.status == http.StatusForbidden: // a bad key
		o.status = http.StatusUnauthorized
	case o.status != http.StatusOK:
	case o.signedIn: // an exception takes headers away
		o = admission{status: http.StatusForbidden}
	default:
		o.status = http.StatusUnauthorized
	}
	if deletesSession {
		o.cookies = "-asc_auth_key"
	}
	o.link, o.signedIn = -1, false
	return o
}

// signIn finds who calls: all Authorization headers select one scheme, and only when they select none the cookie counts.
func (model) signIn(headers []brought, has map[way]int) (o admission, deletesSession bool) {
	o = admission{status: http.StatusOK, link: -1}
	cookie, hasCookie := has[inSessionCookie]
	switch several := len(headers) > 1; {
	case len(headers) > 0 && headers[0].way == asBasic && several: // with a comma it is no base64
		o.status = http.StatusInternalServerError
	case len(headers) > 0 && headers[0].way == asBasic:
		o.challenge, o.signedIn = true, headers[0].worth == right
	case len(headers) > 0 && headers[0].way == asAPIKey && (several || headers[0].worth != right): // with a comma it is another key
		o.status = http.StatusForbidden
	case len(headers) > 0 && headers[0].way == asAPIKey:
		o.signedIn = true
	case len(headers) > 0 && headers[0].way == asJWT && !several && headers[0].worth == wrong:
		o.status = http.StatusBadRequest
	case len(headers) > 0 && headers[0].way == asJWT && !several:
		o.signedIn = headers[0].worth == right
	case hasCookie: // also together with a portal token
		o.signedIn, deletesSession = cookie == right, cookie != right
	default:
		o.signedIn = len(headers) == 1 && headers[0].worth == right
	}
	return o, deletesSession
}

// remembers says whether the first place with a remembered password has the right one.
func (model) remembers(has map[way]int) bool {
	for _, place := range slices.Sorted(maps.Keys(has)) {
		if place <= inShare {
			return has[place] == right
		}
	}
	return false
}
