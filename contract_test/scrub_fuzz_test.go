package contract_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onsi/gomega"
)

// FuzzScrubber puts a secret in every place where an exchange may have one. The scrubber knows it or does not.
func FuzzScrubber(f *testing.F) {
	for _, secret := range []string{
		"sk-00000000000000000000000000000000000000000000000000000000000000aa", "Tr0ub4dor&3 <x>", "Jürgen Müller", "portal.of-somebody.example",
		"66faa6e4-f133-11ea-b126-00ffeec8b4ef", `back\slash "quoted"`, "eyJhbGciOi.J9eyJzdWIi.OiIxIn0", "name@somewhere.example", "{{key-1}}secret", "a%2Fb%20c", "eyJhbGciOi.J/",
	} {
		for kind := range 3 {
			f.Add(secret, kind)
		}
	}
	f.Fuzz(func(t *testing.T, secret string, kind int) {
		if len(secret) < 8 || !utf8.ValidString(secret) || words()[secret] || strings.ContainsAny(secret, "\r\n\x00") || strings.Trim(secret, "0123456789-{}aeiknty") == "" {
			t.Skip() // cannot be distinguished from a value that is kept
		}
		s := newScrubber()
		if kind%3 != 0 {
			s.secret([]string{"key", "password", "share-key"}[(kind%3+3)%3], secret)
		}
		text, err := json.Marshal(s.plant(secret))
		if err != nil {
			t.Fatal(err)
		}
		rest := referencePattern.ReplaceAllString(string(text), "")
		for _, form := range encodings(secret) {
			if len(form) >= 8 && strings.Contains(rest, form) {
				t.Fatalf("%q survives as %q in %s", secret, form, text)
			}
		}
	})
}

// plant makes exchanges with a secret in every place, and scrubs them.
func (s *scrubber) plant(secret string) []exchange {
	quoted, _ := json.Marshal(secret)
	text := string(quoted)
	var exchanges []exchange
	for _, body := range []string{
		`{"response":{"status":0,"id":` + text + `,"title":` + text + `,"linkId":` + text + `,"entityTitle":` + text + `,"password":` + text + `}}`,
		`{"error":{"message":` + text + `,"type":` + text + `,"stack":` + text + `}}`,
		`{"response":{"errors":{` + text + `:[` + text + `]},"traceId":` + text + `}}`,
		`{"response":{"extsImage":[` + text + `],"extsConvertible":{` + text + `:[` + text + `]}},"links":[{"href":` + text + `,"action":` + text + `}]}`,
		`{"links":[{"href":"https://` + url.PathEscape(secret) + `/api/2.0/files/share/` + url.PathEscape(secret) + `/password?x=` + url.QueryEscape(secret) + `"}]}`,
		`<html>` + secret + `</html>`, secret, text, `[` + text,
	} {
		req := &http.Request{Method: http.MethodPost, URL: &url.URL{Path: "/api/2.0/files/share/" + secret + "/password"}, Header: http.Header{}}
		resp := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}}
		for _, name := range []string{"Authorization", "Cookie", "Origin", "Content-Type", "Accept", "X-Anything"} {
			req.Header.Add(name, secret)
		}
		for _, name := range append(answerHeaders, "WWW-Authenticate", "Set-Cookie", "Location", "X-Anything", "Server") {
			resp.Header.Add(name, secret)
		}
		req.Header.Add("Cookie", "asc_auth_key="+secret+"; "+secret+"=x")
		resp.Header.Add("Set-Cookie", "asc_auth_key="+secret+"; domain="+secret+"; path="+secret)
		resp.Header.Add("Set-Cookie", secret+"=x; path=/")
		exchanges = append(exchanges, s.exchange(req, `{"password":`+text+`,"PassWord":`+text+`}`, resp, body, ""))
		for _, scheme := range []string{"Bearer ", "Basic ", "bearer ", "Other "} {
			req.Header.Set("Authorization", scheme+secret)
			exchanges = append(exchanges, s.exchange(req, ``, resp, ``, ""))
		}
	}
	return exchanges
}

func TestScrubberKeepsEqualValuesEqual(t *testing.T) {
	g := gomega.NewWithT(t)
	s := newScrubber()
	id := "3fa85f64-5717-4562-b3fc-2c963f66afa1"
	g.Expect(s.answerBody(`{"response":{"linkId":"` + id + `","title":"Plans"},"links":[{"href":"https://a.example/api/2.0/files/share/k/password","action":"POST"}]}`)).
		To(gomega.Equal(`{"response":{"linkId":"{{guid-1}}","title":"{{text-1}}"},"links":[{"href":"https://{{host-1}}/api/2.0/files/share/{{share-key-1}}/password","action":"POST"}]}`))
	g.Expect(s.answerHeader(http.Header{"Set-Cookie": {"sharelink" + id + "=abc; path=/; secure; samesite=strict; httponly"}}).Get("Set-Cookie")).
		To(gomega.Equal("sharelink{{guid-1}}={{cookie-1}}; path=/; httponly"))
	g.Expect(s.requestHeader(http.Header{"Cookie": {"sharelink" + id + "=abc; anonymous_session_key=def"}}).Get("Cookie")).
		To(gomega.Equal("sharelink{{guid-1}}={{cookie-1}}; anonymous_session_key={{cookie-2}}"))
	g.Expect(s.answerBody(`{"response":{"title":"Plans","id":"7","tenantId":4711}}`)).To(gomega.Equal(`{"response":{"title":"{{text-1}}","id":"{{text-2}}","tenantId":1}}`))
	g.Expect(s.path("/api/2.0/files/share/k/password")).To(gomega.Equal("/api/2.0/files/share/{{share-key-1}}/password"))
}
